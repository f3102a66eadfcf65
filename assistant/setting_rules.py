"""How the text of each setting is read: one function a kind, that raises ValueError with the mend."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_RATE = re.compile(r"[1-9]\d{0,8} ?(per|/) ?([1-9]\d{0,3} ?)?(second|minute|hour|day)s?", re.IGNORECASE)


def number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader for whole numbers in a range."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= most:
            raise ValueError(f"give a whole number from {least} to {most}")
        return int(text)

    return read


def read_host(text: str) -> str:
    """Read an address to listen on: an IP address or a host name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        if not _HOST_NAME.fullmatch(text) or text.replace(".", "").isdigit():
            raise ValueError("give an IP address or a host name, such as 127.0.0.1") from None
    return text


def read_path(text: str) -> Path:
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


def read_rate(text: str) -> str:
    """Read one or more limits separated by `;`, or `off`."""
    if text.lower() == "off":
        return ""
    if not all(_RATE.fullmatch(part.strip()) for part in text.split(";")):
        raise ValueError('write it as "60 per minute", several limits separated by ";", or "off"')
    return text


def read_redis(text: str) -> str:
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


def read_database(text: str) -> str:
    """Read the address of a PostgreSQL server, as libpq has it; several hosts are separated by commas."""
    if not re.fullmatch(r"postgres(ql)?://[^\s]*", text):
        raise ValueError("give an address such as postgresql://assistant_read@db.example.dk/assistant")
    return text


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


def read_url(text: str) -> str:
    """Read the address of the service, which may lie below a path."""
    bare = text.rstrip("/")
    origin, _, path = bare.removeprefix("https://").removeprefix("http://").partition("/")
    scheme = "https" if bare.startswith("https://") else "http"
    if not is_origin(f"{scheme}://{origin}") or not re.fullmatch(r"[A-Za-z0-9._~/-]*", path):
        raise ValueError("give an address such as https://assistant.example")
    return bare


def read_keys(text: str) -> tuple[str, ...]:
    """Read keys; a short one could be guessed."""
    for key in text.split():
        if not re.fullmatch(r"[!-~]{16,200}", key):
            raise ValueError("give keys of 16 to 200 letters, digits and signs of ASCII, separated by spaces")
    return tuple(text.split())


def _words(text: str) -> tuple[str, ...]:
    """Split at spaces and commas."""
    return tuple(word for word in re.split(r"[\s,]+", text) if word)


def read_origins(text: str) -> tuple[str, ...]:
    """Read the origins that may call the service from their pages."""
    for origin in _words(text):
        if not is_origin(origin):
            raise ValueError(f"{origin!r} is not an origin: write https://www.example.dk, lower case, no path, no *")
    return _words(text)


def read_ancestors(text: str) -> tuple[str, ...]:
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


def read_contact(text: str) -> str:
    """Read the contact that a refusal gives."""
    if len(text) > 200 or any(ord(character) < 32 for character in text):
        raise ValueError("give one line of at most 200 characters")
    return text


@dataclass(frozen=True, slots=True)
class Link:
    """What the operator links to: a label in Danish and in English, and an address, "" where there is none."""

    da: str
    en: str
    address: str

    def label(self, language: str) -> str:
        """Return the label in "da" or "en"."""
        return self.en if language == "en" else self.da


def read_owner(text: str) -> Link:
    """Read who runs the service: a name, its English form and an address, the last two where they are given."""
    return _link(read_contact(text))


def read_links(text: str) -> tuple[Link, ...]:
    """Read the links of the footer, separated by `;`, each with an address."""
    links = tuple(_link(part) for part in text.split(";") if part.strip())
    for link in links:
        if not link.address:
            raise ValueError(f"{link.da!r} has no address: write label | English label | https://…")
    return links


def _link(text: str) -> Link:
    *labels, last = parts = [part.strip() for part in text.split("|")]
    addressed = bool(re.fullmatch(r"(https?://[^\s/]|mailto:[^\s@]+@|tel:\+?\d)[^\s<>\"]*", last))
    labels = labels if addressed else parts
    if not 1 <= len(labels) <= 2 or not all(labels):
        raise ValueError("write label | English label | https://… (an address may also be mailto: or tel:)")
    return Link(labels[0], labels[-1], last if addressed else "")


def read_model(text: str) -> str:
    """Read the name of a model: a hub name or a folder, where `~` is the home folder."""
    if any(ord(character) < 32 for character in text):
        raise ValueError("give a folder or the hub name of a sentence-transformers model")
    return str(_at_home(text)) if text.startswith("~") else text


def read_switch(text: str) -> bool:
    """Read `on` or `off`."""
    if text.lower() not in ("on", "off"):
        raise ValueError("give on or off")
    return text.lower() == "on"


def read_feedback(text: str) -> Path | None:
    """Read the path of a file, or `off`."""
    return None if text.lower() == "off" else read_path(text)


def read_format(text: str) -> str:
    """Read the format of the log."""
    if text not in ("text", "json"):
        raise ValueError("give text or json")
    return text


def require_unicode(text: str) -> None:
    """Refuse what the environment held in another encoding. Raises ValueError."""
    try:
        text.encode()
    except UnicodeEncodeError:  # how the environment gives bytes that are no UTF-8
        raise ValueError("give it in UTF-8") from None
