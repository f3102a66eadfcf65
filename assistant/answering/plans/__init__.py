"""The kinds of answer, one module each: a function `plan` that takes a request and gives a draft or None."""

from __future__ import annotations

from assistant.answering.plans.order import OF_MESSAGE, OF_QUESTION, first_draft

__all__ = ["OF_MESSAGE", "OF_QUESTION", "first_draft"]
