"""Short turns of a conversation made whole: by the question before them, or by the list that was just given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.corpus.register import TOWN, actors_in, amounts_of, facts_named, named_at
from assistant.corpus.types import Document, Section
from assistant.index.library import Library
from assistant.language.files import LANGUAGES, both, either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import NUMBER, amounts, ordinals
from assistant.language.words import words
from assistant.understanding.conversation import (
    FEW,
    UNTOLD,
    last_context,
    points_back,
    questions_of,
    set_talked,
    subject_words,
    themes_of,
)
from assistant.understanding.question import kind_of
from assistant.understanding.sections import label_words, numbered
from assistant.understanding.types import Turn

FILE = "elliptic"
PLACES = {"first": 0, "second": 1, "middle": 1, "third": 2, "last": -1}
MOST_WORDS = 8
LISTED = re.compile(
    r"^- [^:\n]+ – [^\[\n]{1,120}\d\w? \[\d", re.MULTILINE
)  # an answer that lists names with their places
# The kinds of name of which one is spoken of as "the first one", and how many they are where one is "the other".
NAMED, TWO = ("agency", "company", "organisation", "school", "body", "ministry"), 2
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
        return alone(text, language, lambda said: _names(said, document, library), document) or text
    told = next((turn for turn in reversed(history) if turn.role == "assistant"), Turn("assistant", ""))
    if (joined := asked_back(text, language, earlier, told)) is not None:
        return joined

    def names(said: str) -> Sequence[str]:
        return _names(said, document, library)

    text = numbered_again(text, language, earlier, document)
    whole = another(text, language, earlier, names) or alone(text, language, names, document)
    whole = whole or its_amounts(text, language, told, document, library)
    whole = whole or all_of_theme(text, language, history, document) or corrected(text, language, earlier, document)
    if whole:
        return whole
    text = in_that_town(text, language, told, document, library)
    theme = pointed(text, language, listed_last(history, document), document)
    name = one_named(text, language, told, document, library)
    return name if name and (theme == text or LISTED.search(told.content)) else theme


def listed_last(history: Sequence[Turn], document: Document) -> Sequence[str]:
    """Return the sections of the last answer that was about several, else those told of one after the other."""
    lists = (turn.sections for turn in reversed(history) if turn.role == "assistant")
    several = next((sections for sections in lists if len(themes_of(sections, document)) > 1), ())
    return several or tuple(section.id for section in set_talked(history, document, FEW))


def _names(text: str, document: Document, library: Library) -> list[str]:
    """Return the names of the glossary and of a document that a text says, as it writes them."""
    written = [entry.short for entry in library.glossary if entry.stands_in(text)]
    facts = facts_named(text, library.register(document.id))
    lowered = text.lower()
    spans = [(lowered.find(form.lower()), form) for fact in facts for form in fact.forms]
    found = [*written, *(text[at : at + len(form)] for at, form in sorted(spans) if at >= 0)]
    return list(dict.fromkeys(found))


def alone(text: str, language: str, names: Names, document: Document) -> str | None:
    """Return the question for the themes of an actor where a turn is only its name."""
    asks = words_of(FILE, language).asks
    bare, own = asks["bare"].match(text), [name for name in names(text) if _is_actor(name, document)]
    is_name = bare is not None and len(own) == 1 and words(bare["name"]) == words(own[0])
    return words_of(FILE, language).say("actor of", name=own[0]) if is_name else None


def _is_actor(name: str, document: Document) -> bool:
    return any(name in actors_in(section) for section in document.sections)


def its_amounts(text: str, language: str, told: Turn, document: Document, library: Library) -> str | None:
    """Return the question for the amounts of the one theme that was talked about, or for their sum, where a turn only
    asks for money.
    """
    themes = themes_of(told.sections, document)
    lowered, asks = text.lower(), words_of("reckon", language).asks
    added = asks["sum"].search(lowered)
    bare = asks["sum"].sub(" ", lowered)
    money = kind_of(lowered, language) is Kind.AMOUNT or asks["money"].search(lowered) is not None
    money = money or bool(added and amounts(told.content, language))  # "what is it over all the years?"
    leans = points_back(lowered, language) or (added and set(words(bare)) <= words_of(FILE, language).words["idle"])
    own = set(subject_words(bare)) - (words_of("reckon", language).words["idle"] if added else set())
    if len(themes) != 1 or not money or own or not leans:
        return None
    if not amounts_of(library.register(document.id), document.kin([themes[0].id])):
        return None
    label = themes[0].label if language == "da" else themes[0].label_en
    return words_of(FILE, language).say("sum of" if added else "amounts of", section=label)


def all_of_theme(text: str, language: str, history: Sequence[Turn], document: Document) -> str | None:
    """Return the question for an overview of a theme where a turn is its number alone and nothing of it was asked."""
    sections = numbered(text, document)
    context = last_context(history, language)
    if len(sections) != 1 or context is None or context.kind not in UNTOLD or len(words(text)) > FEW:
        return None
    section = sections[0]
    label = label_words([section])
    alone = not (set(words(text)) - label - both(FILE, "going over"))
    told = section.label if language == "da" else section.label_en
    return words_of(FILE, language).say("overview of", section=told) if alone else None


def corrected(text: str, language: str, earlier: Sequence[str], document: Document) -> str | None:
    """Return the question before with what a turn says was meant: "no, I meant in all"."""
    meant = words_of(FILE, language).asks["meant"].match(text.lower())
    rest = text[meant.end() :].strip() if meant else ""
    asks = words_of("clauses", language).asks["asks"].search(rest.lower())
    if numbered(rest, document):  # "no, I meant theme 4"
        number = words_of(FILE, language).asks["numbered"]
        return number.sub(rest, earlier[-1], count=1) if number.search(earlier[-1].lower()) else None
    numbers = [NUMBER.findall(each) for each in (rest, earlier[-1])]
    if all(len(each) == 1 for each in numbers):  # "no, I meant 200"
        return earlier[-1].replace(numbers[1][0], numbers[0][0])
    return f"{earlier[-1].rstrip('?!. ')} {rest}" if rest and not asks else None


def in_that_town(text: str, language: str, told: Turn, document: Document, library: Library) -> str:
    """Return a turn with "that town" written out as the only town that was told of last."""
    match = words_of(FILE, language).asks["that town"].search(text.lower())
    towns = [fact for fact in facts_named(told.content, library.register(document.id)) if fact.kind == TOWN]
    if match is None or len(towns) != 1:
        return text
    return text[: match.start()] + towns[0].called(language) + text[match.end() :]


def one_named(text: str, language: str, told: Turn, document: Document, library: Library) -> str | None:
    """Return a turn with "the other agency" written out as the one of that place among the names told last."""
    if words_of("reckon", language).asks["difference"].search(text.lower()):
        return None  # "how many more has the other?" is asked of both
    facts = [fact for fact in facts_named(told.content, library.register(document.id)) if fact.kind in NAMED]
    lowered = told.content.lower()
    names = [fact.called(language) for fact in sorted(facts, key=lambda fact: named_at(fact, lowered))]
    for key, place in PLACES.items():
        match = words_of(FILE, language).asks[key].search(text.lower())
        if match and key != "middle" and len(names) > max(place, 1) and (key != "second" or len(names) == TWO):
            return text[: match.start()] + names[place] + text[match.end() :]
    return None


def pointed(text: str, language: str, listed: Sequence[str], document: Document) -> str:
    """Return a question with "the first one" written out as the section of that place among those listed last."""
    themes = themes_of(listed, document)
    asks = words_of(FILE, language).asks
    if len(themes) < 2:
        return text
    for key, place in PLACES.items():
        match = asks[key].search(text.lower())
        if key == "middle" and len(themes) != MIDDLE:
            continue
        if match and len(themes) > place and not (key == "second" and len(themes) != 2 and "other" in match.group()):
            return _with_label(text, match, themes[place], language)
    if (match := asks["in order"].search(text.lower())) and (at := int(ordinals()[match["ordinal"]])) <= len(themes):
        return _with_label(text, match, themes[at - 1], language)
    return text


def _with_label(text: str, match: re.Match[str], section: Section, language: str) -> str:
    """Return a text with the label of a section for what was found in it."""
    return text[: match.start()] + (section.label if language == "da" else section.label_en) + text[match.end() :]


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
    extreme = words_of(FILE, language).asks["extreme"]
    own = extreme.search(text.lower()) is not None
    # "And the fewest?", after what has most, asks no longer for the most.
    before = (extreme.sub(" ", question) if own else question for question in reversed(earlier))
    return [f"{text.rstrip('?!. ')}: {question}" for question in before]


def asked_back(text: str, language: str, earlier: Sequence[str], told: Turn) -> str | None:
    """Return the question before with what a turn names, where that question was answered by asking which one."""
    front = words_of("phrases", language).says["which theme"].partition("{")[0]
    open_ = kind_of(text, language) in (Kind.WHAT, Kind.LIST) and len(words(text)) <= MOST_WORDS
    return f"{earlier[-1].rstrip('?!. ')} {text}" if open_ and told.content.startswith(front) else None


def numbered_again(text: str, language: str, earlier: Sequence[str], document: Document) -> str:
    """Return a turn with "theme" put before a number that stands for one, where themes were named by numbers before."""
    match = words_of(FILE, language).asks["number alone"].search(text)
    if match is None or numbered(text, document) or not any(numbered(each, document) for each in earlier):
        return text
    word = words_of(FILE, language).say("theme", number=match["number"])
    whole = text[: match.start("number")] + word + text[match.end("number") :]
    return whole if numbered(whole, document) else text
