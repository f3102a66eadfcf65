"""From a folder of texts to documents with sections, passages and citable spans."""

from __future__ import annotations

from assistant.corpus.folder import Corpus, read_corpus
from assistant.corpus.types import Document, Field, Passage, Section, SectionKind, Span

__all__ = ["Corpus", "Document", "Field", "Passage", "Section", "SectionKind", "Span", "read_corpus"]
