"""The vectors of the last few questions: one is looked at more than once while it is answered."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from assistant.index.embedder import Embedder, Vectors

# Those of the requests that are being answered.
KEPT = 16


class Recent:
    """The vectors of the last few questions; safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def vector(self, text: str, embedder: Embedder) -> Vectors:
        """Return the vector of a question, shape (dimension,)."""
        with self._lock:
            known = self._kept.get(text)
        if known is None:
            known = embedder.questions([text])[0]
            with self._lock:
                self._kept[text] = known
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return known
