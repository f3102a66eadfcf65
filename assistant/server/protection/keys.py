"""Keys that programs show, where the operator asks for them."""

from __future__ import annotations

import hmac

from flask import current_app, request

from assistant.server.protection.problems import ProblemError
from assistant.settings import Settings


def require_key() -> None:
    """Refuse a request without one of the operator's keys, where there are some. Raises ProblemError 401.

    All keys are compared, each in a time that does not depend on what it has in common with the one shown.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.api_keys:
        return
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    given = shown.strip().encode("utf-8", "surrogateescape")
    same = [hmac.compare_digest(given, key.encode()) for key in settings.api_keys]
    if scheme.lower() != "bearer" or not any(same):
        raise ProblemError(401, "no_key")
