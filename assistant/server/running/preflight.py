"""What can be known to be wrong before serving: each fault as one sentence that says what to do."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from assistant.corpus import read_corpus
from assistant.errors import AssistantError, BuiltIndexError, FeedbackError, IndexUnwritable, ModelError
from assistant.feedback import Counts
from assistant.index.build import check_index
from assistant.index.embedder import load_embedder
from assistant.index.store import in_database
from assistant.settings import Settings


def check_port(settings: Settings) -> str:
    """Raise AssistantError where the address cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with closing(socket.socket(family, kind, protocol)) as probe:
            if os.name == "posix":  # elsewhere the option would let two servers share the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise AssistantError(_port_sentence(settings, error)) from None
    return f"port: {settings.host}:{settings.port} is free"


def _port_sentence(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"{settings.host}:{settings.port} is in use. Stop the program that listens there, or choose another "
            "port with --port or ASSISTANT_PORT."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{settings.host}:{settings.port} may not be used by this user. Choose a port from 1024 up with --port."
    return f"{settings.host}: {error.strerror or error}. Choose an address of this machine with --host."


def check_corpus(settings: Settings) -> str:
    """Raise CorpusError where the documents cannot be read."""
    corpus = read_corpus(settings.corpus)
    return f"corpus: {len(corpus.documents)} document(s) in {settings.corpus}"


def check_model(settings: Settings) -> str:
    """Raise ModelError where the model's folder is absent or holds no model; a hub name is not looked up."""
    looks_like_path = Path(settings.model).is_absolute() or settings.model.startswith(".")
    if looks_like_path and not Path(settings.model).is_dir():
        raise ModelError(f"{settings.model}: there is no model. Set ASSISTANT_MODEL to a sentence-transformers folder.")
    if Path(settings.model).is_dir():
        load_embedder(settings.model)
    return f"model: {settings.model}"


def check_built(settings: Settings) -> str:
    """Raise IndexUnwritable where the index must be built and its folder cannot be written.

    Of a database, raise whatever keeps its index from being served.
    """
    if in_database(settings):
        return f"index: {check_index(settings).version} in the database"
    try:
        return f"index: {check_index(settings).version} in {settings.index}"
    except BuiltIndexError as error:
        need = error
    except (AssistantError, OSError) as error:  # the corpus or the model is at fault, which its own check reports
        need = BuiltIndexError(str(error))
    _try_to_write(settings.index)
    return f"index: will be built in {settings.index} ({type(need).__name__})"


def _try_to_write(folder: Path) -> None:
    """Raise IndexUnwritable where the index cannot be written into the folder."""
    for name in (folder, folder / "generations"):
        if (name.exists() or name.is_symlink()) and not name.is_dir():
            raise IndexUnwritable(f"{name}: is not a folder. Remove it, or set ASSISTANT_INDEX to another folder.")
    try:
        _write_near(folder)
    except OSError as error:
        mend = "Give this user the right to write there, or set ASSISTANT_INDEX to another folder."
        raise IndexUnwritable(f"{folder}: cannot be written ({error.strerror or error}). {mend}") from None


def _write_near(folder: Path) -> None:
    """Write and remove a file in the folder, or in the nearest one above it that exists. Raises OSError."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    with tempfile.TemporaryFile(dir=place):
        pass


def check_redis(settings: Settings) -> str:
    """Raise AssistantError where the Redis server that is named does not answer."""
    if not settings.redis_url:
        return "redis: none, each worker counts for itself"
    import redis

    url = settings.redis_url.removeprefix("redis+")
    try:
        with closing(redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:  # ValueError: a port or an option that is no number
        mend = "Start it, or correct ASSISTANT_REDIS_URL."
        raise AssistantError(f"the Redis server does not answer ({type(error).__name__}). {mend}") from None
    return "redis: answers"


def check_feedback(settings: Settings) -> str:
    """Raise FeedbackError where the file for feedback cannot be written."""
    if settings.feedback is None:
        return "feedback: not kept"
    if settings.feedback.exists():
        Counts(settings.feedback).check()
    else:
        try:
            _write_near(settings.feedback.parent)
        except OSError as error:
            raise FeedbackError(settings.feedback, error.strerror or str(error)) from None
    return f"feedback: kept in {settings.feedback}"


CHECKS: tuple[Callable[[Settings], str], ...] = (
    check_corpus,
    check_model,
    check_built,
    check_port,
    check_redis,
    check_feedback,
)


def run_checks(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Run every check; return what is well and what is at fault, one line each."""
    well, faults = [], []
    for check in CHECKS:
        try:
            well.append(check(settings))
        except AssistantError as error:
            faults.append(" ".join(str(error).split()))
        except OSError as error:
            faults.append(f"{error.filename or 'a file'}: {error.strerror or error}. Mend it and try again.")
    return tuple(well), tuple(faults)
