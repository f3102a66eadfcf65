"""Short turns of a conversation made whole: by the question before them, or by the list that was just given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.corpus.register import facts_named
from assistant.corpus.types import Document, Section
from assistant.index.library import Library
from assistant.language.files import both, words_of
from assistant.language.words import words
from assistant.understanding.conversation import questions_of
from assistant.understanding.types import Turn

FILE = "elliptic"
PLACES = {"first": 0, "second": 1, "third": 2, "last": -1}
MOST_WORDS = 8
# Tells of a text which names it says, as they are written there.
Names = Callable[[str], Sequence[str]]


def completed(text: str, language: str, history: Sequence[Turn], document: Document, library: Library) -> str:
    """Return a short turn made whole by what was asked or listed before it."""
    earlier = questions_of(history)
    if not earlier:
        return text
    lists = (turn.sections for turn in reversed(history) if turn.role == "assistant")
    listed = next((sections for sections in lists if len(sections) > 1), ())
    whole = another(text, language, earlier, lambda said: _names(said, library))
    return whole or pointed(text, language, listed, document)


def _names(text: str, library: Library) -> list[str]:
    """Return the names of the glossary and the first document that a text says, as it writes them."""
    written = [entry.short for entry in library.glossary if entry.stands_in(text)]
    facts = facts_named(text, library.register(library.ids[0]))
    lowered = text.lower()
    spans = [(lowered.find(form.lower()), form) for fact in facts for form in fact.forms]
    return [*written, *(text[at : at + len(form)] for at, form in sorted(spans) if at >= 0)]


def pointed(text: str, language: str, listed: Sequence[str], document: Document) -> str:
    """Return a question with "the first one" written out as the section of that place among those listed last."""
    themes = _themes(listed, document)
    asks = words_of(FILE, language).asks
    if len(themes) < 2:
        return text
    for key, place in PLACES.items():
        match = asks[key].search(text.lower())
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
