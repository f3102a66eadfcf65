"""All that are of a kind which only their own word tells: "which working groups, panels and networks are there?"."""

from __future__ import annotations

from assistant.answering.collecting.told import label_of
from assistant.answering.collecting.wanted import KINDS
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.named.acting import tell_by_places
from assistant.answering.types import Status
from assistant.corpus.register import VALUED, Fact
from assistant.corpus.types import PROSE, SectionKind
from assistant.index.records import Row
from assistant.language.files import words_of
from assistant.language.words import stem, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request

FILE = "nouns"
# So many kinds at once, and the letters of a word that Danish compounds may end in.
MOST_KINDS, ENDING = 5, 4


def plan(request: Request, desk: Desk) -> Draft | None:
    """List the names, and the sentences, that have a noun of which a question asks what there is."""
    said = words_of(FILE, request.language)
    match = said.asks["which are"].match(request.lowered)
    if match is None or request.sections or said.asks["other"].search(request.lowered):
        return None
    kinds = [words(each) for each in said.asks["joined"].split(match["what"])]
    kinds = [[word for word in kind if word not in said.words["idle"]] for kind in kinds if kind]
    kinds = [kind for kind in kinds if kind and subject_words(kind[-1])]
    if not 1 <= len(kinds) <= MOST_KINDS:
        return None
    registered = {tuple(kind): keys for kind in kinds if (keys := _registered(kind, request.language))}
    if len(registered) == len(kinds) or any(len(kind) > 1 for kind in registered):
        return None  # the register alone tells, or less than all of its kind is asked for
    told = [row for row in desk.rows(request.home) if _says(row, kinds, request.language)]
    names = [fact for fact in desk.register(request.home) if fact.kind not in VALUED]
    # "Panels" are those that are called so; "schools", of which none is called one, are all of their kind.
    unnamed = (keys for kind, keys in registered.items() if not any(_is_one(f, [[*kind]], request) for f in names))
    of_kind = {key for keys in unnamed for key in keys}
    facts = [fact for fact in names if fact.kind in of_kind or _is_one(fact, kinds, request)]
    named = {mention.span for fact in facts for mention in fact.mentions}
    others = [row for row in told if row.span.id not in named]
    if not told and said.asks["mentioned"].search(match.group()) and not _is_held(kinds, request, desk):
        return _nowhere(match["what"].strip(), request)
    if not facts and not (len(others) > 1 or (others and _is_found(others[0], request, desk))):
        return None
    draft = Draft(request.language)
    draft.remark(said.number("told", len(facts) + len(others), what=match["what"].strip()))
    for fact in facts:
        number = desk.cite_fact(draft, request.home, fact)
        where = label_of(request.home.section(fact.sections[0]), request.language)
        draft.item(f"{fact.called(request.language)} – {where}", number)
    tell_by_places(draft, others)
    return draft


def _is_held(kinds: list[list[str]], request: Request, desk: Desk) -> bool:
    return any(desk.holds(request.home, word, request.language) for kind in kinds for word in kind)


def _nowhere(what: str, request: Request) -> Draft:
    """Say that what is asked for is not mentioned."""
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    draft.remark(words_of("mention", request.language).say("no", word=what))
    draft.missing = (what,)
    return draft


def _is_found(row: Row, request: Request, desk: Desk) -> bool:
    """Return whether a row is what is found first for a question: a word may stand in it by the way."""
    return desk.found_in(request, request.text).hits[0].row is row


def _registered(kind: list[str], language: str) -> tuple[str, ...]:
    """Return the kinds of the register that a noun asks for, which have more names than those that it stands in."""
    asks = words_of("collect", language).asks
    return next((KINDS[key] for key in KINDS if asks[key].search(" ".join(kind))), ())


def _says(row: Row, kinds: list[list[str]], language: str) -> bool:
    """Return whether a sentence of the document, not its title or the head of its table, says one of some kinds."""
    told = row.passage.field in PROSE and row.section.kind is not SectionKind.TITLE
    return told and any(_has(wording(row, language), kind, language) for kind in kinds)


def _is_one(fact: Fact, kinds: list[list[str]], request: Request) -> bool:
    return any(_has(fact.called(request.language), kind, request.language) for kind in kinds)


def _has(text: str, kind: list[str], language: str) -> bool:
    """Return whether a text has the words of a kind one after the other, in Danish also as the end of a compound."""
    wanted = [stem(word, language) for word in kind]
    spoken = [stem(word, language) for word in words(text)]
    ends = wanted[-1] if language == "da" and len(wanted) == 1 and len(wanted[-1]) >= ENDING else None
    if ends and any(word.endswith(ends) for word in spoken):
        return True
    size = len(wanted)
    return any(spoken[at : at + size] == wanted for at in range(len(spoken) - size + 1))
