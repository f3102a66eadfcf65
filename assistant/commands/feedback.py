"""`assistant feedback`: the counts of whether answers helped."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.errors import AssistantError
from assistant.feedback import Counts


def run(path: Path | None, as_json: bool) -> int:
    """Print the counts of every day, oldest first. Raises AssistantError."""
    if path is None:
        raise AssistantError("feedback is off. Set ASSISTANT_FEEDBACK to the file that the service writes.")
    verdicts, sections = (Counts(path).verdicts(), Counts(path).sections()) if path.exists() else ([], [])
    if as_json:
        click.echo(json.dumps({"verdicts": verdicts, "sections": sections}, ensure_ascii=False, indent=2))
        return 0
    for each in verdicts:
        helped = "helped" if each["helpful"] else "did not help"
        told = " ".join(filter(None, (each["status"], each["reason"])))
        click.echo(f"{each['day']}  {each['count']:5}  {helped:13} {told}".rstrip())
    return 0
