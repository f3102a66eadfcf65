"""A folder of documents, and the digest that tells whether it changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.aliases import Alias, read_aliases
from assistant.corpus.glossary import Entry, read_glossary
from assistant.corpus.names import FILE as NAMES
from assistant.corpus.names import read_names
from assistant.corpus.questions import AnticipatedQuestion, NearMiss, read_near_misses, read_questions
from assistant.corpus.reader import read_document
from assistant.corpus.register import Fact, register_of
from assistant.corpus.types import Document
from assistant.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents; by document id their questions, near-misses, aliases and registers; the glossary; a digest of the
    files.
    """

    documents: tuple[Document, ...]
    questions: dict[str, tuple[AnticipatedQuestion, ...]]
    near_misses: dict[str, tuple[NearMiss, ...]]
    aliases: dict[str, tuple[Alias, ...]]
    registers: dict[str, tuple[Fact, ...]]
    glossary: tuple[Entry, ...]
    digest: str

    def document(self, document_id: str) -> Document:
        """Return the document of that id; raises KeyError where there is none."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)


def read_corpus(folder: Path) -> Corpus:
    """Read every document folder in `folder`. Raises CorpusError at the first fault, or where there is none."""
    if not folder.is_dir():
        raise CorpusError(folder, 0, "is not a folder", "Set ASSISTANT_CORPUS to the folder that holds the documents")
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except PermissionError:
        raise CorpusError(folder, 0, "cannot be read", "Give this user the right to read it") from None
    if not folders:
        raise CorpusError(folder, 0, "holds no document", "Add one with 'assistant documents add FILE'")
    digest = corpus_digest(folder)  # before the files are read, so that one edited meanwhile makes the index outdated
    documents = tuple(sorted((read_document(path) for path in folders), key=lambda each: (each.order, each.id)))
    return Corpus(
        documents=documents,
        questions={each.id: read_questions(folder / each.id / "questions", each) for each in documents},
        near_misses={each.id: read_near_misses(folder / each.id / "questions", each) for each in documents},
        aliases={each.id: read_aliases(folder / each.id / "aliases.txt", each) for each in documents},
        registers={each.id: register_of(each, read_names(folder / each.id / NAMES, each)) for each in documents},
        glossary=read_glossary(folder / "glossary.toml"),
        digest=digest,
    )


def corpus_digest(folder: Path) -> str:
    """Return the SHA-256 (hex) over names and contents of all files that the index may be made from.

    Raises CorpusError where a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.stem != "received" and path.name not in ("README.md", "terms.md"):
            try:
                content = path.read_bytes()
            except OSError as error:
                mend = "Restore the file or its rights"
                raise CorpusError(path, 0, f"cannot be read ({error.strerror})", mend) from None
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()
