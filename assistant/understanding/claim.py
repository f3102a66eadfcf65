"""A claim that yes or no is asked of, without the frames around it, and whether it denies what it says."""

from __future__ import annotations

from assistant.language.files import words_of
from assistant.understanding.question import asks_yes_or_no

FILE = "claim"


def claim_of(text: str, language: str) -> str | None:
    """Return a claim without the frames around it; None where nothing shows that a text is one."""
    asks = words_of(FILE, language).asks
    lowered = text.lower()
    front, back = asks["front"].match(lowered), asks["back"].search(lowered)
    if not front and not back:
        return text.strip(" ,.?!–-") if _is_said(lowered, language) else None
    end = back.start() if back and back.start() > (front.end() if front else 0) else len(text)
    claim = text[front.end() if front else 0 : end].strip(" ,.?!–-")
    return claim or None


def _is_said(lowered: str, language: str) -> bool:
    """Return whether a text in small letters says something, rather than asks or wishes: with doubt or as it is."""
    asks = words_of(FILE, language).asks
    if asks_yes_or_no(lowered, language) or words_of("clauses", language).asks["asks"].search(lowered):
        return False
    return bool(asks["doubt" if "?" in lowered else "stated"].search(lowered))


def affirmed(claim: str, language: str) -> str | None:
    """Return what a claim with one word of denial denies; None where it has none, or more than a word turns round."""
    denial = words_of(FILE, language).asks["denial"]
    found = list(denial.finditer(claim.lower()))
    if len(found) != 1 or asks_yes_or_no(claim.lower(), language):
        return None
    return " ".join((claim[: found[0].start()] + claim[found[0].end() :]).split())
