"""Questions about what a short form stands for: general knowledge is marked as such, initials are never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.glossary import Entry
from assistant.language.files import words_of
from assistant.understanding.conversation import subject_words

MOST_WORDS = 12


def asked_short_form(text: str, language: str, glossary: Sequence[Entry], before: str = "") -> Entry | None:
    """Return the glossary entry whose meaning a question asks for; None where it asks for something else.

    A question that says "it" may mean the one that the question before it named.
    """
    lowered, asks = text.lower(), words_of("short_forms", language).asks
    if len(text.split()) > MOST_WORDS:
        return None
    for entry in glossary:
        # Capitals as the agreement writes them; longer forms in any case.
        pattern = rf"(?<!\w){re.escape(entry.short)}(?!\w)"
        written = re.search(pattern, text) or (len(entry.short) > 2 and re.search(pattern.lower(), lowered))
        if not written:
            continue
        ends = re.search(asks["is"].pattern + rf"{re.escape(entry.short.lower())}\W*$", lowered)
        if ends or asks["means"].search(lowered):
            return entry
    if asks["stands for"].search(lowered) and not subject_words(asks["means"].sub("", lowered)):
        named = [entry for entry in glossary if entry.stands_in(before)]
        return max(named, key=lambda entry: before.rfind(entry.short), default=None)
    return None
