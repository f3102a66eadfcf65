"""The text that training reads: the documents that ship, six others with questions of their own, and word lists."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.corpus import Corpus
from assistant.corpus.questions import NearMiss

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CORPUS = ROOT / "corpus"
OTHERS = ROOT / "tests" / "questions" / "documents"
ASKED = ROOT / "tests" / "questions" / "six"


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its language, its document, the keys of the spans that answer it (none for an unanswerable one), the
    voice that it is written in, and where it stands in the corpus what was read there.
    """

    text: str
    language: str
    document: str
    right: tuple[str, ...]
    voice: str
    source: Any = None


def gather(folder: Path) -> None:
    """Copy the documents that ship and the six others into one folder."""
    for source in (CORPUS, OTHERS):
        for path in sorted(source.iterdir()):
            if path.is_dir():
                shutil.copytree(path, folder / path.name)
            else:
                shutil.copyfile(path, folder / path.name)


def anticipated(corpus: Corpus) -> list[Example]:
    """Return the anticipated questions of all documents that have them."""
    return [
        Example(
            each.text, each.language, document, tuple(f"{document}/{span}" for span in each.targets), each.voice, each
        )
        for document, many in corpus.questions.items()
        for each in many
    ]


def near_misses(corpus: Corpus) -> list[Example]:
    """Return the near-misses of all documents that have them."""
    return [
        Example(each.text, each.language, document, (), each.voice, each)
        for document, many in corpus.near_misses.items()
        for each in many
    ]


def asked_of_others() -> list[Example]:
    """Return what was asked of the six documents, answerable and not."""
    found = []
    for path in sorted(ASKED.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            value = json.loads(line)
            right = tuple(f"{value['document']}/{span}" for span in value.get("spans", ()))
            found.append(Example(value["q"], value["lang"], value["document"], right, path.stem))
    return found


def texts(corpus: Corpus, language: str) -> Iterator[str]:
    """Yield every text of one language that the word lists are made from."""
    for document in corpus.documents:
        for section in document.sections:
            yield from section.heading() if language == "da" else section.heading_en()
            for passage in section.passages:
                yield from (span.quote if language == "da" else span.translation or "" for span in passage.spans)
    asked: list[Example | NearMiss] = [*anticipated(corpus), *near_misses(corpus)]
    yield from (each.text for each in asked if each.language == language)
    yield from (pair[0 if language == "da" else 1] for pair in read_lexicon(HERE))


def read_lexicon(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield Danish word and English gloss of every `lexicon-*.tsv`, one pair for each gloss."""
    for path in sorted(folder.glob("lexicon-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            danish, tab, english = line.partition("\t")
            if tab and not line.startswith("#"):
                yield from ((danish.strip(), gloss.strip()) for gloss in english.split(",") if gloss.strip())
