"""The bundled model: an ordinary sentence-transformers folder whose network onnxruntime runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus import Corpus
from assistant.errors import ModelError
from assistant.index.embedder import load_before_fork, load_embedder
from assistant.index.writing.embedded import in_bytes
from assistant.settings import material

MODEL = material("index/model")
ODD = ["", "🙂", "xyzzy" * 200, "Привет, как дела?" * 29, "a", " "]


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[str]:
    asked = [each.text for many in corpus.questions.values() for each in many]
    return [*asked[:: len(asked) // 120], *ODD]


# The names of the modules that a newer release gives them are unknown to the release before.
@pytest.mark.filterwarnings("ignore:Importing from 'sentence_transformers.models' is deprecated")
def test_the_readme_of_the_model_loads_it_by_sentence_transformers(texts: list[str]) -> None:
    code = re.findall(r"```python\n(.*?)```", (MODEL / "README.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    names: dict[str, object] = {"folder": str(MODEL)}
    exec(compile(code, "README.md", "exec"), names)
    theirs = np.asarray(names["model"].encode(["query: " + text for text in texts]))  # type: ignore[attr-defined]
    assert np.abs(load_embedder(str(MODEL)).questions(texts) - theirs).max() < 1e-4


def test_a_text_has_the_same_vector_alone_and_among_others(texts: list[str]) -> None:
    embedder = load_embedder(str(MODEL))
    together = embedder.questions(texts)
    alone = np.concatenate([embedder.questions([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-4


def test_vectors_are_unit_and_mean_something() -> None:
    embedder = load_embedder(str(MODEL))
    wind, turbines, phones = embedder.questions(["vindmøllerne", "the wind turbines", "mobildækning på landet"])
    assert np.allclose(np.linalg.norm([wind, turbines, phones], axis=1), 1, atol=1e-5)
    assert wind @ turbines > wind @ phones + 0.03


def test_nothing_is_lost_in_eight_bits(texts: list[str]) -> None:
    vectors = load_embedder(str(MODEL)).questions(texts)
    codes, steps = in_bytes(vectors)
    again = codes.astype(np.float32) * steps
    again /= np.linalg.norm(again, axis=1, keepdims=True)
    assert (vectors * again).sum(axis=1).min() > 0.9999
    # Cosines of questions differ by hundredths where they tell anything apart.
    assert np.abs(vectors @ vectors.T - again @ again.T).max() < 0.002


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


FORKED = """
import os, sys
from psutil import Process
from assistant.index.embedder import load_before_fork, load_embedder
load_before_fork(sys.argv[1])
if child := os.fork():
    os.waitpid(child, 0)
else:
    before = Process().memory_full_info().uss
    load_embedder(sys.argv[1]).questions(["hvem ejer vindprogrammet?"])
    print(Process().memory_full_info().uss - before, flush=True)
    os._exit(0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is private is told by Linux")
def test_processes_that_are_forked_share_the_model() -> None:
    private = subprocess.run([sys.executable, "-c", FORKED, str(MODEL)], capture_output=True, text=True, check=True)
    assert int(private.stdout) < 15e6  # 10 MB here, of the 100 that a model of its own takes


def test_a_model_that_may_start_threads_is_not_loaded_before_the_fork() -> None:
    load_before_fork("no/such/model")


def test_a_model_is_read_once_as_long_as_its_files_stay_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    first = load_embedder(str(folder))
    assert load_embedder(str(folder)) is first
    (folder / "more.txt").write_text("of another kind", encoding="utf-8")
    again = load_embedder(str(folder))
    assert again is not first and again.digest != first.digest


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ASSISTANT_MODEL"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize("name", ["tokenizer.json", "onnx/model.onnx"])
def test_a_damaged_model_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:1000])
    with pytest.raises(ModelError, match="make model"):
        load_embedder(str(folder))
