"""Answers about the whole: themes that involve a body or await something; all themes; the parties."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.collecting.told import label_of, title_of
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.corpus.glossary import Entry, entry_named
from assistant.corpus.types import Document, Field, Section, SectionKind
from assistant.index.records import Row
from assistant.language.files import both, words_of
from assistant.language.kinds import Kind
from assistant.language.phrases import phrase
from assistant.language.words import words
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import kind_of
from assistant.understanding.references import find_reference
from assistant.understanding.request import Request

FILE = "across"
STEM = 5
MOST_PARTIES = 6
# Themes that are told in one sentence; more are a list.
MOST_IN_LINE = 3
OVERVIEW, WHOLE_WORDS, PARTIES, THEMES, LISTING = (
    both(FILE, name) for name in ("overview", "whole", "parties", "themes", "listing")
)
OVERVIEW_KINDS = (Kind.WHAT, Kind.LIST, Kind.HOW, Kind.YES_NO, Kind.REASON)


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer a question about the whole that names none of its parts by a number."""
    rows = desk.rows(request.home)
    asked = words_of("collect", request.language).asks["aside"].sub(" ", request.message)
    found = across(asked, request.language, request.home, rows, desk.glossary, request.last)
    reference = find_reference(asked, request.home, request.earlier) if asked != request.message else request.reference
    return found if found and found.citations and not reference else None


def across(
    text: str, language: str, document: Document, rows: Sequence[Row], glossary: Sequence[Entry], before: str = ""
) -> Draft | None:
    """Answer a question that asks for themes by what they have in common; None where it asks for something else.

    After a question that asked for the themes of a body, the name of another asks for those of that one.
    """
    lowered = text.lower()
    if words_of("collect", language).asks["negated"].search(lowered):
        return None
    if whole := _of_whole(text, language, document, rows):
        return whole
    entity = entry_named(text, glossary)
    goes_on = entity and entry_named(before, glossary) and _is_name_alone(text, entity, language)
    if not (
        words_of(FILE, language).asks["plural"].search(lowered)
        or (goes_on and words_of(FILE, language).asks["plural"].search(before.lower()))
    ):
        return None
    if entity:
        return _listed("across actors", entity.short, language, document, rows, Field.ACTORS, entity.stands_in)
    if words_of(FILE, language).asks["waiting"].search(lowered):
        return _listed("across next step", "", language, document, rows, Field.NEXT_STEP, _awaits)
    group = next((s.group for s in document.sections if s.group and _group_asked(s, lowered)), None)
    if group:
        return _themes(language, document, rows, lambda section: section.group == group)
    of_all = THEMES | WHOLE_WORDS
    if not of_all.isdisjoint(words(text)) and set(subject_words(text)) <= of_all | LISTING | OVERVIEW:
        return _themes(language, document, rows, lambda _section: True)
    return None


def _of_whole(text: str, language: str, document: Document, rows: Sequence[Row]) -> Draft | None:
    """Answer what the document is about, between whom it is, or what a party is; None for any other subject."""
    own, said, kind = set(subject_words(text)), set(words(text)), kind_of(text, language)
    parties = bool(said & PARTIES) and own <= PARTIES | OVERVIEW and kind in (Kind.WHO, Kind.ACTORS)
    overview = bool(said & WHOLE_WORDS) and own <= OVERVIEW and kind in OVERVIEW_KINDS
    title = next((row for row in rows if row.document is document and row.section.kind is SectionKind.TITLE), None)
    if title is None or not (parties or overview or _asks_what_a_party_is(text, language, document)):
        return None
    draft = Draft(language)
    for row in _naming_parties(document, rows, title) if parties else [title]:
        draft.say(wording(row, language), row)
    themes = _first_rows(document, rows, lambda _section: True)
    if overview and themes:
        _say(draft, "all themes", "", language, themes)
    return draft


def _naming_parties(document: Document, rows: Sequence[Row], title: Row) -> list[Row]:
    """Return the title where it names as many of the parties as any section, else what names them in that section."""
    by_section: dict[str, dict[str, Row]] = {}
    for row in rows:
        for party in document.parties:
            if party.lower() in row.span.quote.lower():
                by_section.setdefault(row.section.id, {}).setdefault(party, row)
    most = max(by_section.values(), key=len, default={})
    if len(most) <= len(by_section.get(title.section.id, {})):
        return [title]
    return list({row.span.id: row for row in most.values()}.values())[:MOST_PARTIES]


def _asks_what_a_party_is(text: str, language: str, document: Document) -> bool:
    """Return whether a question asks what a party is, and not what it does."""
    defines = words_of(FILE, language).asks["defines"].match(text.lower())
    if defines is None or kind_of(text, language) not in (Kind.WHAT, Kind.WHO):
        return False
    asked = words(text[defines.end() :])
    if language == "da":  # "Vækstforum" for "Vækstforum Midtjylland"
        return bool(asked) and any(words(name)[: len(asked)] == asked for name in document.parties)
    asked = asked[1:] if asked[:1] == ["the"] else asked
    names = [words(name.removeprefix("the ")) for name in document.parties_en]
    # "Growth Forum" for "the Central Denmark Growth Forum"; one last word alone may be anything.
    return any(name == asked or (len(asked) > 1 and name[-len(asked) :] == asked) for name in names)


def _is_name_alone(text: str, entity: Entry, language: str) -> bool:
    """Return whether a question has no subject but the name of a body, and asks for nothing of its own."""
    return kind_of(text, language) in (Kind.WHAT, Kind.LIST) and set(subject_words(text)) <= {entity.short.lower()}


def _group_asked(section: Section, lowered: str) -> bool:
    """Return whether the question names the group of a theme, by the stems of its name or by what such a name means."""
    asked = words(lowered)
    for name in (section.group, section.group_en):
        parts = [word[:STEM] for word in words(name) if len(word) >= STEM and word not in both(FILE, "idle")]
        if parts and all(any(word.startswith(part) for word in asked) for part in parts):
            return True
    kinds = [tuple(both(FILE, key)) for key in ("region", "own", "topic")]
    return all(any(word.startswith(beginnings) for word in asked) for beginnings in kinds)


def _awaits(quote: str) -> bool:
    """Return whether a cell says that something is awaited; the Danish text is what is searched."""
    return words_of(FILE, "da").asks["awaits"].search(quote.lower()) is not None


def _listed(
    key: str,
    name: str,
    language: str,
    document: Document,
    rows: Sequence[Row],
    field: Field,
    fits: Callable[[str], object],
) -> Draft | None:
    found: dict[str, Row] = {}
    for row in rows:
        if row.document is document and row.passage.field is field and fits(row.span.quote):
            found.setdefault(row.section.id, row)
    if not found:
        return None
    draft = Draft(language)
    _say(draft, key, name, language, list(found.values()))
    return draft


def _themes(language: str, document: Document, rows: Sequence[Row], wanted: Callable[[Section], bool]) -> Draft | None:
    """List themes, each cited by its first span."""
    draft = Draft(language)
    _say(draft, "all themes", "", language, _first_rows(document, rows, wanted))
    return draft


def _first_rows(document: Document, rows: Sequence[Row], wanted: Callable[[Section], bool]) -> list[Row]:
    """Return the first row of each wanted theme."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.document is document and row.section.kind is SectionKind.THEME and wanted(row.section):
            first.setdefault(row.section.id, row)
    return list(first.values())


def _say(draft: Draft, key: str, name: str, language: str, rows: list[Row]) -> None:
    items = []
    for row in rows:
        if number := draft.cite(row):
            items.append(f"{label_of(row.section, language)}, {title_of(row.section, language)} [{number}]")
    count = phrase("themes", language, n=str(len(items))) if len(items) != 1 else phrase("theme", language)
    if len(items) <= MOST_IN_LINE:
        draft.remark(phrase(key, language, name=name, count=count, list="; ".join(items)) + ".")
        return
    draft.remark(phrase(key, language, name=name, count=count, list="").rstrip())
    for item in items:
        draft.item(item)
