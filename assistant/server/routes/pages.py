"""The pages that a browser shows, the widget's file, and the static files; none needs JavaScript to be read."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any, cast

from flask import Blueprint, Response, abort, make_response, render_template, request, send_file, url_for

from assistant.answering import Answer, Question
from assistant.errors import QuestionError
from assistant.language.phrases import problem
from assistant.server.protection.problems import MEDIA_TYPE
from assistant.server.routes.asking import ask
from assistant.server.routes.interface import WEB, documents, helpers, opening_questions, page_language
from assistant.server.routes.page_views import SORT_COLUMNS, ThemeRow, sort_rows, theme_rows, view_document
from assistant.server.routes.service import service
from assistant.server.routes.spreadsheet import spreadsheet

A_YEAR = 365 * 24 * 3600
ASSETS = frozenset((WEB / "assets").iterdir())
# What a careful site serves its pages with; the widget must not violate it.
DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)

FOR_PROGRAMS = ("/api/", "/v1/", "/mcp")

pages = Blueprint("pages", __name__, template_folder=str(WEB / "templates"))
pages.app_context_processor(helpers)


def widget_version(source: bytes) -> str:
    """Return the part of the widget's address that changes whenever the file does."""
    return hashlib.sha256(source).hexdigest()[:16]


def widget_integrity(source: bytes) -> str:
    """Return the value of the `integrity` attribute for the widget's file."""
    return "sha384-" + base64.b64encode(hashlib.sha384(source).digest()).decode()


def page(template: str, status: int = 200, **values: Any) -> Response:
    """Return a page in the language of the reader."""
    response = make_response(render_template(template, **values), status)
    response.headers["Content-Language"] = page_language()
    response.headers.setdefault("Cache-Control", "no-cache")
    response.vary.add("Accept-Language")
    return response


@pages.after_app_request
def _problem_page(response: Response) -> Response:
    """Show a problem as a page where a browser navigates; programs get the problem details as they are."""
    wanted = request.accept_mimetypes.best_match([MEDIA_TYPE, "text/html"])
    if response.mimetype != MEDIA_TYPE or request.path.startswith(FOR_PROGRAMS):
        return response
    response.vary.add("Accept")
    if wanted == "text/html":
        told = json.loads(response.get_data())
        body = render_template("problem.html", **{name: told[name] for name in ("status", "title", "detail")})
        response.set_data(body)
        response.mimetype = "text/html"
    return response


@pages.get("/")
def chat() -> Response:
    """Show the chat page, or with `?q=` the answer page, which works without JavaScript."""
    language = page_language()
    if "q" not in request.args:
        return page("chat.html", opening=opening_questions())
    message = request.args["q"]
    try:
        answer: Answer | None = ask(Question(message))
        fault, status = "", 200
    except QuestionError as error:
        answer, fault, status = None, problem(error.code, language), 422
    shown = message if fault == "" or message.isprintable() else ""
    response = page("answer.html", status, question=shown, answer=answer, fault=fault)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/documents", endpoint="documents")
def list_documents() -> Response:
    """List the documents that can be asked about."""
    return page("documents.html")


@pages.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """Show a document, Danish beside English, with the cited place of `?start=…&end=…` marked."""
    try:
        shown = service().current.library.document(document_id)
    except KeyError:
        abort(404)
    view = view_document(shown, *(_offset(request.args.get(name)) for name in ("start", "end")))
    return page("document.html", document=shown, view=view)


def _offset(given: str | None) -> int | None:
    """Read an offset; one that is no number points nowhere."""
    if given is None:
        return None
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else -1


@pages.get("/themes")
def themes() -> Response:
    """Show every theme with actors and next step, sorted by `?sort=` and `?order=`."""
    column, descending = request.args.get("sort", ""), request.args.get("order") == "desc"
    rows = sort_rows(theme_rows(documents(), page_language()), column, descending)
    glossary = [entry for entry in service().current.library.glossary if entry.known]
    return page("themes.html", rows=rows, columns=SORT_COLUMNS, column=column, descending=descending, glossary=glossary)


@pages.get("/themes.csv")
def themes_csv() -> Response:
    """Give the overview as CSV."""
    names = ("document", "row", "label", "title", "group", "actors", "next_step", "address")
    return spreadsheet("themes_file", names, map(_cells, theme_rows(documents(), page_language())))


def _cells(row: ThemeRow) -> tuple[str, ...]:
    address = url_for("pages.document", document_id=row.document.id, _anchor=row.section, _external=True)
    fields = map("\n".join, (row.actors, row.next_step))
    return (row.document.title_in(page_language()), row.row, row.label, row.title, row.group, *fields, address)


@pages.get("/demo")
def demo() -> Response:
    """Show an invented public page that hosts the widget under a strict policy."""
    response = page("demo.html", policy=DEMO_POLICY, opening=opening_questions())
    response.headers["Content-Security-Policy"] = DEMO_POLICY
    return response


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search, so that a browser's address bar can ask."""
    address = url_for("pages.chat", _external=True) + "?q={searchTerms}"
    body = render_template(
        "opensearch.xml", address=address, icon=url_for("pages.asset", name="icon.svg", _external=True)
    )
    return Response(body, mimetype="application/opensearchdescription+xml")


@pages.get("/widget.js")
def widget() -> Response:
    """Give the widget at its stable address, checked again every five minutes."""
    return _widget_response("public, max-age=300")


@pages.get("/widget/<version>/widget.js")
def widget_pinned(version: str) -> Response:
    """Give the widget at the address of one version, which never changes."""
    if version != widget_version((WEB / "widget.js").read_bytes()):
        abort(404)
    return _widget_response(f"public, max-age={A_YEAR}, immutable")


def _widget_response(cache: str) -> Response:
    source = (WEB / "widget.js").read_bytes()
    response = Response(source, mimetype="text/javascript")
    response.headers["Cache-Control"] = cache
    response.set_etag(widget_version(source))
    return cast(Response, response.make_conditional(request))


@pages.get("/assets/<name>")
def asset(name: str) -> Response:
    """Give a static file; `?v=` in the address changes with the file, so it may be kept."""
    path = WEB / "assets" / name
    if path not in ASSETS:
        abort(404)
    return send_file(path, max_age=A_YEAR if "v" in request.args else 3600)
