"""What a question asks of the next steps of sections: what is awaited, and whether a draft is to be prepared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.answering.collecting.scope import ASKS, Scope
from assistant.answering.draft import wording
from assistant.answering.support.claims import share_said
from assistant.corpus.types import Field, Section
from assistant.index.records import Row
from assistant.language.files import words_of

# A question for drafts or for what is awaited may say so much else.
FEW = 3


@dataclass(frozen=True, slots=True)
class Condition:
    """What a section has (`key` of the sentences, `name` in them), and the rows of a section that show it."""

    key: str
    name: str
    shown_by: Callable[[Section], Sequence[Row]]


class Steps(Scope):
    """Finds the condition of a question for what is to come."""

    def _on_step(self) -> Condition | None:
        """Whether something is awaited, that which is said where some section awaits it, or a draft to be prepared."""
        if (both := self._awaits_without_draft()) is not None:
            return both
        if self.asks["perhaps"].search(self.text) and self.asks["drafts"].search(self.text):
            self.negated = False  # "only possible, so not certain" is no denial of a draft
            return Condition("drafts perhaps", "", self._open_drafts)
        # A draft that is waited for is a draft.
        key = next((each for each in ("drafts", "awaits") if self.asks[each].search(self.text)), "")
        if not key or len(self._beside_parties("awaits", key, "theme", "step", "where")) > FEW:
            return None
        rest = self._narrowing(key, "theme", "step", "where") if key == "awaits" else []
        if rest and self.asks["state"].fullmatch(" ".join(rest)):
            return Condition("awaits that", " ".join(rest), self._awaiting_the_state)
        said = [word for word in rest if any(self._steps(key, word, section) for section in self.sections)]
        if said:
            return Condition("awaits that", " ".join(said), partial(self._steps, key, " ".join(said)))
        return Condition(key, "", partial(self._steps, key, ""))

    def _awaits_without_draft(self) -> Condition | None:
        """The one step where the other is told first: "of those that wait, which have no draft?"; None for any other
        question. The sections are then those that have the first.
        """
        denial = self.asks["negated"].search(self.text)
        found = [match for key in ("awaits", "drafts") if (match := self.asks[key].search(self.text))]
        if denial is None or len(found) < 2 or not found[0].start() < denial.start() < found[1].start():
            return None
        self.sections = [section for section in self.sections if self._steps("awaits", "", section)]
        return Condition("drafts", "", partial(self._steps, "drafts", ""))

    def _steps(self, key: str, of: str, section: Section) -> list[Row]:
        """Return the next steps of a section that await something or are drafts; only those that say a word of `of`."""
        danish = words_of(ASKS, "da").asks[key]
        rows = [row for row in self._rows(section, Field.NEXT_STEP) if danish.search(row.span.quote.lower())]
        analyzer, language = self.desk.analyzer, self.request.language
        return [row for row in rows if not of or share_said(of, wording(row, language), analyzer, language) > 0]

    def _awaiting_the_state(self, section: Section) -> list[Row]:
        """Return the next steps of a section that await what the government or one of its ministries is to do."""
        state = words_of(ASKS, "da").asks["state"]
        bodies = [fact for fact in self.facts if fact.kind in ("ministry", "agency")]
        named = {row.span.id for row in self._naming(bodies, Field.NEXT_STEP, section)}
        rows = self._steps("awaits", "", section)
        return [row for row in rows if row.span.id in named or state.search(row.span.quote.lower())]

    def _open_drafts(self, section: Section) -> list[Row]:
        """Return the drafts of a section that its text itself leaves open."""
        open_ = words_of("claim", "da").asks["perhaps"]
        return [row for row in self._steps("drafts", "", section) if open_.search(row.span.quote.lower())]
