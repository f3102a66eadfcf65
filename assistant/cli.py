"""The command `assistant`. What a command needs is imported inside it, so that each starts fast."""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import __version__
from assistant.commands.systems import COMMANDS, Shell
from assistant.errors import (
    AssistantError,
    BuiltIndexError,
    CorpusError,
    IndexBusy,
    QuestionError,
    SettingsError,
)
from assistant.progress import Bar
from assistant.settings import TABLE, Settings, in_checkout, material, unknown_variables

if TYPE_CHECKING:
    from assistant.answering import Assistant

ANSWERED, NOT_IN_SOURCE, FAULT = 0, 1, 2
MOST_WAIT_SECONDS = 300
_UNMET = ("not_in_source", "unsupported_language")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 answered, 1 not in source, 2 usage or error."""
    try:
        return int(cli.main(args=arguments, prog_name="assistant", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
    except click.Abort:
        click.echo("stopped", err=True)
    except SettingsError as error:
        for fault in error.faults:
            _complain(fault)
    except AssistantError as error:
        _complain(" ".join(str(error).split()))
    except BrokenPipeError:
        # Whoever read the output has left; nothing more can be written there, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # a crash report must not repeat the question, which an error's words may hold
        last = traceback.extract_tb(error.__traceback__)[-1]
        _complain(f"unexpected {type(error).__name__} at {last.filename}:{last.lineno}; please report this place")
    return FAULT


def _complain(sentence: str) -> None:
    click.echo(f"assistant: {sentence}", err=True)


def _settings() -> Settings:
    """Read the settings; warn of variables that are none."""
    for warning in unknown_variables(os.environ):
        click.echo(f"assistant: warning: {warning}", err=True)
    return Settings.from_environment(os.environ)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="assistant", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Ask an agreement in Danish or English and get an answer with its exact source."""
    context.obj = Shell(_settings, _open)


for each in COMMANDS:
    cli.add_command(each)


def _with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command one option for each row of the table of settings."""
    for setting in reversed(TABLE):
        explanation = f"{setting.help} [{setting.variable}; default: {setting.shown or 'none'}]"
        command = click.option(setting.option, setting.attribute, metavar="VALUE", help=explanation)(command)
    return command


@cli.command()
@_with_settings
def serve(**given: str | None) -> int:
    """Serve over HTTP; builds the index first where it is missing or outdated."""
    from assistant.server.running.run import serve as run

    options = {setting.variable: given[setting.attribute] for setting in TABLE}
    for warning in unknown_variables(os.environ):
        click.echo(f"assistant: warning: {warning}", err=True)
    environ = {**os.environ, **{name: value for name, value in options.items() if value is not None}}
    return run(Settings.from_environment(environ), environ)


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the body that the HTTP service would give.")
@click.option("--language", type=click.Choice(["auto", "da", "en"]), default="auto", show_default=True)
@click.option("--document", metavar="ID", help="Answer from this document alone.")
def ask(question: tuple[str, ...], as_json: bool, language: str, document: str | None) -> int:
    """Answer QUESTION, with its sources; "-" reads it from standard input."""
    from assistant.answering import Question
    from assistant.commands.told import in_words

    text = sys.stdin.read().strip() if question == ("-",) else " ".join(question)
    assistant = _open(_settings())
    try:
        answer = assistant.ask(Question(text, language, document=document))
    except QuestionError as error:
        from assistant.language.detection import detect
        from assistant.language.phrases import problem

        spoken = language if language != "auto" else detect(text[:500])
        _complain(problem(error.code, spoken if spoken in ("da", "en") else "da"))
        return FAULT
    click.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2) if as_json else in_words(answer))
    return NOT_IN_SOURCE if answer.status in _UNMET else ANSWERED


def _open(settings: Settings) -> Assistant:
    """Open the index; build it where there is none that can be used."""
    from assistant.answering import Assistant

    try:
        return Assistant.open(settings)
    except BuiltIndexError:
        if settings.database_url or settings.database_read_url:
            raise  # it is built from documents that may lie elsewhere
        _build(settings, wait=True)
        return Assistant.open(settings)


@cli.group()
def index() -> None:
    """Build or check the index."""


@index.command("build")
@click.option("--wait", is_flag=True, help="Wait where another process is building.")
def index_build(wait: bool) -> int:
    """Build the index beside the old one and put it into service."""
    generation = _build(_settings(), wait)
    counts = ", ".join(f"{count} {name}" for name, count in generation.manifest.counts.items())
    click.echo(f"built index {generation.version}: {counts}", err=not sys.stdout.isatty() and wait)
    return 0


@index.command("check")
def index_check() -> int:
    """Check that the index is whole and of today's documents and model."""
    from assistant.index.build import check_index

    click.echo(f"index {check_index(_settings(), thorough=True).version} is whole and up to date")
    return 0


def _build(settings: Settings, wait: bool) -> Any:
    """Build the index with a progress bar; where another process builds, wait for it if told to."""
    from assistant.index.build import build_index, check_index

    deadline = time.monotonic() + MOST_WAIT_SECONDS
    while True:
        try:
            with Bar() as bar:
                return build_index(settings, bar.tell)
        except IndexBusy:
            if not wait or time.monotonic() > deadline:
                raise
        time.sleep(0.2)
        with suppress(AssistantError):
            return check_index(settings)  # the other process may have built just this


@cli.group()
def documents() -> None:
    """List, add, replace or remove documents."""


@documents.command("list")
def documents_list() -> int:
    """List the documents of the corpus."""
    from assistant.corpus import read_corpus

    for document in read_corpus(_settings().corpus).documents:
        click.echo(f"{document.id}\t{len(document.sections)} sections\t{document.title}")
    return 0


@documents.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="Id of the document; made from the file's name where it is not given.")
def documents_add(file: Path, name: str | None) -> int:
    """Turn FILE (PDF, Word, OpenDocument, RTF, HTML, Markdown or text) into a document, and tell what came of it."""
    from assistant.corpus.convert import add_document, told

    with Bar() as bar:
        added = add_document(file, _own_corpus(), name, _reading(bar))
    click.echo("\n".join(told(added, "added")))
    return 0


@documents.command("replace")
@click.argument("name", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
def documents_replace(name: str, file: Path) -> int:
    """Make the text of document ID anew from FILE; what was written by hand is kept apart."""
    from assistant.corpus.convert import replace_document, told

    with Bar() as bar:
        click.echo("\n".join(told(replace_document(name, file, _own_corpus(), _reading(bar)), "replaced")))
    return 0


@documents.command("remove")
@click.argument("name", metavar="ID")
def documents_remove(name: str) -> int:
    """Take document ID out of the corpus; its folder is kept, hidden, beside the others."""
    from assistant.corpus.convert import remove_document

    click.echo(f"moved to {remove_document(name, _own_corpus())}\nRun 'assistant index build'.")
    return 0


@documents.command("draft-questions")
@click.argument("name", metavar="ID")
def documents_draft_questions(name: str) -> int:
    """Draft what people may ask of document ID, in a file that counts once its mark "draft" is taken off."""
    from assistant.corpus.convert import draft_questions

    path, count = draft_questions(name, _own_corpus())
    click.echo(f"{count} questions drafted in {path}")
    click.echo("Go through them, take the first line (# draft) away, then run 'assistant index build'.")
    return 0


def _own_corpus() -> Path:
    """Return the corpus; raises CorpusError where it is the one that an installed package brings."""
    corpus = _settings().corpus
    if corpus == material("corpus") and not in_checkout():
        mend = "Copy it to a folder of yours and set ASSISTANT_CORPUS to that"
        raise CorpusError(corpus, 0, "belongs to the installed package, whose next version replaces it", mend)
    return corpus


def _reading(bar: Bar) -> Callable[[Path], Any]:
    """Return what reads a file and shows its pages on the bar."""
    from assistant.corpus.convert import read_apart

    return lambda file: read_apart(file, lambda done, total: bar.tell("pages", done, total))


@cli.command("eval")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--calibrate", is_flag=True, help="Fit the refusal threshold and store it with the index.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--beside", type=click.Path(path_type=Path, exists=True), help="Folder of documents to add for this.")
@click.option("--alone", is_flag=True, help="Ask each question of its own document alone.")
def evaluate(files: tuple[Path, ...], calibrate: bool, as_json: bool, beside: Path | None, alone: bool) -> int:
    """Score the answers to the questions in FILES (default: all of the repository's)."""
    from assistant.evaluation.command import run

    return int(run(_settings(), list(files), calibrate, as_json, beside, alone))


@cli.command()
def check() -> int:
    """Check settings, corpus, model, index folder, port and Redis without serving."""
    from assistant.server.running.preflight import run_checks

    well, faults = run_checks(_settings())
    for line in well:
        click.echo(f"ok       {line}")
    for line in faults:
        _complain(line)
    return FAULT if faults else 0


@cli.command()
@click.option("--url", help="Address of the service as browsers reach it, such as https://assistant.example.")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", show_default=True, help="Of page and guide.")
def embed(url: str | None, language: str) -> None:
    """Print the snippet to paste into a page, recipes, a policy line, words for the privacy notice, a check list."""
    from assistant.server.pages.embedding import guide
    from assistant.server.running.listening import address

    settings = _settings()
    click.echo(guide(settings, url or address(settings.host, settings.port), language))
