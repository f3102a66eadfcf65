"""What is left of a whole when the parts that are named are taken off: "and how many are left for the rest?"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answering.collecting.told import joined
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.talked.rows import rows_told
from assistant.answering.types import Status
from assistant.corpus.register import PLACES, facts_named, number_behind
from assistant.index.records import Row
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.values import numbers, years
from assistant.understanding.question import kind_of
from assistant.understanding.request import Request

FILE = "talked"
# A number that tells which whole is meant.
LEAST = 20


@dataclass(frozen=True, slots=True)
class Whole:
    """A number that a sentence divides: the row, the whole, and what it names with a number behind each."""

    row: Row
    total: int
    parts: dict[str, int]

    @property
    def rest(self) -> int:
        """What the parts leave of the whole."""
        return self.total - sum(self.parts.values())


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say how many are left of what was told of, or that it is not told who or where the rest is."""
    said = words_of(FILE, request.language)
    if not said.asks["rest"].search(request.lowered):
        return None
    found = next(_wholes(_rows(request, desk), request, desk), None)
    if found is None:
        return None
    parts = joined(list(found.parts), request.language)
    asked = _numbers(request.text)
    if kind_of(request.text, request.language) is Kind.COUNT or str(found.total) in asked:
        draft = Draft(request.language)
        taken = " − ".join(f"{number:g}" for number in (found.total, *found.parts.values()))
        draft.remark(said.say("rest", rest=str(found.rest), taken=taken))
        draft.item(wording(found.row, request.language), draft.cite(found.row))
        return draft
    if not said.asks["who or where"].search(request.lowered):
        return None
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    draft.cite(found.row)
    draft.remark(said.say("no rest", rest=str(found.rest), parts=parts))
    return draft


def _rows(request: Request, desk: Desk) -> Iterator[Row]:
    """Yield the rows that were told last, then the one that is found for the question."""
    # A number that the question names tells which is meant.
    rows = desk.rows(request.home)
    yield from (row for row in rows if _numbers(request.text) & set(numbers(row.span.quote)))
    yield from rows_told(request, desk) if request.history else ()
    if kind_of(request.text, request.language) is Kind.COUNT:
        only, home = request.only, request.home
        yield desk.finder.find(request.text, request.language, request.history, only, home).evidence.hits[0].row


def _numbers(text: str) -> set[str]:
    """Return the numbers of a text, but for the small ones, which may count anything."""
    dated = {str(year) for year in years(text)}
    return {each for each in numbers(text) - dated if each.isdigit() and int(each) >= LEAST}


def _wholes(rows: Iterable[Row], request: Request, desk: Desk) -> Iterator[Whole]:
    """Yield the numbers of rows that are larger than those behind their names together."""
    for row in rows:
        quote = row.span.quote
        named = [fact for fact in facts_named(quote, desk.register(request.home)) if fact.kind not in PLACES]
        named.sort(key=lambda fact: min((at for form in fact.forms if (at := quote.find(form)) >= 0), default=0))
        behind = {fact.called(request.language): number_behind(fact, quote) for fact in named}
        parts = {name: int(number) for name, number in behind.items() if number}
        dated = {str(year) for year in years(quote)}
        asked = _numbers(request.text) & (numbers(quote) - dated)
        total = max((int(each) for each in asked or numbers(quote) - dated if each.isdigit()), default=0)
        # What the question takes off by its name, else all that is named.
        taken = {fact.called(request.language) for fact in facts_named(request.text, named)}
        parts = {name: number for name, number in parts.items() if name in taken} or parts
        if parts and total > sum(parts.values()):
            yield Whole(row, total, parts)
