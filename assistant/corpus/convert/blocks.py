"""What every kind of file is turned into: a row of blocks, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.errors import AssistantError


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest that the file uses. `label` is a number that the file only draws ("2.1")."""

    words: str
    level: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `bold` tells whether all of it is, as headings without a style are."""

    words: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; level 1 is the outermost."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, row by row, all rows equally long; the first row holds the header where there is one."""

    rows: tuple[tuple[str, ...], ...]


def table_of(rows: Iterable[Sequence[str]]) -> Table:
    """Return a table of rows that need not be equally long."""
    held = [tuple(row) for row in rows]
    width = max(map(len, held), default=0)
    return Table(tuple(row + ("",) * (width - len(row)) for row in held))


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, right after the block that refers to it; `mark` is its number or sign."""

    words: str
    mark: str = ""


Block = Heading | Paragraph | Item | Table | Note
KINDS: dict[str, type[Block]] = {kind.__name__: kind for kind in (Heading, Paragraph, Item, Table, Note)}


@dataclass(frozen=True, slots=True)
class Remark:
    """What an officer should know: its kind (a key of `report.py`), how many, and an example or the pages."""

    kind: str
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its blocks in reading order, the title that its metadata give, and remarks."""

    blocks: tuple[Block, ...]
    title: str = ""
    remarks: tuple[Remark, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values; `from_json` reads them back."""
        blocks = [[type(block).__name__, asdict(block)] for block in self.blocks]
        return {"blocks": blocks, "title": self.title, "remarks": [asdict(each) for each in self.remarks]}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Content:
        """Return the content that was written."""
        return cls(
            tuple(_block(*pair) for pair in value["blocks"]),
            value["title"],
            tuple(Remark(**each) for each in value["remarks"]),
        )


def _block(name: str, values: dict[str, Any]) -> Block:
    return Table(tuple(map(tuple, values["rows"]))) if name == "Table" else KINDS[name](**values)


PASSWORD = "is protected by a password"
UNLOCK = "Save it without the password and add that file"


class Unreadable(AssistantError):
    """A file that cannot be turned into blocks. Attributes: `problem` what it is, `mend` what the officer can do."""

    def __init__(self, problem: str, mend: str) -> None:
        self.problem, self.mend = problem, mend
        super().__init__(f"{problem}. {mend}.")
