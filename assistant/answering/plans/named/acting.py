"""What one is to do by the document: "what must the State do?", "hvilke opgaver får Vækstforum?"; by places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.collecting.told import joined, label_of
from assistant.answering.compose import headed
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.named.mentioned import fact_called, loose_words, says_only
from assistant.corpus.register import Fact
from assistant.corpus.types import Field
from assistant.index.records import Row
from assistant.language.files import Words, words_of
from assistant.language.words import WORD, stem
from assistant.understanding.request import Request

FILE = "acting"
MOST_WORDS, MOST_LINES = 4, 12


def plan(request: Request, desk: Desk) -> Draft | None:
    """List the sentences in which the one who is named acts, is asked to act, or has the next step."""
    said = words_of(FILE, request.language)
    if not said.asks["duty"].search(request.lowered) or said.asks["other"].search(request.lowered):
        return None
    who = _who(request, desk, said)
    if who is None:
        return None
    within = {section.id for section in request.sections}
    rows = [row for row in desk.rows(request.home) if not within or row.section.id in within]
    rows = [row for row in rows if who.stands_in(row)]
    found = [row for row in rows if _acts(row, who, request.language, said)]
    if not found:
        return None
    draft = Draft(request.language)
    draft.remark(said.number("acts", len(found), who=who.called))
    tell_by_places(draft, found)
    return draft


class Who:
    """The one who is asked about: what it is called, and where a text of either language names it."""

    def __init__(self, called: str, fact: Fact | None) -> None:
        self.called, self._fact = called, fact

    def stands_in(self, row: Row) -> bool:
        """Return whether a row can name it: a name is not part of a longer one."""
        return self._fact is None or any(mention.span == row.span.id for mention in self._fact.mentions)

    def ends(self, text: str, language: str) -> Iterator[tuple[int, int]]:
        """Yield where it is named in a text: start and end, in code points."""
        if self._fact is None:
            wanted = stem(self.called.lower(), language)
            found = (token for token in WORD.finditer(text) if stem(token.group().lower(), language) == wanted)
            yield from ((token.start(), token.end()) for token in found)
            return
        lowered, starts = text.lower(), {token.start() for token in WORD.finditer(text)}
        for form in sorted(self._fact.forms, key=len, reverse=True):
            spans = (match.span() for match in re.finditer(re.escape(form.lower()), lowered))
            yield from (span for span in spans if span[0] in starts)


def _who(request: Request, desk: Desk, said: Words) -> Who | None:
    """Return the one name or noun that a question has beside the words that ask; None where it has more or none."""
    own = loose_words(request, said)
    if not 1 <= len(own) <= MOST_WORDS:
        return None
    fact = fact_called(" ".join(own), request, desk)
    if (fact is None and len(own) > 1) or (fact is not None and not says_only(own, fact)):
        return None
    return Who(own[0] if fact is None else fact.called(request.language), fact)


def _acts(row: Row, who: Who, language: str, said: Words) -> bool:
    text = wording(row, language)
    if row.passage.field is Field.NEXT_STEP:
        return any(True for _ in who.ends(text, language))
    lowered = text.lower()
    return any(
        said.asks["acts"].match(lowered[end:]) or said.asks["made to act"].search(lowered[:start])
        for start, end in who.ends(text, language)
    )


def tell_by_places(draft: Draft, rows: Sequence[Row]) -> None:
    """Add rows of one document in reading order, what several sections say alike once; of many the first lines."""
    said = words_of(FILE, draft.language)
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(headed(row, draft.language), []).append(row)
    for told, same in list(grouped.items())[:MOST_LINES]:
        _line(draft, told, same)
    if len(grouped) > MOST_LINES:
        draft.item(said.say("more", n=str(len(grouped) - MOST_LINES), url=f"/documents/{rows[0].document.id}"))


def _line(draft: Draft, told: str, rows: Iterable[Row]) -> None:
    """Add a line: a sentence behind the labels of all the places that say it, each with its citation."""
    places = {label_of(row.section, draft.language): draft.cite(row) for row in rows}
    named = joined([f"{label} [{number}]" for label, number in places.items() if number], draft.language)
    draft.item(words_of(FILE, draft.language).say("item", where=named, sentence=told))
