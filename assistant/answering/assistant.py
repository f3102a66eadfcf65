"""Ask the agreement: language and request, then the plans in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from assistant.answering.combined import answered_in_parts, claims_judged
from assistant.answering.desk import Desk
from assistant.answering.draft import citation_of
from assistant.answering.finding import Finder
from assistant.answering.plans import OF_MESSAGE, OF_QUESTION, first_draft
from assistant.answering.plans.documents.untranslated import framed
from assistant.answering.plans.talked.recovered import with_sections
from assistant.answering.support.refusal import Refusal
from assistant.answering.types import Answer, Citation, Status
from assistant.corpus.types import Document
from assistant.errors import QuestionError
from assistant.index.build import Sources, check_index
from assistant.index.built import BuiltIndex, load_built
from assistant.index.embedder import Embedder, load_embedder
from assistant.index.library import Library
from assistant.index.store import Generation
from assistant.language.detection import OTHER, detect, nearest
from assistant.language.files import LANGUAGES, words_of
from assistant.language.mending import Mender
from assistant.language.phrases import phrase
from assistant.settings import Settings
from assistant.understanding.claim import claims_of
from assistant.understanding.conversation import questions_of
from assistant.understanding.documents.choosing import Choice, chosen
from assistant.understanding.documents.titles import Named, Titles
from assistant.understanding.elliptic import completed, said_in
from assistant.understanding.intake import checked, shortened, written_out
from assistant.understanding.parts import parts_of_question
from assistant.understanding.question import asked_whole, without_purpose, without_reader
from assistant.understanding.request import Request, request_of
from assistant.understanding.types import Question, Turn

# Documents of which a question may be asked too, because they have a part of the same label.
MOST_OTHERS = 2


class Assistant:
    """Answers questions from one built index. Keeps no question between calls; safe for threads."""

    def __init__(self, built: BuiltIndex, contact: str = "") -> None:
        self.built = built
        self.library: Library = built.library
        self.version: str = built.version
        self.searcher = built.searcher
        self.desk = Desk.of(built, contact)
        self.finder: Finder = self.desk.finder
        self.refusal: Refusal = self.desk.refusal
        self.titles = Titles(built.library.summaries)
        self.mender = Mender(built.searcher.analyzer, built.searcher.rarity.of)

    @classmethod
    def open(
        cls, settings: Sources | None = None, embedder: Embedder | None = None, generation: Generation | None = None
    ) -> Assistant:
        """Open the index in service, or a given verified generation. Raises errors of the index and the model.

        Without settings it is that of the material that the package brings; `assistant index build` makes it.
        """
        settings = settings or Settings.from_environment({})
        generation = generation or check_index(settings)
        built = load_built(generation, embedder or load_embedder(settings.model))
        return cls(built, str(getattr(settings, "contact", "") or ""))

    def ask(self, question: Question | str) -> Answer:
        """Answer a question, or a text as one. Raises QuestionError where it cannot be taken as sent."""
        question = Question(question) if isinstance(question, str) else question
        text = checked(question.message)
        if question.document is not None and question.document not in self.library.numbers:
            raise QuestionError("no_such_document", "document")
        history = with_sections(tuple(map(shortened, question.history)), partial(self._earlier, question))
        return framed(self._answered(question, text, history), self.desk)

    def _answered(self, question: Question, text: str, history: tuple[Turn, ...]) -> Answer:
        """Answer a text at its place in a conversation; the language and the document are those of the question."""
        language = self._language(text, replace(question, history=history))
        text, language = said_in(text, history) or (text, language)
        if language == OTHER:
            return self._unsupported(text)
        named = self.titles.named(self._spelled(text, language), language)
        text, choice = named.text, self._choice(named, question.document, language, history)
        home = self.library.document(choice.home)
        request = request_of(text, language, home, choice, history)
        if spoken := first_draft(OF_MESSAGE, request, self.desk):
            return spoken.answer(self.desk.offers(home).suggestions(language), self.desk.word_for(home.id, language))
        whole = completed(text, language, history, home, self.library)
        parts = parts_of_question(whole, language)
        part = partial(self._part, language, home, choice)
        if judged := claims_judged(claims_of(whole, language), history, part, language):
            return judged
        if together := answered_in_parts(whole, parts, history, part, language):
            return together
        return self._answer(request if whole == text else request_of(whole, language, home, choice, history))

    def _earlier(self, question: Question, text: str, history: Sequence[Turn]) -> Answer:
        """Answer an earlier question of a conversation again; one that cannot be taken was not answered then."""
        try:
            return framed(self._answered(question, checked(text), tuple(history)), self.desk)
        except QuestionError:
            return Answer(Status.NOT_IN_SOURCE, question.page_language, "")

    def search(self, question: Question | str, most: int = 10) -> tuple[Citation, ...]:
        """Return the sentences nearest to a question, best first, without judging whether they answer it; those of the
        document alone that is chosen or, where none is, named.

        Raises QuestionError where it cannot be taken as sent.
        """
        question = Question(question) if isinstance(question, str) else question
        text = checked(question.message)
        if question.document is not None and question.document not in self.library.numbers:
            raise QuestionError("no_such_document", "document")
        language = self._language(text, question)
        language = language if language in LANGUAGES else nearest(text)
        named = self.titles.named(self._spelled(text, language), language)
        only = question.document or (named.documents[0] if len(named.documents) == 1 else None)
        hits = self.finder.find(named.text, language, (), only).evidence.hits
        cited = (citation_of(hit.row, number) for number, hit in enumerate(hits[:most], 1))
        return tuple(each for each in cited if each is not None)

    def suggestions(self, language: str, document: str | None = None) -> tuple[str, ...]:
        """Return opening questions that a document answers, the first where none is given."""
        return self.desk.offers(self.library.document(document or self.library.ids[0])).suggestions(language)

    def _choice(self, named: Named, document: str | None, language: str, history: Sequence[Turn]) -> Choice:
        """Return which document a question is asked of; of several that have the label that it names, and little else
        tells, the one whose part says what it asks.
        """
        talked = self.finder.talked(history, language)
        choice = chosen(named.text, document, named, talked, self.library)
        best = self.finder.best_of(named.text, language, choice.labelled) if choice.labelled else None
        return choice.of(best) if best else choice

    def _part(
        self,
        language: str,
        home: Document,
        choice: Choice,
        text: str,
        history: Sequence[Turn],
        vouched: Iterable[str],
    ) -> Answer:
        """Answer a part of a question; `vouched` are the sections that its other parts are answered from."""
        request = request_of(text, language, home, choice, history)
        return self._answer(replace(request, vouched=frozenset(vouched)))

    def _answer(self, request: Request) -> Answer:
        """Answer a question, or a part of one, by the first plan that can."""
        draft = first_draft(OF_QUESTION, request, self.desk)
        assert draft is not None  # the last plan answers or says what is lacking
        offered = self.desk.offers(request.home).suggestions(request.language)
        about = draft.citations[0].document if draft.citations else request.home.id
        if request.others and not request.among:
            draft.suggestions = (*(offered if draft.suggestions is None else draft.suggestions), *self._others(request))
        return draft.answer(offered, self.desk.word_for(about, request.language))

    def _others(self, request: Request) -> tuple[str, ...]:
        """Return the question asked of other documents that have a part of the label that it names."""
        titles = [self.library.summary(each).title_in(request.language) for each in request.others[:MOST_OTHERS]]
        said = words_of("documents", request.language)
        return tuple(said.say("choice", question=request.message, title=title) for title in titles)

    def _spelled(self, text: str, language: str) -> str:
        """Return a text with its small words written out and those that ask as they are spelled, without what it is
        wanted for and for whom, and as one question where it says first what it then asks for.
        """
        mended = self.mender.mended(written_out(text, language), language)
        return asked_whole(without_reader(without_purpose(mended, language), language), language)

    def _language(self, text: str, question: Question) -> str:
        if question.language in LANGUAGES:
            return question.language
        asked = reversed(questions_of(question.history))
        told = (detect(content, "", self.built.ranking.vocabulary) for content in asked)
        earlier = next((found for found in told if found in LANGUAGES), question.page_language)
        return detect(text, earlier, self.built.ranking.vocabulary)

    def _unsupported(self, text: str) -> Answer:
        language = nearest(text)
        told = phrase("unsupported", language)
        return Answer(Status.UNSUPPORTED_LANGUAGE, language, told, suggestions=self.suggestions(language))
