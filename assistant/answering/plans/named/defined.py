"""What a name is: what the text says of it, or that it is named but not explained, with the place."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.corpus.glossary import entry_named
from assistant.corpus.register import facts_named
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.words import words
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import kind_of
from assistant.understanding.request import Request

FILE = "define"
MOST = 2


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say what a name of the register is, where a question asks for that alone."""
    said = words_of(FILE, request.language)
    plain = kind_of(request.text, request.language) in (Kind.WHAT, Kind.WHO, Kind.EXAMPLE)
    if not (plain and said.asks["define"].search(request.lowered)) or request.sections:
        return None
    facts = facts_named(request.text, desk.register(request.home))
    parties = " ".join((*request.home.parties, *request.home.parties_en))
    if not facts or facts[0].name in parties or entry_named(request.text, desk.glossary):
        return None
    fact = facts[0]
    own = {word for form in fact.forms for word in words(form)} | said.words["own"]
    if [word for word in subject_words(request.text) if word not in own and word.removesuffix("s") not in own]:
        return None
    found = {m.span: row for m in fact.mentions if m.span and (row := desk.row(request.home, m.span))}
    if not found:
        return None
    draft = Draft(request.language)
    rows = sorted(found.values(), key=lambda row: -len(row.span.quote))[:MOST]
    draft.remark(said.say("named", name=fact.called(request.language)))
    for row in rows:
        draft.item(wording(row, request.language), draft.cite(row))
    return draft
