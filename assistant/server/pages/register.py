"""The register of a document: as JSON, as a page that sorts by its columns, and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, jsonify, request, url_for

from assistant.corpus import Document, SectionKind
from assistant.corpus.names import KINDS
from assistant.corpus.register import AMOUNT, COUNT, DATE, EMPTY, Fact
from assistant.server.pages.interface import page_language, strings
from assistant.server.pages.page_views import natural_order
from assistant.server.pages.pages import page, pages
from assistant.server.pages.spreadsheet import spreadsheet
from assistant.server.protection.problems import ProblemError
from assistant.server.routes.api import blueprint, checked
from assistant.server.routes.service import service

__all__ = ["pages"]

COLUMNS = ("kind", "name", "places")
# What the page groups by, in its order; actors and next steps have a page of their own.
SHOWN = (*KINDS, AMOUNT, DATE, COUNT, EMPTY)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is named: the label of the section, and the offsets of its words."""

    section: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the register in one language."""

    kind: str
    name: str
    places: tuple[Place, ...]


@blueprint.get("/api/documents/<document_id>/register")
def register_json(document_id: str) -> Response:
    """Return what a document names, each thing at all its places."""
    try:
        facts = service().current.library.register(document_id)
    except KeyError:
        raise ProblemError(404, "unknown_document") from None
    return checked(jsonify({"document": document_id, "facts": [_fact(fact) for fact in facts]}))


def _fact(fact: Fact) -> dict[str, Any]:
    places = [
        {"section": each.section, "span": each.span or None, "start": each.start, "end": each.end}
        for each in fact.mentions
    ]
    return {
        "kind": fact.kind,
        "name": fact.name,
        "name_en": fact.english,
        "value": fact.value,
        "years": list(fact.years),
        "yearly": fact.yearly,
        "places": places,
    }


@pages.get("/documents/<document_id>/register")
def register_page(document_id: str) -> Response:
    """Show the register, sorted by `?sort=` and `?order=`."""
    document, lines = _lines(document_id)
    column, descending = request.args.get("sort", ""), request.args.get("order") == "desc"
    shown = _sorted(lines, column, descending)
    return page("register.html", document=document, lines=shown, columns=COLUMNS, column=column, descending=descending)


@pages.get("/documents/<document_id>/register.csv")
def register_csv(document_id: str) -> Response:
    """Give the register as CSV, a line for each place."""
    document, lines = _lines(document_id)
    cells = (_cells(document, line, place) for line in lines for place in line.places)
    return spreadsheet("register_file", ("kind", "name", "label", "quote", "address"), cells)


def _cells(document: Document, line: Line, place: Place) -> tuple[str, ...]:
    marked: dict[str, Any] = {"start": place.start, "end": place.end, "_anchor": "cited", "_external": True}
    address = url_for("pages.document", document_id=document.id, **marked)
    kind = strings(page_language())[f"kind_{line.kind}"]
    return kind, line.name, place.label, document.text[place.start : place.end], address


def _lines(document_id: str) -> tuple[Document, list[Line]]:
    """Return a document and what its register shows, in the language of the page."""
    library, language = service().current.library, page_language()
    try:
        document, facts = library.document(document_id), library.register(document_id)
    except KeyError:
        abort(404)
    words = strings(language)
    shown = sorted((fact for fact in facts if fact.kind in SHOWN), key=lambda fact: SHOWN.index(fact.kind))
    lines = []
    for fact in shown:
        name = words[f"empty_{fact.name.replace(' ', '_')}"] if fact.kind == EMPTY else fact.called(language)
        lines.append(Line(fact.kind, name, _places(document, fact, language)))
    return document, lines


def _places(document: Document, fact: Fact, language: str) -> tuple[Place, ...]:
    found = []
    for each in fact.mentions:
        section = document.section(each.section)
        label = section.label if language == "da" else section.label_en
        label = strings(language)["register_title_block"] if section.kind is SectionKind.TITLE else label
        found.append(Place(each.section, label, each.start, each.end))
    return tuple(found)


def _sorted(lines: Sequence[Line], column: str, descending: bool) -> list[Line]:
    """Sort by one of COLUMNS; any other leaves the order of the kinds."""
    if column == "name":
        return sorted(lines, key=lambda line: natural_order(line.name), reverse=descending)
    if column == "places":
        return sorted(lines, key=lambda line: len(line.places), reverse=descending)
    if column == "kind":
        words = strings(page_language())
        return sorted(lines, key=lambda line: natural_order(words[f"kind_{line.kind}"]), reverse=descending)
    return list(lines)
