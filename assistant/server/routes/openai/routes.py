"""`/v1/chat/completions` and `/v1/models`, for whoever has a key where the operator asks for one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request

from assistant.errors import QuestionError
from assistant.server.protection.keys import require_key
from assistant.server.protection.problems import ProblemError
from assistant.server.routes.asking import ask
from assistant.server.routes.body import read_json
from assistant.server.routes.openai.asked import ALL, MOST_BYTES, Asked, read_asked
from assistant.server.routes.openai.told import NOTHING, Completion, Told, model, models, told
from assistant.server.routes.service import home, service

blueprint = Blueprint("openai", __name__, url_prefix="/v1")


@blueprint.post("/chat/completions")
def complete() -> Response:
    """Answer the last message of a conversation."""
    require_key()
    assistant = service().current
    asked = read_asked(read_json(request, MOST_BYTES), assistant.library)
    done = Completion(_told(asked), asked.model, g.request_id, assistant.version, _words(asked))
    if asked.stream:
        return Response(done.stream(asked.usage), content_type="text/event-stream; charset=utf-8")
    return Response(done.whole(), content_type="application/json")


def _told(asked: Asked) -> Told:
    """Answer a question; a task is neither searched for nor counted as one, nor kept."""
    if asked.task:
        return NOTHING
    try:
        return told(ask(asked.question), home())
    except QuestionError as error:
        raise QuestionError(error.code, asked.place) from None


@blueprint.get("/models")
def list_models() -> Response:
    """List the models: one for all documents, and one a document."""
    require_key()
    return jsonify(models(_ids()))


@blueprint.get("/models/<model_id>")
def show_model(model_id: str) -> Response:
    """Return one model."""
    require_key()
    if model_id not in _ids():
        raise ProblemError(404, "unknown_model", "model")
    return jsonify(model(model_id))


def _ids() -> tuple[str, ...]:
    return ALL, *(each for each in service().current.library.ids if each != ALL)


def _words(asked: Asked) -> int:
    question = asked.question
    return sum(len(text.split()) for text in (question.message, *(turn.content for turn in question.history)))


@blueprint.after_app_request
def _in_their_shape(response: Response) -> Response:
    """Turn a problem of any kind at an address below /v1 into an error of OpenAI's shape."""
    if not request.path.startswith("/v1/") or response.mimetype != "application/problem+json":
        return response
    problem: dict[str, Any] = response.get_json()
    status = 400 if response.status_code == 422 else response.status_code
    error = {
        "message": f"{problem['title']}. {problem['detail']}".replace('"field"', '"param"'),
        "type": TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error"),
        "param": problem.get("field"),
        "code": CODES.get(problem["code"], problem["code"]),
    }
    response.set_data(current_app.json.dumps({"error": error}))
    response.status_code, response.mimetype = status, "application/json"
    return response


TYPES = {401: "authentication_error", 429: "rate_limit_error"}
CODES = {
    "unknown_model": "model_not_found",
    "no_key": "invalid_api_key",
    "too_many_requests": "rate_limit_exceeded",
}
