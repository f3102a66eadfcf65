"""Read documents, aliases, facts and glossary entries back from JSON: a built index is whole without its sources.

They are written by `dataclasses.asdict`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from assistant.corpus.aliases import Alias
from assistant.corpus.glossary import Entry
from assistant.corpus.register import Fact, Mention
from assistant.corpus.types import Document, Field, Passage, Section, SectionKind, Span, Summary, Theme, ThemeWords


def document_from_json(value: dict[str, Any]) -> Document:
    """Return the document that was written."""
    sections = tuple(_section(each) for each in value["sections"])
    return Document(**{**value, **_lists(value), "sections": sections})


def summary_from_json(value: dict[str, Any]) -> Summary:
    """Return the summary that was written."""
    return Summary(**{**value, **_lists(value)})


def summary_to_json(summary: Summary) -> dict[str, Any]:
    """Return a summary to be written; of many, `asdict` would copy every string."""
    return {each.name: getattr(summary, each.name) for each in fields(summary)}


def theme_from_json(value: dict[str, Any]) -> Theme:
    """Return the theme that was written."""
    return Theme(value["section"], value["row"], _theme_words(value["da"]), _theme_words(value["en"]))


def _theme_words(value: dict[str, Any]) -> ThemeWords:
    return ThemeWords(**{**value, "actors": tuple(value["actors"]), "next_step": tuple(value["next_step"])})


def alias_from_json(value: dict[str, Any]) -> Alias:
    """Return the alias that was written."""
    return Alias(**{**value, "targets": tuple(value["targets"])})


def fact_from_json(value: dict[str, Any]) -> Fact:
    """Return the fact that was written."""
    mentions = tuple(Mention(**each) for each in value["mentions"])
    return Fact(**{**value, "mentions": mentions, "forms": tuple(value["forms"]), "years": tuple(value["years"])})


def entry_from_json(value: dict[str, Any]) -> Entry:
    """Return the glossary entry that was written."""
    return Entry(**{**value, "aliases": tuple(value["aliases"])})


def _lists(value: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(value[name]) for name in ("parties", "parties_en", "own_names")}


def _section(value: dict[str, Any]) -> Section:
    passages = tuple(_passage(each) for each in value["passages"])
    around = {name: tuple(value.get(name, ())) for name in ("within", "within_en")}
    return Section(**{**value, **around, "kind": SectionKind(value["kind"]), "passages": passages})


def _passage(value: dict[str, Any]) -> Passage:
    spans = tuple(Span(**each) for each in value["spans"])
    return Passage(**{**value, "field": Field(value["field"]), "spans": spans})
