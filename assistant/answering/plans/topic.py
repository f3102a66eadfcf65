"""The whole of a section that a question calls by none of its names: "the story about the state jobs, in short"."""

from __future__ import annotations

from assistant.answering.collecting.core import asks_summary
from assistant.answering.collecting.summary import FILE as OVERVIEW
from assistant.answering.collecting.summary import part_told, sections_told
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.named import concerning
from assistant.answering.plans.named.acting import tell_by_places
from assistant.answering.plans.named.mentioned import CLOSED, loose_words
from assistant.answering.support.claims import share_said
from assistant.corpus.types import Section
from assistant.index.records import Row, section_rows
from assistant.language.files import LANGUAGES, words_of
from assistant.language.words import stem, words
from assistant.understanding.claim import claim_of
from assistant.understanding.request import Request
from assistant.understanding.sections import called

# So many of the first hits, of which so many must stand in one section or what belongs to it.
LOOKED_AT, ALIKE = 6, 4
# Sub-headings that one subject may be in; letters of the first part of a compound that a word of one begins with.
MOST_HEADINGS, BEGINNING = 3, 4
# A subject that more rows speak of is not summed up by them.
MOST_ROWS = 12


def plan(request: Request, desk: Desk) -> Draft | None:
    """Sum up the section that what is found for a question stands in, where it asks for a summary of a subject."""
    said, text = words_of(OVERVIEW, request.language), request.lowered
    if (
        not asks_summary(text, request.language)
        or said.asks["other"].search(text)
        or claim_of(request.text, request.language) is not None
    ):
        return None
    held = any(desk.holds(request.home, word, request.language) for word in loose_words(request, said))
    if said.words["document"] & set(words(text)) and not held:
        return None  # of the document as a whole
    if request.sections or not loose_words(request, said) or called(request.text, desk.called(request.home)):
        return None
    found = desk.finder.find(request.message, request.language, request.history, request.only, request.home)
    decision = desk.refusal.decide(found.asked, found.evidence, request.language, follow_up=bool(request.history))
    hits = found.evidence.hits[:LOOKED_AT]
    if not (decision.answer and hits) or any(hit.row.document is not request.home for hit in hits[:1]):
        return None
    home, own = request.home, loose_words(request, said)
    themes = [home.theme_of(hit.row.section).id for hit in hits if hit.row.document is home]
    theme = home.section(themes[0])
    if themes.count(theme.id) >= ALIKE and not (_headings(theme) and _narrower(own, hits[0].row, request, desk)):
        return sections_told(request, desk, said, (theme,))
    return _gathered(own, hits[0].row, request, desk)


def _gathered(own: list[str], best: Row, request: Request, desk: Desk) -> Draft | None:
    """Tell what is said of a subject that is less than a section, from wherever it is said; None of one sentence."""
    told = wording(best, request.language)
    own = [word for word in own if share_said(word, told, desk.analyzer, request.language) > 0]
    rows = concerning.rows_about(own, request, desk) if own else []
    if best.span.id not in {row.span.id for row in rows} or not concerning.FEWEST <= len(rows) <= MOST_ROWS:
        return None
    draft = Draft(request.language)
    draft.remark(words_of(concerning.FILE, request.language).number("told", len(rows), word=" ".join(own)))
    tell_by_places(draft, rows)
    return draft


def under(request: Request, desk: Desk) -> Draft | None:
    """Tell all that stands under the sub-headings that a subject's words are in, where a summary of it is asked for, or
    where two of them are to be told apart.
    """
    said, text = words_of(OVERVIEW, request.language), request.lowered
    everything = words_of(concerning.FILE, request.language).asks["all about"].search(text)
    grouped = words_of("collect", request.language).asks["own"].search(text)  # a summary of themes
    told_apart = words_of("compare", request.language).asks["apart"].search(text) is not None
    summed = asks_summary(text, request.language) or everything
    if not (summed or told_apart) or said.asks["other"].search(text) or grouped:
        return None
    own = [] if request.sections else [word for word in loose_words(request, said) if not word.isdigit()]
    found = [(section, each) for section in request.home.sections for each in _headings(section)]
    told = {(s.id, each): held for s, each in found if (held := _shared(own, _named(s, each), request, desk))}
    covered = set().union(*told.values()) if told else set()
    meant = called(request.text, desk.called(request.home))
    if any(covered <= _shared(own, f"{section.title} {section.title_en}", request, desk) for section in meant):
        return None  # the section itself is called so
    if not (0 if summed else 1) < len(told) <= MOST_HEADINGS or request.earlier:
        return None
    if 2 * len(covered) < len(own) and (summed or len(covered) < len(told)):
        return None
    draft = Draft(request.language)
    for identity, heading in told:
        section = request.home.section(identity)
        rows = [row for row in section_rows(request.home, section) if row.passage.subheading == heading]
        part_told(draft, section, rows)
    return draft if draft.citations else None


def _headings(section: Section) -> list[str]:
    return list(dict.fromkeys(p.subheading for p in section.passages if p.subheading))


def _named(section: Section, heading: str) -> str:
    """Return a sub-heading in both languages."""
    english = next((p.subheading_en for p in section.passages if p.subheading == heading), None)
    return f"{heading} {english or ''}"


def _shared(own: list[str], title: str, request: Request, desk: Desk) -> set[str]:
    """Return the words of a subject that a title has, or begins a word with the first part of."""
    tokens = [word for word in words(title) if word not in CLOSED]
    stems = {stem(word, language) for word in tokens for language in LANGUAGES}
    first = {word: (desk.analyzer.parts(word) or [word])[0] for word in own}
    return {
        word
        for word in own
        if stem(word, request.language) in stems
        or (len(first[word]) >= BEGINNING and any(token.startswith(first[word]) for token in tokens))
    }


def _narrower(own: list[str], best: Row, request: Request, desk: Desk) -> bool:
    """Return whether a subject is said by the best sentence and not by the title of its section: it is asked alone."""
    section = request.home.theme_of(best.section)
    if _shared(own, f"{section.title} {section.title_en}", request, desk):
        return False
    return share_said(" ".join(own), wording(best, request.language), desk.analyzer, request.language) > 0
