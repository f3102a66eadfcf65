"""Follow-ups: what an elliptical or pronominal question borrows from the conversation so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import both, either, words_of
from assistant.language.kinds import Kind
from assistant.language.words import words
from assistant.understanding.question import kind_of
from assistant.understanding.types import Turn

FEW = 4  # of more than so many "they" is seldom said
UNTOLD = (Kind.WHAT, Kind.LIST)
TRANSFERRED = (Kind.NEXT_STEP, Kind.ACTORS, Kind.OWNER, Kind.AMOUNT, Kind.COUNT)
# Words that carry no subject of their own: what is asked for, not what it is about.
GENERIC, MORE = both("turns", "generic"), both("turns", "more")
MOST_OF_A_NAME = 2  # words of a turn that is no more than a name
QUESTION_WORDS = both("turns", "question")


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation lends: sections talked about, the words they were asked for with, a kind, and what was
    told, the last last.
    """

    sections: tuple[str, ...]
    question: str
    subject: str
    kind: Kind
    told: tuple[str, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it should be searched: its text, the kind it inherits, and the context it may lean on."""

    text: str
    kind: Kind | None = None
    context: Context | None = None


def _turns(language: str) -> Mapping[str, re.Pattern[str]]:
    return words_of("turns", language).asks


def asks_content(text: str, language: str) -> bool:
    """Return whether a text asks what a thing is about, whatever was asked of another before."""
    return bool(_turns(language)["content"].search(text.lower()))


def goes_on(text: str) -> bool:
    """Return whether a text in small letters asks for what was not told yet: "also", "else", "more"."""
    return bool(either("turns", "goes on").search(text))


def points_back(text: str, language: str) -> bool:
    """Return whether a text in small letters has a pronoun that points back."""
    return bool(_turns(language)["anaphora"].search(text))


def questions_of(history: Sequence[Turn]) -> list[str]:
    """Return what was asked in a conversation, oldest first."""
    return [turn.content for turn in history if turn.role == "user"]


def last_context(history: Sequence[Turn], language: str) -> Context | None:
    """Return what the last answered turns were about; None at the beginning of a conversation."""
    asked = questions_of(history)
    if not asked:
        return None
    answers = [turn for turn in history if turn.role == "assistant"]
    sections = next((turn.sections for turn in reversed(answers) if turn.sections), ())
    subject = next((found for each in reversed(asked) if (found := " ".join(subject_words(each)))), asked[-1])
    told = tuple(turn.content for turn in answers)
    return Context(sections, asked[-1], subject, _kind(asked, language), told)


def _kind(asked: Sequence[str], language: str) -> Kind:
    """Return the kind asked for last; "and for broadband?" asks for what the question before it did."""
    for text in reversed(asked):
        kind = kind_of(text, language)
        if kind not in UNTOLD or not (_turns(language)["transfer"].match(text.lower()) or _is_bare(text)):
            return kind
    return Kind.WHAT


def _is_bare(text: str) -> bool:
    """Return whether a turn is no more than a name: "theme 9"."""
    said = words(text)
    return len(said) <= MOST_OF_A_NAME and QUESTION_WORDS.isdisjoint(said)


def resolve(text: str, language: str, context: Context | None) -> Resolved:
    """Decide whether a question may lean on the conversation, and which kind it takes over from it."""
    lowered = text.lower().strip(" ?.!")
    if context is None or either("turns", "change").search(lowered):
        return Resolved(text)
    transfer = _turns(language)["transfer"].match(lowered)
    named = transfer is not None and _is_name(transfer["subject"], language)
    return Resolved(text, inherited(lowered, language, context) if named else None, context)


def names_another(text: str, language: str) -> bool:
    """Return whether a turn only goes over to another subject: "and for broadband?", "what about Google?"."""
    transfer = _turns(language)["transfer"].match(text.lower().strip(" ?.!"))
    return transfer is not None and _is_name(transfer["subject"], language)


def _is_name(subject: str, language: str) -> bool:
    """Return whether "and …?" names a new subject, rather than asking another question about the old one."""
    first = words(subject)[:1]
    asks = bool(first) and first[0] in QUESTION_WORDS
    return (
        bool(subject_words(subject))
        and not asks
        and not _turns(language)["anaphora"].search(either("turns", "stands in").sub("", subject))
    )


def inherited(text: str, language: str, context: Context) -> Kind | None:
    """Return the kind that "and for broadband?" or "what about theme 2?" takes over from the question before."""
    open_ = kind_of(text.lower().strip(" ?.!"), language) in UNTOLD
    return context.kind if open_ and context.kind in TRANSFERRED else None


def leans(text: str, language: str) -> bool:
    """Return whether a question has no subject of its own, or points back with a pronoun and says little else."""
    own = subject_words(text)
    pointed = bool(_turns(language)["anaphora"].search(text)) or bool(_turns(language)["opening"].match(text))
    return not own or (pointed and len(own) <= 2) or (len(own) == 1 and len(words(text)) <= 3)


def brief(text: str) -> bool:
    """Return whether a question says so little that it needs the conversation to be understood."""
    return len(subject_words(text)) <= 3


def asks_for_more(text: str) -> bool:
    """Return whether a question without a subject of its own asks for more of what was told."""
    return not MORE.isdisjoint(words(text)) and not subject_words(text)


def subject_words(text: str) -> list[str]:
    """Return the words of a question that say what it is about."""
    return [word for word in words(text) if word not in GENERIC and (len(word) > 2 or word.isdigit())]


def themes_of(ids: Iterable[str], document: Document) -> tuple[Section, ...]:
    """Return the themes of sections, an annex part as the theme that it elaborates, in their order, each once."""
    known = {section.id: section for section in document.sections}
    themes = (document.theme_of(known[each]) for each in ids if each in known)
    return tuple({theme.id: theme for theme in themes if theme.kind is SectionKind.THEME}.values())


def set_talked(history: Sequence[Turn], document: Document, most: int = 2) -> tuple[Section, ...]:
    """Return the themes that "they" or "the two" are: the few of the last answer; where it was about one, the `most`
    different ones that the answers were about one after the other, the last last. Empty where there are no two.
    """
    run: list[Section] = []
    for themes in _answers(history, document):
        if len(themes) > 1:
            return themes if not run and len(themes) <= FEW else tuple(run) if len(run) > 1 else ()
        run = run if themes[0] in run else [themes[0], *run]
        if len(run) == most:
            break
    return tuple(run) if len(run) > 1 else ()


def _answers(history: Sequence[Turn], document: Document) -> Iterable[tuple[Section, ...]]:
    """Yield the themes that each answer was about, the last first; answers about none are passed over."""
    told = (themes_of(turn.sections, document) for turn in reversed(history) if turn.role == "assistant")
    return (themes for themes in told if themes)
