"""Whether a sentence counts the very thing that a question asks the number of."""

from __future__ import annotations

from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.values import counts
from assistant.language.words import stem, words
from assistant.understanding.question import Asked

# Words between what asks for a number and the thing counted: "how many new state jobs".
BETWEEN = 2


def counts_what_is_asked(asked: Asked, text: str, language: str) -> bool:
    """Return whether a text, in the question's language, states a number of the thing asked for: "4-8 test sites"."""
    lowered = asked.clause.lower()
    how_many = words_of("kinds", language).asks[Kind.COUNT].search(lowered)
    if asked.kind is not Kind.COUNT or how_many is None:
        return False
    following = words(lowered[how_many.end() :])[: BETWEEN + 1]
    if following[:1] and following[0] in words_of("values", language).words["partitive"]:
        return False  # a part of them is asked for
    named = {stem(word, language) for word in following}
    counted = (words(value)[-1:] for value in counts(text, language))
    return any(each and not each[0][0].isdigit() and stem(each[0], language) in named for each in counted)
