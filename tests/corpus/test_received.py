"""Files as strangers send them (`tests/questions/received`): structure that no style tells, in three layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.convert import add_document, read_file
from assistant.corpus.convert.blocks import Block, Content, Heading, Item, Paragraph
from assistant.corpus.convert.outline import outline_of
from assistant.corpus.reader import read_document
from assistant.corpus.types import Document, Field
from tests.questions import FOLDER

INPUTS = Path(__file__).parent / "inputs"
RECEIVED = FOLDER / "received"


def added(file: Path, folder: Path) -> Document:
    return read_document(add_document(file, folder, read=read_file).folder)


def said(document: Document, section: str, field: Field = Field.TEXT) -> list[str]:
    return [span.quote for span in document.section(section).field(field)]


def headings(document: Document) -> list[tuple[str, str]]:
    return [(section.label, section.title) for section in document.sections[1:]]


def test_a_strategy_in_columns(tmp_path: Path) -> None:
    document = added(RECEIVED / "strategi-skaersund.pdf", tmp_path)
    labels = [section.label for section in document.sections if section.label.startswith("Initiativ")]
    assert labels == [f"Initiativ {number}" for number in range(1, 11)]
    # A table in the left column stays below the text of its column.
    assert said(document, "det-ved-vi-om-vandet")[-1] == (
        "Område: Resten af kommunen, Boliger i fare: 160, Ventede skader (mio. kr.): 645."
    )
    assert said(document, "initiativ-2")[0].startswith("En klapsluse skal holde havvand ude")


def test_an_order_of_chapters_and_paragraphs(tmp_path: Path) -> None:
    document = added(RECEIVED / "bekendtgoerelse-nedrivning.docx", tmp_path)
    chapters = [each for each in headings(document) if each[0].startswith("Kapitel")]
    assert chapters[:2] == [("Kapitel 1", "Formål og område"), ("Kapitel 2", "Hvem kan få tilskud")]
    assert sum(label.startswith("§") for label, _ in headings(document)) == 17
    assert said(document, "paragraf-15")[-1] == (
        "Stk. 3. En klage standser ikke arbejdet, medmindre nævnet bestemmer andet."
    )


def test_an_agreement_on_its_side(tmp_path: Path) -> None:
    document = added(RECEIVED / "udviklingsaftale-strandmark.pdf", tmp_path)
    found = headings(document)
    assert found[:5] == [
        ("1", "Aftalens parter"),
        ("2", "Hvad vi vil"),
        ("3", "Penge"),
        ("3.1", "Ekstra midler fra EU"),
        ("4", "Sådan arbejder vi"),
    ]
    assert [label for label, _ in found if label.startswith("Initiativ")] == [f"Initiativ {n}" for n in range(1, 10)]
    assert ("5", "Opsigelse") in found and ("Bilag 2", "Ord vi bruger") in found
    assert said(document, "initiativ-4", Field.NEXT_STEP) == [
        "Bekendtgørelsen om lån skrives i efteråret 2027, og de første lån gives i januar 2028."
    ]
    assert said(document, "initiativ-8", Field.ACTORS) == []


def test_tags_tell_headings_that_look_like_text(tmp_path: Path) -> None:
    document = added(INPUTS / "v47-tagged.pdf", tmp_path)
    assert document.title == "Aftale om broer i Region Fjordland"
    assert headings(document) == [("Drift", "Drift"), ("Penge", "Penge")]
    assert {each.subheading for each in document.section("drift").passages} == {None, "Lamper", "Maling"}


TEXT = Paragraph("Parterne mødes hvert år.")


@pytest.mark.parametrize(
    ("blocks", "labels"),
    [
        ([Item("1. Formål"), TEXT, Item("2. Penge"), TEXT, Paragraph("2.1 Tilskud"), TEXT], ["1", "2", "2.1"]),
        ([Item("1. Formål"), TEXT, Item("3. Penge"), TEXT, Item("4. Frist"), TEXT], []),
        ([TEXT, Item("1. en bus"), Item("2. En bro"), Item("3. En båd"), TEXT], []),
        ([Item("1. Vi bygger."), TEXT, Item("2. Vi maler."), TEXT, Item("3. Vi betaler."), TEXT], []),
        ([Heading("Kapitel 1", 1), Paragraph("Formål"), Heading("Kapitel 2", 1), Paragraph("Penge"), TEXT],
         ["Kapitel 1 Formål", "Kapitel 2 Penge"]),
        ([Heading("Kapitel 1", 1), TEXT, Heading("Kapitel 2", 1), TEXT], ["Kapitel 1", "Kapitel 2"]),
    ],
)  # fmt: skip
def test_what_no_style_tells(blocks: list[Block], labels: list[str]) -> None:
    outline = outline_of(Content((Heading("Aftale", 1), *blocks)), "")
    assert [f"{part.label} {part.title}".strip() for part in outline.parts if part.label] == [
        f"{label} {_title(label, blocks)}".strip() for label in labels
    ]


def _title(label: str, blocks: list[Block]) -> str:
    """Return the rest of a numbered line."""
    lines = (block.words for block in blocks if isinstance(block, Item | Paragraph) and label[0].isdigit())
    return next((line[len(label) :].lstrip(". ") for line in lines if line.startswith(label)), "")
