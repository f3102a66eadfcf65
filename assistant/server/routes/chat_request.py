"""From the bytes of a request to a checked Question."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Request, g

from assistant.answering import Question, Turn
from assistant.language.detection import detect
from assistant.language.files import LANGUAGES
from assistant.server.protection.problems import ProblemError
from assistant.server.routes.body import listed, one_of, only, read_json, sound, text_of
from assistant.understanding.types import MOST_CHARACTERS, MOST_TURNS

MOST_CONTENT = 4000  # characters of an earlier turn; answers are longer than questions
MOST_SECTIONS = 20
MOST_SECTION_ID = 64
ROLES = ("user", "assistant")


def read_question(request: Request) -> Question:
    """Read and check the body of `POST /api/chat`. Raises ProblemError and HTTPException."""
    body = read_json(request)
    # Only a problem needs it, so it is found out only then.
    g.find_language = partial(_language_of, body)
    return _question(body)


def _language_of(body: Any) -> str | None:
    """Return the language to tell a problem in: the one asked for, else the message's, None where neither tells."""
    if not isinstance(body, dict):
        return None
    if body.get("language") in LANGUAGES:
        return str(body["language"])
    message = body.get("message")
    found = detect(message[:MOST_CHARACTERS], "") if isinstance(message, str) else ""
    return found if found in LANGUAGES else None


def _question(body: Any) -> Question:
    """Check the whole body. The message's own rules (length, characters) are the answering layer's."""
    if not isinstance(body, dict):
        raise ProblemError(422, "not_an_object")
    only(body, ("message", "language", "page_language", "document", "history"), "")
    message = text_of(body, "message", "")
    language = body.get("language", "auto")
    one_of(language, ("auto", *LANGUAGES), "language")
    page_language = body.get("page_language", "da")
    one_of(page_language, LANGUAGES, "page_language")
    history = body.get("history", [])
    listed(history, MOST_TURNS, "history")
    turns = tuple(_turn(turn, f"history[{place}]") for place, turn in enumerate(history))
    return Question(message, language, turns, _document(body, ""), page_language)


def _turn(turn: Any, place: str) -> Turn:
    """Check one earlier turn."""
    if not isinstance(turn, dict):
        raise ProblemError(422, "wrong_type", place)
    only(turn, ("role", "content", "sections", "document"), f"{place}.")
    role = text_of(turn, "role", f"{place}.")
    one_of(role, ROLES, f"{place}.role")
    content = text_of(turn, "content", f"{place}.")
    sound(content, MOST_CONTENT, f"{place}.content")
    return Turn(role, content, sections_of(turn, f"{place}."), _document(turn, f"{place}."))


def _document(found: dict[str, Any], place: str) -> str | None:
    """Read the id of a document, which may be left out or null."""
    if found.get("document") is None:
        return None
    sound(text_of(found, "document", place), MOST_SECTION_ID, f"{place}document")
    return str(found["document"])


def sections_of(found: dict[str, Any], place: str) -> tuple[str, ...]:
    """Return the checked ids in `sections`, none where it is left out."""
    sections = found.get("sections", [])
    listed(sections, MOST_SECTIONS, f"{place}sections")
    for number, section in enumerate(sections):
        if not isinstance(section, str):
            raise ProblemError(422, "wrong_type", f"{place}sections[{number}]")
        sound(section, MOST_SECTION_ID, f"{place}sections[{number}]")
    return tuple(sections)
