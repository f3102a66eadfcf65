"""The text that trains the model and the ranking: questions, statements in both languages, lexicon, templates."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus import Corpus, read_corpus
from assistant.corpus.aliases import Alias
from assistant.corpus.questions import NearMiss
from assistant.index.records import record_text, rows_of
from assistant.index.search import Row

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TEMPLATES_EACH = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its language, the numbers of the rows that answer it (best first), and the voice it is written in."""

    text: str
    language: str
    rows: tuple[int, ...]
    voice: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that training reads."""

    corpus: Corpus
    rows: tuple[Row, ...]
    examples: tuple[Example, ...]
    templates: tuple[Example, ...]
    negatives: tuple[NearMiss, ...]
    lexicon: tuple[tuple[str, str], ...]

    def texts(self, language: str) -> Iterator[str]:
        """Yield every text of one language that training knows."""
        for row in self.rows:
            yield record_text(row, language)
        yield from (example.text for example in (*self.examples, *self.templates) if example.language == language)
        yield from (negative.text for negative in self.negatives if negative.language == language)
        yield from (pair[0 if language == "da" else 1] for pair in self.lexicon)


def read_material(folder: Path = ROOT / "corpus") -> Material:
    """Read corpus, questions, aliases with their carriers, and the lexicon."""
    corpus = read_corpus(folder)
    rows = rows_of(corpus.documents)
    at = {row.key: number for number, row in enumerate(rows)}
    examples, templates, negatives = [], [], []
    for document in corpus.documents:
        for question in corpus.questions[document.id]:
            targets = tuple(at[f"{document.id}/{target}"] for target in question.targets)
            examples.append(Example(question.text, question.language, targets, question.voice))
        templates += filled_carriers(corpus.aliases[document.id], document.id, rows, at)
        negatives += corpus.near_misses[document.id]
    return Material(corpus, rows, tuple(examples), tuple(templates), tuple(negatives), tuple(read_lexicon(HERE)))


def read_lexicon(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield Danish word and English gloss of every `lexicon-*.tsv`, one pair for each gloss."""
    for path in sorted(folder.glob("lexicon-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            danish, tab, english = line.partition("\t")
            if tab and not line.startswith("#"):
                yield from ((danish.strip(), gloss.strip()) for gloss in english.split(",") if gloss.strip())


def read_carriers(path: Path) -> dict[tuple[str, str], list[str]]:
    """Read carrier phrases by field and language."""
    carriers: dict[tuple[str, str], list[str]] = {}
    field = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            field = line[3:].strip()
        elif line[:3] in ("da:", "en:"):
            carriers.setdefault((field, line[:2]), []).append(line[3:].strip())
    return carriers


def filled_carriers(
    aliases: Iterable[Alias], document: str, rows: tuple[Row, ...], at: dict[str, int]
) -> Iterator[Example]:
    """Put every alias into a few carrier phrases of each field; the choice is seeded by the alias."""
    carriers = read_carriers(HERE / "carriers.txt")
    for alias in aliases:
        chooser = random.Random(f"{alias.language}/{alias.name}")
        targets = tuple(at[f"{document}/{target}"] for target in alias.targets)
        for field, fitting in _by_field(targets, alias.whole, rows):
            phrases = carriers.get((field, alias.language), [])
            for phrase in chooser.sample(phrases, min(TEMPLATES_EACH, len(phrases))):
                yield Example(phrase.replace("{}", alias.name), alias.language, fitting, "templates")


def _by_field(targets: tuple[int, ...], whole: bool, rows: tuple[Row, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each carrier field with the rows that answer it; a sub-topic has an overview only."""
    if not whole:
        yield "overview", targets
        return
    for field in ("next-step", "actors", "background"):
        fitting = tuple(row for row in targets if rows[row].passage.field == field)
        if fitting:
            yield ("overview" if field == "background" else field), fitting
