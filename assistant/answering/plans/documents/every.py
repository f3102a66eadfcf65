"""Lists and counts over all documents: what each of them gives, with its short title in every line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answering.collecting.wanted import HOWS, KINDS
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.plans import collected, themes
from assistant.answering.plans.named import mentioned
from assistant.answering.types import Status
from assistant.language.files import words_of
from assistant.understanding.documents.kinds import FILE
from assistant.understanding.documents.titles import STANDS_FOR
from assistant.understanding.request import Request

# What lists and counts within one document.
LISTING: tuple[Callable[[Request, Desk], Draft | None], ...] = (collected.plan, mentioned.plan, themes.plan)
MOST, MOST_LINES = 12, 6
LINE = "\n- "


def plan(request: Request, desk: Desk) -> Draft | None:
    """List over all documents where a question asks across them, or where nothing tells which it is asked of."""
    said = words_of(FILE, request.language)
    across = said.asks["all"].search(request.lowered)
    if len(desk.library.ids) < 2 or not (across or (request.among and not request.reference and _lists(request))):
        return None
    # Names keep their capitals.
    anywhere = re.compile(said.asks["all"].pattern, re.IGNORECASE)
    asked = anywhere.sub(_place(request.language), request.text)
    found: dict[str, Draft] = {}
    for identity in desk.library.ids[:MOST]:
        home = desk.library.document(identity)
        own = replace(request, message=asked, text=asked, home=home, only=identity, among=(), talked=(), sections=())
        draft = next((draft for listing in LISTING if (draft := listing(own, desk)) is not None), None)
        if draft is not None:
            found[identity] = draft
    if any(draft.status is Status.ANSWERED for draft in found.values()):
        return _joined(found, request, desk)
    # A word that no document has is told once of all of them.
    return mentioned.plan(replace(request, message=asked, text=asked), desk) if across else None


def _lists(request: Request) -> bool:
    """Return whether the words of a question are those of a list or a mention: only then are documents opened."""
    collect, mention = words_of("collect", request.language).asks, words_of("mention", request.language).asks
    how = any(collect[key].search(request.lowered) for key in (*HOWS, "every", "where"))
    what = any(collect[key].search(request.lowered) for key in (*KINDS, "theme", "annex"))
    return (how and what) or any(mention[key].search(request.lowered) for key in ("mention", "where"))


def _count(draft: Draft) -> int:
    """Return how many things a list names, those that it only counts at its end included."""
    lines = [each for each in draft.sentences if each.startswith(LINE)]
    rest = re.match(rf"{LINE}… \D*(\d+)", lines[-1]) if lines else None
    return len(lines) - 1 + int(rest[1]) if rest else len(lines)


def _place(language: str) -> str:
    return f" {'i' if language == 'da' else 'in'} {STANDS_FOR[language]} "


def _joined(found: dict[str, Draft], request: Request, desk: Desk) -> Draft:
    """Join the lists of several documents, each line with the short title in front."""
    language, said = request.language, words_of(FILE, request.language)
    told = {each: draft for each, draft in found.items() if draft.status is Status.ANSWERED}
    whole = Draft(language)
    numbers = {"n": str(len(told)), "of": str(len(desk.library.ids))}
    if words_of("collect", language).asks["count"].search(request.lowered):
        whole.remark(said.say("counted in", count=str(sum(map(_count, told.values()))), **numbers))
    else:
        whole.remark(said.say("found in", **numbers))
    for identity, draft in told.items():
        title = desk.library.summary(identity).title_in(language)
        lines = [each for each in draft.sentences if each.startswith(LINE)]
        head = [each for each in draft.sentences if not each.startswith(LINE)]
        for line in [*(head if not lines else []), *lines[:MOST_LINES]]:
            words = whole.taken(line.removeprefix(LINE), draft)
            whole.sentences.append(f"{LINE}{said.say('line', title=title, told=words)}")
        if len(lines) > MOST_LINES:
            url = f"/documents/{identity}/register"
            more = words_of("collect", language).say("more", n=str(len(lines) - MOST_LINES), url=url)
            whole.item(said.say("line", title=title, told=more))
    return whole
