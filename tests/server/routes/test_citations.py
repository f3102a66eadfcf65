"""`/api/documents/<id>/citations/<start>-<end>` in its three forms, and back again through `assistant verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from assistant.citations import State, read_stored, verify
from assistant.corpus import Document
from tests.server.routes.test_openapi import check

DOCUMENT = "vaekstpartnerskabsaftale-2016-2017"
PATH = "/api/documents/{id}/citations/{start}-{end}"


@pytest.fixture
def citation(client: FlaskClient) -> Any:
    return client.post("/api/chat", json={"message": "who owns the wind programme?"}).get_json()["citations"][0]


def address(citation: Any) -> str:
    return f"/api/documents/{citation['document']}/citations/{citation['start']}-{citation['end']}"


def test_a_citation_of_an_answer_can_be_fetched_in_every_form(
    client: FlaskClient, citation: Any, agreement: Document, tmp_path: Path
) -> None:
    own = client.get(address(citation))
    check(own, PATH, "get")
    told = own.get_json()
    assert {name: told[name] for name in ("section", "heading", "quote", "start", "end", "translation")} == {
        name: citation[name] for name in ("section", "heading", "quote", "start", "end", "translation")
    }
    assert "<mark" in client.get(told["url"].split("#")[0]).text

    annotation = client.get(address(citation), headers={"Accept": "application/ld+json"})
    check(annotation, PATH, "get")
    position, words = annotation.get_json()["target"]["selector"]
    assert agreement.text[position["start"] : position["end"]] == words["exact"] == citation["quote"]
    assert f"{words['prefix']}{words['exact']}{words['suffix']}" in agreement.text

    text = client.get(f"{address(citation)}?format=text", headers={"Accept-Language": "en"})
    assert text.text.startswith(f"»{citation['quote']}«\n(unofficial translation) {citation['translation']}\n")

    file = tmp_path / "stored.jsonl"
    file.write_text("\n".join(map(json.dumps, (told, annotation.get_json()))), encoding="utf-8")
    assert {verify(each, {DOCUMENT: agreement}).state for each in read_stored(file)} == {State.SAME}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{DOCUMENT}/citations/5-5", 404, "unknown_place"),
        (f"{DOCUMENT}/citations/0-99999999", 404, "unknown_place"),
        ("nothing/citations/0-5", 404, "unknown_document"),
        (f"{DOCUMENT}/citations/a-b", 404, "not_found"),
        (f"{DOCUMENT}/citations/0-5?format=pdf", 422, "wrong_value"),
    ],
)
def test_places_that_are_none(client: FlaskClient, path: str, status: int, code: str) -> None:
    response = client.get(f"/api/documents/{path}")

    assert (response.status_code, response.get_json()["code"]) == (status, code)
