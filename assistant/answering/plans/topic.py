"""The whole of a section that a question calls by none of its names: "the story about the state jobs, in short"."""

from __future__ import annotations

from assistant.answering.collecting.core import asks_summary
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans import overview
from assistant.answering.plans.named.mentioned import loose_words
from assistant.answering.support.claims import share_said
from assistant.index.records import Row
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.claim import claim_of
from assistant.understanding.request import Request
from assistant.understanding.sections import called

# So many of the first hits, of which so many must stand in one section or what belongs to it.
LOOKED_AT, ALIKE = 6, 4


def plan(request: Request, desk: Desk) -> Draft | None:
    """Sum up the section that what is found for a question stands in, where it asks for a summary of a subject."""
    said, text = words_of(overview.FILE, request.language), request.lowered
    if (
        not asks_summary(text, request.language)
        or said.asks["other"].search(text)
        or claim_of(request.text, request.language) is not None
    ):
        return None
    if said.words["document"] & set(words(text)):
        return None  # of the document as a whole
    if request.sections or not loose_words(request, said) or called(request.text, desk.called(request.home)):
        return None
    found = desk.finder.find(request.message, request.language, request.history, request.only, request.home)
    decision = desk.refusal.decide(found.asked, found.evidence, request.language, follow_up=bool(request.history))
    hits = found.evidence.hits[:LOOKED_AT]
    if not (decision.answer and hits) or any(hit.row.document is not request.home for hit in hits[:1]):
        return None
    home = request.home
    if _narrower(" ".join(loose_words(request, said)), hits[0].row, request, desk):
        return None
    themes = [home.theme_of(hit.row.section).id for hit in hits if hit.row.document is home]
    theme = themes[0]
    if themes.count(theme) < ALIKE:
        return None
    return overview.sections_told(request, desk, said, (home.section(theme),))


def _narrower(subject: str, best: Row, request: Request, desk: Desk) -> bool:
    """Return whether a subject is said by the best sentence and not by the title of its section: it is asked alone."""
    section, language = request.home.theme_of(best.section), request.language
    title = section.title if language == "da" else section.title_en
    in_title = share_said(subject, title, desk.analyzer, language)
    return not in_title and share_said(subject, wording(best, language), desk.analyzer, language) > 0
