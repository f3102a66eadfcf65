"""Questions about what a short form stands for: general knowledge is marked as such, initials are never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.glossary import Entry
from assistant.understanding.conversation import subject_words

MEANS = {
    "da": re.compile(
        r"\b(står|staar|betyder|betydning\w*|dækker|forkort\w*|initialer\w*|bogstaver\w*|akronym\w*|gemmer)\b"
    ),
    "en": re.compile(r"\b(stands?|means?|meaning|short for|abbreviat\w*|acronym\w*|initials?|letters|refers? to)\b"),
}
# What can be said of nothing but a short form.
STANDS_FOR = {
    "da": re.compile(r"\b(står \w+ for|forkort\w*|initialer\w*|akronym\w*)\b"),
    "en": re.compile(r"\b(stands? for|short for|abbreviat\w*|acronym\w*|initials?)\b"),
}
# "What is EVM?" asks for the meaning only where the short form ends the question.
IS = {"da": r"\b(hvad|hvem) er (?:\w+ ){0,2}", "en": r"\b(?:what|who)(?: is| are|'s) (?:\w+ ){0,2}"}
MOST_WORDS = 12


def asked_short_form(text: str, language: str, glossary: Sequence[Entry], before: str = "") -> Entry | None:
    """Return the glossary entry whose meaning a question asks for; None where it asks for something else.

    A question that says "it" may mean the one that the question before it named.
    """
    lowered = text.lower()
    if len(text.split()) > MOST_WORDS:
        return None
    for entry in glossary:
        # Capitals as the agreement writes them; longer forms in any case.
        pattern = rf"(?<!\w){re.escape(entry.short)}(?!\w)"
        written = re.search(pattern, text) or (len(entry.short) > 2 and re.search(pattern.lower(), lowered))
        if not written:
            continue
        ends = re.search(IS[language] + rf"{re.escape(entry.short.lower())}\W*$", lowered)
        if ends or MEANS[language].search(lowered):
            return entry
    if STANDS_FOR[language].search(lowered) and not subject_words(MEANS[language].sub("", lowered)):
        named = [entry for entry in glossary if entry.stands_in(before)]
        return max(named, key=lambda entry: before.rfind(entry.short), default=None)
    return None
