"""Word to blocks, from the file's XML: styles, numbers, tables, notes, tracked changes, controls, text boxes."""

from __future__ import annotations

from assistant.corpus.convert.files.word.body import read_word

__all__ = ["read_word"]
