"""Index files that are damaged: it must be noticed before any parser sees them, and the last index must serve."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from assistant.errors import IndexDamaged, IndexMissing
from assistant.index.build import build_index
from assistant.index.store import current_name, open_current, open_last_good
from assistant.settings import Settings
from tests.soak.corpus import Corpus
from tests.soak.report import Figure, Options


def damage(options: Options) -> list[Figure]:
    """Flip a bit of every file at many offsets, or cut it off there; it must be noticed and the last index serve."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder))
        versions = []
        for mark in (1, 2):
            corpus.write(mark)
            versions.append(build_index(corpus.settings).version)
        generation = open_current(corpus.settings.index)
        files = [generation.folder / name for name in (*generation.manifest.files, "manifest.json")]
        files.append(corpus.settings.index / "current")
        chooser = random.Random(options.seed)
        tried = missed = not_last = 0
        begun = time.monotonic()
        for path in files:
            whole = path.read_bytes()
            for trial in range(options.offsets):
                at = chooser.randrange(len(whole))
                flipped = whole[:at] + bytes([whole[at] ^ (1 << chooser.randrange(8))]) + whole[at + 1 :]
                path.write_bytes(flipped if trial % 2 else whole[:at])
                tried += 1
                missed += not _noticed(corpus.settings)
                if trial % 20 == 0:
                    not_last += not _last_serves(corpus.settings, versions[0])
            path.write_bytes(whole)
        sound = open_current(corpus.settings.index).version == versions[1]
    told = f"{missed} ({tried} damages of {len(files)} files in {time.monotonic() - begun:.0f} s)"
    return [
        Figure("damaged index files that went unnoticed", told, "0", not missed and sound),
        Figure("damage after which the last whole index did not serve", str(not_last), "0", not not_last),
    ]


def _noticed(settings: Settings) -> bool:
    """Tell whether the damage ends in one of the two errors that say how to mend it, before any file is parsed."""
    try:
        open_current(settings.index)
    except (IndexDamaged, IndexMissing) as error:
        return "assistant index build" in str(error)
    return False


def _last_serves(settings: Settings, version: str) -> bool:
    generation, warning = open_last_good(settings.index)
    # A pointer that is damaged leaves both generations whole: then the newest serves.
    pointed = current_name(settings.index)
    whole = pointed is None or not (settings.index / "generations" / pointed).exists()
    return (whole or generation.version == version) and warning is not None and "stays in service" in warning
