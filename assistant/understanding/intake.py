"""Take a message in: what cannot be answered as sent is turned away with a reason."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import QuestionError
from assistant.understanding.types import MOST_CHARACTERS

# A Danish personal number begins with a date (ddmmyy) and has four more digits.
PERSONAL = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[- ]?\d{4}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
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
