"""The whole of the agreement, of a theme or of an annex part: what it is about by sub-heading, actors, next step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collecting.core import CLAUSES, governed
from assistant.answering.collecting.told import joined, label_of, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.named.mentioned import loose_words
from assistant.corpus.register import AMOUNT
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row, field_rows, section_rows
from assistant.language.files import Words, either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import amounts, years
from assistant.language.words import stem, words
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import asks_for_more, points_back, subject_words
from assistant.understanding.question import kind_of
from assistant.understanding.references import LABEL
from assistant.understanding.request import Request
from assistant.understanding.sections import called, distinct, nameless

FILE = "overview"
# So many sentences of a section are given, where it has no more sub-headings than that; fewer where it is to be short.
FEW, SHORT = 8, 3
# A section with so many sub-headings is told by them.
PARTED = 3
# So many words that the document has ask for more than an overview of it.
FEW_WORDS = 2
# Words in front of what asks that tell of something.
LONG_ASIDE = 4
# What may be asked of a part as a whole; so many of its sentences, and of the parts of a document, are told.
OPEN = (Kind.WHAT, Kind.HOW, Kind.LIST)
MOST = 12
# Sections that are summed up at once.
MOST_SECTIONS = 3
# How like a question must be to one for a whole section: where its words alone do not tell, and where they do.
LIKE, FIRM = 0.92, 0.89
# Words that say something else beside the name of a section that is asked for as a whole.
FEW_BESIDE = 3
# "Table-of-contents".
HYPHENED = re.compile(r"\b\w+(?:-\w+){2,}\b")


def plan(request: Request, desk: Desk) -> Draft | None:
    """Sum up the document or a section where the question asks for the whole of it."""
    said, text = words_of(FILE, request.language), request.lowered
    meant = request.sections or called(request.text, desk.called(request.home))
    if said.asks["subs"].search(text) and (draft := _subheadings(request, said, meant)):
        return draft
    if _is_part_alone(request):
        return sections_told(request, desk, said, request.sections)
    if said.asks["adds"].search(text):
        return _added(request, desk, said, meant)
    if _is_of_annex(request, desk, said):
        return _annex(request, desk, said)
    rest = _narrowing(request, desk, said)
    whole = bool(said.asks["whole"].search(text))
    asks = words_of("collect", request.language).asks
    listing = asks["list"].search(text) and asks["theme"].search(text)
    # "The most important numbers of the agreement" are no overview of it.
    of_kind = any(asks[kind].search(text) for kind in ("number", "amount", "date", "actors", "step"))
    like = desk.like(request) == "overview.whole" and not listing
    # "My phone has no signal. Does it say anything about that?" is not of the document, but of what was told first.
    told_first = points_back(text, request.language) and len(words(request.message)) > len(words(text)) + LONG_ASIDE
    foreign = not meant and (told_first or of_kind or _is_of_another_subject(request, desk, said))
    if like and not request.sections and not request.talked and len(rest) < FEW_WORDS and not foreign:
        return sections_told(request, desk, said, meant) if meant else _document(request, desk, said)
    firm = whole and bool(said.asks["overview"].search(text))
    several = request.sections and len(meant) <= MOST_SECTIONS
    ambiguous = request.reference is not None and request.reference.ambiguous and not firm
    if (len(meant) == 1 or several) and not ambiguous and _asks_for_section(request, desk, said, firm):
        return sections_told(request, desk, said, meant)
    bare = said.asks["overview"].search(text) and not subject_words(request.message) and not request.earlier
    if not (firm or bare) or said.asks["other"].search(text):
        return None
    if request.sections:
        label = {word for s in request.sections for word in words(f"{s.label} {s.label_en}")}
        return None if set(rest) - label else sections_told(request, desk, said, request.sections)
    if rest:
        return sections_told(request, desk, said, meant) if meant else None
    if firm and len(request.talked) == 1 and points_back(text, request.language) and not asks_for_more(request.text):
        return sections_told(request, desk, said, (request.home.section(request.talked[0]),))
    if request.talked and not set(words(request.text)) & said.words["document"]:
        return None  # "tell me more": of what was talked about
    if foreign:
        return None
    return _document(request, desk, said)


def _is_part_alone(request: Request) -> bool:
    """Return whether a question asks what a part says that has a label of its own ("§ 4"), and for no more."""
    reference = request.reference
    if reference is None or reference.name != LABEL or len(request.sections) != 1:
        return False
    return not subject_words(reference.rest) and kind_of(request.text, request.language) in OPEN


def _is_of_annex(request: Request, desk: Desk, said: Words) -> bool:
    """Return whether a question asks what the annex as a whole is about, and names no part of it."""
    asks, text = words_of("collect", request.language).asks, request.lowered
    plain = said.asks["overview"].search(text) and not said.asks["other"].search(text)
    annex = asks["annex"].search(text) and not asks["theme"].search(text)
    if not (plain and annex) or request.sections or called(request.text, desk.called(request.home)):
        return False
    idle = said.words["own"] | words_of("collect", request.language).words["soft"]
    return not set(subject_words(asks["annex"].sub(" ", text))) - idle


def _annex(request: Request, desk: Desk, said: Words) -> Draft | None:
    """Say what the parts of the annex are, each with its first sentence where it has text."""
    parts = [section for section in request.home.sections if section.kind is SectionKind.ANNEX]
    if not parts:
        return None
    draft, language = Draft(request.language), request.language
    draft.remark(said.say("annexes", n=str(len(parts)), told=str(sum(bool(part.passages) for part in parts))))
    for part in parts[:MOST]:
        row = desk.first(request.home, part)
        told = f"{named(part, language)}: {wording(row, language)}" if row else named(part, language)
        draft.item(told, draft.cite(row) if row else draft.cite_heading(request.home, part))
    return draft


def _added(request: Request, desk: Desk, said: Words, meant: Sequence[Section]) -> Draft | None:
    """Sum up what the annex says of the one theme that a question names."""
    document = request.home
    themes = distinct(document.theme_of(each) for each in meant or called(request.message, desk.called(document)))
    parts = [part for each in themes for part in document.annexes(each.id) if part.passages]
    return sections_told(request, desk, said, tuple(parts)) if len(themes) == 1 and parts else None


def _asks_for_section(request: Request, desk: Desk, said: Words, firm: bool) -> bool:
    """Return whether the one section that a question names is asked for as a whole.

    Its name is exchanged for "the theme", so that only how it is asked is compared; `firm` where its words tell it too.
    """
    claimed = claim_of(request.text, request.language) is not None
    # Who, when or how much is not the whole of a section, so that nothing need be embedded to tell; both who and what
    # comes next may be.
    fields = words_of("collect", request.language).asks
    several = all(fields[key].search(request.lowered) for key in ("actors", "step"))
    bids = either("verdict", "request").search(request.lowered)
    narrow = not (firm or several or bids) and kind_of(request.text, request.language) not in OPEN
    if claimed or narrow or said.asks["other"].search(request.lowered) or (request.earlier and not firm):
        return False
    plain = nameless(request.text, said.say("the theme"), desk.called(request.home))
    clauses = CLAUSES.split(plain)
    asking = next((each for each in clauses if said.say("the theme") in each.lower()), plain)
    # "I must give a talk on the theme. Can you outline it?"
    pointing = said.asks["it"].sub(f" {said.say('the theme')} ", clauses[-1].lower())
    much = not firm and len(loose_words(replace(request, text=plain), said)) > FEW_BESIDE
    bid = words_of("parts", request.language).asks["bids"].match(asking.lower())
    ways = [*([] if much else [plain]), *([] if much and not bid else [asking])]
    ways += [pointing] if pointing != clauses[-1].lower() else []
    if not ways:
        return False
    key, cosine = max(map(desk.searcher.said_nameless, dict.fromkeys(ways)), key=lambda like: like[1])
    return key == "overview.section" and cosine >= (FIRM if firm else LIKE)


def _is_of_another_subject(request: Request, desk: Desk, said: Words) -> bool:
    """Return whether a summary is asked for "about" or "of" something that the document does not speak of."""
    collect = words_of("collect", request.language).words
    idle = said.words["own"] | said.words["document"] | collect["soft"] | collect["whole"]
    text = HYPHENED.sub(" ", request.lowered)
    own = [word for word in subject_words(text) if word not in idle and not word.isdigit()]
    for_whom = words_of("concerning", request.language).asks["meant for"].search(text)
    return bool(own and for_whom) or any(governed(word, text, said.asks["subject"]) for word in own)


def _narrowing(request: Request, desk: Desk, said: Words) -> list[str]:
    """Return the words of a question that the document has too: they ask for less than the whole of it."""
    held = desk.words_held(request.home)[request.language]
    own = [word for word in subject_words(request.text) if word not in said.words["own"] and not word.isdigit()]
    return [word for word in own if stem(word, request.language) in held]


def sections_told(request: Request, desk: Desk, said: Words, sections: Sequence[Section]) -> Draft | None:
    """Sum up sections, at most three; None where they have no text."""
    draft = Draft(request.language)
    for section in sections[:MOST_SECTIONS]:
        if section.passages:
            _section(draft, request, said, section)
    return draft if draft.citations else None


def part_told(draft: Draft, section: Section, rows: Sequence[Row]) -> None:
    """Say all rows under one sub-heading of a section."""
    said, language = words_of(FILE, draft.language), draft.language
    heading = rows[0].passage.subheading if language == "da" else rows[0].passage.subheading_en
    name = f"{named(section, language)} – {heading or rows[0].passage.subheading}"
    draft.remark(("\n" if draft.sentences else "") + said.say("section", section=name))
    for row in rows:
        draft.item(wording(row, language), draft.cite(row))


def _section(draft: Draft, request: Request, said: Words, section: Section) -> None:
    """Say a section by its sub-headings, the fullest sentence of each, then actors and next step."""
    language = request.language
    draft.remark(("\n" if draft.sentences else "") + said.say("section", section=named(section, language)))
    most = SHORT if said.asks["lines"].search(request.lowered) else FEW
    rows = _fullest(field_rows(request.home, section, Field.BACKGROUND, Field.TEXT), most)
    before = ""
    for row in rows[:MOST]:
        heading = (row.passage.subheading if language == "da" else row.passage.subheading_en) or ""
        sentence = wording(row, language)
        draft.item(f"{heading}: {sentence}" if heading not in ("", before) else sentence, draft.cite(row))
        before = heading
    if section.kind is SectionKind.THEME:
        for key, field in (("actors", Field.ACTORS), ("step", Field.NEXT_STEP)):
            cells = field_rows(request.home, section, field)
            draft.item(said.say(key, values=draft.quoted(cells)) if cells else said.say(f"no {key}"))
        # What is to be short, and is long already, is not elaborated.
        for annex in () if most == SHORT < len(rows) else request.home.annexes(section.id):
            told = list(section_rows(request.home, annex))
            told = _fullest(told, most)
            if told:
                sentences = draft.quoted(told, ". ")
                draft.item(said.say("annex", label=label_of(annex, language), sentence=sentences))


def _subheadings(request: Request, said: Words, sections: Sequence[Section]) -> Draft | None:
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


def _document(request: Request, desk: Desk, said: Words) -> Draft | None:
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
        values = "; ".join(f"{f.called(language)} [{desk.cite_fact(draft, document, f)}]" for f in sums)
        draft.remark("\n" + said.say("amounts", values=values) + ".")
    return draft
