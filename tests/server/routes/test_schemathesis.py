"""Schemathesis: every operation of the description with generated input, sound and unsound."""

from __future__ import annotations

import json
import os
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

from assistant.settings import material

# `make soak` asks for more.
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "200"))
# A schema cannot say all that a question must be (visible characters, no CPR number …): a body that fits may get 422.
LEFT_OUT = [positive_data_acceptance]
DESCRIPTION = json.loads((material("web") / "openapi.json").read_text(encoding="utf-8"))
OPERATIONS = [(path, method.upper()) for path, item in DESCRIPTION["paths"].items() for method in item]
FORM = "application/x-www-form-urlencoded"
# What a client may send with any request; an operation that takes no other input is varied by it.
VISIBLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.sampled_from(["*/*", "text/html", "application/json", "image/png"]) | VISIBLE,
        "Accept-Language": st.sampled_from(["da", "en", "fr, en;q=0.5"]) | VISIBLE,
        "If-None-Match": VISIBLE,
        "X-Request-ID": VISIBLE,
        "Range": VISIBLE,
    },
)
# Schemathesis does not close the files that a response is sent from.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def description(app: Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


def is_sent_sound(case: Case[Any], path: str, method: str) -> bool:
    """Return whether a form is sound as it is sent: nothing of an empty list is, whatever its name."""
    if case.media_type != FORM or not isinstance(case.body, dict) or [] not in case.body.values():
        return False
    schema = DESCRIPTION["paths"][path][method.lower()]["requestBody"]["content"][FORM]["schema"]
    return jsonschema_rs.is_valid(schema, {name: value for name, value in case.body.items() if value != []})


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["sound", "unsound"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda value: str(value))
def test_every_operation(description: Any, path: str, method: str, mode: GenerationMode) -> None:
    operation = description[path][method]
    takes_input = bool(list(operation.iter_parameters()) or operation.body)
    if mode is GenerationMode.NEGATIVE and not takes_input:
        pytest.skip("takes no input")
    examples = EXAMPLES // 2 if takes_input else EXAMPLES
    seen = 0

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), headers=HEADERS)
    def run(case: Case[Any], headers: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        response = case.call(headers=headers)
        # To Schemathesis 413 is no refusal of unsound data, although over-long texts add up to it.
        accepted = response.status_code == 413 or is_sent_sound(case, path, method)
        left_out = [*LEFT_OUT, negative_data_rejection] if accepted else LEFT_OUT
        case.validate_response(response, excluded_checks=left_out)

    run()
    assert seen == examples
