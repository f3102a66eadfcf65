"""The MCP server over one Assistant: five tools that only read, resources for documents and sections, and a prompt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from assistant import __version__
from assistant.answering import Answer, Assistant, Question
from assistant.corpus.types import Document
from assistant.errors import QuestionError
from assistant.language.detection import detect
from assistant.language.files import LANGUAGES, words_of
from assistant.language.phrases import problem
from assistant.mcp.shapes import Answered, Cited, DocumentName, Documents, Found, Named, Register, SectionText
from assistant.understanding.types import MOST_CHARACTERS

T = TypeVar("T")
SCHEME = "agreement://documents"
MOST_SPANS = 20
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
Text = Annotated[str, Field(description="A question in Danish or English, of at most 500 characters.")]
OneOrAll = Annotated[str | None, Field(description="The id of one document; all where it is left out.")]
Id = Annotated[str, Field(description="The id of a document, as list_documents gives it.")]


@dataclass(frozen=True, slots=True)
class Source:
    """What the tools work with: the Assistant in service, a way to ask it, and the address of the service, or ""."""

    assistant: Assistant
    ask: Callable[[Question], Answer]
    home: str


def build(source: Callable[[], Source]) -> MCPServer:
    """Build the server; `source` is asked anew for every call."""
    # The SDK's own lines name methods and arguments, which a client may have written a question into.
    logging.getLogger("mcp").setLevel(logging.CRITICAL + 1)
    server = MCPServer("agreement-assistant", version=__version__, instructions=words_of("mcp", "en").says["about"])
    _add_asking(server, source)
    _add_reading(server, source)
    _add_resources(server, source)

    @server.prompt(title="Answer from the agreement")
    async def answer_from_the_agreement(question: str) -> str:
        """Have a question answered by the ask tool alone, with its citations word for word."""
        found = detect(question[:MOST_CHARACTERS], "en")
        return words_of("mcp", found if found in LANGUAGES else "en").say("prompt", question=question)

    return server


def _add_asking(server: MCPServer, source: Callable[[], Source]) -> None:
    @server.tool(title="Ask the agreements", annotations=_READS)
    async def ask(
        question: Text, document: OneOrAll = None, language: Literal["auto", "da", "en"] = "auto"
    ) -> Answered:
        """Answer a question from the documents, each sentence with a verbatim citation, or say that they do not tell.

        Pass the person's own words. Quote the citations as they are; where the status is not_in_source, say so.
        """
        at = source()
        asked = Question(question, language, document=document)
        return Answered.of(_told(question, lambda: at.ask(asked)), at.home)

    @server.tool(title="Search the agreements", annotations=_READS)
    async def search(
        query: Text, document: OneOrAll = None, limit: Annotated[int, Field(ge=1, le=MOST_SPANS)] = 5
    ) -> Found:
        """Find the places nearest to a question, with their offsets and without an answer."""
        at = source()
        asked = Question(query, document=document)
        spans = _told(query, lambda: at.assistant.search(asked, limit))
        return Found(spans=[Cited.of(each, at.home) for each in spans])


def _add_reading(server: MCPServer, source: Callable[[], Source]) -> None:
    @server.tool(title="Read a section", annotations=_READS)
    async def read_section(document: Id, section: str) -> SectionText:
        """Give the whole text of one section, such as tema-7, with its translation."""
        found = _document(source(), document)
        try:
            return SectionText.of(found, found.section(section))
        except KeyError:
            known = ", ".join(each.id for each in found.sections)
            raise ToolError(f"There is no such section. The sections are {known}.") from None

    @server.tool(title="List the documents", annotations=_READS)
    async def list_documents() -> Documents:
        """List the documents with their sections."""
        at = source()
        return Documents(documents=[DocumentName.of(each, at.home) for each in at.assistant.library.documents])

    @server.tool(title="List what a document names", annotations=_READS)
    async def register(
        document: Id,
        kind: Annotated[
            str | None, Field(description="Such as town, ministry, amount, date or empty; all else.")
        ] = None,
    ) -> Register:
        """List all that a document names: towns, bodies, programmes, amounts, dates, what is empty, at all places."""
        at = source()
        identity = _document(at, document).id
        facts = [Named.of(fact) for fact in at.assistant.library.register(identity) if kind in (None, fact.kind)]
        return Register(document=identity, facts=facts)


def _add_resources(server: MCPServer, source: Callable[[], Source]) -> None:
    @server.resource(f"{SCHEME}/{{document}}", title="A document", mime_type="text/plain")
    async def document_text(document: str) -> str:
        """The Danish text of a document; offsets of citations count its code points."""
        return _resource(source(), document).text

    @server.resource(f"{SCHEME}/{{document}}/{{section}}", title="A section", mime_type="text/plain")
    async def section_text(document: str, section: str) -> str:
        """The Danish text of a section."""
        found = _resource(source(), document)
        try:
            return SectionText.of(found, found.section(section)).text
        except KeyError:
            raise ResourceNotFoundError("There is no such section; list_documents names them.") from None

    @server.resource(SCHEME, title="The documents", mime_type="application/json")
    async def documents() -> str:
        """All documents with their sections."""
        at = source()
        shapes = [DocumentName.of(each, at.home) for each in at.assistant.library.documents]
        return Documents(documents=shapes).model_dump_json()


def _told(text: str, work: Callable[[], T]) -> T:
    """Do what a question asks for; where it cannot be taken as sent, say how to mend it, in its language."""
    try:
        return work()
    except QuestionError as error:
        found = detect(text[:MOST_CHARACTERS], "en")
        raise ToolError(problem(error.code, found if found in LANGUAGES else "en")) from None


def _document(at: Source, document: str) -> Document:
    try:
        return at.assistant.library.document(document)
    except KeyError:
        raise ToolError("There is no such document; list_documents names them.") from None


def _resource(at: Source, document: str) -> Document:
    try:
        return at.assistant.library.document(document)
    except KeyError:
        raise ResourceNotFoundError("There is no such document; list_documents names them.") from None
