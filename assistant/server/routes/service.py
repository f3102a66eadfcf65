"""The Assistant in service, and its exchange when the index has been rebuilt."""

from __future__ import annotations

import gc
import logging
import threading
import time

from flask import current_app, g, has_request_context, request

from assistant.answering import Assistant
from assistant.errors import AssistantError, IndexBehind, IndexDamaged, IndexMissing, NotReadyError, StoreAway
from assistant.index.store import Generation, store_of
from assistant.settings import Settings

logger = logging.getLogger("assistant.server")

EXTENSION = "assistant"
CHECK_EVERY = 1.0  # seconds between two looks at the pointer
RETRY_EVERY = 30.0  # seconds until an index that could not be loaded is tried again

_UNSEEN = "unseen"


class Service:
    """Holds the Assistant in service and exchanges it, whole, when the store's pointer moves.

    One request at a time loads a new index; all others go on with the old Assistant meanwhile. `problem` is the
    error that keeps the newest index out of service, None where it is in service.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._store = settings, store_of(settings)
        self._assistant: Assistant | None = None
        self._mark: str | None = _UNSEEN
        self._checked = self._failed = float("-inf")
        self._loading = threading.Lock()
        self.problem: Exception | None = None
        self.refresh()

    @property
    def current(self) -> Assistant:
        """The Assistant to use: within a request always the same one. Raises NotReadyError while there is none."""
        if not has_request_context():
            return self._ready()
        if "assistant" not in g:
            g.assistant = self._ready()
        assistant: Assistant = g.assistant
        return assistant

    @property
    def version(self) -> str | None:
        """The version of the index in service."""
        return self._assistant.version if self._assistant else None

    def refresh(self) -> None:
        """Look, at most once a second, whether the index was rebuilt, and put the new one into service."""
        now = time.monotonic()
        if now - self._checked < CHECK_EVERY or not self._loading.acquire(blocking=False):
            return
        try:
            self._checked = now
            mark = self._store.pointer()
            passing = isinstance(self.problem, IndexBehind | StoreAway)  # soon over, so it is looked at each time
            if mark != self._mark or passing or (self.problem and now - self._failed >= RETRY_EVERY):
                self._load(mark)
        except StoreAway as error:
            self._noted(error, news=not isinstance(self.problem, StoreAway))
        finally:
            self._loading.release()

    def _ready(self) -> Assistant:
        if self._assistant is None:
            raise NotReadyError("No index is in service yet. Build it with 'assistant index build'.")
        return self._assistant

    def _load(self, mark: str | None) -> None:
        """Put the index into service that the pointer names; a fault leaves the last good one in service."""
        seen, self._mark = self._mark, mark
        try:
            generation, fault = self._generation(mark)
            # Given the generation, it is not asked whether the documents were edited since: that is for the next build.
            assistant = Assistant.open(self._settings, generation=generation)
        except Exception as error:  # whatever is wrong with the new files must not stop the service
            self._noted(error, news=self.problem is None or seen != mark)
            return
        if self._assistant is not None:
            logger.info("index exchanged", extra={"fields": {"old": self.version, "new": assistant.version}})
        self._assistant, self.problem, self._failed = assistant, fault, time.monotonic()
        _settle()
        if fault is not None:
            _report(fault, self.version)

    def _noted(self, error: Exception, news: bool) -> None:
        """Keep what is wrong, and tell it once."""
        if news:
            _report(error, self.version)
        self.problem, self._failed = error, time.monotonic()

    def _generation(self, mark: str | None) -> tuple[Generation, AssistantError | None]:
        """Return the generation to serve: a worker that just started takes the last whole one where need be."""
        if self._assistant is None:
            generation, fault = self._store.last_good()
            return generation, IndexDamaged(fault) if fault else None
        if mark is None:
            raise IndexMissing("the built index was removed. Run 'assistant index build'.")
        return self._store.current(), None


def _settle() -> None:
    """Take what was loaded out of the garbage collector's sight: walking through it would halt answers for 0.1 s."""
    gc.unfreeze()  # what an exchanged index left behind
    gc.collect()
    gc.freeze()


def _report(error: Exception, version: str | None) -> None:
    """Log one line about an index that cannot be loaded."""
    consequence = f"index {version} stays in service" if version else "no question can be answered"
    text = str(error) if isinstance(error, AssistantError) else type(error).__name__
    logger.error("the index cannot be loaded, %s: %s", consequence, " ".join(text.split()))


def service() -> Service:
    """Return the service of the running application."""
    found: Service = current_app.extensions[EXTENSION]
    return found


def home() -> str:
    """Return the address of the service as people reach it: the setting's, else that of this request."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_url or request.host_url.rstrip("/")
