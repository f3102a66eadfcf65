"""The commands that serve other systems and that tell what people said of the answers; `cli.py` takes them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Shell:
    """What the command line lends its commands: the settings, and an Assistant whose index is built where need be."""

    settings: Callable[[], Settings]
    open: Callable[[Settings], Assistant]


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what became of each as JSON, with its place today.")
@click.pass_obj
def verify(shell: Shell, file: Path, as_json: bool) -> int:
    """Check the citations stored in FILE against the documents of today: same, moved, changed or gone."""
    from assistant.commands.verify import run

    return run(file, shell.settings().corpus, as_json)


@click.command()
@click.pass_obj
def mcp(shell: Shell) -> int:
    """Serve the documents over MCP by standard input and output, for a host that starts this command."""
    from assistant.commands.mcp import run

    settings = shell.settings()
    return run(shell.open(settings), settings.public_url)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the groups as JSON.")
@click.option("--draft", "numbers", multiple=True, type=int, help="Write this group into the document's questions.")
@click.option("--clear", is_flag=True, help="Delete all that is kept.")
@click.pass_obj
def unanswered(shell: Shell, as_json: bool, numbers: tuple[int, ...], clear: bool) -> int:
    """List what was asked in vain, grouped by likeness, where ASSISTANT_KEEP_UNANSWERED has it kept."""
    from assistant.commands.unanswered import draft, groups_of, read, show
    from assistant.index.embedder import load_embedder

    settings = shell.settings()
    kept = read(settings.feedback, settings.keep_unanswered)
    if clear:
        kept.clear()
        return 0
    asked = kept.list()
    groups = groups_of(asked, shell.open(settings), load_embedder(settings.model)) if asked else []
    if numbers:
        for path in draft(groups, numbers, settings.corpus):
            click.echo(f"drafts in {path}")
    else:
        show(groups, as_json)
    return 0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.pass_obj
def feedback(shell: Shell, as_json: bool) -> int:
    """Print how many answers helped, by day, and why others did not."""
    from assistant.commands.feedback import run

    return run(shell.settings().feedback, as_json)


COMMANDS = (verify, mcp, feedback, unanswered)
