"""Embed, store and search the spans of a corpus."""

from __future__ import annotations

from assistant.index.search import Hit, Query, Searcher

__all__ = ["Hit", "Query", "Searcher"]
