"""The parts of a Word file: opened only where their unpacked size is bearable, parsed without entities."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from assistant.corpus.convert.blocks import Unreadable

LARGEST_PART = 40_000_000
LARGEST = 400_000_000
NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
SAVE = "Open it in Word, save it anew and add that file"


def w(name: str) -> str:
    """Return a name of Word's own namespace."""
    return NAMESPACE + name


def val(element: Any, default: str = "") -> str:
    """Return the `w:val` of an element; `default` where there is no element or no value."""
    return default if element is None else str(element.get(w("val"), default))


def is_on(element: Any) -> bool:
    """Tell whether a property that can be switched is on."""
    return element is not None and val(element, "1") not in ("0", "false", "off", "none")


class Package:
    """An opened Word file. Raises Unreadable where it is damaged or unpacks to more than is bearable."""

    def __init__(self, file: Path) -> None:
        try:
            self.archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError):
            raise Unreadable("is damaged", SAVE) from None
        if sum(info.file_size for info in self.archive.infolist()) > LARGEST:
            raise Unreadable(
                f"unpacks to more than {LARGEST // 1_000_000} MB", "Split it, or take the large images out of it"
            )

    def part(self, name: str) -> Any:
        """Return the root of a part; None where the file has none of that name."""
        try:
            with self.archive.open(name) as packed:
                content = packed.read(LARGEST_PART + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, RuntimeError, ValueError):
            raise Unreadable("is damaged", SAVE) from None
        if len(content) > LARGEST_PART:
            raise Unreadable(f"holds more than {LARGEST_PART // 1_000_000} MB of text", "Split it into several files")
        try:
            return etree.fromstring(
                content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
            )
        except etree.XMLSyntaxError as error:
            if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from None
            raise Unreadable("is damaged", SAVE) from None

    def parts(self, start: str) -> Iterator[Any]:
        """Yield the roots of all parts whose names begin so."""
        for name in self.archive.namelist():
            if name.startswith(start) and name.endswith(".xml"):
                yield self.part(name)

    def title(self) -> str:
        """Return the title among the file's properties, "" where there is none."""
        properties = self.part("docProps/core.xml")
        return " ".join((properties.findtext(TITLE) or "").split()) if properties is not None else ""
