"""`GET /api/documents/<id>/citations/<start>-<end>`: a citation to store elsewhere, in the form that is asked for."""

from __future__ import annotations

from flask import Response, current_app, jsonify, request

from assistant.citations import place_of
from assistant.server.protection.problems import ProblemError, spoken
from assistant.server.routes.api import blueprint, checked
from assistant.server.routes.service import home, service

__all__ = ["blueprint"]

ANNOTATION = "application/ld+json"
PROFILE = f'{ANNOTATION}; profile="http://www.w3.org/ns/anno.jsonld"'
FORMATS = {"json": "application/json", "annotation": ANNOTATION, "text": "text/plain"}


@blueprint.get("/api/documents/<document_id>/citations/<int:start>-<int:end>")
def citation(document_id: str, start: int, end: int) -> Response:
    """Return the code points from `start` to `end`, as `?format=` or the Accept header asks."""
    try:
        place = place_of(service().current.library.document(document_id), start, end)
    except KeyError:
        raise ProblemError(404, "unknown_document") from None
    except ValueError:
        raise ProblemError(404, "unknown_place") from None
    asked = request.args.get("format") or _accepted()
    if asked not in FORMATS:
        raise ProblemError(422, "wrong_value", "format")
    if asked == "text":
        response = Response(place.to_text(home(), spoken()), mimetype="text/plain")
    elif asked == "annotation":
        body = current_app.json.dumps(place.to_annotation(home()))
        response = Response(body, content_type=PROFILE)
    else:
        response = jsonify(place.to_json())
    response.vary.update(("Accept", "Accept-Language"))
    return checked(response)


def _accepted() -> str:
    """Return the form that the Accept header likes best."""
    best = request.accept_mimetypes.best_match(list(FORMATS.values()), FORMATS["json"])
    return next(name for name, kind in FORMATS.items() if kind == best)
