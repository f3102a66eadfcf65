"""The register of a document: what it names, each thing at all its places, collected when the index is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.corpus.names import Name
from assistant.corpus.types import Document, Field, Section, SectionKind, Span
from assistant.language.values import amounts, counts, dates, money_of, number_of, years
from assistant.language.words import words

AMOUNT, DATE, COUNT, ACTORS, STEP, EMPTY = "amount", "date", "count", "actors", "next step", "empty"
# The kinds of fact that are no names, and the letters of a name that is too short to be looked for in a question.
VALUED = (AMOUNT, DATE, COUNT, ACTORS, STEP, EMPTY)
TOWN, AREA = "town", "area"
PLACES = (TOWN, AREA, "country")
SHORTEST = 2
EVERY_YEAR = re.compile(r"\b(årligt|annually|om året|a year|per year)\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a fact: section and span by their ids, and the code points where its words stand in the text."""

    section: str
    span: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document names: a name (its `kind` is that of the name), an amount, a date, a count, the actors
    or a next step of a section, or a section that is empty (without actors, next step or text, as `name` tells).

    `value` is the amount in kroner or the count (the lower of two), or the first year of a date; `years` those that
    an amount is for or that a date covers; `yearly` tells whether an amount comes each of them, `abroad` whether a
    place is outside the country.
    """

    kind: str
    name: str
    english: str
    mentions: tuple[Mention, ...]
    forms: tuple[str, ...] = ()
    value: float | None = None
    years: tuple[int, ...] = ()
    yearly: bool = False
    abroad: bool = False

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of the sections that name it, in reading order, each once."""
        return tuple(dict.fromkeys(mention.section for mention in self.mentions))

    def called(self, language: str) -> str:
        """What it is called in "da" or "en"."""
        return self.name if language == "da" else self.english


def register_of(document: Document, names: Sequence[Name]) -> tuple[Fact, ...]:
    """Return the facts of a document: names by kind, then amounts, dates, counts, fields and what is empty."""
    spans = [(section, span) for section in document.sections for p in section.passages for span in p.spans]
    found = [*_named(names, [*spans, *_headings(document)])]
    for kind, find in ((AMOUNT, amounts), (DATE, dates), (COUNT, counts)):
        found += _valued(kind, find, spans)
    found += [*_fields(document), *_empty(document)]
    return tuple(found)


def _named(names: Sequence[Name], spans: Sequence[tuple[Section, Span]]) -> Iterator[Fact]:
    """Yield names with their places; of names that overlap the longest counts."""
    # A name in small letters has a capital where it begins a sentence.
    by_form = {each: name for name in names for form in name.forms for each in (form[:1].upper() + form[1:], form)}
    if not by_form:
        return
    longest = sorted(by_form, key=len, reverse=True)
    either = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?:s|’s|'s)?(?!\w)")
    places: dict[Name, list[Mention]] = {name: [] for name in names}
    for section, span in spans:
        for match in either.finditer(span.quote):
            places[by_form[match[1]]].append(_mention(section, span, match.start(1), match.end(1)))
    for name in names:
        if found := sorted(places[name], key=lambda mention: mention.start):
            yield Fact(name.kind, name.name, name.english, tuple(found), name.forms, abroad=name.abroad)


def _headings(document: Document) -> Iterator[tuple[Section, Span]]:
    """Yield the titles of sections and the sub-headings in them as spans without an id."""
    for section in document.sections:
        for title in dict.fromkeys((section.title, *(p.subheading for p in section.passages if p.subheading))):
            start = document.text.find(title, section.start, section.end)
            if start >= 0 and section.kind is not SectionKind.TITLE:
                yield section, Span("", start, start + len(title), title, None)


def _mention(section: Section, span: Span, start: int, end: int) -> Mention:
    return Mention(section.id, span.id, span.start + start, span.start + end)


def _valued(kind: str, find: Callable[[str, str], list[str]], spans: Sequence[tuple[Section, Span]]) -> Iterator[Fact]:
    """Yield values, each once with all its places; the translation's value at the same place is the English one."""
    found: dict[tuple[object, ...], Fact] = {}
    for section, span in spans:
        danish = find(span.quote, "da")
        english = find(span.translation or "", "en")
        at = 0
        for place, value in enumerate(danish):
            start = span.quote.index(value, at)
            at = start + len(value)
            told = english[place] if len(english) == len(danish) else value
            fact = _fact(kind, value, told, _mention(section, span, start, at))
            key = (fact.value, fact.years, fact.yearly, "" if kind == AMOUNT else value)
            known = found.get(key)
            found[key] = replace(known, mentions=(*known.mentions, *fact.mentions)) if known else fact
    yield from found.values()


def _fact(kind: str, value: str, english: str, mention: Mention) -> Fact:
    covered = tuple(sorted(years(value)))
    measured = (
        money_of(value) if kind == AMOUNT else float(covered[0]) if kind == DATE and covered else number_of(value)
    )
    return Fact(kind, value, english, (mention,), (value, english), measured, covered, bool(EVERY_YEAR.search(value)))


def _fields(document: Document) -> Iterator[Fact]:
    """Yield one fact for every line of the actors and next-step fields."""
    for section in document.sections:
        for field, kind in ((Field.ACTORS, ACTORS), (Field.NEXT_STEP, STEP)):
            for span in section.field(field):
                whole = _mention(section, span, 0, len(span.quote))
                yield Fact(kind, span.quote, span.translation or span.quote, (whole,))


def _empty(document: Document) -> Iterator[Fact]:
    """Yield what is empty: a theme without actors or without a next step, a section without text.

    The place is the section's heading: nothing else of it can be shown.
    """
    for section in document.sections:
        for name, lacks in (
            (ACTORS, section.kind is SectionKind.THEME and not section.field(Field.ACTORS)),
            (STEP, section.kind is SectionKind.THEME and not section.field(Field.NEXT_STEP)),
            ("text", not section.passages),
        ):
            if lacks:
                yield Fact(EMPTY, name, name, (Mention(section.id, "", section.start, section.end),))


def of_kind(facts: Iterable[Fact], *kinds: str) -> list[Fact]:
    """Return the facts of some kinds, in their order."""
    return [fact for fact in facts if fact.kind in kinds]


def facts_named(text: str, facts: Iterable[Fact]) -> list[Fact]:
    """Return the names of a register that a text says, in any of their spellings, the longest first."""
    said = f" {' '.join(words(text))} "
    found: dict[Fact, int] = {}
    for fact in facts:
        for form in fact.forms if fact.kind not in VALUED else ():
            plain = _plain(form)
            if len(plain) > SHORTEST and plain in said and (f" {plain} " in said or f" {plain}s " in said):
                found[fact] = max(found.get(fact, 0), len(plain))
    return sorted(found, key=lambda fact: -found[fact])


def named_at(fact: Fact, text: str) -> int:
    """Return where a text in small letters has one of a name's spellings first; its end where it has none."""
    return min((at for form in fact.forms if (at := text.find(form.lower())) >= 0), default=len(text))


def amounts_of(facts: Iterable[Fact], sections: Collection[str]) -> list[Fact]:
    """Return the amounts that some sections name."""
    return [fact for fact in of_kind(facts, AMOUNT) if not set(sections).isdisjoint(fact.sections)]


def number_behind(fact: Fact, text: str) -> str | None:
    """Return the number in brackets right behind a name in a text: "the Authority (162 jobs)"."""
    for form in fact.forms:
        if match := re.search(rf"{re.escape(form)}\s\((\d+)\b", text):
            return match[1]
    return None


@lru_cache(maxsize=16384)
def _plain(form: str) -> str:
    return " ".join(words(form))


def actor_names(line: str) -> list[str]:
    """Return who a line of an actors field names: "AMD/ES/HBP" are three, "m.fl." is nobody."""
    bare = re.sub(r"\bm\.\s?fl\.?|\band others\b", "", line)
    return [name for part in re.split(r"[,/;]", bare) if (name := part.strip(" ."))]


def actors_in(section: Section) -> list[str]:
    """Return who the actors field of a section names, in its order."""
    return [name for span in section.field(Field.ACTORS) for name in actor_names(span.quote)]
