"""From a body in OpenAI's format to a checked Question; what an answer of quotes cannot honour is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import g

from assistant.answering import Question, Turn
from assistant.index.library import Library
from assistant.language.detection import detect
from assistant.language.files import LANGUAGES
from assistant.server.protection.problems import ProblemError
from assistant.server.routes.body import listed, one_of, sound, text_of
from assistant.server.routes.openai.told import RULE
from assistant.understanding.types import MOST_CHARACTERS, MOST_TURNS

# A front end sends the whole conversation each time, sources and all; of its turns the last 20 count.
MOST_BYTES = 512 * 1024
MOST_MESSAGES = 100
MOST_MODEL = 128
# The model that answers from all documents; every document is a model of its own besides.
ALL = "agreement-assistant"
IGNORED = ("system", "developer")
# What offers tools leaves a model free to answer without any; what demands a call is refused.
CALLS = ("tool_choice", "function_call")
FREE = (None, "auto", "none")
# What a front end asks by itself about a conversation, such as a title for it, in JSON whose form it shows.
_TASK = re.compile(r'\s*### Task:.*\{\s*"\w+"\s*:', re.DOTALL)
_PLACE = re.compile(r"/documents/([^/?#\s]+)\?start=(\d{1,9})&end=\d{1,9}#cited")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks for; `place` is the message that the question stands in, `usage` whether a stream counts.

    `task` tells that the question is none: a front end asks it by itself about a conversation.
    """

    model: str
    question: Question
    task: bool
    place: str
    stream: bool
    usage: bool


def read_asked(body: Any, library: Library) -> Asked:
    """Check a body. The question's own rules (length, characters) are the answering layer's. Raises ProblemError."""
    if not isinstance(body, dict):
        raise ProblemError(422, "not_an_object")
    g.find_language = partial(_language_of, body)
    model = text_of(body, "model", "")
    document = _document(model, library)
    _refuse_unsupported(body)
    if "messages" not in body:
        raise ProblemError(422, "missing_field", "messages")
    messages = body["messages"]
    listed(messages, MOST_MESSAGES, "messages")
    said = [
        (place, role, text)
        for number, message in enumerate(messages)
        for place, role, text in [_message(message, f"messages[{number}]")]
        if role not in IGNORED
    ]
    if not said or said[-1][1] != "user":
        raise ProblemError(422, "no_question", "messages")
    *earlier, (place, _, text) = said
    turns = tuple(_turn(role, content, library) for _, role, content in earlier[-MOST_TURNS:])
    question = Question(text, "auto", turns, document)
    task = _TASK.match(text) is not None
    return Asked(model, question, task, f"{place}.content", _flag(body, "stream", ""), _usage(body))


def _language_of(body: dict[str, Any]) -> str | None:
    """Return the language of the last message that is text, None where it does not tell."""
    messages = body.get("messages")
    for message in reversed(messages if isinstance(messages, list) else []):
        content = message.get("content") if isinstance(message, dict) else None
        if isinstance(content, str):
            found = detect(content[:MOST_CHARACTERS], "")
            return found if found in LANGUAGES else None
    return None


def _document(model: str, library: Library) -> str | None:
    """Return the document that a model stands for, None for all. Raises ProblemError."""
    if model == ALL:
        return None
    if model not in library.numbers:
        raise ProblemError(404, "unknown_model", "model")
    return model


def _refuse_unsupported(body: dict[str, Any]) -> None:
    """Refuse what asks for another kind of answer than a text."""
    for name in CALLS:
        if body.get(name) not in FREE:
            raise ProblemError(422, "unsupported", name)
    if body.get("audio"):
        raise ProblemError(422, "unsupported", "audio")
    if body.get("n") not in (None, 1):
        raise ProblemError(422, "unsupported", "n")
    form = body.get("response_format")
    if form is not None and not (isinstance(form, dict) and form.get("type") == "text"):
        raise ProblemError(422, "unsupported", "response_format")


def _usage(body: dict[str, Any]) -> bool:
    options = body.get("stream_options")
    if options is not None and not isinstance(options, dict):
        raise ProblemError(422, "wrong_type", "stream_options")
    return _flag(options or {}, "include_usage", "stream_options.")


def _flag(found: dict[str, Any], name: str, place: str) -> bool:
    value = found.get(name)
    if value is not None and not isinstance(value, bool):
        raise ProblemError(422, "wrong_type", place + name)
    return bool(value)


def _message(message: Any, place: str) -> tuple[str, str, str]:
    """Return place, role and text of a message. Raises ProblemError."""
    if not isinstance(message, dict):
        raise ProblemError(422, "wrong_type", place)
    role = text_of(message, "role", f"{place}.")
    one_of(role, ("user", "assistant", *IGNORED), f"{place}.role")
    for name in ("tool_calls", "function_call", "audio"):
        if message.get(name):
            raise ProblemError(422, "unsupported", f"{place}.{name}")
    if "content" not in message:
        raise ProblemError(422, "missing_field", f"{place}.content")
    text = _text(message["content"], f"{place}.content")
    sound(text, MOST_BYTES, f"{place}.content")
    return place, role, text


def _text(content: Any, place: str) -> str:
    """Return the text of a content, which is text or a list of parts that are text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise ProblemError(422, "wrong_type", place)
    texts = []
    for number, part in enumerate(content):
        if not isinstance(part, dict):
            raise ProblemError(422, "wrong_type", f"{place}[{number}]")
        if part.get("type") != "text":
            raise ProblemError(422, "unsupported", f"{place}[{number}]")
        texts.append(text_of(part, "text", f"{place}[{number}]."))
    return "\n".join(texts)


def _turn(role: str, content: str, library: Library) -> Turn:
    """Return an earlier turn; of an answer of ours its text, and the sections that its sources lead to."""
    if role == "user":
        return Turn(role, content)
    text, _, sources = content.partition(RULE)
    cited = [(found[1], int(found[2])) for found in _PLACE.finditer(sources) if found[1] in library.numbers]
    places = (_section(*each, library) for each in cited)
    return Turn(role, text, tuple(dict.fromkeys(filter(None, places))), cited[0][0] if cited else None)


def _section(document: str, start: int, library: Library) -> str | None:
    """Return the section that a place of a document stands in."""
    sections = library.document(document).sections
    return next((each.id for each in reversed(sections) if each.start <= start < each.end), None)
