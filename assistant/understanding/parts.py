"""Several questions in one: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language.files import both, words_of
from assistant.language.words import words
from assistant.understanding.conversation import subject_words

MOST, LEAST_WORDS = 4, 2


def parts_of_question(text: str, language: str) -> tuple[str, ...]:
    """Return the parts of a question that each ask something, a topic in front of all repeated; one where it is one."""
    asks = words_of("parts", language).asks
    topic = asks["topic"].match(text.strip())
    head, body = (topic[1], topic[2]) if topic and not asks["question"].search(topic[1].lower()) else ("", text)
    parts: list[str] = []
    listed = bool(asks["last"].search(body.lower()))
    for joined, piece in _cut(body, asks["begins"]):
        if not words(piece):
            continue
        before = parts[-1] if parts else ""
        if before and not joined.endswith(")") and _goes_on(before, joined, piece, asks, listed):
            parts[-1] = f"{before}, {piece}" if not before.endswith(("?", ".")) else f"{before} {piece}"
        else:
            parts.append(piece)
    if not 2 <= len(parts) <= MOST:
        return (text,)
    return tuple(f"{head}: {part}" if head else part for part in parts)


def _goes_on(before: str, joined: str, piece: str, asks: Mapping[str, re.Pattern[str]], listed: bool) -> bool:
    """Return whether a piece belongs to the part before it; `listed` where commas set apart what is asked."""
    earlier, lowered = before.lower(), piece.lower()
    # What ends in a full stop told something and did not ask, unless it tells the assistant to tell.
    asked = (bool(asks["question"].search(earlier)) and not before.endswith(".")) or before.endswith("?")
    whole = (asked or bool(asks["bids"].search(earlier))) and len(words(before)) >= LEAST_WORDS
    asking = asks["question"].search(lowered) or asks["bids"].match(lowered)
    courtesy = not asks["wh"].search(earlier) and not set(subject_words(before)) - both(
        "collect", "soft"
    )  # "can you tell me, what …"
    if not whole or not asking or courtesy or len(words(piece)) < LEAST_WORDS:
        return True
    if asks["dangling"].search(earlier.rstrip(" ,?.")) or asks["same"].search(lowered):
        return True
    if joined != "," or listed:
        return False
    # "who points at, which areas …" is one question still
    ends_open = asks["preposition"].search(earlier) or not asks["wh"].search(earlier)
    return bool(ends_open or asks["relative"].match(lowered))


def _cut(text: str, begins: re.Pattern[str]) -> list[tuple[str, str]]:
    """Cut a text where a part begins; a mark that ends a question stays with it. Each comes with what joins it on."""
    found, at, joined = [], 0, ""
    for match in begins.finditer(text):
        # "Say, who is involved" is one request.
        if match.group().strip() == "," and len(words(text[at : match.start()])) < LEAST_WORDS:
            continue
        if match.start() > 0:
            end = match.start() + (1 if text[match.start()] in "?." else 0)
            found.append((joined, text[at:end].strip(" ,;")))
        at, joined = match.end(), match.group().strip()
    return [*found, (joined, text[at:].strip(" ,;"))]
