"""How the document, its sections and its annex are told as a whole: the fullest sentences, actors, next step."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.told import joined, label_of, named, title_of
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.corpus.register import AMOUNT
from assistant.corpus.types import PROSE, Field, Section, SectionKind
from assistant.index.records import Row, field_rows, section_rows
from assistant.language.files import Words, words_of
from assistant.language.values import amounts, number_of, years
from assistant.understanding.request import Request

FILE = "overview"
# So many sentences of a section are given, where it has no more sub-headings than that; fewer where it is to be short.
FEW, SHORT = 8, 3
# A section with so many sub-headings is told by them.
PARTED = 3
# So many of the sentences of a section, and of the parts of a document, are told, and so many sections at once.
MOST, MOST_SECTIONS = 12, 3
# An answer of at least so many lines says the next step in the last.
LINES_WITH_STEP = 3
# Sentences of each part of the annex.
OF_PART = 2


def sections_told(request: Request, desk: Desk, said: Words, sections: Sequence[Section]) -> Draft | None:
    """Sum up sections, at most three; None where they have no text."""
    draft = Draft(request.language)
    for section in sections[:MOST_SECTIONS]:
        if section.passages:
            _section(draft, request, said, section)
        else:
            _parts(draft, request, said, section)
    return draft if draft.citations else None


def _parts(draft: Draft, request: Request, said: Words, section: Section) -> None:
    """Say the parts of a section that has no text but theirs, each with the fullest sentence of what it begins with."""
    language = request.language
    parts = [each for each in request.home.sections if each.parent == section.id and each.passages]
    if parts:
        draft.remark(("\n" if draft.sentences else "") + said.say("section", section=named(section, language)))
    for part in parts[:MOST]:
        rows = _fullest(list(section_rows(request.home, part)), 1)
        draft.item(f"{named(part, language)}: {draft.quoted(rows[:1])}")


def part_told(draft: Draft, section: Section, rows: Sequence[Row]) -> None:
    """Say all rows under one sub-heading of a section, or of a section that they stand in."""
    said, language = words_of(FILE, draft.language), draft.language
    headings = {row.passage.subheading_in(language) or row.passage.subheading for row in rows}
    heading = headings.pop() if len(headings) == 1 else None
    name = f"{named(section, language)} – {heading}" if heading else named(section, language)
    draft.remark(("\n" if draft.sentences else "") + said.say("section", section=name))
    for row in rows:
        draft.item(wording(row, language), draft.cite(row))


def _section(draft: Draft, request: Request, said: Words, section: Section) -> None:
    """Say a section by its sub-headings, the fullest sentence of each, then actors and next step."""
    language = request.language
    draft.remark(("\n" if draft.sentences else "") + said.say("section", section=named(section, language)))
    lines = _lines_wanted(request, said)
    most = lines or (SHORT if said.asks["lines"].search(request.lowered) else FEW)
    rows = _fullest(field_rows(request.home, section, *PROSE), most)
    rows = rows if lines is None else _first(rows, lines - (lines >= LINES_WITH_STEP))
    before = ""
    for row in rows[:MOST]:
        heading = row.passage.subheading_in(language) or ""
        sentence = wording(row, language)
        draft.item(f"{heading}: {sentence}" if heading not in ("", before) else sentence, draft.cite(row))
        before = heading
    if section.kind is SectionKind.THEME:
        asks = words_of("collect", language).asks
        for key, field in (("actors", Field.ACTORS), ("step", Field.NEXT_STEP)):
            wanted = asks[key].search(request.lowered) or (key == "step" and (lines or 0) >= LINES_WITH_STEP)
            if lines and not wanted:
                continue
            cells = field_rows(request.home, section, field)
            draft.item(said.say(key, values=draft.quoted(cells)) if cells else said.say(f"no {key}"))
        # What is to be short, and is long already, is not elaborated.
        beyond = lines is not None and len(rows) + LINES_WITH_STEP > lines
        for annex in () if beyond or most == SHORT < len(rows) else request.home.annexes(section.id):
            told = _fullest(list(section_rows(request.home, annex)), most)
            if told:
                sentences = draft.quoted(told, ". ")
                draft.item(said.say("annex", label=label_of(annex, language), sentence=sentences))


def _lines_wanted(request: Request, said: Words) -> int | None:
    """Return in how many lines a question wants its answer: "in three sentences"; None where it tells no number."""
    match = said.asks["so many"].search(request.lowered)
    number = number_of(match["n"]) if match else None
    return int(number) if number else None


def _first(rows: list[Row], most: int) -> list[Row]:
    """Return so many rows, the fullest, in reading order."""
    kept = {row.span.id for row in sorted(rows, key=_fullness, reverse=True)[: max(1, most)]}
    return [row for row in rows if row.span.id in kept]


def subheadings_told(request: Request, said: Words, sections: Sequence[Section]) -> Draft | None:
    """List the sub-headings of the first section that has some, each with its place."""
    for section in sections:
        first = {p.subheading: p for p in reversed(section.passages) if p.subheading}
        if first:
            draft = Draft(request.language)
            told = said.say("subs", section=named(section, request.language), n=str(len(first)))
            draft.remark(told)
            for danish, passage in reversed(first.items()):
                start = request.home.text.find(danish, section.start, section.end)
                name = danish if request.language == "da" else passage.subheading_en or danish
                draft.item(name, draft.cite_heading(request.home, section, start))
            return draft
    return None


def _fullest(rows: list[Row], most: int) -> list[Row]:
    """Return the fullest row under each sub-heading, or of each passage; the fullest others too where few are."""
    chosen: dict[str, Row] = {}
    for row in rows:
        key = row.passage.subheading or row.passage.id
        if key not in chosen or _fullness(row) > _fullness(chosen[key]):
            chosen[key] = row
    parted = len({row.passage.subheading for row in rows if row.passage.subheading}) >= PARTED
    others = [] if parted else sorted((r for r in rows if r not in chosen.values()), key=_fullness, reverse=True)
    kept = {row.span.id for row in (*chosen.values(), *others[: max(0, most - len(chosen))])}
    return [row for row in rows if row.span.id in kept]


def _fullness(row: Row) -> tuple[bool, int]:
    """Return how much a row says: an amount or a year before all, which a summary must not lose, then its length."""
    quote = row.span.quote
    return bool(amounts(quote, "da") or years(quote)), len(quote)


def document_told(request: Request, desk: Desk, said: Words) -> Draft | None:
    """Say between whom and for when a document is, its themes, its amounts and how far it is."""
    document, language = request.home, request.language
    title = next((s for s in document.sections if s.kind is SectionKind.TITLE), None)
    first = desk.first(document, title) if title else None
    if first is None:
        return None
    draft = Draft(language)
    parties = document.parties if language == "da" else document.parties_en
    name = document.title_in(language)
    if len(parties) > 1 and document.period:
        between = {"period": document.period, "parties": joined(parties, language)}
        draft.say(said.say("document", title=name[:1].upper() + name[1:], **between), first)
    else:
        draft.say(wording(first, language), first)
    themes = [s for s in document.sections if s.kind is SectionKind.THEME] or [
        s for s in document.sections if s.kind is not SectionKind.TITLE and s.passages
    ]
    tabled = bool(themes) and themes[0].kind is SectionKind.THEME
    draft.remark(said.say("themes" if tabled else "parts", n=str(len(themes))))
    short = said.asks["lines"].search(request.lowered)
    if short:
        cited = [f"{named(s, language)} [{draft.cite(row)}]" for s in themes if (row := desk.first(document, s))]
        draft.remark("; ".join(cited) + ".")
    else:
        shown = themes if tabled else themes[:MOST]
        for section in shown:
            row = desk.first(document, section)
            if row is not None:
                sentence = wording(row, language)
                draft.item(f"{named(section, language)}: {sentence}", draft.cite(row))
        if len(shown) < len(themes):
            draft.item(said.say("more", n=str(len(themes) - len(shown)), url=f"/documents/{document.id}"))
    sums = [fact for fact in desk.register(document) if fact.kind == AMOUNT][:6]
    if sums:
        values = "; ".join(
            f"{fact.called(language)} ({title_of(document.section(fact.sections[0]), language)}) "
            f"[{desk.cite_fact(draft, document, fact)}]"
            for fact in sums
        )
        draft.remark("\n" + said.say("amounts", values=values) + ".")
    return draft


def annex_told(request: Request, desk: Desk, said: Words) -> Draft | None:
    """Say what the parts of the annex are, each with its first sentence where it has text."""
    parts = [section for section in request.home.sections if section.kind is SectionKind.ANNEX]
    if not parts:
        return None
    draft, language = Draft(request.language), request.language
    draft.remark(said.say("annexes", n=str(len(parts)), told=str(sum(bool(part.passages) for part in parts))))
    for part in parts[:MOST]:
        if rows := _fullest(list(section_rows(request.home, part)), OF_PART)[:OF_PART]:
            draft.item(f"{named(part, language)}: {draft.quoted(rows, '. ')}")
        else:
            told = said.say("bare part", section=named(part, language))
            draft.item(told, draft.cite_heading(request.home, part))
    return draft
