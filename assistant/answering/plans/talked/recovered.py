"""What earlier answers were about, where a client sends their texts alone: the questions before them asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.draft import MARK
from assistant.answering.types import Answer
from assistant.language.words import words
from assistant.understanding.types import Turn

# So many of the last answers are sought again: what "they" are was told in one of these.
MOST = 3
# Words of an answer by which it is known again; a client may send no more than its beginning.
ENOUGH = 40

# Answers a question at its place in a conversation.
Asks = Callable[[str, Sequence[Turn]], Answer]


def with_sections(history: Sequence[Turn], ask: Asks) -> tuple[Turn, ...]:
    """Return the turns of a conversation; an answer that comes without its sections gets those of what is answered to
    the question before it today, where that is the same answer.
    """
    bare = [place for place, turn in enumerate(history) if _is_bare(history, place)]
    found = list(history)
    for place in bare[-MOST:]:
        turn = found[place]
        again = ask(found[place - 1].content, tuple(found[: place - 1]))
        if again.sections and _told(again.text) == _told(turn.content):
            found[place] = replace(turn, sections=again.sections, document=turn.document or again.document)
    return tuple(found)


def _is_bare(history: Sequence[Turn], place: int) -> bool:
    turn, before = history[place], history[place - 1] if place else None
    return turn.role == "assistant" and not turn.sections and before is not None and before.role == "user"


def _told(text: str) -> list[str]:
    """Return the first words of an answer, without the numbers of its citations."""
    return words(MARK.sub(" ", text))[:ENOUGH]
