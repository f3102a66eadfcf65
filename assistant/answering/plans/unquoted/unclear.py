"""A theme or annex part named by a number that is unknown, that can mean two, or under which nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.told import label_of, named, title_of
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.offers import ask
from assistant.answering.types import Status
from assistant.corpus.labels import Mention, mentions
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.phrases import phrase
from assistant.understanding.conversation import leans
from assistant.understanding.references import Reference
from assistant.understanding.request import Request

ASKED_BY = {SectionKind.ANNEX: "ask annex"}
SHOWN = 2  # themes of a document that has none of the number


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say what is unclear about the number that a question refers by, and what there is instead."""
    reference = request.reference
    if reference is None:
        return None
    if not reference.sections:
        return _unknown(reference, request, desk)
    if reference.ambiguous:
        alone = leans(reference.rest.lower(), request.language)
        return _ambiguous(reference, request, desk) if alone else None
    section = reference.sections[0]
    parts = any(each.parent == section.id for each in request.home.sections)
    return None if section.passages or parts else empty(section, request, desk)


def _unknown(reference: Reference, request: Request, desk: Desk) -> Draft:
    """Say that there is no such theme or part, and which there are."""
    offers, language = desk.offers(request.home), request.language
    alike = [s for s in request.home.sections if any(m.start == 0 for m in alike_in(reference.words, s.label))]
    choice = ", ".join(label_of(section, language) for section in offers.themes or alike)
    choice = choice or request.home.title_in(language)
    draft = Draft(language, Status.NOT_IN_SOURCE)
    draft.remark(phrase("no such", language, reference=reference.words, choice=choice))
    _show(draft, offers.themes[:SHOWN], request, desk)
    return draft


def alike_in(words: str, label: str) -> list[Mention]:
    """Return the mentions in a label that are called as a reference is: "Initiativ 3" as "initiativ 25"."""
    kinds = {kind for mention in mentions(words) for kind in mention.kinds}
    return [mention for mention in mentions(label) if not kinds.isdisjoint(mention.kinds)]


def _ambiguous(reference: Reference, request: Request, desk: Desk) -> Draft:
    """Explain why a number is ambiguous and offer both readings."""
    draft = Draft(request.language, Status.CLARIFY)
    draft.remark(_readings(reference, request.home, request.language))
    _show(draft, reference.sections, request, desk)
    sections = ((ASKED_BY.get(each.kind, "ask overview"), each) for each in reference.sections)
    draft.suggestions = tuple(ask(key, section, request.language) for key, section in sections)
    return draft


def _readings(reference: Reference, document: Document, language: str) -> str:
    if reference.name == "annex":
        part, other = reference.sections[0], reference.sections[1]
        theme = named(document.theme_of(part), language)
        return phrase("clarify annex", language, reference=reference.words, theme=theme, other=named(other, language))
    readings = [_reading(section, language) for section in reference.sections]
    joined = f" {phrase('and', language)} ".join(("; ".join(readings[:-1]), readings[-1]))
    return phrase("clarify number", language, reference=reference.words, readings=joined)


def _reading(section: Section, language: str) -> str:
    title = section.title if language == "da" else section.title_en
    key = "row reading" if section.row else "reading"
    return phrase(key, language, row=section.row, label=label_of(section, language), title=title)


def empty(section: Section, request: Request, desk: Desk) -> Draft:
    """Say that a section has no text, and where its subject is described."""
    language, offers = request.language, desk.offers(request.home)
    theme = request.home.theme_of(section)
    label, title = label_of(section, language), title_of(section, language)
    draft = Draft(language, Status.NOT_IN_SOURCE)
    draft.remark(phrase("empty annex", language, label=label, title=title, theme=named(theme, language)))
    _show(draft, [theme], request, desk)
    row = desk.first(request.home, theme)
    draft.suggestions = offers.follow_ups(row, language) if row else offers.suggestions(language)
    return draft


def _show(draft: Draft, sections: Sequence[Section], request: Request, desk: Desk) -> None:
    """Show where some sections begin."""
    for section in sections:
        if row := desk.first(request.home, section):
            draft.cite(row)
