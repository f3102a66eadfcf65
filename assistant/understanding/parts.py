"""Several questions in one: where one ends and the next begins."""

from __future__ import annotations

import re

from assistant.language.files import words_of
from assistant.language.words import words

MOST, LEAST_WORDS = 4, 2


def parts_of_question(text: str, language: str) -> tuple[str, ...]:
    """Return the parts of a question that each ask something, a topic in front of all repeated; one where it is one."""
    asks = words_of("parts", language).asks
    topic = asks["topic"].match(text.strip())
    head, body = (topic[1], topic[2]) if topic and not asks["question"].search(topic[1].lower()) else ("", text)
    parts: list[str] = []
    for joined, piece in _cut(body, asks["begins"]):
        if not words(piece):
            continue
        before = parts[-1] if parts else ""
        asking = bool(asks["question"].search(piece.lower()))
        # What ends in a full stop told something; it did not ask.
        whole = bool(asks["question"].search(before.lower())) and not before.endswith(".")
        whole = whole and len(words(before)) >= LEAST_WORDS
        hangs = bool(asks["dangling"].search(before.lower().rstrip(" ,?.")))
        if joined == ",":  # "who points at, which areas …" is one question still
            hangs = hangs or bool(asks["preposition"].search(before.lower())) or not asks["wh"].search(before.lower())
        hangs = hangs or bool(asks["same"].search(piece.lower()))
        if before and (not whole or not asking or hangs or len(words(piece)) < LEAST_WORDS):
            parts[-1] = f"{before}, {piece}" if not before.endswith(("?", ".")) else f"{before} {piece}"
        else:
            parts.append(piece)
    if not 2 <= len(parts) <= MOST:
        return (text,)
    return tuple(f"{head}: {part}" if head else part for part in parts)


def _cut(text: str, begins: re.Pattern[str]) -> list[tuple[str, str]]:
    """Cut a text where a part begins; a mark that ends a question stays with it. Each comes with what joins it on."""
    found, at, joined = [], 0, ""
    for match in begins.finditer(text):
        if match.start() > 0:
            end = match.start() + (1 if text[match.start()] in "?." else 0)
            found.append((joined, text[at:end].strip(" ,;")))
        at, joined = match.end(), match.group().strip()
    return [*found, (joined, text[at:].strip(" ,;"))]
