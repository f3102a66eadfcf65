"""The agreement in the corpus says what the file received says, and its traps are untangled."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from assistant.corpus import Document, Field
from assistant.corpus.markup import read_lines, require_same_structure
from assistant.settings import material

FOLDER = material("corpus") / "vaekstpartnerskabsaftale-2016-2017"
THEMES = [f"tema-{n}" for n in ("1", "2", "3", "4", "3a", "5", "6", "7", "8", "9", "10")]


def pieces(text: str) -> Counter[str]:
    """Count words and signs; bullets, hyphens and dashes of the layout apart."""
    return Counter(re.findall(r"\w+|[^\w\s•\-]", text))


def test_cleaned_text_holds_the_words_received_each_once(agreement: Document) -> None:
    received = (FOLDER / "received.txt").read_text(encoding="utf-8")
    for repair in tomllib.loads((FOLDER / "document.toml").read_text(encoding="utf-8"))["repairs"]:
        assert re.sub(r"[\s-]", "", repair["received"]) == re.sub(r"[\s-]", "", repair["reads"])
        assert repair["received"] in received
        received = received.replace(repair["received"], repair["reads"], 1)
    assert pieces(agreement.text) == pieces(received)


def test_danish_and_english_have_the_same_structure(agreement: Document) -> None:
    danish, english = FOLDER / "da.md", FOLDER / "en.md"
    require_same_structure(danish, read_lines(danish), english, read_lines(english))
    spans = [span for section in agreement.sections for passage in section.passages for span in passage.spans]
    assert all(span.translation for span in spans)


def test_every_span_stands_at_its_place(agreement: Document) -> None:
    for section in agreement.sections:
        for passage in section.passages:
            for span in passage.spans:
                assert agreement.text[span.start : span.end] == span.quote
                assert section.start <= span.start < span.end <= section.end


def test_sections_are_those_of_the_agreement(agreement: Document) -> None:
    assert [section.id for section in agreement.sections] == ["doc", *THEMES, *(f"ad-{n}" for n in range(1, 11))]


@pytest.mark.parametrize(
    ("annex", "theme"),
    [
        ("ad-1", "tema-1"),
        ("ad-3", "tema-3"),
        ("ad-4", "tema-3a"),
        ("ad-5", "tema-4"),
        ("ad-6", "tema-6"),
        ("ad-9", "tema-9"),
    ],
)
def test_annex_parts_are_linked_by_title_not_number(agreement: Document, annex: str, theme: str) -> None:
    part, linked = agreement.section(annex), agreement.section(theme)
    assert part.theme == theme
    assert part.title.split()[0].rstrip("-") == linked.title.split()[0].rstrip("-")


@pytest.mark.parametrize("annex", ["ad-3", "ad-6", "ad-8", "ad-9", "ad-10"])
def test_empty_annex_parts_are_empty(agreement: Document, annex: str) -> None:
    assert agreement.section(annex).passages == ()


@pytest.mark.parametrize(
    ("theme", "actors"),
    [
        ("tema-1", ["FM, EVM, UFM, UM m.fl."]),
        ("tema-3", ["MBUL, UFM, BM, EVM", "BBM/PFA"]),
        ("tema-4", []),
        ("tema-5", []),
        ("tema-6", ["ES"]),
        ("tema-7", ["AMD/ES/HBP"]),
        ("tema-9", ["HBP"]),
        ("tema-10", ["LV/NEA"]),
    ],
)
def test_actors_are_out_of_the_sentences(agreement: Document, theme: str, actors: list[str]) -> None:
    section = agreement.section(theme)
    assert [span.quote for span in section.field(Field.ACTORS)] == actors
    background = " ".join(span.quote for span in section.field(Field.BACKGROUND))
    assert not re.search(r"\b(AMD|ES|HBP|LV|NEA|BBM)\b", background)


def test_next_steps_glued_into_sentences_are_fields(agreement: Document) -> None:
    wind = [span.quote for span in agreement.section("tema-7").field(Field.NEXT_STEP)]
    assert wind[0] == "Afventer regeringens udspilt til CØ strategi"
    coverage = [span.quote for span in agreement.section("tema-9").field(Field.NEXT_STEP)]
    assert coverage == ["Vækstforum udarbejder udkast til initiativforslag, som spiller ind i 200 mio. kr. puljen"]


def test_misprints_of_the_source_stay(agreement: Document) -> None:
    for misprint in ("egeringen vil", "udspilt", "påa t styrke", "Mûnchen", "stykepositioner", "landsigtet"):
        assert misprint in agreement.text


def test_row_six_stands_twice(agreement: Document) -> None:
    assert [section.id for section in agreement.sections if section.row == "6"] == ["tema-5", "tema-6"]
