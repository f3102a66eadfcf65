"""Write a corpus as one JSON value and read it back, so that a built index is whole without its source folder."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.corpus.aliases import Alias
from assistant.corpus.folder import Corpus
from assistant.corpus.glossary import Entry
from assistant.corpus.questions import AnticipatedQuestion, NearMiss
from assistant.corpus.types import Document, Field, Passage, Section, SectionKind, Span


def corpus_to_json(corpus: Corpus) -> dict[str, Any]:
    """Return a corpus as lists, dicts, strings and numbers."""
    return asdict(corpus)


def corpus_from_json(value: dict[str, Any]) -> Corpus:
    """Return the corpus that `corpus_to_json` wrote."""
    return Corpus(
        documents=tuple(_document(each) for each in value["documents"]),
        questions={key: tuple(_question(each) for each in many) for key, many in value["questions"].items()},
        near_misses={key: tuple(NearMiss(**each) for each in many) for key, many in value["near_misses"].items()},
        aliases={key: tuple(_alias(each) for each in many) for key, many in value["aliases"].items()},
        glossary=tuple(Entry(**{**each, "aliases": tuple(each["aliases"])}) for each in value["glossary"]),
        digest=value["digest"],
    )


def _question(value: dict[str, Any]) -> AnticipatedQuestion:
    return AnticipatedQuestion(**{**value, "targets": tuple(value["targets"])})


def _alias(value: dict[str, Any]) -> Alias:
    return Alias(**{**value, "targets": tuple(value["targets"])})


def _document(value: dict[str, Any]) -> Document:
    sections = tuple(_section(each) for each in value["sections"])
    parties = {name: tuple(value[name]) for name in ("parties", "parties_en")}
    return Document(**{**value, **parties, "sections": sections})


def _section(value: dict[str, Any]) -> Section:
    passages = tuple(_passage(each) for each in value["passages"])
    return Section(**{**value, "kind": SectionKind(value["kind"]), "passages": passages})


def _passage(value: dict[str, Any]) -> Passage:
    spans = tuple(Span(**each) for each in value["spans"])
    return Passage(**{**value, "field": Field(value["field"]), "spans": spans})
