"""What every store promises: the same version, the same vectors and texts, a swap that is whole, and named faults."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from assistant.answering import Assistant, Question
from assistant.errors import IndexMissing
from assistant.index.build import build_index
from assistant.index.embedder import load_embedder
from assistant.index.store import Generation, store_of
from assistant.index.store.mapped import index_of
from assistant.index.store.types import NEAR_MISSES, QUESTIONS, SEARCHED
from assistant.language.files import LANGUAGES
from assistant.settings import Settings


def edit(settings: Settings, old: str, new: str) -> None:
    path = settings.corpus / "cykler" / "da.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def plain(settings: Settings) -> Generation:
    """What was built, as its files have it."""
    return store_of(dataclasses.replace(settings, database_url="")).current()


def test_nothing_is_in_service_before_the_first_build(empty: Settings) -> None:
    with pytest.raises(IndexMissing, match="assistant index build"):
        store_of(empty).current()
    with pytest.raises(IndexMissing):
        store_of(empty).last_good()


def test_a_version_has_the_name_and_manifest_of_its_files(settings: Settings, plain: Generation) -> None:
    held = store_of(settings).current()
    assert (held.version, held.manifest) == (plain.version, plain.manifest)
    assert store_of(settings).last_good()[0].version == plain.version


def test_vectors_are_found_and_compared_alike(settings: Settings, plain: Generation) -> None:
    generation = store_of(settings).current()
    vector = load_embedder(settings.model).questions(["hvor mange km cykelsti?"])[0]
    for language in LANGUAGES:
        ours, own = generation.held.compared(language), plain.held.compared(language)
        assert ours is not None and own is not None
        for places in (np.array([3, 0, 3]), np.array([], dtype=np.int64)):
            found = ours.cosines(places, vector)
            assert found.shape == (2, len(places)) and found.dtype == np.float32
            assert np.allclose(found, own.cosines(places, vector), atol=1e-6)
    for name in SEARCHED:
        here, there = index_of(generation.folder, name), index_of(plain.folder, name)
        if there is None:
            assert here is None and name in {NEAR_MISSES, QUESTIONS}
            continue
        assert here is not None
        for count, within in ((3, None), (100, None), (100, range(2, 5)), (2, range(1, 6)), (5, range(2, 2))):
            left, right = (index.nearest(vector, count, within) for index in (here, there))
            assert left[0].tolist() == right[0].tolist()
            assert np.allclose(left[1], right[1], atol=1e-6)


def test_texts_are_the_same(settings: Settings, plain: Generation) -> None:
    held = store_of(settings).current().held
    for line in range(3):
        assert held.texts().read(0, line) == plain.held.texts().read(0, line)


def test_answers_and_scores_are_the_same(settings: Settings, plain: Generation) -> None:
    there, here = Assistant.open(settings), Assistant.open(settings, generation=plain)
    for text in ("hvor mange km cykelsti?", "who is involved in the cycle paths?", "hvad er næste skridt?", "Opera?"):
        assert there.ask(Question(text)).to_json() == here.ask(Question(text)).to_json()
        left, right = (each.finder.find(text, "da").evidence for each in (there, here))
        assert left.rows.tolist() == right.rows.tolist()
        assert np.allclose(left.scores, right.scores, atol=1e-5)


def test_a_swap_moves_the_pointer_and_leaves_the_old_version_whole(empty: Settings) -> None:
    store = store_of(empty)
    first = build_index(empty)
    before, old = store.pointer(), Assistant.open(empty, generation=first)
    assert store.pointer() == before
    edit(empty, "12 km", "14 km")
    second = build_index(empty)
    assert second.version != first.version and store.pointer() != before
    assert store.current().version == second.version
    assert "12 km" in old.ask(Question("hvor mange km cykelsti?")).text
    assert "14 km" in Assistant.open(empty).ask(Question("hvor mange km cykelsti?")).text
    assert build_index(empty).version == store.current().version


def test_rows_with_and_without_their_title_are_apart(settings: Settings) -> None:
    held = store_of(settings).current().held
    vector = load_embedder(settings.model).questions(["cycle paths"])[0]
    for language in LANGUAGES:
        compared = held.compared(language)
        assert compared is not None
        record, headed = compared.cosines(np.arange(4), vector)
        assert not np.allclose(record, headed)
