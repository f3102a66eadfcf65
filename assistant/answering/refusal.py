"""Decide whether the text answers a question, and say what it lacks where it does not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.answerability import (
    NAME,
    Answerability,
    Familiar,
    clues,
    familiar_name,
    familiar_of,
    states_value,
    strange_words,
)
from assistant.answering.compose import named
from assistant.answering.conversation import subject_words
from assistant.answering.phrases import missing, phrase
from assistant.answering.question import Asked
from assistant.answering.word_lists import word_list
from assistant.corpus.types import Field, SectionKind
from assistant.errors import ModelError
from assistant.index.built import BuiltIndex
from assistant.index.search import Evidence, Hit, Look, Row
from assistant.language.kinds import Kind
from assistant.language.values import years
from assistant.language.words import Analyzer, fold, words

MENTION = word_list("mention")
CALIBRATION = "calibration.json"
# A follow-up leans on a subject that was answered before, so less belief suffices.
FOLLOW_UP = 0.05
# A question nearly word for word an anticipated one, and clearly further from every near-miss, is believed this much.
ALIKE, APART, ASKED_BEFORE = 0.75, 0.06, 0.9
# Below this cosine to everything ever asked, a refused question is not about the document at all.
ON_TOPIC = 0.55
# A question that is refused although it is believed this much may well be answered by the text.
DOUBT = 0.1


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, how sure that is (0 to 1), and whether the question is about the document at all."""

    answer: bool
    belief: float
    on_topic: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """The calibrated decision of one index; `least` is the belief that an answer needs, by language."""

    trained: Answerability
    known: Familiar
    analyzer: Analyzer
    least: dict[str, float]

    @classmethod
    def of(cls, built: BuiltIndex) -> Refusal:
        """Load the decision that is stored with an index."""
        folder = built.generation.folder / "ranking"
        analyzer = built.searcher.analyzer
        return cls(Answerability.load(folder), familiar_of(built.corpus, analyzer), analyzer, read_thresholds(folder))

    def belief(self, asked: Asked, evidence: Evidence, language: str) -> float:
        """Return how likely the text answers the question."""
        wording = self.trained.wording_of(asked.clause, language, self.analyzer)
        belief = self.trained.belief(clues(asked, language, evidence, wording, self.known, self.analyzer))
        return max(belief, ASKED_BEFORE) if was_asked(evidence.look) else belief

    def brings_news(self, clause: str, language: str, rows: Sequence[Row]) -> bool:
        """Return whether a clause names a year or a name that some rows lack, or a word that is not familiar at all."""
        said = " ".join(f"{row.span.quote} {row.span.translation or ''}" for row in rows)
        spoken = frozenset(fold(word) for word in words(said))
        names = {fold(name.lower()) for name in NAME.findall(clause)}
        new = {name for name in names if not {name, name.removesuffix("s")} & spoken}
        return bool(new or years(clause) - years(said) or strange_words(clause, language, self.known, self.analyzer))

    def subject_is_foreign(self, clause: str, language: str) -> bool:
        """Return whether all that a clause is about are names that no document has, or words that are not familiar."""
        names = {name.lower() for name in NAME.findall(clause) if not familiar_name(name, self.known)}
        foreign = names | set(strange_words(clause, language, self.known, self.analyzer))
        own = [word for word in subject_words(clause) if word not in MENTION]
        return bool(own) and all(word in foreign for word in own)

    def decide(self, asked: Asked, evidence: Evidence, language: str, follow_up: bool) -> Decision:
        """Decide for one question."""
        belief = self.belief(asked, evidence, language)
        least = self.least[language] * (FOLLOW_UP if follow_up else 1)
        on_topic = max(evidence.look.nearest_question, evidence.look.nearest_near_miss) >= ON_TOPIC
        return Decision(belief >= least, belief, on_topic)


def was_asked(look: Look) -> bool:
    """Return whether a question is nearly an anticipated one, and clearly further from every near-miss."""
    return look.nearest_question >= ALIKE and look.nearest_question - look.nearest_near_miss >= APART


def read_thresholds(folder: Path) -> dict[str, float]:
    """Read the threshold of each language from the calibration. Raises ModelError."""
    try:
        value = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
        return {language: float(value[language]["threshold"]) for language in ("da", "en")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / CALIBRATION} cannot be read ({error}). Run 'make model'.") from error


def sentence(asked: Asked, hits: Sequence[Hit], decision: Decision, language: str, document: str, contact: str) -> str:
    """Say that it is not in the agreement, what is missing, and whom to ask; where in doubt, say only that."""
    subject = named(hits[0].row.section, language)
    # Of the document as a whole, "the agreement names … in the agreement" says nothing.
    whole = hits[0].row.section.kind is SectionKind.TITLE
    if decision.on_topic and (decision.belief >= DOUBT or states_value(asked.kind, hits)):
        parts = [phrase("not sure", language, subject=subject)]
    elif whole or not decision.on_topic:
        parts = [phrase("not in source", language), phrase("off topic", language, document=document)]
    else:
        has_cell = asked.kind in (Kind.ACTORS, Kind.NEXT_STEP) and hits[0].row.section.field(asked.field or Field.TEXT)
        kind = missing("other" if has_cell else str(asked.kind), language)
        lacks = phrase("lacks", language, kind=kind, subject=subject)
        parts = [phrase("not in source", language), lacks]
    if contact:
        parts.append(phrase("contact", language, contact=contact))
    return " ".join(parts)
