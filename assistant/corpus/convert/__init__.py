"""Turn a file that was received into a document's folder, ready to be read and edited by hand.

    a file -> blocks (files/, one module a kind) -> outline -> lines of da.md (form) -> folder and report (add)

A file is read in a process of its own (apart, child), which has limits of memory and time.
"""

from __future__ import annotations

from assistant.corpus.convert.add import add_document, remove_document, replace_document
from assistant.corpus.convert.apart import read_apart
from assistant.corpus.convert.blocks import Content, Unreadable
from assistant.corpus.convert.drafting import draft_questions
from assistant.corpus.convert.files.kinds import SUFFIXES, read_file
from assistant.corpus.convert.form import lines_of, slug
from assistant.corpus.convert.outline import outline_of
from assistant.corpus.convert.report import Added, told
from assistant.corpus.convert.sentences import sentences

__all__ = [
    "SUFFIXES",
    "Added",
    "Content",
    "Unreadable",
    "add_document",
    "draft_questions",
    "lines_of",
    "outline_of",
    "read_apart",
    "read_file",
    "remove_document",
    "replace_document",
    "sentences",
    "slug",
    "told",
]
