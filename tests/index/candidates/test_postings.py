"""Rows by their words: the ones that weigh most, found without looking at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.index.candidates import postings
from assistant.index.candidates.lexical import LexicalIndex

ROWS, TERMS = 3000, 400


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    """An index of rows whose terms are as unevenly common as words are."""
    drawn = np.random.default_rng(1)
    shares = 1 / np.arange(1, TERMS + 1)
    chosen = drawn.choice(TERMS, size=(ROWS, 12), p=shares / shares.sum())
    folder = tmp_path_factory.mktemp("index") / "words"
    LexicalIndex.build([[f"t{number}" for number in row] for row in chosen]).save(folder)
    return LexicalIndex.load(folder)


def weight(index: LexicalIndex, terms: list[str], row: int) -> float:
    """Return the BM25 of a row, added up term by term."""
    found = index.postings
    total = 0.0
    for term in terms:
        number = int(index.terms.numbers([term])[0])
        assert number >= 0
        span = slice(int(found.starts[number]), int(found.starts[number + 1]))
        total += float(found.weights[span][found.rows[span] == row].sum())
    return total


@pytest.mark.parametrize("terms", [["t0", "t1", "t300"], ["t2"], ["t390", "t391", "t392", "t5"], ["t0", "t1", "t2"]])
def test_passing_rows_over_loses_none_of_the_best(
    index: LexicalIndex, terms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = dict.fromkeys(terms, 1.0)
    every = index.candidates(asked, 40, None)
    monkeypatch.setattr(postings, "EVERY_ROW", 100)
    some = index.candidates(asked, 40, None)
    assert len(some) == len(set(some.tolist())) == len(every)
    left, right = (sorted(weight(index, terms, int(row)) for row in rows) for rows in (every, some))
    assert np.allclose(left, right, atol=1e-4)


def test_nearly_all_of_the_best_are_found_where_common_words_are_looked_up_for_ever_fewer_rows(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = ["t300", "t120", "t60", *(f"t{number}" for number in range(8))]
    wanted = sorted((weight(index, terms, row) for row in range(ROWS)), reverse=True)[:40]
    for name, value in (("EVERY_ROW", 100), ("ENOUGH", 400), ("ROWS", 400), ("LEAST", 2)):
        monkeypatch.setattr(postings, name, value)
    found = index.candidates(dict.fromkeys(terms, 1.0), 40, None)
    assert len(found) == len(set(found.tolist())) == 40
    best = [row for row in found.tolist() if weight(index, terms, row) >= wanted[-1] - 1e-4]
    assert len(best) >= 30


def test_only_rows_within_a_range_are_found(index: LexicalIndex) -> None:
    rows = range(500, 700)
    found = index.candidates({"t0": 1.0, "t7": 1.0}, 40, rows)
    assert len(found) == 40 and all(row in rows for row in found.tolist())
    best = sorted((weight(index, ["t0", "t7"], row) for row in rows), reverse=True)[:40]
    assert np.allclose(sorted((weight(index, ["t0", "t7"], int(row)) for row in found), reverse=True), best, atol=1e-4)


def test_what_a_range_of_rows_holds(index: LexicalIndex) -> None:
    every = [f"t{number}" for number in range(TERMS)]
    numbers = {term: number for term, number in zip(every, index.terms.numbers(every), strict=True) if number >= 0}
    terms = set(numbers)
    for rows in (range(ROWS), range(10, 11), range(100, 180), range(5, 5)):
        held = index.held[index.starts[rows.start] : index.starts[rows.stop]]
        assert index.holding(terms | {"unknown"}, rows) == {term for term in terms if numbers[term] in held}


def test_nothing_known_finds_nothing(index: LexicalIndex, tmp_path: Path) -> None:
    assert index.candidates({"unknown": 1.0}, 40, None).tolist() == []
