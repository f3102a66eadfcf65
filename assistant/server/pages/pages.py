"""The pages that a browser shows, and the static files; none needs JavaScript to be read."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
    send_file,
    url_for,
)

from assistant.answering import Answer, Question
from assistant.errors import QuestionError
from assistant.feedback import REASONS
from assistant.language.phrases import problem
from assistant.server.pages.answer_view import lay_out
from assistant.server.pages.interface import WEB, chosen_document, helpers, opening_questions, page_language
from assistant.server.pages.page_views import SORT_COLUMNS, ThemeRow, sort_rows, theme_rows, view_document
from assistant.server.pages.spreadsheet import spreadsheet
from assistant.server.pages.widget import A_YEAR
from assistant.server.protection.problems import MEDIA_TYPE
from assistant.server.routes.asking import ask
from assistant.server.routes.service import service
from assistant.settings import Settings

ASSETS = frozenset((WEB / "assets").iterdir())
# What a careful site serves its pages with; the widget must not violate it.
DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)

FOR_PROGRAMS = ("/api/", "/v1/", "/mcp")

pages = Blueprint("pages", __name__, template_folder=str(WEB / "templates"))
pages.app_context_processor(helpers)


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
        shown = {name: told.get(name) for name in ("status", "title", "code", "request_id", "detail")}
        body = render_template("problem.html", **shown, wait=response.headers.get("Retry-After"))
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
        answer: Answer | None = ask(Question(message, document=chosen_document(), page_language=language))
        fault, status = "", 200
    except QuestionError as error:
        answer, fault, status = None, problem(error.code, language), 422
        if error.code == "personal_data" or not message.isprintable():
            message = ""  # it goes neither into the field nor anywhere else where it would stay
    shown = lay_out(answer) if answer else None
    asks = {"reasons": (*REASONS, "other"), "ticket": g.get("ticket")}
    response = page("answer.html", status, question=message, shown=shown, answer=answer, fault=fault, **asks)
    response.headers["X-Robots-Tag"] = "noindex"
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
    rows = sort_rows(theme_rows(service().current.library.themes, page_language()), column, descending)
    glossary = [entry for entry in service().current.library.glossary if entry.known]
    return page("themes.html", rows=rows, columns=SORT_COLUMNS, column=column, descending=descending, glossary=glossary)


@pages.get("/themes.csv")
def themes_csv() -> Response:
    """Give the overview as CSV."""
    names = ("document", "row", "label", "title", "group", "actors", "next_step", "address")
    rows = theme_rows(service().current.library.themes, page_language())
    return spreadsheet("themes_file", names, map(_cells, rows))


def _cells(row: ThemeRow) -> tuple[str, ...]:
    address = url_for("pages.document", document_id=row.document.id, _anchor=row.section, _external=True)
    fields = map("\n".join, (row.actors, row.next_step))
    return (row.document.title_in(page_language()), row.row, row.label, row.title, row.group, *fields, address)


@pages.get("/privatliv")
def privacy() -> Response:
    """Tell what is kept of what people ask and say, by the settings of this service."""
    settings: Settings = current_app.config["SETTINGS"]
    return page("privacy.html", feedback=settings.feedback is not None, days=settings.keep_unanswered)


@pages.get("/tilgaengelighed")
def accessibility() -> Response:
    """Tell how accessible the service is, what was tested and how, and where to complain."""
    return page("accessibility.html")


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


@pages.get("/robots.txt")
def robots() -> Response:
    """Let search engines find the pages, and leave the programs' addresses alone."""
    return Response("User-agent: *\nDisallow: /api/\nDisallow: /metrics\nDisallow: /feedback\n", mimetype="text/plain")


@pages.get("/favicon.ico")
def favicon() -> Response:
    """Give the icon where browsers look for it unasked."""
    response = Response((WEB / "assets" / "icon.svg").read_bytes(), mimetype="image/svg+xml")
    response.cache_control.max_age = 3600
    return response


@pages.get("/assets/<name>")
def asset(name: str) -> Response:
    """Give a static file; `?v=` in the address changes with the file, so it may be kept."""
    path = WEB / "assets" / name
    if path not in ASSETS:
        abort(404)
    return send_file(path, max_age=A_YEAR if "v" in request.args else 3600)
