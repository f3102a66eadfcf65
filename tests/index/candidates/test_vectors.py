"""Rows by their vectors: all are compared where they are few; of many, only the groups that are near."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.index.candidates import vectors
from assistant.index.candidates.vectors import VectorIndex
from assistant.index.embedder import Vectors

ROWS, DIMENSION = 6000, 64


def unit(each: Vectors) -> Vectors:
    return np.asarray(each / np.linalg.norm(each, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def rows() -> Vectors:
    """Vectors that lie around some subjects, as those of sentences do."""
    drawn = np.random.default_rng(2)
    subjects = drawn.normal(size=(120, DIMENSION)).astype(np.float32)
    return unit(subjects[drawn.integers(0, 120, ROWS)] + 0.7 * drawn.normal(size=(ROWS, DIMENSION)).astype(np.float32))


@pytest.fixture
def grouped(rows: Vectors, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> VectorIndex:
    """An index in groups, written and read."""
    monkeypatch.setattr(vectors, "FLAT", 500)
    monkeypatch.setattr(vectors, "GROUPED", 1000)
    VectorIndex.build(rows).save(tmp_path / "rows.faiss")
    return VectorIndex.load(tmp_path / "rows.faiss")


def test_of_many_rows_nearly_all_of_the_nearest_are_found(rows: Vectors, grouped: VectorIndex) -> None:
    asked = unit(rows[:200] + 0.1 * np.random.default_rng(3).normal(size=(200, DIMENSION)).astype(np.float32))
    found = 0
    for question in asked:
        near = np.argsort(-(rows @ question))[:10]
        found += len(set(near.tolist()) & set(grouped.nearest(question, 150)[0].tolist()))
    assert found / 2000 >= 0.95


def test_of_one_document_every_row_is_compared(rows: Vectors, grouped: VectorIndex) -> None:
    within = range(1000, 1100)
    for question in rows[::600]:
        found, cosines = grouped.nearest(question, 150, within)
        assert sorted(found.tolist()) == list(within)
        assert np.allclose(cosines, rows[found] @ question, atol=0.02)


def test_few_rows_are_compared_exactly(rows: Vectors) -> None:
    found, cosines = VectorIndex.build(rows).nearest(rows[5], 20)
    assert found.tolist() == np.argsort(-(rows @ rows[5]), kind="stable")[:20].tolist()
    assert np.allclose(cosines, rows[found] @ rows[5], atol=1e-6)
