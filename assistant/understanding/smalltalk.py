"""Greetings, thanks and questions about the assistant itself: nothing to look up."""

from __future__ import annotations

import re

from assistant.language.words import words

GREETING = r"hej+|hejsa|hello|hi|hey|hallo|halløj|goddag|godmorgen|god (morgen|aften|dag)|godaften|dav|davs|good (morning|evening|afternoon|day)|mojn|morn"
THANKS = (
    r"tak|mange tak|tusind tak|takker|tak for (det|hjælpen|svaret)|thank you|thanks?|thx|cheers|many thanks|fint|super|fedt|perfekt|"
    r"okay|ok|great|perfect|brilliant|lovely|nice|dejligt|det var godt|sådan"
)
BYE = r"farvel|hej hej|vi ses|på gensyn|bye|bye bye|goodbye|see you|ha det( godt)?|god dag|good night|godnat"
MORE = r"(så |very |so )?(meget|much|a lot|igen|again|for (det|hjælpen|svaret|your help|the help|that)|der|there|du|all|everyone|alle( sammen)?)"
ABOUT = {
    "da": r"(hvem|hvad) er du( for en| egentlig)?|hvad kan (du|i)( hjælpe( mig| os)? med| svare på| bruges til)?|hvad kan (jeg|man) spørge( dig)? om|hvordan virker (du|det her)|er du (en )?(robot|menneske|chatbot|ai)|hjælp|"
    r"er du (et )?menneske|kan du hjælpe( mig)?|hvem har lavet dig|er du (chatgpt|kunstig intelligens)",
    "en": r"(who|what) are you|what can (you (do|answer|help( me| us)?( with)?)|i ask( you)?)|how do(es)? (you|this) work|are you (a )?(robot|human|person|bot|chatbot|ai|an ai)|help|"
    r"can you help( me)?|who made you|are you chatgpt|what is this",
}
KINDS = {
    "hello": re.compile(rf"(?:{GREETING})(?: (?:{GREETING}|{MORE}))*"),
    "bye": re.compile(rf"(?:(?:{THANKS})[ ,]+(?:og |and )?)?(?:{BYE})(?: {MORE})*"),
    # Atomic: "tak for det" can be read in two ways, and a long row of them must not be tried in all combinations.
    "thanks": re.compile(rf"(?:(?>(?:{THANKS})\b)(?> {MORE}\b)*+[ ,]*+)++"),
    "about": re.compile("|".join(ABOUT.values())),
}


def smalltalk(text: str) -> str | None:
    """Return "hello", "thanks", "bye" or "about" where the whole message says no more than that; else None."""
    plain = " ".join(words(text))
    return next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(plain)), None)
