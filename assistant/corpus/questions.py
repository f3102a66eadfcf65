"""Anticipated questions and near-misses: text beside a document that a records officer can extend.

    ## tema-4/background/1          the span, field or section that answers the questions below
    da: hvor mange job flytter?
    en: how many jobs are moving?

and in a file named `unanswerable…`:

    ## tema-7 | amount              the nearest section (or off-topic) and the kind of thing that the text lacks
    da: hvad koster vindprogrammet i alt?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.markup import read_text
from assistant.corpus.types import Document
from assistant.errors import CorpusError
from assistant.language.files import LANGUAGES

OFF_TOPIC = "off-topic"
# The first line of a file that nobody has gone through yet: none of its questions counts.
DRAFT = "# draft"


@dataclass(frozen=True, slots=True)
class AnticipatedQuestion:
    """A question and the ids of the spans that answer it, best first; `voice` is the file it stands in."""

    language: str
    text: str
    targets: tuple[str, ...]
    voice: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A question that the document does not answer, its nearest section (None off topic) and the kind asked for;
    `voice` is the file it stands in.
    """

    language: str
    text: str
    section: str | None
    kind: str
    voice: str


def read_questions(folder: Path, document: Document) -> tuple[AnticipatedQuestion, ...]:
    """Read `questions/*.txt` of a document's folder, unanswerable ones apart. Raises CorpusError."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        if path.stem.startswith("unanswerable") or is_draft(path):
            continue
        targets: tuple[str, ...] = ()
        for number, mark, words in entries(path):
            if mark == "##":
                targets = resolve(path, number, words, document)
            elif not targets:
                raise CorpusError(path, number, "a question before the first target", "Write '## tema-…' above it")
            else:
                found.append(AnticipatedQuestion(mark, words, targets, path.stem))
    return tuple(found)


def is_draft(path: Path) -> bool:
    """Return whether the first line of a file says that nobody has gone through it."""
    return read_text(path).lstrip().partition("\n")[0].strip().lower() == DRAFT


def read_near_misses(folder: Path, document: Document) -> tuple[NearMiss, ...]:
    """Read `questions/unanswerable*.txt` of a document's folder. Raises CorpusError."""
    known = {section.id for section in document.sections}
    found = []
    for path in sorted(folder.glob("unanswerable*.txt")):
        section, kind = "", ""
        for number, mark, words in entries(path):
            if mark == "##":
                section, _, kind = (part.strip() for part in words.partition("|"))
                if section not in known and section != OFF_TOPIC:
                    raise CorpusError(path, number, f"no section {section!r}", "Name a section or off-topic")
            elif not section:
                raise CorpusError(path, number, "a question before the first section", "Write '## tema-… | amount'")
            else:
                found.append(NearMiss(mark, words, None if section == OFF_TOPIC else section, kind, path.stem))
    return tuple(found)


def entries(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line number, mark (`##`, `da` or `en`) and words of every line that says something."""
    for number, line in enumerate(read_text(path).splitlines(), 1):
        line = line.strip()
        if line.startswith("##"):  # also without a blank: as a comment it would leave the questions to the target above
            yield number, "##", line[2:].strip()
        elif line and not line.startswith("#"):
            mark, colon, words = line.partition(":")
            if mark not in LANGUAGES or not colon or not words.strip():
                raise CorpusError(
                    path, number, "neither a target nor a question", "Begin it with '## ', 'da: ' or 'en: '"
                )
            yield number, mark, words.strip()


def resolve(path: Path, number: int, words: str, document: Document) -> tuple[str, ...]:
    """Resolve span, field and section ids to span ids, in reading order."""
    resolved: list[str] = []
    for name in words.split():
        spans = [
            span.id
            for section in document.sections
            for passage in section.passages
            for span in passage.spans
            if span.id == name or span.id.startswith(name + "/")
        ]
        if not spans:
            mend = "Name a section, field or span, such as tema-7, tema-7/actors or tema-7/background/3"
            raise CorpusError(path, number, f"nothing in the document is called {name!r}", mend)
        resolved += [span for span in spans if span not in resolved]
    return tuple(resolved)
