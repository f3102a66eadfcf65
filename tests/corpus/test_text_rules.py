"""The rules of text: words broken at line ends, labels of headings, sentences, rows of tables, nested sections."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.corpus.convert.blocks import Block, Content, Heading, Item, Paragraph, Table
from assistant.corpus.convert.form import lines_of
from assistant.corpus.convert.lines import joined
from assistant.corpus.convert.outline import outline_of
from assistant.corpus.convert.sentences import sentences
from assistant.corpus.convert.tables import rows_of
from assistant.corpus.labels import labelled
from assistant.corpus.reader import read_document
from tests.conftest import SMALL, write_document


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["erhvervs-", "livet vokser"], "erhvervslivet vokser"),
        (["Er\u2010", "hvervsrådet"], "Erhvervsrådet"),
        (["sam\u00ad", "arbejde om kli\u00adma"], "samarbejde om klima"),
        (["social-", "og sundhedsskolen"], "social- og sundhedsskolen"),
        (["et EU-", "projekt i 2016-", "2017"], "et EU-projekt i 2016-2017"),
        (["CO2-", "udslip"], "CO2-udslip"),
        (["sund - ", "- hed"], "sund - - hed"),
        (["\ufb02eksible \ufb01rmaer"], "fleksible firmaer"),
        (["", "ord", " ", "mere"], "ord mere"),
    ],
)
def test_words_broken_at_line_ends_are_made_whole(lines: list[str], expected: str) -> None:
    assert joined(lines) == expected


def test_a_hyphen_stays_where_the_word_has_one_elsewhere() -> None:
    assert joined(["e-", "mobilitet"], frozenset({"e-mobilitet"})) == "e-mobilitet"


@pytest.mark.parametrize(
    ("heading", "label", "title"),
    [
        ("Tema 3A: Grøn vækst", "Tema 3A", "Grøn vækst"),
        ("§ 4. Parterne", "§ 4", "Parterne"),
        ("§ 12 a Formål", "§ 12 a", "Formål"),
        ("2.1 Drift", "2.1", "Drift"),
        ("2. Formål", "2", "Formål"),
        ("Bilag A – Økonomi", "Bilag A", "Økonomi"),
        ("Afsnit IV Tilsyn", "Afsnit IV", "Tilsyn"),
        ("Initiativ 7", "Initiativ 7", ""),
        ("Chapter 2 – Money", "Chapter 2", "Money"),
        ("12 kommuner deltager", "", "12 kommuner deltager"),
        ("2026 i tal", "", "2026 i tal"),
        ("Indsats i byen", "", "Indsats i byen"),
        ("2.1.2026 er en dato", "", "2.1.2026 er en dato"),
    ],
)
def test_labels_are_told_from_titles(heading: str, label: str, title: str) -> None:
    found = labelled(heading)
    assert (found.label, found.title) == (label, title)


@pytest.mark.parametrize(
    "told",
    [
        ["Tilskuddet er 30.000 kr.", "Udvalget følger op."],
        ["Det sker i 2028.", "Regionen betaler."],
        ["Jf. § 4, stk. 2.", "Den gælder bl.a. KL og 2. generations bioethanol."],
        ["§ 5. Stk. 2. Formanden leder møder kl. 10.", "Han er dr. Hansen."],
        ["Der gives 9 mio. kr. til EVM m.fl.", "Parterne (fx KL.) mødes d. 3. maj."],
        ["»Det er aftalt.«", "Sådan blev det."],
        ["Det koster 40 procent.", "12 kommuner deltager."],
        ["Se www.fjordland.example.", "Aftalen er af 1. Oktober 2026."],
    ],
    ids=lambda told: told[0],
)
def test_sentences_end_where_they_end(told: list[str]) -> None:
    assert sentences(" ".join(told)) == told


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    parts = sentences("Parterne vil samarbejde om fjorden, " * 60)
    assert max(map(len, parts)) <= 600
    assert all(part.endswith(",") for part in parts[:-1])
    assert " ".join(parts) == " ".join(["Parterne vil samarbejde om fjorden,"] * 60)


def test_rows_of_other_tables_become_sentences() -> None:
    table = Table((("Pristrin", "medlem", "andre"), ("3", "143.880 kr.", ""), ("4", "99 kr.", "120 kr.")))
    assert [*rows_of(table)] == [
        Item("Pristrin 3, medlem: 143.880 kr."),
        Item("Pristrin 4, medlem: 99 kr., andre: 120 kr."),
    ]


def test_years_may_name_columns() -> None:
    table = Table((("Ydelse", "2026", "2027"), ("Havn", "2 mio. kr.", "3 mio. kr.")))
    assert [*rows_of(table)] == [Item("Ydelse: Havn, 2026: 2 mio. kr., 2027: 3 mio. kr.")]


def form(*blocks: Block) -> list[str]:
    return [line for line in lines_of(outline_of(Content(blocks), "fil")) if line]


def test_the_paragraphs_of_an_act_are_sections_of_their_chapter() -> None:
    clauses = [Paragraph(f"§ {n}. Ministeren fastsætter regler.") for n in (1, 2, 3)]
    assert form(Heading("Lov om fjorde", 1), Heading("Kapitel 1 Anvendelse", 2), *clauses)[1:4] == [
        "## Kapitel 1 | Anvendelse {kapitel-1}",
        "### § 1 {paragraf-1}",
        "Ministeren fastsætter regler.",
    ]


def test_a_table_that_goes_on_over_a_page_is_one() -> None:
    header = ("Next step", "Actors", "Initiative", "Background")
    first = Table((header, ("Afventer", "Fjordbus", "Flextrafik i", "Mange landsbyer har")))
    rest = Table((header, ("svar", "", "yderområder", "ingen bus."), ("Udbud", "KL", "Varme", "Gas er dyrt.")))
    assert form(Heading("Aftale", 1), first, rest)[1:] == [
        "## Flextrafik i yderområder {flextrafik-i-yderomraader}",
        *("[background]", "Mange landsbyer har ingen bus."),
        *("[actors]", "Fjordbus"),
        *("[next-step]", "Afventer svar"),
        "## Varme {varme}",
        *("[background]", "Gas er dyrt."),
        *("[actors]", "KL"),
        *("[next-step]", "Udbud"),
    ]


def test_the_heading_of_a_table_of_contents_goes_with_it() -> None:
    blocks: list[Block] = [Heading("Indholdsfortegnelse", 2), Heading("Formål", 2), Paragraph("Havnene udvides.")]
    assert form(Heading("Aftale", 1), *blocks)[1:] == ["## Formål {formaal}", "Havnene udvides."]


def test_numbers_nest_where_all_headings_look_the_same() -> None:
    headings = [Heading(words, 2) for words in ("1. Formål", "1.1 Mål", "1.2 Midler", "2. Drift")]
    assert form(Heading("Kontrakt", 1), *headings)[1:] == [
        "## 1 | Formål {afsnit-1}",
        "### 1.1 | Mål {afsnit-1-1}",
        "### 1.2 | Midler {afsnit-1-2}",
        "## 2 | Drift {afsnit-2}",
    ]


def test_sections_within_sections_are_read_with_their_parents(tmp_path: Path) -> None:
    text = "# Lov {doc}\n\n## Kapitel 2 | Penge {kapitel-2}\n\n### § 4 | Tilskud {paragraf-4}\n\n#### Satser\n\n"
    text += "Der gives 4 kr.\n\n##### Særlige\n\nDer gives 5 kr.\n\n## Kapitel 3 {kapitel-3}\n\nSlut.\n"
    folder = write_document(tmp_path / "lov", {"document.toml": SMALL["document.toml"], "da.md": text})
    document = read_document(folder)
    section = document.section("paragraf-4")
    assert section.parent == "kapitel-2"
    assert section.heading() == ("Kapitel 2 Penge", "§ 4", "Tilskud")
    assert [passage.subheading for passage in section.passages] == ["Satser", "Satser – Særlige"]
    assert document.section("kapitel-3").parent is None


def test_long_paragraphs_of_many_lines_are_joined_in_step_with_their_length() -> None:
    started = time.process_time()
    assert len(joined(["ord efter ord"] * 200_000)) == 200_000 * 14 - 1
    assert time.process_time() - started < 5
