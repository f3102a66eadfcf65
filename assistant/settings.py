"""All settings in one table: their names, defaults, help and rules. The environment is read here and nowhere else."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from assistant import setting_rules as rules
from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"
_PACKAGE = Path(__file__).resolve().parent


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


def _state_folder(environ: Mapping[str, str]) -> Path:
    """Return this user's folder for what a program must not lose, after the custom of the platform."""
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "agreement-assistant"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "agreement-assistant"
    named = environ.get("XDG_STATE_HOME", "")
    return Path(named if named.startswith("/") else home / ".local" / "state") / "agreement-assistant"


def _default_index(environ: Mapping[str, str]) -> Path:
    """Return where the index is built: in the checkout, or for a wheel in the user's cache."""
    return material("index/built") if in_checkout() else _cache_folder(environ) / "agreement-assistant" / "index"


def _default_feedback(environ: Mapping[str, str]) -> Path:
    """Return where feedback is kept: in the checkout, or for a wheel in the user's state folder."""
    return (_PACKAGE.parent if in_checkout() else _state_folder(environ)) / "feedback.sqlite"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. `shown` is the default as a person reads it; `read` raises ValueError with the mend.

    The value of a `secret` one is repeated nowhere.
    """

    name: str
    shown: str
    help: str
    read: Callable[[str], Any]
    secret: bool = False

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
    Setting("HOST", "127.0.0.1", "Address to listen on.", rules.read_host),
    Setting("PORT", "8000", "Port to listen on; 0 takes a free one.", rules.number(0, 65535)),
    Setting("WORKERS", "2", "Worker processes that answer.", rules.number(1, 64)),
    Setting("CORPUS", "corpus", "Folder that holds the documents.", rules.read_path),
    Setting("INDEX", "index/built", "Folder that the index is built in.", rules.read_path),
    Setting(
        "DATABASE_URL",
        "",
        "PostgreSQL server that holds the index for several machines; without it, the folder.",
        rules.read_database,
    ),
    Setting(
        "DATABASE_READ_URL",
        "",
        "Replica of that server to read from; alone, for machines that only answer.",
        rules.read_database,
    ),
    Setting("MODEL", "index/model", "Embedding model: a sentence-transformers folder or hub name.", rules.read_model),
    Setting("RATE_LIMIT", "60 per minute", 'Questions a client may ask; "off" for no limit.', rules.read_rate),
    Setting(
        "REMEMBER",
        "1000",
        "Answers a worker remembers, for a question asked again; 0 for none.",
        rules.number(0, 100_000),
    ),
    Setting(
        "REDIS_URL",
        "",
        "Redis server that counts for all workers; without it each worker counts.",
        rules.read_redis,
    ),
    Setting("TRUSTED_PROXIES", "0", "How many proxies of yours stand in front.", rules.number(0, 10)),
    Setting(
        "PUBLIC_URL",
        "",
        "Address that people reach the service by, for links in answers to other systems; without it the request's.",
        rules.read_url,
    ),
    Setting(
        "API_KEYS",
        "",
        "Keys of which /v1 and /mcp ask for one, separated by spaces; without them all may ask.",
        rules.read_keys,
        secret=True,
    ),
    Setting("MCP", "off", "Whether /mcp serves the Model Context Protocol: on or off.", rules.read_switch),
    Setting("CORS_ORIGINS", "", "Origins whose pages may embed the widget, separated by spaces.", rules.read_origins),
    Setting(
        "FRAME_ANCESTORS",
        "'none'",
        "Who may show the pages in a frame: 'none', 'self', origins.",
        rules.read_ancestors,
    ),
    Setting("CONTACT", "", "Whom to ask when the agreement does not say; shown with a refusal.", rules.read_contact),
    Setting(
        "FEEDBACK", "feedback.sqlite", 'File that counts whether answers helped; "off" for none.', rules.read_feedback
    ),
    Setting(
        "OWNER",
        "",
        "Who runs the service: name, English name and address, with vertical bars between.",
        rules.read_owner,
    ),
    Setting(
        "LINKS",
        "",
        "Links of footer and widget, split by semicolons: label, English label, address, with vertical bars between.",
        rules.read_links,
    ),
    Setting(
        "KEEP_UNANSWERED",
        "0",
        "Days that the masked words of questions asked in vain are kept, at most 21; 0 for none.",
        rules.number(0, 21),
    ),
    Setting("LOG_FORMAT", "text", "Format of the log: text or json.", rules.read_format),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. What has no default (addresses, keys, the contact) is empty where it is off."""

    host: str
    port: int
    workers: int
    corpus: Path
    index: Path
    database_url: str
    database_read_url: str
    model: str
    rate_limit: str
    remember: int
    redis_url: str
    trusted_proxies: int
    public_url: str
    api_keys: tuple[str, ...]
    mcp: bool
    cors_origins: tuple[str, ...]
    frame_ancestors: tuple[str, ...]
    contact: str
    feedback: Path | None
    owner: rules.Link | None
    links: tuple[rules.Link, ...]
    keep_unanswered: int
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
            "FEEDBACK": str(_default_feedback(environ)),
        }
        values: dict[str, Any] = {}
        faults: list[str] = []
        for setting in TABLE:
            text = environ.get(setting.variable, "").strip() or places.get(setting.name, setting.shown)
            try:
                rules.require_unicode(text)
                values[setting.attribute] = setting.read(text) if text else _EMPTY.get(setting.name, "")
            except ValueError as error:
                shown = "…" if setting.secret else _shorten(text)
                faults.append(f"{setting.variable}={shown!r}: {error}")
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


_EMPTY: Mapping[str, Any] = {"CORS_ORIGINS": (), "API_KEYS": (), "OWNER": None, "LINKS": ()}


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
