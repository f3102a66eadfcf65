"""Questions about what a short form stands for: general knowledge is marked as such, initials are never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.glossary import Entry
from assistant.language.files import words_of
from assistant.understanding.conversation import subject_words

MOST_WORDS = 12


def asked_short_forms(text: str, language: str, glossary: Sequence[Entry], before: Sequence[str] = ()) -> list[Entry]:
    """Return the glossary entries whose meaning a question asks for; none where it asks for something else.

    "It" or "they" are those that stand in what was said before, asked or told, the last first: "it" is the one that
    stands there most often.
    """
    lowered, asks = text.lower(), words_of("short_forms", language).asks
    if len(text.split()) > MOST_WORDS:
        return []
    for entry in glossary:
        # Capitals as the agreement writes them; longer forms in any case.
        pattern = rf"(?<!\w){re.escape(entry.short)}(?!\w)"
        written = re.search(pattern, text) or (len(entry.short) > 2 and re.search(pattern.lower(), lowered))
        if not written:
            continue
        ends = re.search(asks["is"].pattern + rf"{re.escape(entry.short.lower())}\W*$", lowered)
        if ends or asks["means"].search(lowered):
            return [entry]
    if asks["stands for"].search(lowered) and not subject_words(
        asks["several"].sub("", asks["means"].sub("", lowered))
    ):
        many = asks["several"].search(lowered) is not None
        named = ([entry for entry in glossary if entry.stands_in(said)] for said in before)
        said, found = next(((said, found) for said, found in zip(before, named, strict=True) if found), ("", []))
        found.sort(
            key=lambda entry: (-len(re.findall(rf"\b{re.escape(entry.short)}\b", said)), -said.rfind(entry.short))
        )
        return found if many else found[:1]
    return []
