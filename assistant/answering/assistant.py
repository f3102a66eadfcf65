"""Ask the agreement: language and request, then the plans in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.answering.combined import answered_in_parts
from assistant.answering.desk import Desk
from assistant.answering.finding import Finder
from assistant.answering.plans import OF_MESSAGE, OF_QUESTION, first_draft
from assistant.answering.support.refusal import Refusal
from assistant.answering.types import Answer, Status
from assistant.corpus.types import Document
from assistant.errors import QuestionError
from assistant.index.build import Sources, check_index
from assistant.index.built import BuiltIndex, load_built
from assistant.index.embedder import Embedder, load_embedder
from assistant.index.library import Library
from assistant.index.store import Generation
from assistant.language.detection import OTHER, detect, nearest
from assistant.language.files import LANGUAGES
from assistant.language.phrases import phrase
from assistant.settings import Settings
from assistant.understanding.conversation import questions_of
from assistant.understanding.elliptic import completed, said_in
from assistant.understanding.intake import checked, shortened, written_out
from assistant.understanding.parts import parts_of_question
from assistant.understanding.request import Request, request_of
from assistant.understanding.types import Question, Turn


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
        history = tuple(map(shortened, question.history))
        language = self._language(text, replace(question, history=history))
        text, language = said_in(text, history) or (text, language)
        if language == OTHER:
            return self._unsupported(text)
        named = question.document or self.library.named_in(text) or self.library.ids[0]
        home, only = self.library.document(named), question.document
        text = written_out(text, language)
        request = request_of(text, language, home, only, history)
        if spoken := first_draft(OF_MESSAGE, request, self.desk):
            return spoken.answer(self.desk.offers(home).suggestions(language))
        whole = completed(text, language, history, home, self.library)
        parts = parts_of_question(whole, language)
        part = partial(self._part, language, home, only)
        if together := answered_in_parts(parts, history, part, language):
            return together
        return self._answer(request if whole == text else request_of(whole, language, home, only, history))

    def suggestions(self, language: str) -> tuple[str, ...]:
        """Return opening questions that the first document answers."""
        return self.desk.offers(self.library.document(self.library.ids[0])).suggestions(language)

    def _part(self, language: str, home: Document, only: str | None, text: str, history: Sequence[Turn]) -> Answer:
        """Answer a part of a question."""
        return self._answer(request_of(text, language, home, only, history))

    def _answer(self, request: Request) -> Answer:
        """Answer a question, or a part of one, by the first plan that can."""
        draft = first_draft(OF_QUESTION, request, self.desk)
        assert draft is not None  # the last plan answers or says what is lacking
        return draft.answer(self.desk.offers(request.home).suggestions(request.language))

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
