"""Which sections a question compares (those named, those talked of, a theme and its annex), and their amounts."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.corpus.register import amounts_of
from assistant.corpus.types import Document, Section
from assistant.language.files import Words, words_of
from assistant.understanding.conversation import set_talked, subject_words, themes_of
from assistant.understanding.request import Request
from assistant.understanding.sections import called, distinct, label_words, numbered

FILE = "compare"


def of_one(request: Request, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the themes that the document puts together under a name, where it is asked of all those; a theme and what
    elaborates it, where the table and the annex are compared.
    """
    asks = words_of("collect", request.language).asks
    if not sections and asks["own"].search(request.lowered):
        return tuple(section for section in request.home.sections if section.group)
    if len(sections) == 1 and asks["annex"].search(request.lowered):
        theme = request.home.theme_of(sections[0])
        return (theme, *(part for part in request.home.annexes(theme.id) if part.passages))
    return ()


def with_talked(request: Request, said: Words) -> tuple[Section, ...]:
    """Return the sections that a turn compares without naming them: those talked of, or one that it names beside what
    was talked of. None where it brings a subject of its own.
    """
    talked, rest = set_talked(request.history, request.home), request.lowered
    for key in ("own", "difference", "common", "apart", "only", "actors", "step", "amount", "both"):
        rest = said.asks[key].sub(" ", rest)
    label = label_words(request.sections)
    idle = label | said.words["idle"] | words_of("collect", request.language).words["soft"]
    if not request.history or set(subject_words(rest)) - idle:
        return ()
    asked = {key for key in ("difference", "own", "only", "actors") if said.asks[key].search(request.lowered)}
    nobody = words_of("collect", request.language).asks["no actors"].search(request.lowered)
    if not (asked & {"difference", "own"} or ({"only", "actors"} <= asked and not nobody)):
        return ()
    if not request.sections:
        return talked
    named_theme = request.home.theme_of(request.sections[0])
    if any(section.id == named_theme.id for section in talked):
        return talked
    last = themes_of(request.talked, request.home)
    return distinct((*last, named_theme)) if len(last) == 1 and "difference" in asked else ()


def compared(request: Request, desk: Desk) -> tuple[Section, ...]:
    """Return the sections that a question names, by number and by what they are called."""
    found = (*numbered(request.text, request.home), *called(request.text, desk.called(request.home)))
    return distinct(found)


def amounts_told(draft: Draft, document: Document, section: Section, desk: Desk) -> str:
    """Return the amounts that a section, or what belongs to it, names, each with its citation; "" where it has none."""
    kin = document.kin([section.id])
    told = []
    for fact in amounts_of(desk.register(document), kin):
        at = next(n for n, mention in enumerate(fact.mentions) if mention.section in kin)
        told.append(f"{fact.called(draft.language)} [{desk.cite_fact(draft, document, fact, at)}]")
    return "; ".join(told)
