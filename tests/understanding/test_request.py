"""What a question is understood as: its parts, the sections that it names, short turns made whole, slips written out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.corpus import Document
from assistant.corpus.aliases import read_aliases
from assistant.corpus.called import Called
from assistant.corpus.reader import read_document
from assistant.corpus.register import Fact
from assistant.index.library import Library
from assistant.language.values import in_digits
from assistant.settings import material
from assistant.understanding.elliptic import another, completed, pointed, with_earlier
from assistant.understanding.intake import written_out
from assistant.understanding.parts import parts_of_question
from assistant.understanding.sections import called, numbered
from assistant.understanding.types import Turn

FOLDER = material("corpus/vaekstpartnerskabsaftale-2016-2017")


@pytest.fixture(scope="module")
def agreement() -> Document:
    return read_document(FOLDER)


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("Hvem lavede programmet, og hvor længe løber det?", "da", ("Hvem lavede programmet", "hvor længe løber det?")),
        ("Jeg vil gerne vide, hvem der er med.", "da", None),
        ("Hvem peger på, hvilke egne der skal have hjælp?", "da", None),
        ("(a) Hvor mange job er det? (b) Hvad koster det?", "da", ("Hvor mange job er det?", "Hvad koster det?")),
        (
            "When was it presented, what does it cost, and why is it done?",
            "en",
            ("When was it presented", "what does it cost", "why is it done?"),
        ),
        ("My son is looking for a course. What does the text offer?", "en", None),
        (
            "Food and broadband: who is involved and what is next?",
            "en",
            ("Food and broadband: who is involved", "Food and broadband: what is next?"),
        ),
    ],
)
def test_parts_of_a_question(text: str, language: str, parts: tuple[str, ...] | None) -> None:
    assert parts_of_question(text, language) == (parts or (text,))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("tema 3 og 3A", ["tema-3", "tema-3a"]),
        ("themes 2, 5 and 9", ["tema-2", "tema-5", "tema-9"]),
        ("Ad 4 vs tema 4", ["ad-4", "tema-4"]),
        ("from Ad 6 through Ad 10", ["ad-6", "ad-7", "ad-8", "ad-9", "ad-10"]),
        ("tema 8-10", ["tema-8", "tema-9", "tema-10"]),
        ("row 5 of the table", []),
    ],
)
def test_numbered_sections(text: str, ids: list[str], agreement: Document) -> None:
    assert sorted(section.id for section in numbered(text, agreement)) == sorted(ids)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the food theme and the creative theme", ["tema-6", "tema-8"]),
        ("eksport og bredbånd", ["tema-10", "tema-9"]),
        ("det grønne område", ["tema-7"]),
        ("what happens next with the money", []),
    ],
)
def test_sections_by_what_they_are_called(text: str, ids: list[str], agreement: Document) -> None:
    aliases = read_aliases(FOLDER / "aliases.txt", agreement)
    assert [section.id for section in called(text, Called.of(agreement, aliases))] == ids


def test_the_first_one_is_the_first_of_those_listed(agreement: Document) -> None:
    listed = ("tema-4", "ad-5", "tema-5")
    assert (
        pointed("what's the next step for the first one?", "en", listed, agreement)
        == "what's the next step for Theme 4?"
    )
    assert pointed("og det andet?", "da", listed, agreement) == "og Tema 5?"
    assert pointed("how much in the first year?", "en", listed, agreement) == "how much in the first year?"
    assert pointed("og det første?", "da", ("tema-4",), agreement) == "og det første?"


def test_another_name_asks_the_same_of_it() -> None:
    names = {"UM": ["UM"], "and UM": ["UM"], "Which themes involve EVM?": ["EVM"], "why": []}
    told = another(
        "and UM?", "en", ["Which themes involve EVM?"], lambda text: names.get(text.strip("?"), names.get(text, []))
    )
    assert told == "Which themes involve UM?"
    assert another("why?", "en", ["Which themes involve EVM?"], lambda text: []) is None


def test_a_turn_that_only_asks_which_goes_on_with_the_question_before() -> None:
    assert (
        with_earlier("hvilket er størst?", "da", ["hvad", "nævn alle beløb"])[0] == "hvilket er størst: nævn alle beløb"
    )
    assert with_earlier("hvilket er størst i Viborg?", "da", ["nævn alle beløb"]) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Is theme 2 a regional focus area?", "Is theme 2 regional focus area?"),
        ("what is theme 3 a about?", "what is theme 3 a about?"),
        ("is theme 3a new?", "is theme 3a new?"),
    ],
)
def test_an_article_behind_a_number_is_no_letter_of_it(text: str, written: str) -> None:
    assert written_out(text, "en") == written


@pytest.mark.parametrize(
    ("text", "language", "digits"),
    [
        ("enogtyve kommuner og halvtreds byer", "da", "21 kommuner og 50 byer"),
        ("en af de to", "da", "en af de 2"),
        ("Twenty-one towns go to seven", "en", "21 towns go to 7"),
    ],
)
def test_words_for_numbers_are_read(text: str, language: str, digits: str) -> None:
    assert in_digits(text, language) == digits


def test_slips_of_small_words_are_written_out() -> None:
    assert written_out("Hva er der nåd om Viborg?", "da") == "hvad er der noget om Viborg?"
    assert written_out("wich themes", "en") == "which themes"


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("aftalen fra 2016-17", "da", "aftalen fra 2016-2017"),
        ("the 2019/20 budget", "en", "the 2019-2020 budget"),
        ("on 2016-11-28", "en", "on 2016-11-28"),
        ("2016-08", "en", "2016-08"),
        ("the very first theme", "en", "theme 1"),
        ("det tredje tema", "da", "tema 3"),
        ("et andet tema", "da", "et andet tema"),
    ],
)
def test_years_and_places_in_a_row_are_written_out(text: str, language: str, written: str) -> None:
    assert written_out(text, language) == written


def test_a_name_alone_is_one_of_the_document_that_is_asked(agreement: Document) -> None:
    towns = {name: Fact("town", name, name, (), (name,)) for name in ("Skive", "Viborg")}
    registers = {"first": (), agreement.id: tuple(towns.values())}
    library = cast(Library, SimpleNamespace(glossary=(), ids=tuple(registers), register=registers.__getitem__))
    history = (Turn("user", "Hvad sker der i Viborg i 2017?"), Turn("assistant", "Det fremgår ikke."))
    assert completed("og Skive?", "da", history, agreement, library) == "Hvad sker der i Skive i 2017?"


def test_a_word_is_a_number_in_its_own_language_alone() -> None:
    assert written_out("Explain the green theme to a beginner", "en") == "Explain the green theme to a beginner"
    assert written_out("hvad siger tema to", "da") == "hvad siger tema 2"
