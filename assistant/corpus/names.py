"""The names of a document: `names.toml` beside it, or, where there is none, what its capital letters tell.

[town]                                     a kind of name
"Mûnchen" = { en = "Munich", other = ["München"], abroad = true }
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.corpus.markup import read_text
from assistant.corpus.types import Document
from assistant.errors import CorpusError
from assistant.language.files import LANGUAGES, both, either, words_of

# The kinds of name, narrow ones; NAME is what only its capital letter tells.
NAME = "name"
KINDS = (
    "town",
    "area",
    "country",
    "ministry",
    "agency",
    "body",
    "organisation",
    "company",
    "school",
    "programme",
    "strategy",
    "fund",
    "initials",
    "term",
    NAME,
)
MEND = 'Write it as [town] and below it "Viborg" = {}, with en = "…", other = ["…"] and abroad = true where it is so'
# Capital letters in a row, joined by little else than a space.
CAPITALS = re.compile(r"(?:[A-ZÆØÅ][\w’'-]*(?:\.dk)?)(?:\s(?:&\s|of\s|for\s)?[A-ZÆØÅ\d][\w./’'-]*)*")
# Kinds of which the words of a name tell enough, also where it begins a sentence.
OF_BODIES = ("ministry", "agency", "body", "organisation")
# A number or years behind a name, which count or date what follows.
COUNTED = re.compile(r"\s[\d.,/–-]+$")
FILE = "names.toml"
PLAIN_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A", "ü": "u", "û": "u"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the document writes it, its kind, its English form and other spellings of it; `abroad` where it is a
    place outside the country.
    """

    name: str
    kind: str
    english: str
    other: tuple[str, ...] = ()
    abroad: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """All spellings, the document's own first; last those of a keyboard without Danish letters."""
        written = (self.name, *((self.english,) if self.english != self.name else ()), *self.other)
        return tuple(dict.fromkeys((*written, *(each.translate(PLAIN_LETTERS) for each in written))))


def read_names(path: Path, document: Document) -> tuple[Name, ...]:
    """Read `names.toml`; a document without one has the names that its capital letters tell. Raises CorpusError."""
    if not path.exists():
        return draft_names(document)
    try:
        tables = tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorpusError(path, 0, f"cannot be read ({error})", "Mend the TOML") from None
    return tuple(
        _name(path, kind, name, value) for kind, table in tables.items() for name, value in _items(path, kind, table)
    )


def _items(path: Path, kind: str, table: Any) -> Iterable[tuple[str, Any]]:
    if kind not in KINDS or not isinstance(table, dict):
        raise CorpusError(path, 0, f"[{kind}] is no kind of name", f"Use one of {', '.join(KINDS)}")
    return table.items()


def _name(path: Path, kind: str, name: str, value: Any) -> Name:
    if not isinstance(value, dict) or value.keys() - {"en", "other", "abroad"}:
        raise CorpusError(path, 0, f"what stands behind {name} is not understood", MEND)
    english, other = value.get("en", name), value.get("other", [])
    abroad = value.get("abroad", _other_country(kind, name))
    if not isinstance(english, str) or not isinstance(other, list) or not all(isinstance(each, str) for each in other):
        raise CorpusError(path, 0, f"what stands behind {name} is not text", MEND)
    if not isinstance(abroad, bool):
        raise CorpusError(path, 0, f"abroad of {name} is neither true nor false", MEND)
    return Name(name, kind, english, tuple(other), abroad)


def _other_country(kind: str, name: str) -> bool:
    return kind == "country" and name.lower() not in both("names", "own country")


def draft_names(document: Document) -> tuple[Name, ...]:
    """Return the names that a document's capital letters tell, each with the kind that its words, or those in front of
    it, tell.

    At the beginning of a sentence a capital says nothing, so a name counts that stands within one somewhere, has
    several capitals, or is of a kind that its words tell.
    """
    before: dict[str, list[str]] = {}
    spans = (span for section in document.sections for passage in section.passages for span in passage.spans)
    for quote, match in ((span.quote, match) for span in spans for match in CAPITALS.finditer(span.quote)):
        name = _bare(COUNTED.sub("", match.group()).rstrip(".,:’'-"))
        within = match.start() > 0 and quote[match.start() - 2 : match.start()] not in (". ", ": ", "! ")
        name = name if within else _without_verb(name)
        if name.lower() in both("detection", "closed"):
            continue
        several = len(_capitals(name)) > 1 and not any(letter.isdigit() for letter in name)  # and no label
        if within or name in before or several or kind_of_name(name) in OF_BODIES:
            words = quote[: match.start()].split()
            before.setdefault(name, []).append(words[-1].lower() if words and within else "")
    known = sorted(name for name in before if len(name) > 1)
    kinds = {name: _kind_of(name, before[name], known) for name in known}
    return tuple(Name(name, kind, name, abroad=_other_country(kind, name)) for name, kind in kinds.items())


def _kind_of(name: str, before: Sequence[str], known: Sequence[str]) -> str:
    """Return the kind of a name: a town where it has a municipality, or only ever stands where a place does."""
    said = words_of("names", "da").words
    if name.lower() in both("claim", "countries") | said["own country"]:
        return "country"
    kind = kind_of_name(name)
    if kind != NAME or " " in name:
        return kind
    placed = [] if name.endswith(("et", "gården")) else [word for word in before if word]  # "Rådhuset" is a thing
    lies = bool(placed) and said["place before"].issuperset(placed) and bool(said["lies"] & set(placed))
    return "town" if lies or f"{name} Kommune" in known else NAME


def _without_verb(name: str) -> str:
    """Return a name without the verb that begins its line: "Afventer Datatilsynet"."""
    first, _, rest = name.partition(" ")
    return rest if rest and either("collect", "awaits").fullmatch(first.lower()) else name


def _capitals(name: str) -> list[str]:
    return [word for word in name.split() if word[0].isupper()]


def _bare(name: str) -> str:
    """Return a name without a genitive s, where it is more than a short form."""
    return name[:-1] if name.endswith("s") and len(name) > 6 and name[-2] not in "saeiouy" else name


def kind_of_name(name: str) -> str:
    """Return the kind that the words of a name tell; NAME where they tell none."""
    lowered = name.lower()
    for kind in KINDS:
        for language in LANGUAGES:
            pattern = words_of("names", language).asks.get(kind)
            if pattern and pattern.search(lowered):
                return kind
    return "initials" if re.fullmatch(r"[A-ZÆØÅ]{2,5}", name) else NAME


def names_toml(names: Iterable[Name]) -> str:
    """Return the text of a `names.toml` that an officer can go on from."""
    lines = [
        "# The names of the document under their kinds, found by their capital letters: move, mend and complete them.",
        f"# Kinds: {', '.join(KINDS)}.",
    ]
    by_kind: dict[str, list[Name]] = {}
    for each in names:
        by_kind.setdefault(each.kind, []).append(each)
    for kind in KINDS:
        if kind in by_kind:
            quoted = (each.name.replace("\\", "\\\\").replace('"', '\\"') for each in by_kind[kind])
            lines += ["", f"[{kind}]", *(f'"{name}" = {{}}' for name in quoted)]
    return "\n".join(lines) + "\n"
