"""Which documents a question names, and what is left of it without their names.

A document's own name tells which document is asked, not which of its sentences: those that say the name again, as the
first ones of most documents do, answer no more questions than others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.called import without_s
from assistant.corpus.types import Summary
from assistant.language.words import WORD

# Danish writes "the" at the end of a word; a name may have it or not.
ENDING = re.compile(r"(?:en|et)?s?$")
# Words that a question must have left; of fewer, the name itself is what is asked about.
LEAST, SHORTEST = 2, 3


class Addressed:
    """The own names of all documents. Stateless after construction."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self._numbers: dict[str, list[int]] = {}
        for number, summary in enumerate(summaries):
            for name in summary.own_names:
                self._numbers.setdefault(name, []).append(number)

    def named(self, text: str, within: int | None = None) -> frozenset[int]:
        """Return the numbers of the documents that a text names; `within` is the only one that counts, None for all."""
        found = {number for token in WORD.findall(text) for number in self._of(token)}
        return frozenset(found if within is None else found & {within})

    def bare(self, text: str, documents: frozenset[int]) -> str:
        """Return a text without the names of some documents; as it was where little else is said."""
        parts = WORD.split(text)
        tokens = ["" if documents.intersection(self._of(token)) else token for token in WORD.findall(text)]
        if sum(len(token) >= SHORTEST for token in tokens) < LEAST:
            return text
        laid = (part + token for part, token in zip(parts, [*tokens, ""], strict=True))
        return " ".join("".join(laid).split())

    def _of(self, token: str) -> Sequence[int]:
        word = token.lower()
        forms = (word, without_s(word), ENDING.sub("", word))
        return next((self._numbers[form] for form in forms if form in self._numbers), ())
