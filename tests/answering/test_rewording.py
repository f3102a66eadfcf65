"""The same question in words that no plan knows: it is asked in those of the language files."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant
from assistant.answering.support.rewording import reworded
from assistant.answering.types import Status
from assistant.index.learned.wordings import FILE, wordings
from assistant.language.files import LANGUAGES, words_of
from assistant.understanding.documents.choosing import Choice
from assistant.understanding.request import Request, request_of
from tests.answering.talking import talk


def asked(assistant: Assistant, text: str, language: str) -> Request:
    home = assistant.library.document(assistant.library.ids[0])
    return request_of(text, language, home, Choice(home.id))


# Written for this test; none stands among the wordings.
@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("Does LEGO get a name-check in there?", "en", None),  # a name that the document does not have
        ("Does Apple get a mention in there?", "en", "Is Apple mentioned?"),
        ("Antallet af temaer, tak.", "da", "Hvor mange temaer er der?"),
        ("byer i tema 8, tak", "da", "Hvilke byer nævner Tema 8?"),
    ],
)
def test_a_question_is_asked_in_the_words_of_the_language_files(
    assistant: Assistant, text: str, language: str, meant: str | None
) -> None:
    again = reworded(asked(assistant, text, language), assistant.desk)
    assert (again.text if again else None) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Which ministries answer for the wind programme?",  # of a thing that the document names
        "Which themes have actors?",  # the opposite of one that is known
        "I heard that the wind programme runs to 2018.",  # a claim
        "How many jobs are moved to the region?",  # what a sentence answers
    ],
)
def test_what_says_more_or_the_opposite_stays_as_it_is(assistant: Assistant, text: str) -> None:
    again = reworded(asked(assistant, text, "en"), assistant.desk)
    assert again is None or again.text == "Which themes have actors?"


def test_a_reworded_question_gets_the_answer_of_the_plain_one(assistant: Assistant) -> None:
    plain, other = ("Which themes await something?", "Under which headings is something still being waited for?")
    assert talk(assistant, other)[0].text == talk(assistant, plain)[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_question_is_told_from_the_others_by_its_own_words(assistant: Assistant, language: str) -> None:
    said = words_of(FILE, language)
    for key in said.examples:
        text = said.says[key].replace("{theme}", words_of("overview", language).say("the theme")).replace("{name}", "X")
        assert assistant.searcher.wordings.nearest(text, assistant.searcher.vector(text))[0] == key


def test_the_wordings_are_learned_anew_only_where_they_changed(assistant: Assistant) -> None:
    folder = assistant.built.generation.folder / "wordings"
    assert {path.name for path in folder.iterdir()} == {"head.npy", "keys.npy", "texts.npy"}
    assert len({key for key, _ in wordings()}) == len(assistant.searcher.wordings.keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_question_is_put_as_is_answered(assistant: Assistant, language: str) -> None:
    """A kind of question is of no use if no plan knows the words that others are put into."""
    said = words_of(FILE, language)
    theme = {"da": "Tema {n}", "en": "Theme {n}"}[language]
    for key, asked_so in said.says.items():
        name = "EVM" if key.startswith("actors") else "Viborg"
        text = asked_so.replace("{theme}", theme.format(n=3), 1).replace("{theme}", theme.format(n=1)).format(name=name)
        answer = talk(assistant, text)[0]
        none_there = "of one" in key or key.startswith("theme.")
        assert answer.status is Status.ANSWERED or none_there, (key, answer.text)


def test_all_plans_are_asked_in_the_known_words(assistant: Assistant) -> None:
    known, other = "Which themes are there?", "Would you read out the titles of the themes for me?"
    assert talk(assistant, other)[0].text == talk(assistant, known)[0].text
