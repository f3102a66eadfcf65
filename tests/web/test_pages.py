"""The pages as they leave the server."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant.corpus import read_corpus
from assistant.corpus.reader import read_document
from assistant.corpus.types import Summary, Theme, themes_of
from assistant.index.build import build_index
from assistant.server import create_app
from assistant.server.pages.interface import linked
from assistant.server.pages.page_views import SORT_COLUMNS, sort_rows, theme_rows, view_document
from assistant.server.pages.spreadsheet import inert
from assistant.server.pages.widget import VERSIONS, current_version, kept
from assistant.server.routes.service import service
from assistant.setting_rules import Link
from assistant.settings import Settings, material
from tests.conftest import SMALL, write_document
from tests.web.conftest import CONTACT
from tests.web.states import DOCUMENT, PAGES

OWNER = Link("Regionen", "The region", "https://example.dk")
LINKS = (Link("Privatliv", "Privacy", "https://example.dk/p"),)
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_both_languages_have_the_same_strings() -> None:
    danish, english = (
        json.loads((material("web") / "strings" / f"{language}.json").read_text(encoding="utf-8"))
        for language in ("da", "en")
    )
    assert list(danish) == list(english)
    assert all(danish.values())
    assert all(english.values())


def test_templates_use_only_strings_that_exist() -> None:
    known = set(json.loads((material("web") / "strings" / "da.json").read_text(encoding="utf-8")))
    for template in (material("web") / "templates").iterdir():
        used = set(re.findall(r"\b[ts]\.(\w+)", template.read_text(encoding="utf-8")))
        assert used <= known, template.name


@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_no_page_has_inline_script_or_style(client: FlaskClient, path: str) -> None:
    body = client.get(path.partition("#")[0], headers=BROWSER).text
    assert re.findall(r"<script(?![^>]*\bsrc=)", body) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", body) == []
    assert re.findall(r'(?:src|href)="https?://(?!localhost)', body) == []


@pytest.mark.parametrize(
    ("path", "accept", "language"),
    [
        ("/", "", "da"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "de", "da"),
        ("/?lang=en", "da", "en"),
        ("/?lang=xx", "en", "en"),
    ],
)
def test_the_language_is_asked_for_or_negotiated(client: FlaskClient, path: str, accept: str, language: str) -> None:
    response = client.get(path, headers={"Accept-Language": accept})
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.headers["Vary"]


def test_the_cited_place_is_marked_once_and_verbatim(client: FlaskClient, settings: Settings) -> None:
    document = read_corpus(settings.corpus).documents[0]
    span = document.section("tema-7").passages[1].spans[0]
    body = client.get(f"{DOCUMENT}?start={span.start}&end={span.end}").text
    assert body.count('id="cited"') == 1
    marked = re.search(r'<mark id="cited"[^>]*>(.*?)</mark>', body)
    assert marked is not None
    assert marked[1].replace("&amp;", "&").replace("&#39;", "'") == span.quote


def test_every_sentence_can_be_marked(settings: Settings) -> None:
    document = read_corpus(settings.corpus).documents[0]
    for section in document.sections:
        for passage in section.passages:
            for span in passage.spans:
                view = view_document(document, span.start, span.end)
                marked = [
                    piece.text
                    for each in view.sections
                    for _, paragraphs in each.fields
                    for paragraph in paragraphs
                    for sentence in paragraph.sentences
                    for piece in sentence.pieces
                    if piece.cited
                ]
                assert view.found
                assert marked == [span.quote]


def test_part_of_a_sentence_and_more_than_one_can_be_marked(client: FlaskClient, settings: Settings) -> None:
    document = read_corpus(settings.corpus).documents[0]
    first, second = document.section("tema-7").passages[0].spans[:2]
    body = client.get(f"{DOCUMENT}?start={first.start + 10}&end={second.start + 5}").text
    danish = re.findall(r"<mark[^>]*>([^<]*)</mark>", body)
    assert first.quote[10:] in danish
    assert second.quote[:5] in danish
    assert body.count('id="cited"') == 1


def test_a_heading_can_be_marked(client: FlaskClient, settings: Settings) -> None:
    section = read_corpus(settings.corpus).documents[0].section("tema-4")
    body = client.get(f"{DOCUMENT}?start={section.start}&end={section.start + 5}").text
    assert 'class="heading cited" id="cited"' in body


@pytest.mark.parametrize(
    "query", ["start=9&end=2", "start=-1&end=4", "start=0&end=999999999", "start=x&end=y", "start=5", "start=²&end=³"]
)
def test_a_place_that_is_not_there_is_told(client: FlaskClient, query: str) -> None:
    response = client.get(f"{DOCUMENT}?lang=da&{query}")
    assert response.status_code == 200
    assert "Det citerede sted findes ikke" in response.text
    assert "<mark" not in response.text


def test_the_header_of_the_table_does_not_open_the_page(client: FlaskClient, settings: Settings) -> None:
    span = read_corpus(settings.corpus).documents[0].section("doc").passages[-1].spans[0]
    assert span.quote.endswith("Next step")
    folded = re.search(r'<details class="labels">(.*?)</details>', client.get(DOCUMENT).text, re.DOTALL)
    assert folded is not None
    assert span.quote in folded[1]
    cited = client.get(f"{DOCUMENT}?start={span.start}&end={span.end}").text
    assert '<details class="labels" open>' in cited
    assert f'<mark id="cited" tabindex="-1">{span.quote}</mark>' in cited


def test_a_sentence_above_the_themes_opens_the_page(tmp_path: Path) -> None:
    above = {"da.md": "{doc}\n\nParterne er enige.", "en.md": "{doc}\n\nThe parties agree."}
    files = {name: text.replace("{doc}", above.get(name, "")) for name, text in SMALL.items()}
    opening = view_document(read_document(write_document(tmp_path / "cykler", files)), None, None).sections[0]
    shown = [(each.sentences[0].pieces[0].text, each.label) for each in opening.fields[0][1]]
    assert shown == [("Aftale om cykelstier", False), ("Parterne er enige.", False)]


def test_each_section_has_its_anchor_and_every_link_its_target(client: FlaskClient, settings: Settings) -> None:
    body = client.get(DOCUMENT).text
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert {section.id for section in read_corpus(settings.corpus).documents[0].sections} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', body)) <= set(ids)


def test_every_danish_sentence_stands_beside_its_translation(client: FlaskClient, settings: Settings) -> None:
    body = client.get(DOCUMENT).text
    sentences = [
        span
        for section in read_corpus(settings.corpus).documents[0].sections
        for each in section.passages
        for span in each.spans
    ]
    assert len(re.findall(r'<p lang="da">', body)) == len(sentences)
    assert len(re.findall(r'<p class="english" lang="en">', body)) == len(sentences)


@pytest.mark.parametrize("name", ["_external", "_anchor", "_method", "_scheme", "document_id", "endpoint", "language"])
@pytest.mark.parametrize("path", ["/", DOCUMENT, "/themes"])
def test_a_foreign_parameter_has_no_effect(client: FlaskClient, path: str, name: str) -> None:
    response = client.get(f"{path}?lang=da&{name}=x")
    assert response.status_code == 200
    assert f"{path}?lang=en" in response.text


def themes(settings: Settings) -> list[tuple[Summary, Theme]]:
    return [(each.summary, theme) for each in read_corpus(settings.corpus).documents for theme in themes_of(each)]


@pytest.mark.parametrize("path", ["/themes?lang=da", "/themes?lang=en", "/themes.csv", "/documents", "/api/documents"])
def test_no_overview_opens_a_document(settings: Settings, path: str) -> None:
    app = create_app(settings)
    assert app.test_client().get(path).status_code == 200
    with app.app_context():
        assert not service().current.library._open


@pytest.mark.parametrize("column", SORT_COLUMNS)
def test_sorting_keeps_every_theme_and_puts_empty_cells_last(settings: Settings, column: str) -> None:
    rows = theme_rows(themes(settings), "da")
    up, down = sort_rows(rows, column, False), sort_rows(rows, column, True)
    assert {row.section for row in up} == {row.section for row in rows} == {row.section for row in down}
    filled = [bool(getattr(row, column)) for row in up]
    assert filled == sorted(filled, reverse=True)
    assert [bool(getattr(row, column)) for row in down] == filled


def test_numbers_and_danish_letters_are_sorted_as_people_do(settings: Settings) -> None:
    rows = theme_rows(themes(settings), "da")
    labels = [row.label for row in sort_rows(rows, "label", False)]
    assert labels == [f"Tema {name}" for name in ("1", "2", "3", "3A", "4", "5", "6", "7", "8", "9", "10")]
    titles = [row.title for row in sort_rows(rows, "title", False)]
    simplification = next(title for title in titles if title.startswith("Forenkling"))
    assert titles.index("Fødevareområdet") > titles.index(simplification)


@pytest.mark.parametrize(("language", "delimiter", "first"), [("da", ";", "Dokument"), ("en", ",", "Document")])
def test_the_csv_holds_every_theme(client: FlaskClient, language: str, delimiter: str, first: str) -> None:
    response = client.get(f"/themes.csv?lang={language}")
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=delimiter))
    assert rows[0][0] == first
    assert len(rows) == 12
    wind = next(row for row in rows if row[1] == "7")
    assert wind[5] == "AMD/ES/HBP"
    assert wind[7].endswith(f"{DOCUMENT}#tema-7")


def test_a_spreadsheet_does_not_run_a_cell() -> None:
    assert [inert(cell) for cell in ("=1+1", "+1", "-1", "@x", "\tx", "EVM")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "EVM",
    ]


def test_the_address_bar_can_ask(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    tree = ElementTree.fromstring(response.data)
    address = tree.find("o:Url", space)
    assert address is not None
    assert address.attrib["template"] == "http://localhost/?q={searchTerms}"
    short = tree.findtext("o:ShortName", namespaces=space) or ""
    assert 0 < len(short) <= 16
    assert 'type="application/opensearchdescription+xml"' in client.get("/").text


def test_the_widget_is_checked_again_and_its_versions_are_kept(client: FlaskClient) -> None:
    source = kept(current_version())
    stable = client.get("/widget.js")
    assert stable.data == source
    assert stable.headers["Cache-Control"] == "public, max-age=300"
    assert stable.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/widget.js", headers={"If-None-Match": stable.headers["ETag"]}).status_code == 304
    pinned = client.get(f"/widget/{current_version()}/widget.js")
    assert pinned.data == source
    assert "immutable" in pinned.headers["Cache-Control"]
    assert client.get("/widget/0000000000000000/widget.js").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/assets/nothing.css", "/assets/../widget.js", "/assets/%2e%2e/widget.js", "/assets/", "/assets/" + "a" * 300],
)
def test_no_other_file_is_given(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_theme_is_told_to_be_without_actors_where_it_is(client: FlaskClient) -> None:
    body = client.get("/documents/vaekstpartnerskabsaftale-2016-2017?lang=da", headers=BROWSER).text
    parts = {part.partition('"')[0]: part for part in body.split('<section id="')[1:]}
    without = [name for name, part in parts.items() if "Ingen aktører er nævnt." in part]
    assert without == ["tema-4", "tema-5"]
    assert "<h3>Involverede aktører ud over Vækstforum</h3>" in parts["tema-7"]


@pytest.mark.parametrize("path", ["/nothing", "/documents/nothing"])
def test_a_problem_is_a_page_for_browsers_and_data_for_programs(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers=BROWSER | {"Accept-Language": "en"})
    assert page.status_code == 404
    assert page.mimetype == "text/html"
    assert '<html lang="en">' in page.text
    assert "<form" in page.text
    data = client.get(path)
    assert data.status_code == 404
    assert data.mimetype == "application/problem+json"
    assert "Accept" in data.headers["Vary"]


def test_the_api_never_answers_with_a_page(client: FlaskClient) -> None:
    assert client.get("/api/documents/nothing", headers=BROWSER).mimetype == "application/problem+json"


def test_a_question_that_cannot_be_answered_is_told_on_the_page(client: FlaskClient) -> None:
    response = client.get("/?lang=en&q=write+to+anna@example.dk")
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_todays_widget_is_kept_and_every_kept_one_is_what_its_name_says() -> None:
    version, made_of = (VERSIONS / "current").read_text(encoding="ascii").split()
    source = (material("web") / "widget.js").read_bytes()
    assert made_of == hashlib.sha256(source).hexdigest(), "widget.js was changed since: run 'make widget'"
    files = {path.stem: path.read_bytes() for path in VERSIONS.glob("*.js")}
    assert version in files
    assert all(hashlib.sha256(widget).hexdigest().startswith(name) for name, widget in files.items())


def test_every_kept_version_is_served_for_a_year(client: FlaskClient) -> None:
    for path in VERSIONS.glob("*.js"):
        response = client.get(f"/widget/{path.stem}/widget.js")
        assert response.data == path.read_bytes()
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/widget/..%2f..%2fkeep/widget.js").status_code == 404


def test_owner_and_links_stand_on_every_page_in_the_language_of_the_reader(settings: Settings) -> None:
    changed = dataclasses.replace(settings, owner=OWNER, links=LINKS)
    told = create_app(changed).test_client()
    for path in ("/", "/documents", "/themes", "/tilgaengelighed", "/nothing"):
        danish = told.get(path + "?lang=da", headers=BROWSER).text
        english = told.get(path + "?lang=en", headers=BROWSER).text
        assert '<a href="https://example.dk">Regionen</a>' in danish
        assert '<a href="https://example.dk/p">Privatliv</a>' in danish
        assert '<a href="https://example.dk/p">Privacy</a>' in english
        assert f'<a href="mailto:{CONTACT}">' in danish
        assert 'href="/tilgaengelighed?lang=en"' in english


def test_the_front_page_names_the_agreement(client: FlaskClient) -> None:
    text = client.get("/?lang=da").text.replace("\u00ad", "")
    assert "Regional vækstpartnerskabsaftale 2016-2017 mellem regeringen og Vækstforum Midtjylland</a>" in text
    assert "Parter: regeringen, Vækstforum Midtjylland · Periode: 2016-2017" in text
    assert re.search(r'<meta name="description" content="[^"]{60,}">', text)


def test_robots_may_read_pages_but_not_answers(client: FlaskClient) -> None:
    assert "Disallow: /api/" in client.get("/robots.txt").text
    with client.get("/favicon.ico") as icon:
        assert icon.mimetype == "image/svg+xml"
    answer = client.get("/?q=vind&lang=da")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "noindex" not in client.get("/").text


@pytest.mark.parametrize("number", ["010190-1234", "cpr 3112991234 tak"])
def test_a_cpr_number_is_nowhere_on_the_page(client: FlaskClient, number: str) -> None:
    response = client.get("/", query_string={"lang": "da", "q": number})
    assert response.status_code == 422
    assert number[-4:] not in response.text
    assert "<title>Fejl: " in response.text


def test_a_problem_page_speaks_to_citizens(settings: Settings) -> None:
    limited = create_app(dataclasses.replace(settings, rate_limit="1 per hour")).test_client()
    told = [limited.get("/?q=vind&lang=da", headers=BROWSER) for _ in range(2)][1]
    assert told.status_code == 429
    assert "<title>Fejl: " in told.text
    assert "Retry-After" not in told.text
    assert re.search(r"Vent \d+ sekunder", told.text)


def test_lists_are_lists_and_tables_tables(client: FlaskClient) -> None:
    towns = client.get("/?lang=da&q=hvilke+byer+nævnes?").text
    assert '<th role="rowheader" scope="row">Viborg</th>' in towns
    compared = client.get("/?lang=da&q=sammenlign+tema+6+og+8").text
    heads = re.findall(r'<th role="columnheader" scope="col">([^<]+)</th>', compared)
    assert heads == ["Tema 6", "Tema 8"]
    cells = [compared.count(f'<td role="cell" data-name="{head}">') for head in heads]
    assert cells[0] == cells[1] >= 2
    # The full stop that parts two cells in the text belongs to neither of them.
    assert not re.search(r"</a>\.\s*</td>|\]\.\s*</td>|</span>\.\s*</td>", compared)
    plain = client.get("/?lang=da&q=hvilke+temaer+har+ingen+aktører?").text
    assert plain.count("<li>Tema") == 2
    for body in (towns, compared, plain):
        ids = re.findall(r'\bid="([^"]+)"', body)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', body)) <= set(ids)


def test_more_than_four_sources_are_folded_after_three(client: FlaskClient) -> None:
    body = client.get("/?lang=da&q=sammenlign+tema+6+og+8").text
    shown, folded = body.split("<summary>Vis alle 6 kilder")
    assert [part.count('<li class="source') for part in (shown, folded)] == [3, 3]


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("Skriv til a.b@example.dk.", ["mailto:a.b@example.dk"]),
        ("Ring 87 28 50 00 eller +45 87 28 50 00", ["tel:87285000", "tel:+4587285000"]),
        ("Se https://example.dk/kontakt.", ["https://example.dk/kontakt"]),
        ("2016-2017, 200 mio. kr. og 2016 2017", []),
    ],
)
def test_a_contact_becomes_links(words: str, addresses: list[str]) -> None:
    assert [address for _, address in linked(words) if address] == addresses
    assert "".join(piece for piece, _ in linked(words)) == words


def test_pages_of_other_documents_speak_of_no_agreement(tmp_path: Path) -> None:
    named = {"Aftale om": "Vedtægter for", "Cykelaftalen": "Cykelvedtægterne", "Agreement on": "Bylaws on"}
    files = {}
    for name, text in SMALL.items():
        for agreement, bylaws in (*named.items(), ("the cycle agreement", "the cycle bylaws")):
            text = text.replace(agreement, bylaws)
        files[name] = text
    write_document(tmp_path / "corpus" / "vedtaegter", files)
    environ = {"ASSISTANT_CORPUS": str(tmp_path / "corpus"), "ASSISTANT_INDEX": str(tmp_path / "built")}
    settings = Settings.from_environment(environ)
    build_index(settings)
    client = create_app(settings).test_client()
    asked = ("hvor+meget+koster+svømmehallen", "what+does+the+pool+cost", "tak")
    for path in ("/", "/documents", "/themes", *(f"/?q={each}" for each in asked)):
        for language in ("da", "en"):
            page = client.get(path, headers={"Accept-Language": language}).text
            shown = re.sub(r"<[^>]*>", " ", page)
            assert not re.search(r"\w*aftale\w*|agreement", shown, re.IGNORECASE), (path, language)
