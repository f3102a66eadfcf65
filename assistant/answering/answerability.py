"""How likely is it that the text answers a question: what a trained decision looks at.

Retrieval scores alone cannot tell a near-miss ("what does the wind programme cost?") from its answerable twin, so three
kinds of clue are put together: how strong the evidence is, how the question is worded (a text classifier trained on
answerable questions and near-misses), and a typed check, whether a value of the kind asked for stands in the evidence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.conversation import subject_words
from assistant.answering.draft import wording as wording_of
from assistant.answering.question import Asked
from assistant.answering.types import LANGUAGES
from assistant.corpus import Corpus
from assistant.corpus.types import Section
from assistant.errors import ModelError
from assistant.index.classifier import Classifier, features
from assistant.index.search import Evidence, Hit, Row
from assistant.language.kinds import Kind
from assistant.language.values import TYPED_VALUES, numbers
from assistant.language.words import Analyzer, fold, words

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
    "own words in section",
    "own words in sentence",
)
NAME = re.compile(r"(?<=[^.?!:\n]\s)[A-ZÆØÅ][\wæøåÆØÅ-]{2,}")
LOOKED_AT = 3
# The wording alone must not outvote everything else, however sure its classifier is.
SURE_WORDING = 3.0


@dataclass(frozen=True, slots=True)
class Familiar:
    """Stems that documents and questions about them use, the folded words of documents and aliases alone, and by
    section and language the terms of its text.
    """

    stems: frozenset[str]
    written: frozenset[str]
    sections: dict[tuple[str, str, str], frozenset[str]]


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
    sections = {
        (document.id, section.id, language): frozenset(analyzer.terms(_text_of(section, language), language))
        for document in corpus.documents
        for section in document.sections
        for language in LANGUAGES
    }
    return Familiar(frozenset(stems), written, sections)


def _text_of(section: Section, language: str) -> str:
    """Return heading and sentences of a section in a language."""
    if language == "da":
        parts = [section.label, section.title, *(span.quote for p in section.passages for span in p.spans)]
    else:
        parts = [section.label_en, section.title_en]
        parts += [span.translation or "" for p in section.passages for span in p.spans]
    return "\n".join(parts)


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
    content = content_words(asked.clause)
    strange = strange_words(asked.clause, language, known, analyzer)
    names = [word for word in NAME.findall(asked.clause) if not familiar_name(word, known)]
    typed = asked.kind in TYPED_VALUES
    own = [analyzer.word_terms(analyzer.repair(word), language) for word in subject_words(asked.clause)]
    best = frozenset(analyzer.terms(wording_of(hits[0].row, language), language))
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
            float(lacks_value(asked.kind, hits)),
            float(asked.kind is Kind.CONTACT),
            min(len(names), 3),
            len(strange) / max(len(content), 1),
            min(len(found), 2),
            math.log1p(len(content)),
            float(typed),
            _covered(own, known.sections[section_key(hits[0].row, language)]),
            _covered(own, best),
        ]
    )


def content_words(clause: str) -> list[str]:
    """Return the words of a clause, numbers and the shortest apart."""
    return [word for word in words(clause) if len(word) > 2 and not word[0].isdigit()]


def strange_words(clause: str, language: str, known: Familiar, analyzer: Analyzer) -> list[str]:
    """Return the content words of a clause that neither documents nor anticipated questions use."""
    return [word for word in content_words(clause) if analyzer.stem(analyzer.repair(word), language) not in known.stems]


def section_key(row: Row, language: str) -> tuple[str, str, str]:
    """Return where `Familiar.sections` holds the terms of a row's section."""
    return row.document.id, row.section.id, language


def _covered(own: Sequence[Sequence[str]], said: frozenset[str]) -> float:
    """Return the share of words of which a term is among those said; 0.5 where a question has no words of its own."""
    return sum(any(term in said for term in terms) for terms in own) / len(own) if own else 0.5


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


def familiar_name(word: str, known: Familiar) -> bool:
    """Return whether a document or an alias writes a name, perhaps in the genitive."""
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
