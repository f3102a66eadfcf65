"""Where else a name stands than in what is talked about: "are they in other themes?", "is Viborg in any others?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.collecting.told import named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.corpus.register import AREA, actors_in, facts_named
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row, field_rows
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.phrases import phrase
from assistant.understanding.conversation import subject_words, themes_of
from assistant.understanding.question import asks_yes_or_no, kind_of
from assistant.understanding.request import Request

FILE = "elliptic"
SHOWN = 1  # sentences of a theme that are shown


@dataclass(frozen=True, slots=True)
class Name:
    """A name, and the rows that it stands in by theme; `actor` where these are actors fields."""

    called: str
    rows: Sequence[tuple[Section, Sequence[Row]]]
    actor: bool


def plan(request: Request, desk: Desk) -> Draft | None:
    """List all themes in which a name, or each actor of what is talked about, stands; yes where one is another."""
    asks = words_of(FILE, request.language).asks
    asked = asks["elsewhere"].search(request.lowered) or _where_is_one(request, desk)
    names = _names(request, desk) if asked and len(request.sections) < 2 else []
    if not names:
        return None
    draft, said = Draft(request.language), words_of("themes", request.language)
    if asks_yes_or_no(request.lowered, request.language):
        here = {section.id for section in _here(request)}
        others = ([theme for theme, _ in name.rows if theme.id not in here] for name in names)
        more = any(len(themes) > (0 if here else 1) for themes in others)
        draft.verdict = phrase("yes" if more else "no", request.language)
    for name in names:
        count = said.number("section", len(name.rows))
        draft.remark(
            ("\n" if draft.sentences else "")
            + said.say("has actor" if name.actor else "has word", count=count, name=name.called)
        )
        for theme, rows in name.rows:
            draft.item(said.say("item", section=named(theme, request.language), values=draft.quoted(rows[:SHOWN])))
    return draft


def _where_is_one(request: Request, desk: Desk) -> bool:
    """Return whether a turn asks where an actor is: "and where is BM then?"."""
    bare = words_of(FILE, request.language).asks["where is"].match(request.text)
    return bool(request.history and bare) and any(entry.named_in(request.text) for entry in desk.glossary)


def _here(request: Request) -> tuple[Section, ...]:
    """Return the themes that the others are other than: the one that is named, else those that are talked about."""
    return themes_of((section.id for section in request.sections), request.home) or themes_of(
        request.talked, request.home
    )


def _names(request: Request, desk: Desk) -> list[Name]:
    """Return the names that a turn says, else those of the question before it, else the actors that were told."""
    own = _named_in(request.text, request, desk)
    bare = words_of(FILE, request.language).asks["elsewhere"].sub(" ", request.lowered)
    if own or not request.history or set(subject_words(bare)) - words_of(FILE, request.language).words["standing"]:
        return own
    themes = _here(request)
    for question in reversed(request.earlier):
        if told := _named_in(question, request, desk):
            return told
        if kind_of(question, request.language) is Kind.ACTORS:
            break
    return [_as_actor(name, request) for name in actors_in(themes[0])] if len(themes) == 1 else []


def _named_in(text: str, request: Request, desk: Desk) -> list[Name]:
    """Return the actors that a text names, else the one other name of it that is no area: the region is everywhere."""
    entries = [entry.short for entry in desk.glossary if entry.named_in(text)]
    actors = [_as_actor(name, request) for name in entries]
    if found := [name for name in actors if name.rows]:
        return found
    facts = [fact for fact in facts_named(text, desk.register(request.home)) if fact.kind != AREA]
    if not facts:
        return []
    spans = {mention.span for mention in facts[0].mentions}
    rows = [row for row in desk.rows(request.home) if row.span.id in spans]
    themes = themes_of((row.section.id for row in rows), request.home)
    home = request.home
    by_theme = [(theme, [row for row in rows if home.theme_of(row.section).id == theme.id]) for theme in themes]
    return [Name(facts[0].called(request.language), by_theme, False)]


def _as_actor(name: str, request: Request) -> Name:
    """Return where a name stands among the actors."""
    themes = [section for section in request.home.sections if section.kind is SectionKind.THEME]
    by_theme = [(theme, _cells(name, theme, request)) for theme in themes if name in actors_in(theme)]
    return Name(name, by_theme, True)


def _cells(name: str, theme: Section, request: Request) -> list[Row]:
    return [row for row in field_rows(request.home, theme, Field.ACTORS) if name in row.span.quote]
