"""The bundled model: an ordinary sentence-transformers folder that model2vec reads alike."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus import Corpus
from assistant.errors import ModelError
from assistant.index.embedder import TransformerEmbedder, load_embedder
from assistant.settings import material

MODEL = material("index/model")


def test_model2vec_and_sentence_transformers_give_the_same_vectors(corpus: Corpus) -> None:
    texts = [*[each.text for many in corpus.questions.values() for each in many][:300], "", "🙂", "xyzzy" * 200]
    ours, theirs = load_embedder(str(MODEL)).embed(texts), TransformerEmbedder(str(MODEL)).embed(texts)
    assert np.abs(ours - theirs).max() < 1e-5


def test_vectors_are_unit_and_mean_something() -> None:
    embedder = load_embedder(str(MODEL))
    wind, turbines, phones = embedder.embed(["vindmøllerne", "the wind turbines", "mobildækning på landet"])
    assert np.allclose(np.linalg.norm([wind, turbines, phones], axis=1), 1, atol=1e-5)
    assert wind @ turbines > wind @ phones + 0.2


def test_asking_needs_neither_torch_nor_sentence_transformers(tmp_path: Path) -> None:
    code = (
        "import sys, os; from assistant.settings import Settings; from assistant.index.build import build_index; "
        "from assistant.answering import Assistant, Question; "
        f"s = Settings.from_environment({{'ASSISTANT_INDEX': {str(tmp_path / 'built')!r}}}); build_index(s); "
        "print(Assistant.open(s).ask(Question('hvem ejer vindprogrammet?')).status); "
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split("\n")[:2] == ["answered", "[]"]


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ASSISTANT_MODEL"):
        load_embedder(str(tmp_path))
