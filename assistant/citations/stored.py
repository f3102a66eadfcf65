"""Read citations from a file: those of this service, whole answers that hold them, or W3C Web Annotations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from assistant.errors import CitationsError

MOST_BYTES = 64 * 1024 * 1024
_SOURCE = re.compile(r"/documents/([^/?#]+)")


@dataclass(frozen=True, slots=True)
class Stored:
    """A citation as it was stored; `start` is None where only the words were."""

    document: str
    quote: str
    start: int | None
    prefix: str = ""
    suffix: str = ""


def read_stored(path: Path) -> list[Stored]:
    """Read a file of JSON or JSON lines. Raises CitationsError, which names the entry at fault."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CitationsError(path, "is larger than 64 MB. Split it.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CitationsError(path, f"cannot be read ({error.strerror}). Name a file of citations.") from None
    except UnicodeDecodeError:
        raise CitationsError(path, "is not UTF-8. Store it as UTF-8.") from None
    found = [stored for value in _values(path, text) for stored in _citations(path, value)]
    if not found:
        raise CitationsError(path, "holds no citation. Store what /api/chat or /api/documents/…/citations gives.")
    return found


def _values(path: Path, text: str) -> list[Any]:
    """Parse one value of JSON, else one a line."""
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        pass
    values = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError):
                raise CitationsError(path, f"line {number} is not JSON. Mend it, or leave it out.") from None
    return values


def _citations(path: Path, value: Any) -> Iterator[Stored]:
    """Yield the citations in a value, however deep answers and lists hold them."""
    if isinstance(value, list):
        for each in value:
            yield from _citations(path, each)
    elif isinstance(value, dict):
        if "quote" in value:
            yield _own(path, value)
        elif "target" in value:
            yield _annotation(path, value)
        else:
            for name in ("citations", "choices", "message", "answer", "items", "first"):
                yield from _citations(path, value.get(name))


def _own(path: Path, value: dict[str, Any]) -> Stored:
    return _sound(path, value, value.get("document"), value["quote"], value.get("start"), value)


def _annotation(path: Path, value: dict[str, Any]) -> Stored:
    target = value["target"][0] if isinstance(value["target"], list) and value["target"] else value["target"]
    target = target if isinstance(target, dict) else {}
    given = target.get("selector")
    by_type = {
        each.get("type"): each for each in (given if isinstance(given, list) else [given]) if isinstance(each, dict)
    }
    said, place = by_type.get("TextQuoteSelector", {}), by_type.get("TextPositionSelector", {})
    named = _SOURCE.search(urlsplit(str(target.get("source"))).path)
    return _sound(path, value, unquote(named[1]) if named else None, said.get("exact"), place.get("start"), said)


def _sound(path: Path, value: dict[str, Any], document: Any, quote: Any, start: Any, context: dict[str, Any]) -> Stored:
    """Return a citation whose parts are of their kinds. Raises CitationsError."""
    if not isinstance(document, str) or not isinstance(quote, str) or not quote.strip():
        told = str(value.get("id") or value.get("url") or value.get("number") or "one")[:100]
        raise CitationsError(path, f"the citation {told} lacks its document or its words. Store it whole.")
    prefix, suffix = (context.get(name) for name in ("prefix", "suffix"))
    return Stored(
        document,
        quote,
        start if type(start) is int and start >= 0 else None,
        prefix if isinstance(prefix, str) else "",
        suffix if isinstance(suffix, str) else "",
    )
