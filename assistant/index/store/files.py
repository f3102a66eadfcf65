"""Versions on disk: generations of plain files, a manifest with their checksums, and a pointer to one of them.

built/current                       the name of the generation in service
built/generations/<name>/…          files; <name> begins the SHA-256 of manifest.json
built/generations/<name>/manifest.json
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import IndexDamaged, IndexMissing, IndexOutdated
from assistant.index.store.mapped import HeldInFiles
from assistant.index.store.types import Generation, Manifest, Progress

FORMAT = 14
MANIFEST = "manifest.json"
NAME_LENGTH = 16
# Bytes from which a file is not read again at every opening.
LARGE = 16 << 20
MEND = "Run 'assistant index build'."


@dataclass(frozen=True, slots=True)
class FilesStore:
    """Versions in a folder of this machine."""

    built: Path

    def pointer(self) -> str | None:
        """Return where the pointer leads, its inode and when it was made; None where there is none."""
        link = self.built / "current"
        try:
            found = link.lstat()
            target = str(link.readlink()) if link.is_symlink() else ""
        except OSError:
            return None
        return f"{target} {found.st_ino} {found.st_mtime_ns}"

    def current(self) -> Generation:
        """Verify and return the version in service."""
        return open_current(self.built)

    def last_good(self) -> tuple[Generation, str | None]:
        """Return the version in service, or the newest whole one and a sentence that tells why."""
        return open_last_good(self.built)

    def write(self, folder: Path, manifest: Manifest, tell: Progress) -> Generation:
        """Move a finished folder to its place and point to it; the build lock is held."""
        tell("swap", 0, 1)
        place = publish(self.built, folder, seal(folder, manifest))
        _share_notes(self.built, place, manifest)
        tidy(self.built)
        return open_current(self.built)


def current_name(built: Path) -> str | None:
    """Return the name of the generation in service, or None where nothing has been built."""
    try:
        name = (built / "current").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if len(name) == NAME_LENGTH and name.isalnum() else None


def open_current(built: Path) -> Generation:
    """Verify and return the generation in service. Raises IndexMissing, IndexDamaged or IndexOutdated."""
    name = current_name(built)
    if name is None:
        raise IndexMissing(f"{built}: no index has been built there. {MEND}")
    return open_generation(built / "generations" / name)


def open_last_good(built: Path) -> tuple[Generation, str | None]:
    """Return the current generation, or the newest whole one and a sentence that tells why."""
    try:
        return open_current(built), None
    except (IndexDamaged, IndexMissing) as error:
        folders = sorted(_generations(built), key=lambda path: path.stat().st_mtime, reverse=True)
        for folder in folders:
            try:
                return open_generation(folder), f"{error} The last whole index, {folder.name}, stays in service."
            except (IndexDamaged, IndexOutdated):
                continue
        raise


def open_generation(folder: Path, thorough: bool = False) -> Generation:
    """Verify every file of a generation against its checksum before anything parses it; `thorough` as in `compare`."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError:
        raise IndexDamaged(f"{folder / MANIFEST} cannot be read. {MEND}") from None
    manifest = manifest_of(content, folder.name)
    compare(folder, manifest.files, thorough)
    return Generation(folder, manifest, HeldInFiles(folder))


def compare(folder: Path, files: Mapping[str, str], thorough: bool = False) -> None:
    """Compare files of a version with their SHA-256 (hex). Raises IndexDamaged.

    A large one that was compared before, and is the same file of the same size and time since, is not read again,
    unless it is to be `thorough`: it would take seconds.
    """
    seen = {} if thorough else _seen(folder)
    large: dict[str, list[int]] = {}
    for name, checksum in files.items():
        try:
            state = _state(folder / name)
            if state[0] >= LARGE:
                large[name] = state
            same = seen.get(name) == state or sha256_of(folder / name) == checksum
        except OSError:
            raise IndexDamaged(f"{folder / name} cannot be read. {MEND}") from None
        if not same:
            raise IndexDamaged(f"{folder / name} does not match its checksum. {MEND}")
    if large and large != seen:
        _note(folder, large)


def _seen(folder: Path) -> dict[str, list[int]]:
    """Return size, time and inode of the large files when they were compared last."""
    try:
        found: dict[str, list[int]] = json.loads(_note_of(folder).read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return {}


def _share_notes(built: Path, folder: Path, manifest: Manifest) -> None:
    """Note of a new version which of its large files were compared before: as those of the versions they come from."""
    seen = {state[2]: state for each in _generations(built) for state in _seen(each).values()}
    large = {name: _state(folder / name) for name in manifest.files}
    found = {name: state for name, state in large.items() if seen.get(state[2]) == state}
    if found and not _seen(folder):
        _note(folder, found)


def _note(folder: Path, large: dict[str, list[int]]) -> None:
    """Keep these for the next opening; who may not write there compares again."""
    with suppress(OSError):
        part = _note_of(folder).with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(large), encoding="utf-8")
        part.replace(_note_of(folder))


def _note_of(folder: Path) -> Path:
    return folder.with_name(f".compared-{folder.name}.json")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex, without holding it whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def manifest_of(content: bytes, name: str) -> Manifest:
    """Read the manifest of the version of that name. Raises IndexDamaged and IndexOutdated."""
    if sha256(content)[:NAME_LENGTH] != name:
        raise IndexDamaged(f"the {MANIFEST} of index {name} does not match its checksum. {MEND}")
    values = json.loads(content)
    if values.get("format") != FORMAT:
        raise IndexOutdated(f"index {name} has format {values.get('format')}, not {FORMAT}. {MEND}")
    return Manifest(**values)


def seal(folder: Path, manifest: Manifest) -> str:
    """Write the manifest of a finished folder, flush all its files to disk, and return the generation's name."""
    content = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    (folder / MANIFEST).write_bytes(content)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            _flush(path)
    return sha256(content)[:NAME_LENGTH]


def publish(built: Path, folder: Path, name: str) -> Path:
    """Move a sealed folder to its place and point to it; a crash at any moment leaves the old or the new one whole."""
    place = built / "generations" / name
    if not _whole(place):
        if place.exists():  # damaged; a folder of that name is removed by the next build, should this one be killed
            place.rename(folder.with_name(folder.name + "-damaged"))
        folder.rename(place)
    pointer = built / "current.new"
    pointer.write_text(name, encoding="ascii")
    _flush(pointer)
    pointer.replace(built / "current")
    return place


def _whole(folder: Path) -> bool:
    """Tell whether the same index stands there already; it may be in service, so it must not be touched then."""
    try:
        return folder.exists() and bool(open_generation(folder))
    except (IndexDamaged, IndexOutdated):
        return False


def tidy(built: Path, keep: int = 2) -> None:
    """Remove unfinished folders and all generations but the one in service and the newest others; build lock held."""
    current = current_name(built)
    finished = sorted(_generations(built), key=lambda path: (path.name == current, path.stat().st_mtime), reverse=True)
    unfinished = list((built / "generations").glob(".building-*"))
    for folder in [*finished[keep:], *unfinished]:
        shutil.rmtree(folder, ignore_errors=True)
    for note in (built / "generations").glob(".compared-*"):
        if not any(note.name.startswith(f".compared-{folder.name}.") for folder in finished[:keep]):
            note.unlink(missing_ok=True)


def checksums(folder: Path, taken: Generation | None = None) -> dict[str, str]:
    """Return the SHA-256 (hex) of every file below a folder, by relative path.

    Of those that are the very files of another version, as `taken` over, it is known.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    known = (
        {} if taken is None else {_state(taken.folder / name)[2]: each for name, each in taken.manifest.files.items()}
    )
    found = {}
    for path in files:
        shared = path.stat().st_nlink > 1
        found[path.relative_to(folder).as_posix()] = (shared and known.get(_state(path)[2])) or sha256_of(path)
    return found


def _state(path: Path) -> list[int]:
    """Return what changes where a file does: its size, its time and its inode."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def _generations(built: Path) -> list[Path]:
    folder = built / "generations"
    return [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []


def _flush(path: Path) -> None:
    # Windows flushes only what is open for writing; elsewhere a file copied without that right can be flushed too.
    with path.open("r+b" if os.name == "nt" else "rb") as file:
        os.fsync(file.fileno())
