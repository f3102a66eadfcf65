"""PDF to blocks.

pages (words, turned upright; tables with rules) -> furniture left out -> columns (lines in reading order)
-> headings (size, weight, labels, bookmarks) -> flow (paragraphs, items, notes); scans (pages that are images)
"""

from __future__ import annotations

from assistant.corpus.convert.files.pdf.reading import read_pdf

__all__ = ["read_pdf"]
