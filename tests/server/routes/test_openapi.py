"""The OpenAPI file against the application: every route, every status that occurs, every example."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assistant import __version__
from assistant.server.routes.chat_request import MOST_CONTENT, MOST_SECTION_ID, MOST_SECTIONS
from assistant.settings import material

DESCRIPTION: dict[str, Any] = json.loads((material("web") / "openapi.json").read_text(encoding="utf-8"))


# What may grow: problems by their standard, and what clients send in a format that is not ours.
OPEN = ("Problem", "CompletionRequest", "CompletionMessage")


def resolve(node: Any) -> Any:
    """Follow a reference."""
    while "$ref" in node:
        found: Any = DESCRIPTION
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation) for path, item in DESCRIPTION["paths"].items() for method, operation in item.items()
    ]


def schema_of(node: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that can be used alone."""
    return {**node, "components": DESCRIPTION["components"]}


def test_the_served_description_is_the_file_and_of_this_version(client: FlaskClient) -> None:
    assert client.get("/openapi.json").get_json() == DESCRIPTION
    assert DESCRIPTION["openapi"].startswith("3.1")
    assert DESCRIPTION["info"]["version"] == __version__


def test_every_route_is_described_and_every_description_has_a_route(app: Flask) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(?:document_)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, method, _ in operations()}


def test_every_object_of_an_answer_is_closed() -> None:
    """A member that the description does not know would not pass: responses cannot grow unseen."""
    for name, schema in DESCRIPTION["components"]["schemas"].items():
        if schema.get("type") == "object" and name not in OPEN:
            assert schema["additionalProperties"] is False, name
            assert schema["required"], name


def test_limits_are_those_of_the_code() -> None:
    question, turn = (DESCRIPTION["components"]["schemas"][name]["properties"] for name in ("Question", "Turn"))

    assert (question["message"]["minLength"], question["message"]["maxLength"]) == (1, 500)
    assert question["history"]["maxItems"] == 20
    assert turn["content"]["maxLength"] == MOST_CONTENT
    assert turn["sections"]["maxItems"] == MOST_SECTIONS
    assert turn["sections"]["items"]["maxLength"] == MOST_SECTION_ID


@pytest.mark.parametrize(("path", "method", "operation"), operations(), ids=lambda value: str(value)[:40])
def test_every_example_fits_its_schema(path: str, method: str, operation: dict[str, Any]) -> None:
    bodies = [*map(resolve, operation["responses"].values()), resolve(operation.get("requestBody", {}))]
    for body in bodies:
        for content in body.get("content", {}).values():
            examples = [each["value"] for each in content.get("examples", {}).values()]
            examples += [content["example"]] if "example" in content else []
            for example in examples:
                jsonschema_rs.validate(schema_of(content["schema"]), example)


def test_every_operation_describes_its_failure() -> None:
    for path, method, operation in operations():
        assert "500" in operation["responses"], (path, method)
        for status, response in operation["responses"].items():
            found = resolve(response)
            assert "X-Request-ID" in found["headers"], (path, status)
            if int(status) >= 400 and (path, status) != ("/", "422"):
                kind = "application/json" if path.startswith("/v1/") else "application/problem+json"
                assert kind in found["content"], (path, status)
            if status in ("429", "503"):
                assert found["headers"]["Retry-After"]["required"], (path, status)


def check(response: TestResponse, path: str, method: str) -> None:
    """Check a response against the description: status, content type, required headers, body."""
    described = resolve(DESCRIPTION["paths"][path][method]["responses"][str(response.status_code)])
    for name, header in described.get("headers", {}).items():
        header = resolve(header)
        if header.get("required"):
            value: Any = response.headers[name]
            jsonschema_rs.validate(header["schema"], int(value) if header["schema"]["type"] == "integer" else value)
    if described.get("content") and response.data:
        assert response.mimetype
        content = described["content"][response.mimetype]
        if "json" in response.mimetype:
            jsonschema_rs.validate(schema_of(content["schema"]), response.get_json())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"message": "who owns the wind programme?"}, 200),
        ({"message": "hvor mange statslige arbejdspladser flyttes, og hvorhen?"}, 200),
        ({"message": "hvor meget koster en is på Mallorca?"}, 200),
        ({"message": "hvad står der i nummer 6?"}, 200),
        ({"message": "hej"}, 200),
        ({"message": "Wer ist eigentlich für das nationale Windprogramm verantwortlich?"}, 200),
        ({"message": "and the next step?", "history": [{"role": "user", "content": "the wind programme"}]}, 200),
        ({"message": ""}, 422),
        ({}, 422),
    ],
)
def test_answers_of_every_kind_fit_the_description(client: FlaskClient, body: dict[str, Any], status: int) -> None:
    response = client.post("/api/chat", json=body)

    assert response.status_code == status
    check(response, "/api/chat", "post")


def test_documents_fit_the_description(client: FlaskClient) -> None:
    response = client.get("/api/documents")
    check(response, "/api/documents", "get")
    for document in response.get_json()["documents"]:
        found = client.get(f"/api/documents/{document['id']}")
        check(found, "/api/documents/{id}", "get")
        text = found.get_json()["text"]
        for section in found.get_json()["sections"]:
            part = text[section["start"] : section["end"]]
            assert section["title"] in " ".join(part.split()) or section["title"] in part, section["id"]


def test_every_other_route_fits_the_description(client: FlaskClient) -> None:
    for path, method, _ in operations():
        if method == "get" and "{" not in path:
            check(client.get(path), path, "get")
    for path, name in (("/api/documents/{id}", "id"), ("/documents/{id}", "id"), ("/assets/{name}", "name")):
        response = client.get(path.replace(f"{{{name}}}", "nothing"))
        assert response.status_code == 404
        check(response, path, "get")
