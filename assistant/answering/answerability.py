"""How likely is it that the text answers a question: what a trained decision looks at.

Retrieval scores alone cannot tell a near-miss ("what does the wind programme cost?") from its answerable twin, so three
kinds of clue are put together: how strong the evidence is, how the question is worded (a text classifier trained on
answerable questions and near-misses), and a typed check, whether a value of the kind asked for stands in the evidence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.question import Asked, Kind
from assistant.answering.values import TYPED_VALUES, numbers
from assistant.corpus import Corpus
from assistant.errors import ModelError
from assistant.index.analysis import Analyzer, fold, words
from assistant.index.classifier import Classifier, features
from assistant.index.search import Evidence, Hit

Values = NDArray[np.float64]

CLUES = (
    "wording",
    "nearest question",
    "nearest near-miss",
    "question over near-miss",
    "bm25",
    "cosine",
    "best share",
    "section share",
    "margin",
    "value missing",
    "contact asked",
    "unknown names",
    "unknown words",
    "unknown numbers",
    "length",
    "value asked",
)
NAME = re.compile(r"(?<=[^.?!:\n]\s)[A-ZÆØÅ][\wæøåÆØÅ-]{2,}")
LOOKED_AT = 3
# The wording alone must not outvote everything else, however sure its classifier is.
SURE_WORDING = 3.0


@dataclass(frozen=True, slots=True)
class Familiar:
    """Stems that documents and questions about them use, and the folded words of documents and aliases alone."""

    stems: frozenset[str]
    written: frozenset[str]


def familiar_of(corpus: Corpus, analyzer: Analyzer, unheard: frozenset[str] = frozenset()) -> Familiar:
    """Collect what is familiar from documents in both languages, aliases and anticipated questions.

    `unheard` are questions to leave out: training must not find a question's own words familiar.
    """
    spans = [s for d in corpus.documents for section in d.sections for p in section.passages for s in p.spans]
    titles = [section.title_en for document in corpus.documents for section in document.sections]
    texts = [(document.text, "da") for document in corpus.documents]
    texts += [(text, "en") for text in (*(span.translation or "" for span in spans), *titles)]
    texts += [(each.name, each.language) for many in corpus.aliases.values() for each in many]
    written = frozenset(fold(word) for text, _ in texts for word in words(text))
    asked = [each for many in corpus.questions.values() for each in many if each.text not in unheard]
    stems = _stems(texts, analyzer) | _stems([(each.text, each.language) for each in asked], analyzer)
    return Familiar(frozenset(stems), written)


def _stems(texts: Sequence[tuple[str, str]], analyzer: Analyzer) -> set[str]:
    """Return the stems of all words; each different word is stemmed once."""
    different = {(word, language) for text, language in texts for word in words(text)}
    return {analyzer.stem(analyzer.repair(word), language) for word, language in different}


def clues(
    asked: Asked, language: str, evidence: Evidence, wording: float, known: Familiar, analyzer: Analyzer
) -> Values:
    """Return the clues of one question, shape (len(CLUES),)."""
    hits, look = evidence.hits, evidence.look
    section = hits[0].row.section
    share = sum(hit.share for hit in hits if hit.row.section is section)
    other = next((hit.score for hit in hits if hit.row.section is not section), hits[0].score)
    content = [word for word in words(asked.clause) if len(word) > 2 and not word[0].isdigit()]
    strange = [word for word in content if analyzer.stem(analyzer.repair(word), language) not in known.stems]
    names = [word for word in NAME.findall(asked.clause) if not _familiar_name(word, known)]
    typed = TYPED_VALUES.get(asked.kind)
    found = numbers(asked.clause) - {n for hit in hits[:8] for n in numbers(hit.row.span.quote)}
    return np.array(
        [
            min(max(wording, -SURE_WORDING), SURE_WORDING),
            look.nearest_question,
            look.nearest_near_miss,
            look.nearest_question - look.nearest_near_miss,
            math.log1p(look.bm25),
            look.cosine,
            math.log(hits[0].share + 1e-6),
            math.log(share + 1e-6),
            min(hits[0].score - other, 10.0),
            float(typed is not None and not _stated(hits, typed)),
            float(asked.kind is Kind.CONTACT),
            min(len(names), 3),
            len(strange) / max(len(content), 1),
            min(len(found), 2),
            math.log1p(len(content)),
            float(typed is not None),
        ]
    )


def _stated(hits: Sequence[Hit], find: Callable[[str, str], list[str]]) -> bool:
    """Return whether one of the best rows of the best section states a value of the kind."""
    section = hits[0].row.section
    rows = [hit.row for hit in hits[:LOOKED_AT] if hit.row.section is section]
    return any(find(row.span.quote, "da") for row in rows)


def _familiar_name(word: str, known: Familiar) -> bool:
    folded = fold(word.lower())
    return any(each in known.written for each in (folded, folded.removesuffix("s"), folded.removesuffix("es")))


@dataclass(frozen=True, slots=True)
class Answerability:
    """The trained decision: a text classifier for the wording, and a small network over the clues.

    `mean` and `deviation` have shape (clues,), `hidden` (clues, units), `out` (units,).
    """

    wording: Classifier
    mean: Values
    deviation: Values
    hidden: Values
    hidden_bias: Values
    out: Values
    out_bias: float

    def wording_of(self, text: str, language: str, analyzer: Analyzer) -> float:
        """Return the wording classifier's logit for a question."""
        counted = features(text, language, analyzer)
        return float(self.wording.scores(*self.wording.space.weigh(counted))[0])

    def belief(self, found: Values) -> float:
        """Return the probability that the text answers the question."""
        hidden = np.tanh((found - self.mean) / self.deviation @ self.hidden + self.hidden_bias)
        return float(1 / (1 + np.exp(-(hidden @ self.out + self.out_bias))))

    def save(self, folder: Path) -> None:
        """Write `answerability.json` and the wording classifier."""
        self.wording.save(folder / "wording")
        arrays = {name: getattr(self, name).tolist() for name in ("mean", "deviation", "hidden", "hidden_bias", "out")}
        value = {"clues": CLUES, **arrays, "out_bias": self.out_bias}
        (folder / "answerability.json").write_text(json.dumps(value), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Answerability:
        """Read what `save` wrote. Raises ModelError."""
        try:
            value = json.loads((folder / "answerability.json").read_text(encoding="utf-8"))
            if tuple(value["clues"]) != CLUES:
                raise ModelError(f"{folder}: trained on other clues. Run 'make model'.")
            arrays = {name: np.array(value[name]) for name in ("mean", "deviation", "hidden", "hidden_bias", "out")}
            return cls(Classifier.load(folder / "wording"), **arrays, out_bias=float(value["out_bias"]))
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: the trained refusal cannot be read ({error}). Run 'make model'.") from error
