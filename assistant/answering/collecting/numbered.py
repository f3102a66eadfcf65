"""Conditions on how many: "themes with more than two actors", "with exactly one next step", "with the same actors"."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from assistant.answering.collecting.scope import Scope
from assistant.answering.collecting.steps import Condition
from assistant.corpus.register import actors_in
from assistant.corpus.types import Field, Section
from assistant.index.records import Row
from assistant.language.files import both
from assistant.language.values import number_of
from assistant.language.words import words

FIELDS = {"actors": Field.ACTORS, "step": Field.NEXT_STEP}
BOUNDS: Mapping[str, Callable[[int, int], bool]] = {
    "above": operator.gt,
    "least": operator.ge,
    "below": operator.lt,
    "most": operator.le,
    "exact": operator.eq,
}
# Words between a number and what it counts: "exactly two different actors".
BETWEEN = 1


class Numbered(Scope):
    """Finds a condition on how many actors or next steps a section has, or on having the same as another."""

    def condition(self) -> Condition | None:
        """Return the condition; None where the question sets none of the kind."""
        return self._on_number() or self._on_same()

    def _on_number(self) -> Condition | None:
        for match in self.said.asks["bound"].finditer(self.text):
            number = 1 if self.said.asks["one"].fullmatch(match["n"]) else number_of(match["n"])
            behind = self.text[match.end() :]
            for key, field in FIELDS.items():
                thing = self.asks[key].search(behind)
                if number is None or thing is None or len(words(behind[: thing.start()])) > BETWEEN:
                    continue
                bound = next((each for each in BOUNDS if match[each]), None)
                if bound is None and match["n"] in both("references", "articles"):
                    continue  # "has an actor" counts none
                said = match.group() if bound else match["n"]
                name = f"{said.strip()} {behind[: thing.end()].strip()}"
                return Condition("number", name, self._having(field, BOUNDS[bound or "exact"], int(number)))
        return None

    def _having(
        self, field: Field, holds: Callable[[int, int], bool], number: int
    ) -> Callable[[Section], Sequence[Row]]:
        def shown_by(section: Section) -> Sequence[Row]:
            # A section that has none is shown by its text.
            shown = self._rows(section, field) or self._rows(section)
            return shown if holds(len(self._values(section, field)), number) else []

        return shown_by

    def _on_same(self) -> Condition | None:
        same = self.said.asks["same"].search(self.text)
        field = next((field for key, field in FIELDS.items() if self.asks[key].search(self.text)), None)
        if same is None or field is None or self.negated:
            return None
        tally = Counter(frozenset(values) for each in self.sections if (values := self._values(each, field)))

        def shown_by(section: Section) -> Sequence[Row]:
            return self._rows(section, field) if tally[frozenset(self._values(section, field))] > 1 else []

        return Condition("same", "", shown_by)

    def _values(self, section: Section, field: Field) -> list[str]:
        return actors_in(section) if field is Field.ACTORS else [row.span.quote for row in self._rows(section, field)]
