"""The register page: every thing with links to its marked places, sortable, as CSV; and as JSON."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

ADDRESS = "/documents/vaekstpartnerskabsaftale-2016-2017/register"


def test_the_page_shows_every_kind_with_links_to_the_marked_place(client: FlaskClient) -> None:
    page = client.get(ADDRESS + "?lang=en").get_data(as_text=True)
    for told in ("Viborg", "DKK 400 million", "Town", "No actors", "A heading only"):
        assert told in page
    place = re.search(r'href="([^"]+start=\d+[^"]+)"', page)
    assert place
    marked = client.get(place[1].replace("&amp;", "&").partition("#")[0]).get_data(as_text=True)
    assert "<mark" in marked


@pytest.mark.parametrize(
    ("column", "order", "first"),
    [("name", "asc", "Aftale om kommunernes økonomiske rammer for 2016"), ("places", "desc", "regeringen")],
)
def test_the_page_sorts(client: FlaskClient, column: str, order: str, first: str) -> None:
    page = client.get(f"{ADDRESS}?lang=da&sort={column}&order={order}").get_data(as_text=True)
    names = re.findall(r'<th role="rowheader"[^>]*>([^<]+)<', page)
    assert names[0] == first and "aria-sort" in page


@pytest.mark.parametrize(("language", "delimiter"), [("da", ";"), ("en", ",")])
def test_the_table_has_a_line_for_each_place(client: FlaskClient, language: str, delimiter: str) -> None:
    response = client.get(f"{ADDRESS}.csv?lang={language}")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff")), delimiter=delimiter))
    viborg = [row for row in rows if row[1] == "Viborg"]
    assert len(viborg) == 4 and all(row[3] == "Viborg" and "start=" in row[4] for row in viborg)


def test_json_has_values_and_offsets(client: FlaskClient) -> None:
    identity = ADDRESS.split("/")[2]
    text = client.get(f"/api/documents/{identity}").get_json()["text"]
    facts = client.get(f"/api/documents/{identity}/register").get_json()["facts"]
    amounts = {fact["name"]: fact for fact in facts if fact["kind"] == "amount"}
    assert amounts["5 mio. kr. årligt i 2017-2019"]["value"] == 5_000_000
    for fact in amounts.values():
        assert all(text[place["start"] : place["end"]].startswith(fact["name"][:6]) for place in fact["places"])


@pytest.mark.parametrize(
    "address", ["/documents/none/register", "/documents/none/register.csv", "/api/documents/none/register"]
)
def test_an_unknown_document_is_told(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
