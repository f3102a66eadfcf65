"""The kinds of things that a question can ask for."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kind of thing that a question asks for."""

    OWNER = "owner"
    WHO = "who"
    ACTORS = "actors"
    AMOUNT = "amount"
    COUNT = "count"
    DATE = "date"
    PLACE = "place"
    NEXT_STEP = "next step"
    REASON = "reason"
    YES_NO = "yes or no"
    HOW = "how"
    LIST = "list"
    EXAMPLE = "example"
    CONTACT = "contact"
    MEASURE = "measure"
    PAYER = "payer"
    WHAT = "what"
