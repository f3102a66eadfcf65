"""Decide whether the text answers a question, and say what it lacks where it does not."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from assistant.answering.collecting.told import named
from assistant.answering.support.answerability import (
    NAME,
    Answerability,
    best_document,
    clues,
    has_near_misses,
    nearest_of,
    own_words,
    states_value,
)
from assistant.corpus.types import Field, SectionKind
from assistant.errors import ModelError
from assistant.index.built import BuiltIndex
from assistant.index.named import Named
from assistant.index.records import Row
from assistant.index.search import Evidence, Hit, Searcher
from assistant.language.files import both, either
from assistant.language.kinds import Kind
from assistant.language.phrases import missing, phrase
from assistant.language.values import numbers, years
from assistant.language.words import fold, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import Asked

MENTION = both("mention", "spoken")
PARTICULAR = both("missing", "particular")
SOUGHT = either("missing", "sought")
CALIBRATION = "calibration.json"
# A follow-up leans on a subject that was answered before, so less belief suffices.
FOLLOW_UP = 0.05
# A question nearly word for word an anticipated one, and clearly further from every near-miss, is believed this much.
ALIKE, APART, ASKED_BEFORE = 0.93, 0.04, 0.9
# Where this share of a question's words, by their rarity, stands in the document of the best row, it is about that.
ON_TOPIC = 0.35
# A question that is refused although it is believed this much may well be answered by the text.
DOUBT = 0.1
# A question so near to one that is asked of another document in vain, and so much nearer than to any that is answered,
# is answered only where it is believed this much; of several documents the second where it is ALIKE.
IN_VAIN, BEYOND, SURE, SURER = 0.9, 0.025, 0.7, 0.85
# Letters alike, of 100, of a name and one that is meant; digits of a number that can be strange.
ALIKE_NAMES, LEAST_DIGITS = 80, 2


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, how sure that is (0 to 1), and whether the question is about the document at all; the words
    that are missing there, and those of them that another document has.
    """

    answer: bool
    belief: float
    on_topic: bool
    missing: tuple[str, ...] = ()
    talked: bool = False
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """The calibrated decision of one index; `least` is the belief that an answer needs, by kind of document and
    language.
    """

    trained: Answerability
    searcher: Searcher
    familiar: frozenset[str]
    named: Named
    least: dict[str, dict[str, float]]

    @classmethod
    def of(cls, built: BuiltIndex) -> Refusal:
        """Load the decision that is stored with an index."""
        folder = built.generation.folder / "ranking"
        familiar = built.words["da"] | built.words["en"]
        return cls(Answerability.load(folder), built.searcher, familiar, built.named, read_thresholds(folder))

    def belief(self, asked: Asked, evidence: Evidence, language: str) -> float:
        """Return how likely the text answers the question."""
        belief = self.trained.belief(clues(asked, language, evidence))
        return max(belief, ASKED_BEFORE) if was_asked(evidence) else belief

    def brings_news(self, clause: str, rows: Sequence[Row]) -> bool:
        """Return whether a clause names a year or a name that some rows lack, or a word that is not familiar at all."""
        said = " ".join(row.both for row in rows)
        spoken = frozenset(fold(word) for word in words(said))
        names = {fold(name.lower()) for name in NAME.findall(clause)}
        new = {name for name in names if not {name, name.removesuffix("s")} & spoken}
        return bool(new or years(clause) - years(said) or self._strange(clause))

    def subject_is_foreign(self, clause: str) -> bool:
        """Return whether all that a clause is about are names that no document has, or words that are not familiar."""
        own = [word for word in subject_words(clause) if word not in MENTION]
        names = {name.lower() for name in NAME.findall(clause)}
        foreign = self._strange(clause) | (
            names - self.searcher.held(names, range(self.searcher.columns.count), whole=True)
        )
        return bool(own) and all(word in foreign for word in own)

    def is_strange(self, clause: str) -> bool:
        """Return whether a clause has a word that no document and no word list has."""
        return bool(self._strange(clause))

    def missing(self, asked: Asked, document: int | None = None) -> tuple[str, ...]:
        """Return the names, years and numbers that a question turns on and that a document, or any where none is given,
        does not hold, as they are written.

        Everyday words that are not there tell nothing: people's words are seldom the text's.
        """
        library, columns = self.searcher.library, self.searcher.columns
        if document is None or len(library.ids) == 1:
            where, named = range(columns.count), self.named
        else:
            where, named = columns.rows_of_document(document), library.named(library.ids[document])
        return (
            *self._strange_names(asked.clause, where, named),
            *_strange_numbers(asked.clause, named),
            *self._strange_particulars(asked.clause, where),
        )

    def _strange_names(self, clause: str, where: range, named: Named) -> list[str]:
        found = []
        for name in dict.fromkeys(match.group() for match in NAME.finditer(clause)):
            parts = [part for part in words(name.replace("-", " ")) if len(part) > 2]
            bare = {part.removesuffix("s") for part in parts}
            held = self.searcher.held([*parts, *bare], where, whole=True)
            known = held or any(_is_called(part, named.names) for part in (*parts, *bare))
            if parts and not known:
                found.append(name)
        return found

    def _strange_particulars(self, clause: str, where: range) -> list[str]:
        """Return the roles of persons, and other things of one name, that a clause asks for and that stand nowhere."""
        sought = (match.group() for match in SOUGHT.finditer(clause.lower()))
        asked = [word for said in sought for word in words(said) if word in PARTICULAR]
        held = self.searcher.held(asked, where, whole=True) if asked else set()
        return [word for word in asked if word not in held]

    def _strange(self, clause: str) -> set[str]:
        """Return the words of a clause that no document and no word list has, nor their parts."""
        analyzer = self.searcher.analyzer
        mended = {word: analyzer.repair(word) for word in own_words(clause)}
        unknown = {
            word for word, each in mended.items() if fold(each) not in self.familiar and not analyzer.parts(each)
        }
        return unknown - self.searcher.held(unknown, range(self.searcher.columns.count))

    def decide(self, asked: Asked, evidence: Evidence, language: str, follow_up: bool) -> Decision:
        """Decide for one question."""
        belief = self.belief(asked, evidence, language)
        least = self.least["asked" if has_near_misses(evidence) else "plain"][language]
        vain = _least_in_vain(evidence)
        if belief < vain and _is_of_several(evidence):
            belief = 0.0  # what little speaks for it is of another subject
        least = max(least, vain)
        return Decision(belief >= least * (FOLLOW_UP if follow_up else 1), belief, self.is_on_topic(asked, evidence))

    def is_on_topic(self, asked: Asked, evidence: Evidence) -> bool:
        """Return whether a question is about the document of its best row: much of it stands there."""
        own = own_words(asked.whole or asked.clause)
        held = self.searcher.held(own, self.searcher.columns.rows_of_document(best_document(evidence)))
        rare = {word: self.searcher.rarity.of(word) for word in own}
        return sum(rare[word] for word in held) >= ON_TOPIC * sum(rare.values())


def was_asked(evidence: Evidence) -> bool:
    """Return whether a question is nearly one that its document anticipates, and further from its near-misses."""
    number = best_document(evidence)
    near = nearest_of(evidence.look.near, number, evidence.searcher)
    return near >= ALIKE and near - evidence.look.near.near_miss.get(number, 0.0) >= APART


def _least_in_vain(evidence: Evidence) -> float:
    """Return the belief that is needed where a question is near to one that people ask of another document in vain, and
    nearer than to any that a document answers; 0 where it is not. Of a document that was chosen less is needed.
    """
    near, own = evidence.look.near, best_document(evidence)
    vain = max((cosine for number, cosine in near.near_miss.items() if number != own), default=0.0)
    if vain < max(IN_VAIN, float(near.cosines.max(initial=0.0)) + BEYOND):
        return 0.0
    return SURER if vain >= ALIKE and _is_of_several(evidence) else SURE


def _is_of_several(evidence: Evidence) -> bool:
    """Return whether what was found for a question stands in several documents."""
    return bool((evidence.look.documents != best_document(evidence)).any())


def _is_called(word: str, names: Collection[str]) -> bool:
    """Return whether a word, with a typing error perhaps, is one of some folded names."""
    folded = fold(word)
    return folded in names or process.extractOne(folded, names, scorer=fuzz.ratio, score_cutoff=ALIKE_NAMES) is not None


def _strange_numbers(clause: str, named: Named) -> list[str]:
    asked = {number for number in numbers(clause) if len(number) >= LEAST_DIGITS}
    return sorted(number for number in asked if number not in named.numbers and int(float(number)) not in named.years)


def read_thresholds(folder: Path) -> dict[str, dict[str, float]]:
    """Read the threshold of each kind of document and language from the calibration. Raises ModelError."""
    try:
        value = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
        return {
            kind: {language: float(value[kind][language]["threshold"]) for language in ("da", "en")}
            for kind in ("asked", "plain")
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / CALIBRATION} cannot be read ({error}). Run 'make model'.") from error


def sentence(
    asked: Asked, hits: Sequence[Hit], decision: Decision, language: str, document: str, contact: str, searched: int = 1
) -> str:
    """Say that it is not in the document, or in none of those that were `searched`, what is missing, and whom to ask;
    where in doubt, say only that.
    """
    many = " anywhere" if searched > 1 else ""
    count = str(searched)
    lacks_it = phrase("not in source anywhere" if many else "not in source", language, n=count)
    subject = named(hits[0].row.section, language)
    if decision.missing:
        lacking = ", ".join(f"»{word}«" if language == "da" else f"“{word}”" for word in decision.missing)
        told = phrase("missing there", language, words=lacking, subject=subject) if decision.talked else ""
        key = "missing anywhere" if many and not decision.elsewhere else "missing"
        return " ".join([lacks_it, told or phrase(key, language, words=lacking, n=count)])
    # Of the document as a whole, "the agreement names … in the agreement" says nothing.
    whole = hits[0].row.section.kind is SectionKind.TITLE
    if decision.on_topic and (decision.belief >= DOUBT or states_value(asked.kind, hits)):
        parts = [phrase("not sure", language, subject=subject)]
    elif whole or not decision.on_topic:
        document = phrase("documents", language, n=count) if many else document
        parts = [lacks_it, phrase("off topic", language, document=document)]
    else:
        has_cell = asked.kind in (Kind.ACTORS, Kind.NEXT_STEP) and hits[0].row.section.field(asked.field or Field.TEXT)
        kind = missing("other" if has_cell else str(asked.kind), language)
        lacks = phrase("lacks", language, kind=kind, subject=subject)
        parts = [lacks_it, lacks]
    if contact:
        parts.append(phrase("contact", language, contact=contact))
    return " ".join(parts)
