"""`assistant verify FILE`: what became of stored citations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from assistant.citations import Checked, State, read_stored, verify
from assistant.corpus import read_corpus

SHOWN = 60  # characters of a quote in a line


def run(file: Path, corpus: Path, as_json: bool) -> int:
    """Check the citations in a file; return 0 where all are as they were, else 1. Raises CitationsError."""
    stored = read_stored(file)
    documents = {document.id: document for document in read_corpus(corpus).documents}
    checked = [verify(each, documents) for each in stored]
    if as_json:
        click.echo(json.dumps([_json(each) for each in checked], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(checked)))
    return int(any(each.state is not State.SAME for each in checked))


def _json(checked: Checked) -> dict[str, object]:
    stored, place = checked.stored, checked.place
    was = {"document": stored.document, "quote": stored.quote, "start": stored.start}
    return {"state": str(checked.state), "stored": was, "now": place.to_json() if place else None}


def _lines(checked: Iterable[Checked]) -> Iterable[str]:
    """Yield a line a citation, with its words of today where they changed, and a sum."""
    counts = dict.fromkeys(State, 0)
    for each in checked:
        counts[each.state] += 1
        stored, now = each.stored, each.place
        was = "" if stored.start is None else f" {stored.start}-{stored.start + len(stored.quote)}"
        moved = f" -> {now.start}-{now.end}" if now and each.state in (State.MOVED, State.CHANGED) else ""
        yield f"{each.state:8} {stored.document}{was}{moved}  »{_short(stored.quote)}«"
        if now and each.state is State.CHANGED:
            yield f"         now »{now.quote}«"
    yield ", ".join(f"{count} {state}" for state, count in counts.items())


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
