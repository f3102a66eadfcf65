"""In which words people ask after a sentence: those that several open questions have that it answers.

"Who" and "how many" take for granted what the sentence says, so their words say it in other words; "does it …?" takes
nothing for granted, and tells nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from assistant.corpus.questions import AnticipatedQuestion
from assistant.language.files import words_of
from assistant.language.words import words

# A word that so many questions have is no accident.
SEVERAL = 2
# By the id of a span and by language, words with blanks between them.
AskedIn: TypeAlias = Mapping[str, Mapping[str, str]]


def asked_in(questions: Iterable[AnticipatedQuestion]) -> AskedIn:
    """Return the words that several open questions have, by the span that answers these best."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in questions:
        if _is_open(each):
            counted[each.targets[0], each.language].update(set(words(each.text)))
    found: dict[str, dict[str, str]] = {}
    for (span, language), counts in sorted(counted.items()):
        several = sorted(word for word, count in counts.items() if count >= SEVERAL)
        found.setdefault(span, {})[language] = " ".join(several)
    return found


def _is_open(question: AnticipatedQuestion) -> bool:
    text, asks = question.text.lower(), words_of("clauses", question.language).asks["asks"]
    return asks.search(text) is not None and not words_of("kinds", question.language).asks["yes or no"].search(text)
