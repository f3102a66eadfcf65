"""Short turns of a conversation made whole: by the question before them, or by the list that was just given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.corpus.register import TOWN, actors_in, amounts_of, facts_named
from assistant.corpus.types import Document, Field, Section
from assistant.index.library import Library
from assistant.language.files import LANGUAGES, both, either, words_of
from assistant.language.kinds import Kind
from assistant.language.words import words
from assistant.understanding.conversation import points_back, questions_of, subject_words
from assistant.understanding.question import kind_of
from assistant.understanding.types import Turn

FILE = "elliptic"
PLACES = {"first": 0, "second": 1, "middle": 1, "third": 2, "last": -1}
MOST_WORDS = 8
MIDDLE = 3  # of so many one is in the middle
# Tells of a text which names it says, as they are written there.
Names = Callable[[str], Sequence[str]]


def said_in(text: str, history: Sequence[Turn]) -> tuple[str, str] | None:
    """Return the question before a turn that only asks for another language, and that language."""
    earlier = questions_of(history)
    for language in LANGUAGES:
        if earlier and either(FILE, f"in {language}").fullmatch(text.lower().strip(" ?!.")):
            return earlier[-1], language
    return None


def completed(text: str, language: str, history: Sequence[Turn], document: Document, library: Library) -> str:
    """Return a short turn made whole by what was asked or listed before it."""
    earlier = questions_of(history)
    if not earlier:
        return text
    lists = (turn.sections for turn in reversed(history) if turn.role == "assistant")
    listed = next((sections for sections in lists if len(sections) > 1), ())
    told = next((turn for turn in reversed(history) if turn.role == "assistant"), Turn("assistant", ""))

    def names(said: str) -> Sequence[str]:
        return _names(said, document, library)

    whole = another(text, language, earlier, names) or elsewhere(text, language, told, names, document)
    whole = whole or its_amounts(text, language, told, document, library)
    return whole or pointed(in_that_town(text, language, told, document, library), language, listed, document)


def _names(text: str, document: Document, library: Library) -> list[str]:
    """Return the names of the glossary and of a document that a text says, as it writes them."""
    written = [entry.short for entry in library.glossary if entry.stands_in(text)]
    facts = facts_named(text, library.register(document.id))
    lowered = text.lower()
    spans = [(lowered.find(form.lower()), form) for fact in facts for form in fact.forms]
    found = [*written, *(text[at : at + len(form)] for at, form in sorted(spans) if at >= 0)]
    return list(dict.fromkeys(found))


def elsewhere(text: str, language: str, told: Turn, names: Names, document: Document) -> str | None:
    """Return the question for the themes of an actor where a turn asks of it "elsewhere", or is only its name.

    The actor is the one that the turn names, or the only one of the theme that was talked about last.
    """
    asks = words_of(FILE, language).asks
    asked = asks["elsewhere"].search(text.lower())
    bare = asks["bare"].match(text)
    own = [name for name in names(text) if _is_actor(name, document)]
    if not own and asked:
        themes = [section for section in _themes(told.sections, document) if section.field(Field.ACTORS)]
        own = actors_in(themes[0]) if len(themes) == 1 else []
    alone = bare is not None and len(own) == 1 and words(bare["name"]) == words(own[0])
    return words_of(FILE, language).say("actor of", name=own[0]) if len(own) == 1 and (asked or alone) else None


def _is_actor(name: str, document: Document) -> bool:
    return any(name in actors_in(section) for section in document.sections)


def its_amounts(text: str, language: str, told: Turn, document: Document, library: Library) -> str | None:
    """Return the question for the amounts of the one theme that was talked about, where a turn only asks for money."""
    themes = _themes(told.sections, document)
    lowered = text.lower()
    money = kind_of(lowered, language) is Kind.AMOUNT or words_of("reckon", language).asks["money"].search(lowered)
    if len(themes) != 1 or not money or subject_words(text) or not points_back(lowered, language):
        return None
    if not amounts_of(library.register(document.id), document.kin([themes[0].id])):
        return None
    label = themes[0].label if language == "da" else themes[0].label_en
    return words_of(FILE, language).say("amounts of", section=label)


def in_that_town(text: str, language: str, told: Turn, document: Document, library: Library) -> str:
    """Return a turn with "that town" written out as the only town that was told of last."""
    match = words_of(FILE, language).asks["that town"].search(text.lower())
    towns = [fact for fact in facts_named(told.content, library.register(document.id)) if fact.kind == TOWN]
    if match is None or len(towns) != 1:
        return text
    return text[: match.start()] + towns[0].called(language) + text[match.end() :]


def pointed(text: str, language: str, listed: Sequence[str], document: Document) -> str:
    """Return a question with "the first one" written out as the section of that place among those listed last."""
    themes = _themes(listed, document)
    asks = words_of(FILE, language).asks
    if len(themes) < 2:
        return text
    for key, place in PLACES.items():
        match = asks[key].search(text.lower())
        if key == "middle" and len(themes) != MIDDLE:
            continue
        if match and len(themes) > place and not (key == "second" and len(themes) != 2 and "other" in match.group()):
            section = themes[place]
            label = section.label if language == "da" else section.label_en
            return text[: match.start()] + label + text[match.end() :]
    return text


def _themes(listed: Sequence[str], document: Document) -> list[Section]:
    """Return the themes of sections in their order, each once."""
    known = {section.id: section for section in document.sections}
    themes = (known[each].theme or each for each in listed if each in known)
    return [known[each] for each in dict.fromkeys(themes)]


def another(text: str, language: str, earlier: Sequence[str], names: Names) -> str | None:
    """Return the question before with its name replaced by the one that is all that a turn says; else None."""
    bare = words_of(FILE, language).asks["bare"].match(text)
    if bare is None or len(words(text)) > MOST_WORDS:
        return None
    own = names(bare["name"])
    if len(own) != 1 or set(words(bare["name"])) - set(words(own[0])) - both(FILE, "around"):
        return None
    for question in reversed(earlier):
        said = names(question)
        if said and len(words(question)) > len(words(said[0])) + 2:
            return re.sub(re.escape(said[0]), own[0], question, count=1, flags=re.IGNORECASE)
    return None


def with_earlier(text: str, language: str, earlier: Sequence[str]) -> list[str]:
    """Return a turn that only asks which or how many, joined with each question before it, the last first."""
    said = words(text)
    if not earlier or not said or len(said) > MOST_WORDS or set(said) - words_of(FILE, language).words["idle"]:
        return []
    return [f"{text.rstrip('?!. ')}: {question}" for question in reversed(earlier)]
