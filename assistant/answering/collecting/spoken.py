"""Which sections speak of what a question asks, by its own words, their families and, in Danish, their compounds."""

from __future__ import annotations

from assistant.answering.collecting.steps import Condition, Steps
from assistant.answering.collecting.told import joined
from assistant.corpus.types import Section
from assistant.index.records import Row
from assistant.language.words import fold, words

# Letters of a stem that other words begin with only where they are of the same family, or its compounds.
LONG = {"da": 5, "en": 7}
# Words of a question that sections may say each by itself.
MOST_WORDS = 3


class Spoken(Steps):
    """Finds the condition of a question for what sections speak of."""

    def _on_words(self) -> Condition | None:
        """Whether a section, or what elaborates it, says the words that are left of the question.

        Where none says all of them, whether it says any: "about jobs and workers" may be about either.
        """
        rest = self._narrowing("theme", "annex", "where", "or")
        if (
            self.own
            or (self.asks["where"].search(self.text) and not self.negated)  # its places are told
            or not rest
            or len(rest) > MOST_WORDS
            or not (self.asks["strict"].search(self.text) or self.of_them)
            or not self.said.asks["about"].search(self.text)
        ):
            return None
        said = {word: found for word in rest if any((found := self._saying(word)).values())}
        # "About workers from abroad" may be said in other words; one word that is nowhere is told to be nowhere.
        if not said:
            return Condition("word", rest[0], lambda _section: []) if len(rest) == 1 else None
        of_all = [s.id for s in self.sections if len(said) == len(rest) and all(each[s.id] for each in said.values())]
        either = self.asks["or"].search(self.text) is not None or not of_all
        one = (strict := self.asks["strict"].search(self.text)) and not strict.group().endswith(("s", "er", "erne"))
        if one and either and len(rest) > 1:
            return None  # the one theme about that may say it in other words
        language = self.request.language
        subjects = self._subjects(list(said)) if either else [list(said)]
        subjects = subjects if len(subjects) > 1 else [[word] for word in said] if either else subjects
        name = joined([" ".join(subject) for subject in subjects], language, "or")

        def shown_by(section: Section) -> list[Row]:
            held = [subject for subject in subjects if all(said[word][section.id] for word in subject)]
            found = {row.span.id: row for subject in held for word in subject for row in said[word][section.id]}
            return list(found.values())

        return Condition("word", name, shown_by)

    def _subjects(self, said: list[str]) -> list[list[str]]:
        """Return the words of each of several subjects: "international cooperation or export" are two."""
        pieces = self.asks["or"].split(self.text)
        subjects = [[word for word in said if word in words(piece)] for piece in pieces]
        return [subject for subject in subjects if subject]

    def _saying(self, word: str) -> dict[str, list[Row]]:
        """Return, by section, the rows of it and of what elaborates it that hold a word, or a compound with it; title
        and sub-headings included.
        """
        analyzer, language = self.desk.analyzer, self.request.language
        mended = analyzer.repair(word)
        wanted = {analyzer.word_terms(mended, language)[0], fold(mended)}
        return {
            section.id: [
                row
                for place in (section, *self.document.annexes(section.id))
                for row in self._rows(place)
                if _held(wanted, set(analyzer.terms(_shown(row, language), language)), language)
            ]
            for section in self.sections
        }


def _shown(row: Row, language: str) -> str:
    """Return what a row says in a language with its title and sub-heading."""
    section, passage = row.section, row.passage
    if language == "da":
        return " ".join(filter(None, (section.title, passage.subheading, row.span.quote)))
    return " ".join(filter(None, (section.title_en, passage.subheading_en, row.span.translation or row.span.quote)))


def _held(wanted: set[str], terms: set[str], language: str) -> bool:
    """Return whether some terms hold a word or, where it is long, one of its family: "digital" in "digitalisation"; in
    Danish also a compound that ends in it.
    """
    begins = tuple(each for each in wanted if len(each) >= LONG[language])
    ends = begins if language == "da" else ()
    return bool(wanted & terms) or any(term.startswith(begins) or term.endswith(ends) for term in terms)
