"""All settings in one table: their names, defaults, help and rules. The environment is read here and nowhere else."""

from __future__ import annotations

import difflib
import ipaddress
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"
_PACKAGE = Path(__file__).resolve().parent
_RATE = re.compile(r"[1-9]\d{0,8} ?(per|/) ?([1-9]\d{0,3} ?)?(second|minute|hour|day)s?", re.IGNORECASE)
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


def in_checkout() -> bool:
    """Tell whether the package stands in a clone of the repository (and not in an installed wheel)."""
    return (_PACKAGE.parent / "pyproject.toml").is_file()


def material(name: str) -> Path:
    """Return where bundled material lies: `corpus`, `index/model`, `index/ranking`, `web`.

    In a checkout these are the repository's folders, in an installed wheel the copies inside the package.
    """
    return (_PACKAGE.parent if in_checkout() else _PACKAGE / "material") / name


def _cache_folder(environ: Mapping[str, str]) -> Path:
    """Return this user's cache folder, after the custom of the platform."""
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    named = environ.get("XDG_CACHE_HOME", "")
    # The XDG specification has relative paths ignored.
    return Path(named) if named.startswith("/") else home / ".cache"


def _default_index(environ: Mapping[str, str]) -> Path:
    """Return where the index is built: in the checkout, or for a wheel in the user's cache."""
    return material("index/built") if in_checkout() else _cache_folder(environ) / "agreement-assistant" / "index"


def _number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader for whole numbers in a range."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= most:
            raise ValueError(f"give a whole number from {least} to {most}")
        return int(text)

    return read


def _read_host(text: str) -> str:
    """Read an address to listen on: an IP address or a host name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        if not _HOST_NAME.fullmatch(text) or text.replace(".", "").isdigit():
            raise ValueError("give an IP address or a host name, such as 127.0.0.1") from None
    return text


def _read_path(text: str) -> Path:
    """Read a path; `~` is the home folder."""
    if "\0" in text:
        raise ValueError("give a path without null characters")
    return _at_home(text)


def _at_home(text: str) -> Path:
    """Return a path with `~` replaced by the home folder."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError("give a path without ~: that user has no home folder") from None


def _read_rate(text: str) -> str:
    """Read one or more limits separated by `;`, or `off`."""
    if text.lower() == "off":
        return ""
    if not all(_RATE.fullmatch(part.strip()) for part in text.split(";")):
        raise ValueError('write it as "60 per minute", several limits separated by ";", or "off"')
    return text


def _read_redis(text: str) -> str:
    """Read the address of a Redis server."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("redis", "rediss", "unix") and (parts.port is None or parts.port > 0)
        sound = sound and not parts.query
    except ValueError:  # a port that is no number, or too large
        sound = False
    if not sound or not (parts.hostname or parts.path.strip("/")):
        raise ValueError("give an address such as redis://127.0.0.1:6379/0")
    return f"redis+{text}" if parts.scheme == "unix" else text


# A browser leaves these out of an origin.
USUAL = {"http": 80, "https": 443}


def is_origin(text: str) -> bool:
    """Tell whether the text is scheme, host and at most a port, as a browser sends it."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in USUAL and bool(parts.hostname) and parts.port not in (0, USUAL[parts.scheme])
    except ValueError:
        return False
    return (
        sound and text == f"{parts.scheme}://{parts.netloc}" and bool(re.fullmatch(r"[a-z0-9.:\[\]-]+", parts.netloc))
    )


def _words(text: str) -> tuple[str, ...]:
    """Split at spaces and commas."""
    return tuple(word for word in re.split(r"[\s,]+", text) if word)


def _read_origins(text: str) -> tuple[str, ...]:
    """Read the origins that may call the service from their pages."""
    for origin in _words(text):
        if not is_origin(origin):
            raise ValueError(f"{origin!r} is not an origin: write https://www.example.dk, lower case, no path, no *")
    return _words(text)


def _read_ancestors(text: str) -> tuple[str, ...]:
    """Read who may show the pages in a frame, as in the Content-Security-Policy."""
    words = _words(text)
    if words in (("'none'",), ("none",)):
        return ("'none'",)
    for word in words:
        if word not in ("'self'", "self") and not is_origin(word):
            raise ValueError(
                f"{word!r} cannot stand there: write 'none', 'self' or origins such as https://www.example.dk"
            )
    return tuple("'self'" if word == "self" else word for word in words)


def _read_contact(text: str) -> str:
    """Read the contact that a refusal gives."""
    if len(text) > 200 or any(ord(character) < 32 for character in text):
        raise ValueError("give one line of at most 200 characters")
    return text


def _read_model(text: str) -> str:
    """Read the name of a model: a hub name or a folder, where `~` is the home folder."""
    if any(ord(character) < 32 for character in text):
        raise ValueError("give a folder or the hub name of a sentence-transformers model")
    return str(_at_home(text)) if text.startswith("~") else text


def _read_format(text: str) -> str:
    """Read the format of the log."""
    if text not in ("text", "json"):
        raise ValueError("give text or json")
    return text


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. `shown` is the default as a person reads it; `read` raises ValueError with the mend."""

    name: str
    shown: str
    help: str
    read: Callable[[str], Any]

    @property
    def variable(self) -> str:
        """The environment variable."""
        return PREFIX + self.name

    @property
    def attribute(self) -> str:
        """The attribute of `Settings`."""
        return self.name.lower()

    @property
    def option(self) -> str:
        """The option of `assistant serve`."""
        return "--" + self.attribute.replace("_", "-")


TABLE = (
    Setting("HOST", "127.0.0.1", "Address to listen on.", _read_host),
    Setting("PORT", "8000", "Port to listen on; 0 takes a free one.", _number(0, 65535)),
    Setting("WORKERS", "2", "Worker processes that answer.", _number(1, 64)),
    Setting("CORPUS", "corpus", "Folder that holds the documents.", _read_path),
    Setting("INDEX", "index/built", "Folder that the index is built in.", _read_path),
    Setting("MODEL", "index/model", "Embedding model: a sentence-transformers folder or hub name.", _read_model),
    Setting("RATE_LIMIT", "60 per minute", 'Questions a client may ask; "off" for no limit.', _read_rate),
    Setting(
        "REMEMBER", "1000", "Answers a worker remembers, for a question asked again; 0 for none.", _number(0, 100_000)
    ),
    Setting("REDIS_URL", "", "Redis server that counts for all workers; without it each worker counts.", _read_redis),
    Setting("TRUSTED_PROXIES", "0", "How many proxies of yours stand in front.", _number(0, 10)),
    Setting("CORS_ORIGINS", "", "Origins whose pages may embed the widget, separated by spaces.", _read_origins),
    Setting(
        "FRAME_ANCESTORS", "'none'", "Who may show the pages in a frame: 'none', 'self', origins.", _read_ancestors
    ),
    Setting("CONTACT", "", "Whom to ask when the agreement does not say; shown with a refusal.", _read_contact),
    Setting("LOG_FORMAT", "text", "Format of the log: text or json.", _read_format),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. `rate_limit`, `redis_url` and `contact` are empty where they are off."""

    host: str
    port: int
    workers: int
    corpus: Path
    index: Path
    model: str
    rate_limit: str
    remember: int
    redis_url: str
    trusted_proxies: int
    cors_origins: tuple[str, ...]
    frame_ancestors: tuple[str, ...]
    contact: str
    log_format: str

    @property
    def ranking(self) -> Path:
        """The bundled folder of what the ranking learned; it is no setting."""
        return material("index/ranking")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read the `ASSISTANT_…` variables; an empty one means the default. Raises SettingsError with all faults."""
        places = {
            "CORPUS": str(material("corpus")),
            "INDEX": str(_default_index(environ)),
            "MODEL": str(material("index/model")),
        }
        values: dict[str, Any] = {}
        faults: list[str] = []
        for setting in TABLE:
            text = environ.get(setting.variable, "").strip() or places.get(setting.name, setting.shown)
            try:
                _require_unicode(text)
                values[setting.attribute] = setting.read(text) if text else _EMPTY.get(setting.name, "")
            except ValueError as error:
                faults.append(f"{setting.variable}={_shorten(text)!r}: {error}")
        if {"corpus", "index"} <= values.keys() and _lies_in(values["index"], values["corpus"]):
            faults.append(f"ASSISTANT_INDEX={values['index']}: give a folder outside of the corpus")
        if faults:
            raise SettingsError(faults)
        return cls(**values)


def _lies_in(folder: Path, other: Path) -> bool:
    try:
        return folder.resolve().is_relative_to(other.resolve())
    except (OSError, RuntimeError):  # a circle of links, which the checks of each folder report
        return False


def _require_unicode(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:  # how the environment gives bytes that are no UTF-8
        raise ValueError("give it in UTF-8") from None


_EMPTY: Mapping[str, Any] = {"CORS_ORIGINS": ()}


def _shorten(text: str) -> str:
    """Return at most 60 characters of a value; what stands before an `@` may be a password and is left out."""
    text = re.sub(r"//[^/@]*@", "//…@", text)
    return text if len(text) <= 60 else text[:59] + "…"


def unknown_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return a warning for each `ASSISTANT_…` variable that no setting has, with the nearest name."""
    known = [setting.name for setting in TABLE]
    warnings = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1, cutoff=0.5)
            hint = f"did you mean {PREFIX}{near[0]}?" if near else f"the names are {', '.join(known)}."
            warnings.append(f"{name} is not a setting and has no effect; {hint}")
    return tuple(warnings)
