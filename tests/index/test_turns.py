"""Searches take turns: one computes, the one that began first goes first, and nobody keeps a turn that he does not use."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest

from assistant.answering import Assistant
from assistant.index import search
from assistant.index.candidates.view import View
from assistant.index.embedder import Vectors
from assistant.index.search import Query, Searcher
from assistant.index.turns import Turns

SOON = 30


def started(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def queue(turns: Turns, count: int) -> None:
    """Return when so many wait."""
    while turns.waiting() < count:
        pass


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    """The turns of the searches of this test."""
    monkeypatch.setattr(search, "TURNS", Turns())
    return search.TURNS


def test_who_drew_first_goes_first() -> None:
    turns, gone = Turns(), list[int]()
    drawn = [turns.turn() for _ in range(6)]

    def work(number: int) -> None:
        with drawn[number]:
            gone.append(number)

    with drawn[0]:
        threads = []
        for place, number in enumerate((4, 1, 5, 3, 2), 1):  # whoever came first
            threads.append(started(partial(work, number)))
            queue(turns, place)
    for thread in threads:
        thread.join(SOON)
    assert gone == [1, 2, 3, 4, 5]


def test_a_turn_is_given_up_by_who_fails() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="fault"), turns.turn():
        raise ValueError("fault")
    with turns.turn():
        assert turns.waiting() == 0


@pytest.mark.parametrize("passed_on", [False, True])
def test_nobody_waits_for_who_was_interrupted(monkeypatch: pytest.MonkeyPatch, passed_on: bool) -> None:
    """Whether its turn had come by then or not."""
    turns = Turns()
    first, second, third = (turns.turn() for _ in range(3))
    first.__enter__()

    class Interrupted:
        """A lock at which a thread is interrupted while it waits."""

        def __init__(self) -> None:
            self.free = True

        def acquire(self) -> None:
            if not self.free:
                if passed_on:
                    first.__exit__()
                raise KeyboardInterrupt
            self.free = False

        def release(self) -> None:
            self.free = True

    monkeypatch.setattr("assistant.index.turns.Lock", Interrupted)
    with pytest.raises(KeyboardInterrupt), second:
        pass
    if not passed_on:
        first.__exit__()
    with third:
        assert turns.waiting() == 0


def test_others_search_while_one_waits_for_cosines(
    assistant: Assistant, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    cosines, asked, answered = View.cosines, threading.Event(), threading.Event()

    def slow(self: View, rows: search.Numbers, vector: Vectors) -> Vectors:
        if threading.current_thread() is not threading.main_thread():
            asked.set()
            assert answered.wait(SOON)
        return cosines(self, rows, vector)

    monkeypatch.setattr(View, "cosines", slow)
    waits = started(lambda: assistant.searcher.search(Query("Hvem ejer vindprogrammet?", "da")))
    assert asked.wait(SOON)
    assert len(assistant.searcher.search(Query("Hvad er en Vækstaftale?", "da")).rows)
    answered.set()
    waits.join(SOON)
    assert not waits.is_alive()


def test_a_question_is_embedded_out_of_turn(
    assistant: Assistant, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded = threading.Event()
    vector = Searcher.vector

    def told(self: Searcher, text: str) -> Vectors:
        found = vector(self, text)
        embedded.set()
        return found

    monkeypatch.setattr(Searcher, "vector", told)
    with turns.turn():
        waits = started(lambda: assistant.searcher.search(Query("Hvem ejer vindprogrammet?", "da")))
        assert embedded.wait(SOON)
        queue(turns, 1)
    waits.join(SOON)
    assert not waits.is_alive()


def test_a_search_that_fails_holds_up_no_other(
    assistant: Assistant, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("fault")

    for each in ("_candidates", "_cosines", "_worded"):
        with monkeypatch.context() as patched:
            patched.setattr(Searcher, each, fails)
            with pytest.raises(ValueError, match="fault"):
                assistant.searcher.search(Query("Hvem ejer vindprogrammet?", "da"))
        found = started(lambda: assistant.searcher.search(Query("Hvem ejer vindprogrammet?", "da")))
        found.join(SOON)
        assert not found.is_alive()
