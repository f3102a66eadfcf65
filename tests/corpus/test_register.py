"""The register: every name, number and year of the agreement at all its places, and what is empty."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assistant.corpus import Document
from assistant.corpus.names import CAPITALS, draft_names, names_toml, read_names
from assistant.corpus.reader import read_document
from assistant.corpus.register import Fact, of_kind, register_of
from assistant.errors import CorpusError
from assistant.language.values import NUMBER
from assistant.settings import material

FOLDER = material("corpus/vaekstpartnerskabsaftale-2016-2017")
# Why a word in capitals, or a number, of the text is no fact of the register.
REASONS = Path(__file__).with_name("no-facts.toml")


@pytest.fixture(scope="module")
def agreement() -> Document:
    return read_document(FOLDER)


@pytest.fixture(scope="module")
def facts(agreement: Document) -> tuple[Fact, ...]:
    return register_of(agreement, read_names(FOLDER / "names.toml", agreement))


def test_every_name_number_and_year_is_in_the_register_or_has_a_reason(
    agreement: Document, facts: tuple[Fact, ...]
) -> None:
    reasons = {word for each in tomllib.loads(REASONS.read_text(encoding="utf-8")).values() for word in each}
    covered = [range(m.start, m.end) for fact in facts for m in fact.mentions if m.span or fact.kind != "empty"]
    left: list[str] = []
    for section in agreement.sections:
        for span in (span for passage in section.passages for span in passage.spans):
            found = [*CAPITALS.finditer(span.quote), *NUMBER.finditer(span.quote)]
            for match in found:
                start = span.start + match.start()
                begins = match.start() == 0 or span.quote[match.start() - 2] in ".:(” "
                if begins and " " not in match.group() and match.group().isalpha():
                    continue  # a capital at the beginning of a sentence
                if not any(start in each or start + len(match.group()) - 1 in each for each in covered):
                    left.append(match.group())
    assert [word for word in dict.fromkeys(left) if word.strip(".,") not in reasons] == []


def test_quotes_of_facts_stand_in_the_text(agreement: Document, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        for mention in fact.mentions:
            quote = agreement.text[mention.start : mention.end]
            # A name in small letters may begin a sentence.
            small = quote[:1].lower() + quote[1:]
            assert fact.kind == "empty" or not {quote, small}.isdisjoint((fact.name, *fact.forms))


def test_a_name_that_begins_a_sentence_is_named(facts: tuple[Fact, ...]) -> None:
    government = next(fact for fact in facts if fact.name == "regeringen")
    assert "ad-5" in government.sections


def test_amounts_have_value_years_and_both_languages(facts: tuple[Fact, ...]) -> None:
    told = {(fact.name, fact.english, fact.value, fact.years, fact.yearly) for fact in of_kind(facts, "amount")}
    assert (
        "5 mio. kr. årligt i 2017-2019",
        "DKK 5 million annually in 2017-2019",
        5e6,
        (2017, 2018, 2019),
        True,
    ) in told
    assert ("400 mio. kr.", "DKK 400 million", 4e8, (), False) in told


def test_what_is_empty_is_told(facts: tuple[Fact, ...]) -> None:
    empty = {(fact.name, fact.sections[0]) for fact in of_kind(facts, "empty")}
    assert empty == {("actors", "tema-4"), ("actors", "tema-5")} | {("text", f"ad-{n}") for n in (3, 6, 8, 9, 10)}


def test_a_document_without_names_has_those_that_its_capitals_tell() -> None:
    folder = material("tests/questions/documents/strategi-hedeland")
    document = read_document(folder)
    kinds = {name.name: name.kind for name in draft_names(document)}
    assert kinds["Region Hedeland"] == "area" and kinds["Hvidå Universitet"] == "school"
    assert "fonden" in next(name for name, kind in kinds.items() if kind == "fund").lower()


def test_a_drafted_file_reads_back(agreement: Document, tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    drafted = draft_names(agreement)
    path.write_text(names_toml(drafted), encoding="utf-8")
    assert set(read_names(path, agreement)) == set(drafted)


@pytest.mark.parametrize(
    ("text", "told"),
    [("[towns]\n", "no kind of name"), ('[town]\n"Viborg" = 3\n', "not understood"), ("[town", "cannot be read")],
)
def test_a_fault_in_the_names_says_how_to_mend_it(text: str, told: str, agreement: Document, tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        read_names(path, agreement)
