"""The JSON routes: asking, documents, health, and their description."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from assistant import __version__
from assistant.corpus import Document, Field, Section
from assistant.corpus.types import Summary
from assistant.server.protection.problems import ProblemError, respond
from assistant.server.routes.asking import ask
from assistant.server.routes.chat_request import read_question
from assistant.server.routes.service import RETRY_EVERY, service
from assistant.settings import material

blueprint = Blueprint("api", __name__)


@blueprint.post("/api/chat")
def chat() -> Response:
    """Answer a question."""
    return jsonify(ask(read_question(request)).to_json())


@blueprint.get("/api/documents")
def documents() -> Response:
    """List the documents."""
    found = service().current.library.summaries
    return checked(jsonify({"documents": [_summary(document) for document in found]}))


@blueprint.get("/api/documents/<document_id>")
def document(document_id: str) -> Response:
    """Return one document with its text and sections."""
    try:
        found = service().current.library.document(document_id)
    except KeyError:
        raise ProblemError(404, "unknown_document") from None
    sections = [_section(found, section) for section in found.sections]
    return checked(jsonify({**_summary(found.summary), "text": found.text, "sections": sections}))


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Return the description of this service."""
    return checked(Response((material("web") / "openapi.json").read_bytes(), content_type="application/json"))


@blueprint.get("/health")
def health() -> Response:
    """Tell alive (any response) from ready (200): 503 while no index can be used."""
    held = service()
    held.refresh()
    state: dict[str, Any] = {"alive": True, "ready": held.version is not None, "version": __version__}
    state["index"] = {"version": held.version, "problem": type(held.problem).__name__ if held.problem else None}
    if held.version is None:
        response = respond(503, "not_ready", **state)
        response.headers["Retry-After"] = str(int(RETRY_EVERY))
        return response
    response = jsonify(state)
    response.headers["Cache-Control"] = "no-store"
    return response


def checked(response: Response) -> Response:
    """Let a client that has this very content keep it."""
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _summary(document: Summary) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "title_en": document.title_en,
        "parties": list(document.parties),
        "parties_en": list(document.parties_en),
        "period": document.period,
        "language": document.language,
        "source": document.source,
        "url": f"/documents/{document.id}",
    }


def _section(document: Document, section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "kind": str(section.kind),
        "label": section.label,
        "label_en": section.label_en,
        "title": section.title,
        "title_en": section.title_en,
        "theme": section.theme,
        "start": section.start,
        "end": section.end,
        "actors": [span.quote for span in section.field(Field.ACTORS)],
        "next_step": [span.quote for span in section.field(Field.NEXT_STEP)],
        "url": f"/documents/{document.id}#{section.id}",
    }
