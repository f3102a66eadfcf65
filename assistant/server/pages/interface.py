"""The words, links and helpers that every page shares, in the language of the reader."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import Any, cast

import pyphen
from flask import current_app, g, request, url_for

from assistant.answering.types import Citation
from assistant.corpus.types import Summary
from assistant.errors import NotReadyError
from assistant.language.files import LANGUAGES
from assistant.server.routes.service import service
from assistant.settings import material

WEB = material("web")
PARAMETERS = ("q", "start", "end", "sort", "order", "document")
# What a contact may hold; the widget knows the same.
_ADDRESS = re.compile(
    r"([^\s@<>]+@[\w-]+(?:\.[\w-]+)+|https://[^\s<>]*[\w/]|(?<![\d-])(?:\+45 ?)?\d\d \d\d \d\d \d\d(?!\d))", re.ASCII
)


def page_language() -> str:
    """Return the language of the interface: `?lang=`, else Accept-Language, else Danish."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES, "da")


@lru_cache
def strings(language: str) -> dict[str, Any]:
    """Return the interface's words in one language (web/strings)."""
    return cast(dict[str, Any], json.loads((WEB / "strings" / f"{language}.json").read_text(encoding="utf-8")))


def page_words(language: str) -> dict[str, Any]:
    """Return the interface's words in one language, those of documents where not all in service are agreements."""
    words = strings(language)
    try:
        agreements = service().current.titles.kinds <= {"agreement"}
    except NotReadyError:
        agreements = True
    return words if agreements else words | words["of_documents"]


def documents() -> tuple[Summary, ...]:
    """Return the documents in service; none while nothing is in service, so that a problem page can still be shown."""
    try:
        return service().current.library.summaries
    except NotReadyError:
        return ()


def opening_questions() -> tuple[str, ...]:
    """Return a few questions that the assistant can answer, of the document chosen where there is one."""
    return service().current.suggestions(page_language(), chosen_document())[:4]


def chosen_document() -> str | None:
    """Return the id of the document that the reader chose, None for all."""
    asked = request.args.get("document", "")
    return asked if any(each.id == asked for each in documents()) else None


def link(endpoint: str, **values: Any) -> str:
    """Return an address that keeps the language and, of the page to ask on, the document that the reader chose."""
    if request.args.get("lang") in LANGUAGES:
        values.setdefault("lang", request.args["lang"])
    if endpoint == "chat" and (document := chosen_document()):
        values.setdefault("document", document)
    return url_for(f"pages.{endpoint}", **values)


def asset(name: str) -> str:
    """Return the address of a static file, which changes with its content."""
    digest = hashlib.sha256((WEB / "assets" / name).read_bytes()).hexdigest()[:12]
    return url_for("pages.asset", name=name, v=digest)


def _cited(citation: Citation) -> str:
    place = {"document_id": citation.document, "start": citation.start, "end": citation.end}
    return link("document", **place, _anchor="cited")


@lru_cache
def _hyphens(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang={"da": "da_DK", "en": "en_GB"}[language])


def soft(words: str, language: str = "da") -> str:
    """Let the long words of a heading break: soft hyphens, at least four letters from either end."""

    def broken(found: re.Match[str]) -> str:
        word = found[0]
        places = [place for place in _hyphens(language).positions(word) if 4 <= place <= len(word) - 4]
        return "\u00ad".join(word[i:j] for i, j in zip([0, *places], [*places, len(word)], strict=True))

    return re.sub(r"[^\W\d_]{13,}", broken, words)


def about(document: Summary) -> str:
    """Return what the widget's empty panel says of a document: title, parties and period."""
    language = page_language()
    title, parties = document.title, document.parties
    if language == "en":
        title, parties = document.title_en, document.parties_en
    words = strings(language)
    return f"{title}. {words['parties']}: {', '.join(parties)}. {words['period']}: {document.period}."


def linked(text: str) -> list[tuple[str, str]]:
    """Split a text at its e-mail and web addresses and telephone numbers: pairs of words and address, "" where none."""
    return [(piece, _address(piece) if place % 2 else "") for place, piece in enumerate(_ADDRESS.split(text)) if piece]


def _address(words: str) -> str:
    if "@" in words:
        return f"mailto:{words}"
    return words if words.startswith("https:") else "tel:" + words.replace(" ", "")


def _here(language: str) -> str:
    """Return the address of this page in the other language, or of the front page where this is none."""
    endpoint = request.endpoint or ""
    if not endpoint.startswith("pages."):
        return url_for("pages.chat", lang=language)
    # Only the parameters that the pages know: others could stand for an argument of url_for itself.
    kept: dict[str, Any] = {name: request.args[name] for name in PARAMETERS if name in request.args}
    if "refused" in g:
        kept.pop("q", None)  # what was refused may hold personal data
    return url_for(endpoint, **{**kept, **(request.view_args or {}), "lang": language})


def helpers() -> dict[str, Any]:
    """Return what every template may use."""
    language, settings = page_language(), current_app.config["SETTINGS"]
    return {
        "language": language,
        "t": page_words(language),
        "strings": page_words,
        "link": link,
        "asset": asset,
        "cited": _cited,
        "switch_address": _here(strings(language)["switch_language"]),
        "contact": settings.contact,
        "owner": settings.owner,
        "links": settings.links,
        "linked": linked,
        "soft": soft,
        "about": about,
        "documents": documents(),
        "chosen": chosen_document(),
    }
