"""What a plan works with: the documents, what they name, the words of the language, and who can be asked instead."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.compose import Composer
from assistant.answering.draft import Draft
from assistant.answering.finding import Finder
from assistant.answering.follow_ups import FollowUps
from assistant.answering.offers import Offers
from assistant.answering.seeking import Seeker
from assistant.answering.support.refusal import Refusal
from assistant.corpus.aliases import Alias
from assistant.corpus.called import Called
from assistant.corpus.glossary import Entry
from assistant.corpus.register import Fact
from assistant.corpus.types import Document, Section
from assistant.index.built import BuiltIndex
from assistant.index.library import Library
from assistant.index.records import Row
from assistant.index.search import Evidence, Query, Searcher
from assistant.language.files import words_of
from assistant.language.words import Analyzer, stem, words
from assistant.understanding.documents.kinds import kind_of_document
from assistant.understanding.question import understand
from assistant.understanding.request import Request

# How like a question must be to one that is anticipated, for its answer to be sought in other words than its own.
ANTICIPATED = 0.92
# Letters of a word that a compound may begin with.
BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Desk:
    """The same for every request of one index."""

    searcher: Searcher
    finder: Finder
    composer: Composer
    refusal: Refusal
    contact: str = ""

    @classmethod
    def of(cls, built: BuiltIndex, contact: str = "") -> Desk:
        """Set out what an index holds."""
        seeker = Seeker(built.searcher, FollowUps.load(built.generation.folder / "ranking"))
        composer = Composer(built.library, built.searcher.analyzer)
        return cls(built.searcher, Finder(built, seeker), composer, Refusal.of(built), contact)

    @property
    def library(self) -> Library:
        """The documents."""
        return self.searcher.library

    @property
    def analyzer(self) -> Analyzer:
        """What turns text into terms."""
        return self.searcher.analyzer

    @property
    def glossary(self) -> tuple[Entry, ...]:
        """What general short forms stand for."""
        return self.library.glossary

    def word_for(self, document: str, language: str) -> str:
        """Return the word for what a document is, such as "the agreement"."""
        return words_of("documents", language).says[kind_of_document(self.library.summary(document))]

    def query(self, text: str, language: str, document: str | None = None) -> Query:
        """Return what to search for, in one document where it is given."""
        return Query(text, language, document=None if document is None else self.library.numbers[document])

    def found_in(self, request: Request, text: str) -> Evidence:
        """Return what the document of a request has for a question by itself, whatever was said before."""
        return self.finder.find(text, request.language, (), request.home.id, request.home).evidence

    def believes(self, subject: str, evidence: Evidence, language: str) -> bool:
        """Return whether what was found for a subject is believed to be about it."""
        return self.refusal.decide(understand(subject, language), evidence, language, follow_up=False).answer

    def offers(self, document: Document) -> Offers:
        """Return what can be asked next of a document."""
        return Offers(document)

    def register(self, document: Document) -> tuple[Fact, ...]:
        """Return what a document names."""
        return self.library.register(document.id)

    def aliases(self, document: Document) -> tuple[Alias, ...]:
        """Return what people call its sections and topics."""
        return self.library.aliases(document.id)

    def called(self, document: Document) -> Called:
        """Return by which words its sections are called."""
        return self.library.called(document.id)

    def rows(self, document: Document) -> tuple[Row, ...]:
        """Return its rows, in reading order."""
        return self.library.rows(document.id)

    def row(self, document: Document, span: str) -> Row | None:
        """Return the row of a span, None where there is none of that id."""
        return self.library.row(document.id, span)

    def first(self, document: Document, section: Section) -> Row | None:
        """Return the first row of a section, None where it has no text."""
        place = self.library.place(document.id, section.id)
        return None if place is None else self.rows(document)[place]

    def like(self, request: Request) -> str:
        """Return what a question is like among the examples of the language files, "" where like none of them."""
        found = self.searcher.recent.said(request.text)
        return found[0] if found else ""

    def held_elsewhere(self, subject: str) -> bool:
        """Return whether some document, perhaps another than the one asked of, has every word of a subject."""
        wanted = {word for word in words(subject) if len(word) > 1}
        if len(self.library.ids) < 2:
            return False
        return self.searcher.held(wanted, range(self.searcher.columns.count), whole=True) == wanted

    def anticipated(self, request: Request) -> bool:
        """Return whether a question is much like one that the documents anticipate."""
        near = self.searcher.near(request.text)
        return bool(len(near.cosines)) and float(near.cosines.max()) >= ANTICIPATED

    def holds(self, document: Document, word: str, language: str) -> bool:
        """Return whether a document has a word, a compound that begins with it, or the first part of it."""
        held, wanted = self.words_held(document)[language], stem(word, language)
        if wanted in held or any(stem(part, language) in held for part in self.analyzer.parts(word)[:1]):
            return True
        return len(wanted) >= BEGINNING and any(each.startswith(wanted) for each in held)

    def words_held(self, document: Document) -> dict[str, frozenset[str]]:
        """Return the stems of the words that a document says, by language."""
        return self.library.stems(document.id)

    def cite_fact(self, draft: Draft, document: Document, fact: Fact, place: int = 0) -> int | None:
        """Cite the sentence of one of a fact's places, or the heading where it stands in one."""
        mention = fact.mentions[place]
        row = self.row(document, mention.span) if mention.span else None
        if row is not None:
            return draft.cite(row)
        return draft.cite_heading(document, document.section(mention.section), mention.start)
