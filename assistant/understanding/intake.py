"""Take a message in: what cannot be answered as sent is turned away, and small words typed in haste are written out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache, partial

from assistant.errors import QuestionError
from assistant.language.files import Words, both, words_of
from assistant.language.values import ordinals, spelled, spelled_in
from assistant.language.words import WORD
from assistant.understanding.types import MOST_CHARACTERS, Turn

# A Danish personal number begins with a date (ddmmyy) and has four more digits.
PERSONAL = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[- ]?\d{4}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# An answer is longer than a question may be; more than this of an earlier turn would only cost time.
MOST_OF_A_TURN = 4000
SHORT_YEARS = re.compile(r"\b(?P<year>(?:19|20)\d\d) ?[-–/] ?(?P<later>\d\d)\b(?![-–/.,]?\d)")
# Parts that are called by their place among those of their kind.
IN_ORDER = ("in order", "theme in order")
SOFT_HYPHEN = "\u00ad"


def checked(message: str) -> str:
    """Return a message in composed form (NFC) without invisible characters. Raises QuestionError."""
    if len(message) > MOST_CHARACTERS:
        raise QuestionError("too_long")
    if any("\ud800" <= character <= "\udfff" for character in message):
        raise QuestionError("surrogates")
    if CONTROL.search(message):
        raise QuestionError("control_characters")
    visible = "".join(c for c in message if unicodedata.category(c) != "Cf" and c != SOFT_HYPHEN)
    text = " ".join(unicodedata.normalize("NFC", visible).split())
    if not text:
        raise QuestionError("empty")
    if PERSONAL.search(text):
        raise QuestionError("personal_data")
    return text


def shortened(turn: Turn) -> Turn:
    """Return an earlier turn without what is too long of it."""
    most = MOST_CHARACTERS if turn.role == "user" else MOST_OF_A_TURN
    return replace(turn, content=turn.content[:most])


def written_out(text: str, language: str) -> str:
    """Return a text with the small words that nobody types otherwise but in haste written out: "hva" is "hvad".

    Names and all other words stay as they were typed.
    """
    meant = _pairs(language)
    whole = WORD.sub(lambda match: meant.get(match.group().lower(), match.group()), text)
    # "Theme seven" is theme 7, and "the fourth point of the annex" its point 4.
    whole = _spelled_label(language).sub(lambda match: f"{match[1]} {spelled()[match[2].lower()]:g}", whole)
    said = words_of("references", language)
    whole = said.asks["article"].sub(r"\g<label> ", whole)
    whole = SHORT_YEARS.sub(_in_full, whole)
    for key in IN_ORDER:
        whole = said.asks[key].sub(partial(_in_order, key, said), whole)
    return whole


def _in_full(match: re.Match[str]) -> str:
    """Return years of which the second was written without its century: "2016-17" is 2016-2017."""
    later = int(match["later"]) > int(match["year"][2:])
    return f"{match['year']}-{match['year'][:2]}{match['later']}" if later else match.group()


def _in_order(key: str, said: Words, match: re.Match[str]) -> str:
    number = ordinals().get(match["ordinal"].lower())
    return match.group() if number is None else said.say(key, n=f"{number:g}")


@lru_cache(maxsize=2)
def _spelled_label(language: str) -> re.Pattern[str]:
    label = "|".join(words_of("references", language).asks[key].pattern for key in ("theme", "annex", "row"))
    number = "|".join(sorted(set(spelled_in(language)) - both("references", "articles"), key=len, reverse=True))
    return re.compile(rf"\b({label}) ({number})\b", re.IGNORECASE)


@lru_cache(maxsize=2)
def _pairs(language: str) -> dict[str, str]:
    pairs = (pair.split("=") for pair in words_of("slips", language).words["pairs"])
    return {typed: meant for typed, meant in pairs if typed != meant}
