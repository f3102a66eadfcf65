"""What was found out of the last few questions: one is looked at more than once while it is answered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from threading import Lock

from assistant.index.candidates.asked import AskedBefore, Nearest
from assistant.index.embedder import Embedder, Vectors
from assistant.index.spoken import Spoken

# Those of the requests that are being answered.
KEPT = 64


class Known:
    """One question: each thing is found out when it is first asked for, and then kept."""

    def __init__(self, text: str, embed: Callable[[str], Vectors], asked_before: AskedBefore, spoken: Spoken) -> None:
        self._text, self._embed, self._asked_before, self._spoken = text, embed, asked_before, spoken

    @cached_property
    def vector(self) -> Vectors:
        """Its vector, shape (dimension,)."""
        return self._embed(self._text)

    @cached_property
    def near(self) -> Nearest:
        """The anticipated questions near by."""
        return self._asked_before.near(self.vector)

    @cached_property
    def spoken(self) -> tuple[str, float]:
        """What it is like among the examples of what people say, and the cosine."""
        return self._spoken.nearest(self.vector)


class Recent:
    """The last few questions; safe for threads."""

    def __init__(self, embedder: Embedder, asked_before: AskedBefore, spoken: Spoken) -> None:
        self.embedder, self.asked_before, self.spoken = embedder, asked_before, spoken
        self._kept: OrderedDict[str, Known] = OrderedDict()
        self._lock = Lock()

    def of(self, text: str) -> Known:
        """Return what is known of a question, or will be."""
        with self._lock:
            known = self._kept.get(text)
            if known is None:
                known = self._kept[text] = Known(text, self._vector, self.asked_before, self.spoken)
            self._kept.move_to_end(text)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return known

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = self.embedder.questions([text])[0]
        return vector
