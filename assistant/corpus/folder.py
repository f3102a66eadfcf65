"""A folder of documents, and the digest that tells whether it changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
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
    digest = corpus_digest(folder)  # before the files are read, so that one edited meanwhile makes the index outdated
    read = sorted(map(read_alone, folders_of(folder)), key=lambda each: (each.documents[0].order, each.documents[0].id))
    return Corpus(
        documents=tuple(each.documents[0] for each in read),
        questions={key: value for each in read for key, value in each.questions.items()},
        near_misses={key: value for each in read for key, value in each.near_misses.items()},
        aliases={key: value for each in read for key, value in each.aliases.items()},
        registers={key: value for each in read for key, value in each.registers.items()},
        glossary=glossary_of(folder),
        digest=digest,
    )


def folders_of(corpus: Path) -> list[Path]:
    """Return the document folders of a corpus by name. Raises CorpusError where there is none."""
    if not corpus.is_dir():
        raise CorpusError(corpus, 0, "is not a folder", "Set ASSISTANT_CORPUS to the folder that holds the documents")
    try:
        found = sorted(path for path in corpus.iterdir() if path.is_dir() and not path.name.startswith("."))
    except PermissionError:
        raise CorpusError(corpus, 0, "cannot be read", "Give this user the right to read it") from None
    if not found:
        raise CorpusError(corpus, 0, "holds no document", "Add one with 'assistant documents add FILE'")
    return found


def read_alone(path: Path) -> Corpus:
    """Read one document folder as a corpus of its own, without glossary and digest. Raises CorpusError."""
    document = read_document(path)
    return Corpus(
        documents=(document,),
        questions={document.id: read_questions(path / "questions", document)},
        near_misses={document.id: read_near_misses(path / "questions", document)},
        aliases={document.id: read_aliases(path / "aliases.txt", document)},
        registers={document.id: register_of(document, read_names(path / NAMES, document))},
        glossary=(),
        digest="",
    )


def glossary_of(corpus: Path) -> tuple[Entry, ...]:
    """Return the glossary that lies beside the documents. Raises CorpusError."""
    return read_glossary(corpus / "glossary.toml")


def corpus_digest(folder: Path) -> str:
    """Return the SHA-256 (hex) over names and contents of all files that the index may be made from.

    Raises CorpusError where a file cannot be read.
    """
    return digest_of(file_digests(folder))


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 (hex) over the paths and digests of some files."""
    digest = sha256()
    for name, each in files.items():
        digest.update(name.encode() + b"\0" + each)
    return digest.hexdigest()


def document_digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the same for each document by its id, given those of all files of the corpus."""
    parts: dict[str, dict[str, bytes]] = {}
    for name, each in files.items():
        document, _, path = name.partition("/")
        parts.setdefault(document, {})[path] = each
    return {document: digest_of(each) for document, each in parts.items()}


def file_digests(folder: Path) -> dict[str, bytes]:
    """Return the SHA-256 of each of these files by its path below `folder`. Raises CorpusError."""
    found = {}
    for place, folders, files in os.walk(folder):  # sooner than Path.rglob, which makes and compares paths
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(place).relative_to(folder).as_posix()
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or path.stem == "received" or name in ("README.md", "terms.md"):
                continue
            try:
                if path.is_file():
                    found[name if below == "." else f"{below}/{name}"] = sha256(path.read_bytes()).digest()
            except OSError as error:
                mend = "Restore the file or its rights"
                raise CorpusError(path, 0, f"cannot be read ({error.strerror})", mend) from None
    return found
