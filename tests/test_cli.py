"""The command line: what it prints, its exit codes, and what it says when something is wrong."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import __version__
from assistant.cli import main
from assistant.server import create_app
from assistant.settings import TABLE, Settings, material
from tests.server.live import ROOT, clean_environment, free_port

CANARY = "kanariefugl7391"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def index(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(real_settings.index, tmp_path_factory.mktemp("cli") / "index"))


@pytest.fixture
def run(index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process over the built index: exit code, output, errors."""

    def call(*arguments: str, **settings: object) -> tuple[int, str, str]:
        for setting in TABLE:
            monkeypatch.delenv(setting.variable, raising=False)
        for name, value in {"INDEX": index, **settings}.items():
            monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
        capsys.readouterr()
        code = main(list(arguments))
        written = capsys.readouterr()
        return code, written.out, written.err

    return call


def test_version(run: Run) -> None:
    assert run("--version")[:2] == (0, f"assistant {__version__}\n")


def test_an_answer_with_its_sources(run: Run) -> None:
    code, out, _ = run("ask", "who owns the wind programme?")

    assert code == 0
    assert "[1]" in out
    assert "Sources:" in out
    assert "»" in out
    assert "(unofficial translation)" in out
    assert "/documents/vaekstpartnerskabsaftale-2016-2017#tema-7" in out


def test_json_is_the_body_of_the_service(run: Run, index: Path) -> None:
    question = "hvor mange statslige arbejdspladser flyttes, og hvorhen?"
    code, out, _ = run("ask", "--json", question)

    app = create_app(Settings.from_environment({"ASSISTANT_INDEX": str(index)}))
    assert code == 0
    assert json.loads(out) == app.test_client().post("/api/chat", json={"message": question}).get_json()


def test_words_need_no_quotes_and_the_language_can_be_chosen(run: Run) -> None:
    code, out, _ = run("ask", "--json", "--language", "da", "who", "owns", "the", "wind", "programme?")

    assert (code, json.loads(out)["language"]) == (0, "da")


def test_a_question_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("hvem ejer vindprogrammet?\n"))

    assert run("ask", "-")[0] == 0


@pytest.mark.parametrize(
    "question",
    ["hvor mange elefanter er der i Randers Regnskov?", "Wer ist eigentlich für das Windprogramm zuständig?"],
)
def test_what_is_not_in_the_source_is_exit_code_1(run: Run, question: str) -> None:
    code, out, _ = run("ask", question)

    assert code == 1
    assert out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "hvad " * 101), "500"),
        (("ask", "--language", "en", "x" * 501), "500"),
        (("ask", ""), "."),
    ],
)
def test_questions_that_cannot_be_answered_are_exit_code_2(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.parametrize(
    "arguments", [("ask",), ("nothing",), ("ask", "--language", "de", "a"), ("serve", "--nothing")]
)
def test_usage_errors_are_exit_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert "Usage:" in err


def test_the_first_question_builds_the_index(run: Run, tmp_path: Path) -> None:
    assert run("ask", "hvem ejer vindprogrammet?", INDEX=tmp_path / "new")[0] == 0
    assert (tmp_path / "new" / "current").is_file()


def test_index_build_and_check(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "new"
    missing = run("index", "check", INDEX=place)
    built = run("index", "build", INDEX=place)
    checked = run("index", "check", INDEX=place)

    version = (place / "current").read_text().strip()
    assert missing[0] == 2
    assert "assistant index build" in missing[2]
    assert built[0] == 0
    assert version in built[1]
    assert checked == (0, f"index {version} is whole and up to date\n", "")


def test_the_progress_bar_is_for_terminals_only(index: Path, tmp_path: Path) -> None:
    environ = clean_environment(INDEX=tmp_path / "new")
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "index", "build"], env=environ, capture_output=True, text=True, check=True
    )
    assert "it/s" not in done.stderr
    assert "%|" not in done.stderr


def test_documents_list(run: Run) -> None:
    code, out, _ = run("documents", "list")

    assert code == 0
    assert out.startswith("vaekstpartnerskabsaftale-2016-2017\t")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("documents", "add", "havne.md"), "ASSISTANT_CORPUS"), (("eval", "--calibrate"), "in a clone")],
)
def test_nothing_is_written_into_an_installed_package(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    package = tmp_path / "site-packages" / "assistant"
    shutil.copytree(ROOT / "assistant", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "material" / "corpus").mkdir(parents=True)
    (tmp_path / "havne.md").write_text("# Aftale om havne\n\n## Formål\n\nHavnene udvides.\n", encoding="utf-8")

    environ = {**clean_environment(), "PYTHONPATH": str(package.parent)}
    command = [sys.executable, "-m", "assistant", *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert words in done.stderr
    assert not list((package / "material" / "corpus").iterdir())


def test_check_tells_what_is_well(run: Run) -> None:
    code, out, err = run("check", PORT=free_port())

    assert (code, err) == (0, "")
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["ok", "corpus:"],
        ["ok", "model:"],
        ["ok", "index:"],
        ["ok", "port:"],
        ["ok", "redis:"],
        ["ok", "feedback:"],
    ]


def test_check_tells_all_faults_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, _, err = run(
            "check",
            CORPUS=tmp_path / "empty",
            INDEX=tmp_path / "file" / "index",
            MODEL=tmp_path / "nothing",
            PORT=other.getsockname()[1],
            REDIS_URL=f"redis://127.0.0.1:{free_port()}",
            FEEDBACK=tmp_path / "empty",
        )

    assert code == 2
    told = ("holds no document", "no model", "cannot be written", "is in use", "Redis server", "ASSISTANT_FEEDBACK")
    for line, words in zip(err.splitlines(), told, strict=True):
        assert words in line
        assert line.endswith(".")


@pytest.mark.parametrize("setting", ["MODEL", "INDEX", "link"])
def test_check_finds_what_a_build_would_stumble_over(run: Run, tmp_path: Path, setting: str) -> None:
    (tmp_path / "INDEX").mkdir()
    (tmp_path / "INDEX" / "generations").write_text("")
    (tmp_path / "MODEL").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    name = "INDEX" if setting == "link" else setting

    code, _, err = run("check", PORT=0, **{name: tmp_path / setting})

    assert code == 2
    assert f"set assistant_{name.lower()}" in err.lower()


def test_a_broken_document_names_file_and_line(run: Run, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(material("corpus"), tmp_path / "corpus"))
    metadata = next(corpus.glob("*/document.toml"))
    metadata.write_text("title = \n", encoding="utf-8")
    code, _, err = run("index", "build", CORPUS=corpus)

    assert code == 2
    assert str(metadata) in err
    assert len(err.splitlines()) == 1


def test_misspelt_variables_are_warned_of(run: Run) -> None:
    code, _, err = run("documents", "list", PROT="1")

    assert code == 0
    assert "did you mean ASSISTANT_PORT?" in err


def test_serve_has_an_option_for_every_setting(run: Run) -> None:
    code, out, _ = run("serve", "--help")

    assert code == 0
    for setting in TABLE:
        assert setting.option in out
        assert setting.variable in " ".join(out.split())


def test_embed_prints_snippets_with_the_hash_of_the_file(run: Run, index: Path) -> None:
    code, out, _ = run("embed", "--url", "https://assistant.example/", "--language", "en")

    assert code == 0
    assert '<script type="module" src="https://assistant.example/widget.js"></script>' in out
    assert '<a href="https://assistant.example/?lang=en">Ask the agreement</a>' in out
    assert '<a href="https://assistant.example/?q=' in out
    assert "script-src https://assistant.example; connect-src https://assistant.example" in out
    assert all(
        name in out for name in ("Umbraco", "TYPO3", "Drupal", "WordPress", "privacy notice", "[ ]", "data-lang")
    )
    pinned = next(line for line in out.splitlines() if "integrity=" in line)
    path = pinned.split('src="https://assistant.example')[1].split('"')[0]
    client = create_app(Settings.from_environment({"ASSISTANT_INDEX": str(index)})).test_client()
    response = client.get(path)
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    digest = "sha384-" + base64.b64encode(hashlib.sha384(response.data).digest()).decode()
    assert f'integrity="{digest}"' in pinned
    assert f"SRI hash: {digest}" in out


def test_embed_refuses_what_is_no_address(run: Run) -> None:
    code, _, err = run("embed", "--url", '"><script>')

    assert code == 2
    assert "--url" in err


def test_a_crash_does_not_repeat_the_question(index: Path) -> None:
    """Bytes that are no text end in an error whose own words hold them; the report names only kind and place."""
    environ = {**clean_environment(INDEX=index), "PYTHONIOENCODING": "utf-8:strict"}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "-"],
        env=environ,
        input=CANARY.encode() + b"\xff",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"UnicodeDecodeError at" in done.stderr
    assert CANARY.encode() not in done.stdout + done.stderr


def test_a_reader_that_leaves_is_no_crash(index: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--help"],
        env=clean_environment(INDEX=index),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait()

    assert b"Traceback" not in errors


def test_asking_and_the_help_load_no_server_and_no_torch() -> None:
    """What takes long to import is imported only by the command that needs it."""
    code = (
        "import sys; from assistant.cli import main; main(['ask', 'hvem ejer vindprogrammet?']); "
        "print([name for name in ('torch', 'sentence_transformers', 'flask', 'prometheus_client', 'tqdm') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=clean_environment(), capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded = done.stdout.splitlines()[-1]
    assert "torch" not in loaded
    assert "flask" not in loaded
    assert "prometheus_client" not in loaded
