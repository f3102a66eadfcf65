"""Terms: stems, folds, compounds and repaired typing errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.words import Analyzer, fold, vocabulary, words

KNOWN = vocabulary(
    ["vindmølle program bredbånd dækning arbejdsplads erhverv indsats kommune plan stat barn", "signal jobs coverage"]
)
ANALYZER = Analyzer(KNOWN, {"da": {"børn": "barn"}, "en": {}})


@pytest.mark.parametrize("typed", ["bredbånd", "BREDBÅND", "bredbaand", "bredbåndd", "brebånd"], ids=str)
def test_spellings_of_a_word_meet(typed: str) -> None:
    assert ANALYZER.terms(typed, "da")[0] == ANALYZER.terms("bredbånd", "da")[0]


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("vindmølleprogram", ("vindmoelle", "program")),
        ("erhvervsindsats", ("erhverv", "indsats")),
        ("kommuneplan", ("kommune", "plan")),
    ],
)
def test_compounds_are_split_at_known_words(compound: str, parts: tuple[str, str]) -> None:
    assert ANALYZER.parts(compound) == parts


def test_irregular_forms_meet_their_base_form() -> None:
    assert ANALYZER.stem("børn", "da") == ANALYZER.stem("barn", "da")


@pytest.mark.parametrize("word", ["abc", "659", "xyzzyxyzzy"])
def test_words_without_a_near_neighbour_stay(word: str) -> None:
    assert ANALYZER.repair(word) == word


@given(st.text(max_size=200))
def test_any_text_gives_terms_that_are_folded_and_never_fails(text: str) -> None:
    for language in ("da", "en"):
        assert all(term and not set(term) & set("æøåÆØÅ ") for term in ANALYZER.terms(text, language))
    assert all(fold(word) == fold(fold(word)) for word in words(text))
