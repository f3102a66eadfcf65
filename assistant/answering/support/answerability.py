"""How likely is it that the text answers a question: what a trained decision looks at.

Retrieval scores alone cannot tell a near-miss ("what does the wind programme cost?") from its answerable twin, so the
question is held against what was found for it: which of its words, names, numbers and years stand in the sentence, its
section and its document, whether a value of the kind asked for stands there, and how far the best row is ahead of the
next ones. A document with questions of its own adds how near the question is to those, and to its near-misses.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index.candidates.asked import Nearest
from assistant.index.records import Row, section_rows
from assistant.index.search import FLOOR, Evidence, Hit, Searcher
from assistant.index.weighing import SIGNALS
from assistant.language.kinds import Kind
from assistant.language.values import TYPED_VALUES, numbers, years
from assistant.language.words import words
from assistant.understanding.question import Asked

Values = NDArray[np.float64]

# What any document lends.
PLAIN_CLUES = (
    "sentence cosine",
    "record cosine",
    "ahead of the next",
    "ahead of the tenth",
    "ahead of other sections",
    "best share",
    "section share",
    "words in sentence",
    "words in section",
    "words in document",
    "rarest word lacking in section",
    "rarest word lacking in document",
    "names lacking in document",
    "names lacking in section",
    "numbers lacking in section",
    "numbers lacking in document",
    "years lacking in section",
    "value asked",
    "value missing in the best sentences",
    "value missing in section",
    "contact asked",
    "length",
)
# What a document's own questions and near-misses lend besides.
ASKED_CLUES = (
    "nearest question",
    "nearest near-miss",
    "question over near-miss",
    "wording",
    "head",
)
CLUES = {"plain": PLAIN_CLUES, "asked": PLAIN_CLUES + ASKED_CLUES}
NAME = re.compile(r"(?<=[^.?!:\n]\s)[A-ZÆØÅ][\wæøåÆØÅ-]{2,}")
LOOKED_AT = 3
FILE = "answerability.json"
ARRAYS = ("mean", "deviation", "hidden", "hidden_bias", "out")


def clues(asked: Asked, language: str, evidence: Evidence) -> Values:
    """Return the clues of one question: `PLAIN_CLUES`, and `ASKED_CLUES` where its best row's document has those."""
    found = _plain(asked, language, evidence)
    return np.array(found + _asked(asked, language, evidence) if has_near_misses(evidence) else found)


def has_near_misses(evidence: Evidence) -> bool:
    """Return whether the document of the best row has questions and near-misses of its own."""
    return best_document(evidence) in evidence.searcher.heads.wordings


def best_document(evidence: Evidence) -> int:
    """Return the number of the document that the best row stands in."""
    return int(evidence.searcher.columns.document[evidence.rows[evidence.best[0]]])


def _plain(asked: Asked, language: str, evidence: Evidence) -> list[float]:
    searcher, hits, best = evidence.searcher, evidence.hits, evidence.best
    row, number = hits[0].row, int(evidence.rows[best[0]])
    signals = evidence.look.signals[best[0]]
    sections = searcher.columns.section[evidence.rows]
    elsewhere = evidence.scores[sections != sections[best[0]]]
    behind = [hit.score for hit in hits[1:10]] or [hits[0].score]
    text = asked.whole or asked.clause
    own = own_words(text)
    places = _places(searcher, number)
    lacking = [own - searcher.held(own, each) for each in places]
    rare = {word: searcher.rarity.of(word) for word in own}
    whole = sum(rare.values()) or 1.0
    names = {name.lower() for name in NAME.findall(text)}
    unnamed = [names - searcher.held(names, each, whole=True) for each in places]
    typed = asked.kind in TYPED_VALUES
    section = " ".join(each.both for each in _section(row))
    heading = " ".join((*row.section.heading(), row.document.title, row.document.period))
    return [
        float(signals[SIGNALS.index("headed")]),
        float(signals[SIGNALS.index("record")]),
        min(hits[0].score - behind[0], 10.0),
        min(hits[0].score - sum(behind) / len(behind), 15.0),
        min(hits[0].score - float(elsewhere.max()), 12.0) if len(elsewhere) else 12.0,
        math.log(hits[0].share + 1e-6),
        math.log(float(evidence.shares[sections == sections[best[0]]].sum()) + 1e-6),
        *(1 - sum(rare[word] for word in each) / whole for each in lacking),
        *(max((rare[word] for word in each), default=0.0) for each in lacking[1:]),
        *(min(len(each), 3) for each in unnamed[:0:-1]),
        _lacking(text, f"{section} {heading}", numbers),
        _lacking(text, row.document.text, numbers),
        _lacking(text, f"{section} {heading}", years),
        float(typed),
        float(typed and not states_value(asked.kind, hits)),
        float(typed and not any(TYPED_VALUES[asked.kind](each.span.quote, "da") for each in _section(row))),
        float(asked.kind is Kind.CONTACT),
        math.log1p(len(own)),
    ]


def _lacking(text: str, said: str, find: Callable[[str], Set[object]]) -> int:
    """Return how many numbers or years of a text are not said, at most two; what is said may be a whole document."""
    asked = find(text)
    return min(len(asked - find(said)), 2) if asked else 0


def _places(searcher: Searcher, row: int) -> tuple[range, range, range]:
    """Return the rows of a sentence, of its section and of its document."""
    section, document = int(searcher.columns.section[row]), int(searcher.columns.document[row])
    return range(row, row + 1), searcher.columns.rows_of_section(section), searcher.columns.rows_of_document(document)


def _asked(asked: Asked, language: str, evidence: Evidence) -> list[float]:
    searcher, number, near = evidence.searcher, best_document(evidence), evidence.look.near
    question, near_miss = nearest_of(near, number, searcher), near.near_miss.get(number, 0.0)
    wording = searcher.heads.wordings[number].score(asked.whole or asked.clause, language, searcher.analyzer)
    head = float(evidence.look.signals[evidence.best[0], SIGNALS.index("head")])
    return [question, near_miss, question - near_miss, wording, head]


def nearest_of(near: Nearest, document: int, searcher: Searcher) -> float:
    """Return the cosine of the nearest anticipated question of a document, `FLOOR` less a little where none is near."""
    return max(near.within(searcher.columns.rows_of_document(document)), FLOOR - 0.1)


def own_words(text: str) -> set[str]:
    """Return the words of a text that can be held against another: numbers and the shortest apart."""
    return {word for word in words(text) if len(word) > 2 and not word[0].isdigit()}


def _section(row: Row) -> list[Row]:
    return list(section_rows(row.document, row.section))


def lacks_value(kind: Kind, hits: Sequence[Hit]) -> bool:
    """Return whether a value is asked for that the best rows of the best section do not state."""
    return kind in TYPED_VALUES and not states_value(kind, hits)


def states_value(kind: Kind, hits: Sequence[Hit]) -> bool:
    """Return whether one of the best rows of the best section states a value of the kind; False of untyped kinds."""
    find = TYPED_VALUES.get(kind)
    if find is None:
        return False
    section = hits[0].row.section
    rows = [hit.row for hit in hits[:LOOKED_AT] if hit.row.section is section]
    return any(find(row.span.quote, "da") for row in rows)


@dataclass(frozen=True, slots=True)
class Network:
    """A small network over clues: `mean` and `deviation` (clues,), `hidden` (clues, units), `out` (units,)."""

    mean: Values
    deviation: Values
    hidden: Values
    hidden_bias: Values
    out: Values
    out_bias: float

    def belief(self, found: Values) -> float:
        """Return the probability that the text answers the question."""
        hidden = np.tanh((found - self.mean) / self.deviation @ self.hidden + self.hidden_bias)
        return float(1 / (1 + np.exp(-(hidden @ self.out + self.out_bias))))


@dataclass(frozen=True, slots=True)
class Answerability:
    """The trained decision: a network for documents with near-misses of their own, and one for those without."""

    networks: dict[str, Network]

    def belief(self, found: Values) -> float:
        """Return the probability that the text answers the question, from its clues."""
        return self.networks["plain" if len(found) == len(PLAIN_CLUES) else "asked"].belief(found)

    def save(self, folder: Path) -> None:
        """Write `answerability.json`."""
        value = {
            kind: {
                "clues": CLUES[kind],
                **{name: np.round(getattr(each, name), 5).tolist() for name in ARRAYS},
                "out_bias": round(each.out_bias, 5),
            }
            for kind, each in self.networks.items()
        }
        (folder / FILE).write_text(json.dumps(value) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Answerability:
        """Read what `save` wrote. Raises ModelError."""
        try:
            value = json.loads((folder / FILE).read_text(encoding="utf-8"))
            networks = {}
            for kind, names in CLUES.items():
                if tuple(value[kind]["clues"]) != names:
                    raise ModelError(f"{folder}: trained on other clues. Run 'make model'.")
                arrays = {name: np.array(value[kind][name]) for name in ARRAYS}
                networks[kind] = Network(**arrays, out_bias=float(value[kind]["out_bias"]))
            return cls(networks)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{folder}: the trained refusal cannot be read ({error}). Run 'make model'.") from error
