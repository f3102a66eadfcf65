"""The labels of sections ("Tema 2", "§ 4", "Initiativ 3", "2.1") and their mentions in a text, in either language."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import either

FILE = "labels"
# What a labelled part can be; of a word that may mean two ("section": "§" or "afsnit") the first that is there.
KINDS = (
    "theme",
    "annex",
    "paragraph",
    "point",
    "chapter",
    "article",
    "initiative",
    "area",
    "effort",
    "goal",
    "action",
    "track",
    "part",
    "advice",
    "indicator",
    "row",
)
# A number in front of a heading and no word: "2.1 Drift"; the number of a row of a table.
BARE, ROW, CHAPTER = "point", "row", "chapter"
# "§ 4 a" has a letter of its own; "theme 3 a priority" has not.
NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}(?:[a-z](?!\w)|\s[a-h](?=\W*$|[,;:?]))?(?![\w%]|[.,]\d)"
# Letters in front of a label in a heading: "Til § 3 om trafikplaner".
FRONT = 4

HEADED = r"\d{1,3}(?:\.\d{1,3}){0,4}[a-zA-Z]?(?![\w,])|(?-i:[IVX]{1,5}|[A-H])(?![\w,])"
# The label in front of a heading.
LABEL = re.compile(
    rf"(?P<label>(?P<sign>§§?\s?\d{{1,3}}(?:\s?[a-hj-z])?(?![\w]))"
    rf"|(?P<word>(?:{either('convert', 'label').pattern})\s(?:{HEADED}))"
    rf"|(?P<bare>\d{{1,2}}(?:\.\d{{1,2}}){{0,4}}(?![\w,%]|\.\d)))(?P<end>[.:)]?)\s*(?:[–—:-]\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A heading's label ("" where it has none), the rest of its words, and whether a word or "§" names the label."""

    label: str
    title: str
    named: bool


def labelled(words: str) -> Labelled:
    """Split a heading into label and title."""
    match = LABEL.match(words)
    if match is None or (match["bare"] and not _numbers_a_heading(match, words)):
        return Labelled("", words, False)
    return Labelled(match["label"], words[match.end() :].strip(), not match["bare"])


def _numbers_a_heading(match: re.Match[str], words: str) -> bool:
    """Tell "2. Formål" and "2.1 Drift" from "12 kommuner" and "2. generation"."""
    rest = words[match.end() :]
    return (
        bool(rest) and not rest[0].islower() and (bool(match["end"]) or "." in match["bare"] or len(match["bare"]) < 3)
    )


def looks_like_heading(words: str, longest: int = 120) -> bool:
    """Tell whether a line of its own is named as a part is ("Tema 2 Grøn varme", "§ 4"), and no sentence."""
    named = labelled(words)
    return named.named and len(words) <= longest and not re.search(r"[.,;:!?]$", named.title)


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled part that a text names: the words, the kinds that they can mean, the number, and where it stands."""

    words: str
    kinds: tuple[str, ...]
    number: str
    start: int
    end: int

    @property
    def keys(self) -> tuple[str, ...]:
        """What sections of that label are found by, the likeliest first; rows of a table last."""
        return tuple(f"{kind} {self.number}" for kind in self.kinds)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Return what finds a mention, and what tells its kinds by its word."""
    words = {kind: either(FILE, kind) for kind in KINDS}
    anyone = "|".join(f"(?:{each.pattern})" for each in words.values())
    number, joined = either(FILE, "number").pattern, either(FILE, "joined").pattern
    more = rf"(?P<more>(?:\s*(?:{joined})\s*{NUMBER})*)"
    found = rf"(?<![\w])(?P<word>{anyone})\s*(?:{number})?\s*(?P<number>{NUMBER}){more}"
    return re.compile(found, re.IGNORECASE), {k: re.compile(p.pattern, re.IGNORECASE) for k, p in words.items()}


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the labelled parts that a text names, in its order; "§ 4 og 5" names two."""
    anywhere, words = _patterns()
    found: list[Mention] = []
    for match in anywhere.finditer(text):
        kinds = tuple(kind for kind, pattern in words.items() if pattern.fullmatch(match["word"]))
        found.append(Mention(match.group().strip(), kinds, _number(match["number"]), match.start(), match.end()))
        for each in re.findall(NUMBER, match["more"], re.IGNORECASE):
            found.append(Mention(f"{match['word']} {each}", kinds, _number(each), match.start(), match.end()))
    return tuple(found)


def is_theme(heading: str) -> bool:
    """Return whether a heading begins with the label of a theme."""
    first = next(iter(mentions(heading)), None)
    return first is not None and first.start == 0 and first.kinds[0] == "theme"


def keys_of(section: Section) -> frozenset[str]:
    """Return what a section is found by: "theme 7", "paragraph 4", "point 2.1"; none where it has no label.

    Where the label is no cell of its own, it is what the title begins with, or a sub-heading in the section.
    """
    if section.kind is SectionKind.TITLE:
        return frozenset()
    rows = [f"{ROW} {section.row.lower()}"] if section.row else []
    return frozenset([*rows, *(key for line in _lines(section) for key in _keys(line))])


def _lines(section: Section) -> list[str]:
    return [section.label, *{passage.subheading for passage in section.passages if passage.subheading}]


def _keys(line: str) -> Collection[str]:
    label = labelled(line).label or (line if re.fullmatch(NUMBER, line.rstrip(".)")) else "")
    named = mentions(label or line)
    first = next((each for each in named if each.start <= FRONT), None)
    if first is not None:
        return [f"{first.kinds[0]} {first.number}"]
    bare = label.rstrip(".)")
    return [f"{BARE} {_number(bare)}"] if re.fullmatch(NUMBER, bare, re.IGNORECASE) else []


def labels_of(document: Document) -> frozenset[str]:
    """Return all labels of a document."""
    return frozenset(key for section in document.sections for key in keys_of(section))


def meant(mention: Mention, document: Document) -> tuple[Section, ...]:
    """Return the sections of a document that a mention means, those named by their own label first; none where there
    are none of that label.
    """
    near = [section for section in document.sections if any(mention.number in line.lower() for line in _lines(section))]
    for key in mention.keys:
        found = [section for section in near if key in keys_of(section)] if not key.startswith(ROW) else []
        own = [section for section in found if key in _keys(section.label)]
        if found:
            return tuple(own or found[:1])
    if CHAPTER in mention.kinds:  # "chapter 6" is the part that is numbered 6
        return tuple(section for section in near if f"{BARE} {mention.number}" in keys_of(section))[:1]
    return ()


def has_such(mention: Mention, document: Document) -> bool:
    """Return whether a document has parts that are called as a mention calls one, of whatever number."""
    kinds = {key.partition(" ")[0] for key in labels_of(document)}
    return any(kind in kinds for kind in mention.kinds if kind != ROW)


def _number(number: str) -> str:
    return "".join(number.lower().split())
