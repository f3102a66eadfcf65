"""Write the answer from the evidence: what was asked for first, then at most a few sentences that carry it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.collecting.told import label_of, named
from assistant.answering.deciding import Decider
from assistant.answering.draft import CUT, LEAST_KEPT, Draft, wording
from assistant.answering.leads import lead_of, value_of
from assistant.answering.support.beside import (
    FURTHER,
    LOOKED_AT,
    MOST_ITEM_WORDS,
    MOST_SPANS,
    elsewhere,
    reason_behind,
    same_section,
    same_words,
)
from assistant.answering.support.claims import own_words, places_told
from assistant.corpus.glossary import Entry
from assistant.corpus.types import Field, Section
from assistant.index.library import Library
from assistant.index.records import Row, field_rows, section_rows
from assistant.index.search import Hit
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.phrases import phrase
from assistant.language.values import COUNTABLE, NUMBER, numbers, states
from assistant.language.words import WORD, Analyzer
from assistant.understanding.question import Asked

MOST_WORDS = 62
# The next-step field goes before a sentence that is believed at most ten times as much, where the question names it.
NAMED_FIELD = 0.1
BESIDE_ACTORS = 0.05
# What a theme says goes before who is involved in it and what comes next, where neither was asked for by name.
TOLD_BESIDE, OPEN_KINDS = 0.0005, (Kind.WHAT, Kind.HOW, Kind.LIST)
# A sentence that states a value asked for goes before one that states none and is believed at most so much more.
STATED = 0.01
LONG_SENTENCE = 50
# Words of a sentence that are worth leaving to the citation.
LEAST_LEFT = 8


class Composer:
    """Composes answers from evidence."""

    def __init__(self, library: Library, analyzer: Analyzer) -> None:
        self.glossary, self.analyzer = library.glossary, analyzer
        self.decider = Decider(library, analyzer)

    def compose(self, asked: Asked, hits: Sequence[Hit], language: str, believed: bool = False) -> Draft:
        """Compose the answer from the hits, best first; `believed` where they are taken for the answer."""
        draft = Draft(language)
        found = hits[0].row
        hits = self._ordered(asked, hits)
        best = hits[0].row
        draft.verdict, hits = self.decider.decide(asked, hits, language, believed)
        best = hits[0].row
        if asked.kind is Kind.OWNER and best.section.field(Field.ACTORS) and not draft.verdict:
            self._owner(draft, best, hits)
        elif best.passage.field is Field.ACTORS:
            self._actors(draft, best, hits)
        elif best.passage.field is Field.NEXT_STEP:
            self._next_step(draft, best)
        else:
            self._statements(draft, asked, hits)
            if found is not best and asked.kind in OPEN_KINDS:  # the cell may have been meant all the same
                if found.passage.field is Field.NEXT_STEP:
                    self._next_step(draft, found)
                elif found.passage.field is Field.ACTORS:
                    self._say_actors(draft, found.section, _cells(found, Field.ACTORS))
        return draft

    def _ordered(self, asked: Asked, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Return the hits, the one to begin with in front.

        A close one goes before the best: one that states the value asked for, or stands in the field asked for, or
        tells what a theme says where the best is a cell that was not asked for.
        """
        best = hits[0]
        wanted: Callable[[Row], bool] | None = None
        if asked.kind in COUNTABLE and not states(asked.kind, best.row.span.quote):
            wanted, least = (lambda row: states(asked.kind, row.span.quote)), STATED
        elif asked.field is Field.NEXT_STEP and best.row.passage.field is Field.BACKGROUND:
            wanted, least = (lambda row: row.passage.field is asked.field), NAMED_FIELD
        elif asked.kind in OPEN_KINDS and best.row.passage.field in (Field.ACTORS, Field.NEXT_STEP):
            wanted, least = (lambda row: row.passage.field is Field.BACKGROUND), TOLD_BESIDE
        if wanted is None:
            return hits
        for hit in hits[1:LOOKED_AT]:
            if hit.share >= least * best.share and same_section(hit, best.row) and wanted(hit.row):
                return [hit, *(each for each in hits if each is not hit)]
        return hits

    def _actors(self, draft: Draft, best: Row, hits: Sequence[Hit]) -> None:
        """Give the actors column; a sentence that was found close behind it often names who does what."""
        section = best.section
        rows = _cells(best, Field.ACTORS)
        self._say_actors(draft, section, rows)
        told = self._told(best, hits)
        bare = all(not entry.known for entry in self._short_forms(rows))
        near = told is not None and told.share >= BESIDE_ACTORS * hits[0].share
        # Initials alone help nobody: the sentence of the theme that fits best says more of who does what.
        if told and (near or bare) and len(wording(told.row, draft.language).split()) < LONG_SENTENCE:
            draft.say(wording(told.row, draft.language), told.row)
        self._explain(draft, rows)

    def _say_actors(self, draft: Draft, section: Section, rows: Sequence[Row]) -> None:
        values = "; ".join(wording(row, draft.language) for row in rows)
        document = rows[0].document
        besides = document.besides if draft.language == "da" else document.besides_en
        key = "actors besides" if besides else "actors"
        told = phrase(key, draft.language, section=named(section, draft.language), values=values, besides=besides)
        draft.say(told, *rows)

    def _steps(self, draft: Draft, best: Row) -> str:
        """Return the next steps of a row's section in one line, each with the number of its citation."""
        return draft.quoted(_cells(best, Field.NEXT_STEP))

    def _told(self, best: Row, hits: Sequence[Hit]) -> Hit | None:
        """Return the best sentence of the background of a row's section."""
        here = (hit for hit in hits if same_section(hit, best))
        return next((hit for hit in here if hit.row.passage.field is Field.BACKGROUND), None)

    def _short_forms(self, rows: Sequence[Row]) -> list[Entry]:
        """Return the glossary's short forms that stand in some rows, in their order."""
        said = " ".join(row.span.quote for row in rows)
        return sorted(
            (entry for entry in self.glossary if entry.stands_in(said)), key=lambda each: said.find(each.short)
        )

    def _explain(self, draft: Draft, rows: Sequence[Row]) -> None:
        """Spell out short forms from general knowledge, and say of initials that nothing is known."""
        entries = self._short_forms(rows)
        known = [
            f"{entry.short}: {entry.da if draft.language == 'da' else entry.en}" for entry in entries if entry.known
        ]
        initials = [entry.short for entry in entries if not entry.known]
        if known:
            draft.remark(phrase("expanded", draft.language, pairs="; ".join(known)))
        if initials:
            draft.remark(phrase("initials", draft.language, names=", ".join(initials)))

    def _next_step(self, draft: Draft, best: Row) -> None:
        """Give the whole field; the step that was found is cited first."""
        draft.cite(best)
        section, steps = named(best.section, draft.language), self._steps(draft, best)
        draft.remark(phrase("next step", draft.language, section=section, values=steps) + ".")
        self._explain(draft, _cells(best, Field.NEXT_STEP))

    def _owner(self, draft: Draft, best: Row, hits: Sequence[Hit]) -> None:
        """Say who drew a thing up, who is involved and where it stands, and that no owner is named."""
        section = best.section
        told = self._told(best, hits)
        actors = _cells(best, Field.ACTORS)
        bare = all(not entry.known for entry in self._short_forms(actors))
        if told and (bare or told.row is best or told.share >= BESIDE_ACTORS * hits[0].share):
            draft.say(wording(told.row, draft.language), told.row)
        self._say_actors(draft, section, actors)
        if steps := self._steps(draft, best):
            draft.remark(phrase("status", draft.language, values=steps) + ".")
        draft.remark(phrase("no owner", draft.language))

    def _statements(self, draft: Draft, asked: Asked, hits: Sequence[Hit]) -> None:
        chosen = self._chosen(hits, draft.language)
        first = headed(chosen[0], draft.language)
        # After yes or no the sentence itself follows: two leads in a row read badly.
        lead = None if draft.verdict else lead_of(asked, chosen[0], draft.language, self.analyzer)
        value = value_of(asked, chosen[0], draft.language, self.analyzer)
        if value or draft.verdict:
            first = self._begun(first, asked, value, draft.language)
        draft.say(f"{lead}: {first}" if lead else first, chosen[0])
        for row in (*chosen[1:], *reason_behind(asked, chosen)):
            draft.say(wording(row, draft.language), row)
        if words_of("statement", draft.language).asks["share"].search(asked.clause.lower()):
            self._beside(draft, chosen[0], hits)
        for row in opened_by(chosen[0]):
            draft.item(shortened(wording(row, draft.language)), draft.cite(row))
        if asked.kind is Kind.LIST and not draft.verdict:
            for row in elsewhere(hits, chosen):
                told = f"{label_of(row.section, draft.language)}: {headed(row, draft.language)}"
                draft.item(shortened(told), draft.cite(row))

    def _begun(self, sentence: str, asked: Asked, value: str, language: str) -> str:
        """Return a long sentence up to the end of the clause that has said the value and all words of a question that
        it says; the citation has it whole. One that is asked several things is told whole.
        """
        asking = words_of("parts", language).asks["question"].finditer(asked.clause.lower())
        if sum(1 for _ in asking) > 1:
            return sentence
        tokens = list(WORD.finditer(sentence))
        told = places_told(own_words(asked.clause), [each.group() for each in tokens], self.analyzer, language)
        stated = sentence.find(value) + len(value) if value else 0
        counted = [match.end() for match in NUMBER.finditer(sentence)] if NUMBER.search(asked.clause) else []
        needed = max([tokens[places[0]].end() for places in told if places] + [stated, *counted])
        for match in words_of("statement", language).asks["clause"].finditer(sentence):
            kept, left = sentence[: match.start()].split(), sentence[match.start() :].split()
            if match.start() >= needed and len(kept) >= LEAST_KEPT and len(left) >= LEAST_LEFT:
                return " ".join(kept) + CUT
        return sentence

    def _beside(self, draft: Draft, first: Row, hits: Sequence[Hit]) -> None:
        """Say the number that another number is a share of: the next sentence of the subject that counts otherwise."""
        theme = first.section.theme or first.section.id
        own = numbers(first.span.quote)
        for hit in hits[:LOOKED_AT]:
            if hit.document != first.document.id:
                continue
            row = hit.row
            same = (row.section.theme or row.section.id) == theme and states(Kind.COUNT, row.span.quote)
            if same and not numbers(row.span.quote) & own:
                draft.say(wording(row, draft.language), row)
                return

    def _chosen(self, hits: Sequence[Hit], language: str) -> list[Row]:
        """Choose the best span and, while they are believed enough and short enough, further ones."""
        best = hits[0]
        chosen = [best.row]
        length = len(wording(best.row, language).split())
        for hit in hits[1:LOOKED_AT]:
            if len(chosen) == MOST_SPANS or hit.share < FURTHER * best.share:
                break
            if not same_section(hit, best.row) or hit.row.passage.field is not best.row.passage.field:
                continue
            row = hit.row
            if any(same_words(row, other) for other in chosen):
                continue
            added = len(wording(row, language).split())
            if length + added <= MOST_WORDS:
                chosen.append(row)
                length += added
        return chosen


def headed(row: Row, language: str) -> str:
    """Return the words of a row; a bare item of a list comes with the sub-heading that it stands under."""
    heading = row.passage.subheading_in(language)
    rows = list(section_rows(row.document, row.section))
    before = next((each for each in reversed(rows[: rows.index(row)]) if not _is_item(each)), None)
    if not heading or not _is_item(row) or (before is not None and row in opened_by(before)):
        return wording(row, language)
    return f"{heading}: {wording(row, language)}"


def _is_item(row: Row) -> bool:
    return row.document.text[row.span.start - 2 : row.span.start] == "- "


def opened_by(row: Row) -> list[Row]:
    """Return the items of the list that a sentence opens: it ends in a colon or a word such as "herunder"."""
    if not words_of("statement", "da").asks["opens"].search(row.span.quote.strip().lower()):
        return []
    rows = list(section_rows(row.document, row.section))
    found = []
    for each in rows[rows.index(row) + 1 :]:
        if not _is_item(each):
            break
        found.append(each)
    return found


def shortened(text: str) -> str:
    """Return a long item up to the end of its first clauses; the citation has it whole."""
    parts = text.split()
    return text if len(parts) <= MOST_ITEM_WORDS else " ".join(parts[:MOST_ITEM_WORDS]) + " …"


def _cells(row: Row, field: Field) -> list[Row]:
    return field_rows(row.document, row.section, field)
