"""Whether an answer helped, told by a plain form: what the widget sends to the API, for browsers without JavaScript."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from assistant.server.pages.interface import link
from assistant.server.pages.pages import page
from assistant.server.pages.register import pages
from assistant.server.protection.headers import is_own
from assistant.server.protection.problems import ProblemError
from assistant.server.routes.body import only
from assistant.server.routes.feedback import take

__all__ = ["pages"]

FIELDS = ("verdict", "status", "sections", "ticket")
YES, OTHER = "yes", "other"


@pages.route("/feedback", methods=["GET", "POST"])
def opinion() -> Response:
    """Count what the form says, and go on to a page that says thanks, so that a reload does not count it again."""
    if request.method != "POST":
        return page("thanks.html")
    _require_own_page()
    only(request.form, FIELDS, "")
    take(_as_body())
    return redirect(link("opinion"), 303)


def _as_body() -> dict[str, Any]:
    """Return the form as the body that the API takes: the verdict is "yes", a reason, or "other" for none of them."""
    form = request.form
    verdict = form.get("verdict", "")
    reason = verdict if verdict not in (YES, OTHER) else None
    told = {"helpful": verdict == YES, "reason": reason, "sections": form.getlist("sections")}
    return told | {name: form[name] for name in ("status", "ticket") if form.get(name)}


def _require_own_page() -> None:
    """Refuse a form on a page of another site. Raises ProblemError.

    A browser tells where a form comes from by Sec-Fetch-Site, on an insecure address by Origin alone; that is "null"
    for a page of ours, as our pages tell nobody where they are.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    if site != "same-origin" if site else origin != "null" and not is_own(origin):
        raise ProblemError(403, "unknown_origin")
