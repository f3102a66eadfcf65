"""The words, links and helpers that every page shares, in the language of the reader."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import Any, cast

from flask import current_app, request, url_for

from assistant.answering.types import Citation
from assistant.corpus import Document
from assistant.errors import NotReadyError
from assistant.language.files import LANGUAGES
from assistant.server.routes.service import service
from assistant.settings import material

WEB = material("web")
PARAMETERS = ("q", "start", "end", "sort", "order")


def page_language() -> str:
    """Return the language of the interface: `?lang=`, else Accept-Language, else Danish."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES, "da")


@lru_cache
def strings(language: str) -> dict[str, str]:
    """Return the interface's words in one language (web/strings)."""
    return cast(dict[str, str], json.loads((WEB / "strings" / f"{language}.json").read_text(encoding="utf-8")))


def documents() -> tuple[Document, ...]:
    """Return the documents in service; none while nothing is in service, so that a problem page can still be shown."""
    try:
        return service().current.library.documents
    except NotReadyError:
        return ()


def opening_questions() -> tuple[str, ...]:
    """Return a few questions that the assistant can answer, to begin with."""
    return service().current.suggestions(page_language())[:4]


def link(endpoint: str, **values: Any) -> str:
    """Return an address that keeps the language the reader chose."""
    if request.args.get("lang") in LANGUAGES:
        values.setdefault("lang", request.args["lang"])
    return url_for(f"pages.{endpoint}", **values)


def asset(name: str) -> str:
    """Return the address of a static file, which changes with its content."""
    digest = hashlib.sha256((WEB / "assets" / name).read_bytes()).hexdigest()[:12]
    return url_for("pages.asset", name=name, v=digest)


def _cited(citation: Citation) -> str:
    place = {"document_id": citation.document, "start": citation.start, "end": citation.end}
    return link("document", **place, _anchor="cited")


def _references(text: str) -> list[tuple[str, str]]:
    """Split an answer at its "[2]": pairs of plain text and the number that follows ("" at the end)."""
    # A number stays on the line of the word that it follows.
    pieces = re.split(r"\[(\d+)\]", re.sub(r" (?=\[\d+\])", "\u00a0", text))
    return list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))


def _here(language: str) -> str:
    """Return the address of this page in the other language, or of the front page where this is none."""
    endpoint = request.endpoint or ""
    if not endpoint.startswith("pages."):
        return url_for("pages.chat", lang=language)
    # Only the parameters that the pages know: others could stand for an argument of url_for itself.
    kept: dict[str, Any] = {name: request.args[name] for name in PARAMETERS if name in request.args}
    return url_for(endpoint, **{**kept, **(request.view_args or {}), "lang": language})


def helpers() -> dict[str, Any]:
    """Return what every template may use."""
    language = page_language()
    return {
        "language": language,
        "t": strings(language),
        "strings": strings,
        "link": link,
        "asset": asset,
        "cited": _cited,
        "references": _references,
        "switch_address": _here(strings(language)["switch_language"]),
        "contact": current_app.config["SETTINGS"].contact,
        "documents": documents(),
    }
