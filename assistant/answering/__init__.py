"""From a question to a cited answer, or to an honest refusal."""

from __future__ import annotations

from assistant.answering.assistant import Assistant
from assistant.answering.types import Answer, Citation, Status
from assistant.understanding.types import Question, Turn

__all__ = ["Answer", "Assistant", "Citation", "Question", "Status", "Turn"]
