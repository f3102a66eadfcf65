"""Ask an agreement in Danish or English and get an answer with its exact source.

    from assistant import Assistant, Question

These two are what a program needs, with their results `Answer`, `Citation` and `Status`; all else may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answering import Answer, Assistant, Citation, Question, Status

__version__ = "0.1.0"
__all__ = ["Answer", "Assistant", "Citation", "Question", "Status", "__version__"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: the command line must start without all of them."""
    if name not in __all__:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    import assistant.answering

    return getattr(assistant.answering, name)
