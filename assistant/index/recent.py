"""What was found out of the last few questions: one is looked at more than once while it is answered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from assistant.index.candidates.asked import AskedBefore, Nearest
from assistant.index.embedder import Embedder, Vectors
from assistant.index.spoken import Spoken

# Those of the requests that are being answered.
KEPT = 64
# A message this near to what is said to the assistant itself, and hardly nearer to a question, is said to it.
SPOKEN, SPOKEN_BEHIND = 0.9, 0.02


class Known:
    """One question: each thing is found out when it is first asked for, and then kept.

    `cached_property` is not for this: in Python 3.11 it would let only one thread at a time embed a question.
    """

    def __init__(self, text: str, embed: Callable[[str], Vectors], asked_before: AskedBefore, spoken: Spoken) -> None:
        self._text, self._embed, self._asked_before, self._examples = text, embed, asked_before, spoken
        self._vector: Vectors | None = None
        self._near: Nearest | None = None
        self._spoken: tuple[str, float] | None = None

    @property
    def vector(self) -> Vectors:
        """Its vector, shape (dimension,)."""
        if self._vector is None:
            self._vector = self._embed(self._text)
        return self._vector

    @property
    def near(self) -> Nearest:
        """The anticipated questions near by."""
        if self._near is None:
            self._near = self._asked_before.near(self.vector)
        return self._near

    @property
    def spoken(self) -> tuple[str, float]:
        """What it is like among the examples of what people say, and the cosine."""
        if self._spoken is None:
            self._spoken = self._examples.nearest(self.vector)
        return self._spoken


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

    def said(self, text: str) -> tuple[str, float] | None:
        """Return what a message is like among the examples of the language files ("assistant.trust"), and the cosine;
        None where it is more like a question that a sentence answers.
        """
        known = self.of(text)
        (key, cosine), near = known.spoken, known.near
        # What is said to the assistant has no answer in a text, and so is often like what a document leaves open.
        left_open = () if key.startswith("assistant.") else near.near_miss.values()
        asked = max((*near.cosines.tolist(), *left_open), default=0.0)
        return (key, cosine) if cosine >= SPOKEN and cosine >= asked - SPOKEN_BEHIND else None

    def said_nameless(self, text: str) -> tuple[str, float]:
        """Return what a question whose section is exchanged for "the theme" is most like, and the cosine."""
        return self.spoken.nearest(self.of(text).vector, nameless=True)

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = self.embedder.questions([text])[0]
        return vector
