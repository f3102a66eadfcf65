"""The order in which the plans are tried: the first that can answer does."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.plans import (
    claimed,
    collected,
    compared,
    defined,
    fields,
    mentioned,
    overview,
    themes,
)
from assistant.understanding.request import Request

Plan = Callable[[Request, Desk], Draft | None]

PLANS: tuple[Plan, ...] = (
    claimed.plan,
    compared.plan,
    fields.plan,
    themes.plan,
    collected.plan,
    overview.plan,
    defined.plan,
    mentioned.plan,
)


def first_draft(request: Request, desk: Desk) -> Draft | None:
    """Return the draft of the first plan that can answer, None where none can."""
    return next((draft for plan in PLANS if (draft := plan(request, desk)) is not None), None)
