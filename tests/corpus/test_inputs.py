"""Files as a records officer gets them (invented, in `inputs/`): the sections, fields, notes and messages of each."""

from __future__ import annotations

import functools
import operator
import shutil
from collections import Counter
from pathlib import Path

import pytest

from assistant.corpus.convert import add_document, read_file
from assistant.corpus.convert.report import Added
from assistant.corpus.reader import read_document
from assistant.corpus.types import Document, Field, SectionKind
from assistant.errors import CorpusError
from assistant.language.words import words

INPUTS = Path(__file__).parent / "inputs"
TITLE = "Partnerskabsaftale 2026-2029 for Region Fjordland"
OPENING = [
    "Aftalen er indgået mellem Region Fjordland, de 12 fjordkommuner og Erhvervsrådet.",
    "Aftalen gælder fra 1. januar 2026 til 31. december 2029.",
]
THEMES = {
    "Sammenhængende sygehusforløb": [
        "Region Fjordland etablerer i 2026 et fælles udskrivningscenter i Lindby.",
        "Udskrivningscentret ledes af en styregruppe med fem medlemmer.",
        "Kommunerne betaler 40 procent af driften, og regionen betaler resten.",
    ],
    "Grøn varmeforsyning": [
        "Parterne vil udfase naturgas i alle regionale bygninger inden udgangen af 2028.",
        "Der afsættes 14,5 mio. kr. til varmepumper på de tre sygehuse i Lindby, Havnsted og Østerholm.",
        "Erhvervsrådet koordinerer udbuddet sammen med Fjordland Forsyning.",
    ],
    "Kollektiv trafik i yderområderne": [
        "Flextrafik udvides til at køre hver dag mellem kl. 6 og kl. 23.",
        "Trafikselskabet Fjordbus har ansvaret for køreplanerne.",
        "En passager betaler højst 45 kr. for en tur.",
    ],
    "Uddannelse og arbejdskraft": [
        "Social- og sundhedsskolen opretter 120 ekstra elevpladser om året.",
        "Virksomheder, der ansætter en lærling, modtager et tilskud på 30.000 kr.",
        "Uddannelsesudvalget følger op hvert halve år.",
    ],
}
TABLE = {
    "Udskrivningscenter Lindby": (
        "I dag venter patienter i gennemsnit 3,4 døgn på en plejeplads.",
        "Region Fjordland, Lindby Kommune",
        "Styregruppen vedtager budgettet i marts 2026",
    ),
    "Varmepumper på sygehuse": (
        "Naturgas dækker 71 procent af varmeforbruget i de regionale bygninger.",
        "Fjordland Forsyning, Erhvervsrådet",
        "Udbud offentliggøres den 1. juni 2026",
    ),
    "Flextrafik hver dag": (
        "Mange landsbyer har ingen bus efter kl. 18.",
        "Fjordbus, kommunerne",
        "Ny køreplan sendes i høring i august 2026",
    ),
    "Flere elevpladser": (
        "Der mangler 800 social- og sundhedsassistenter i 2030.",
        "Social- og sundhedsskolen, Uddannelsesudvalget",
        "Første optag starter i februar 2027",
    ),
}
AGREED = (
    "Parterne er enige om, at samarbejdet om sundhedsvæsenets digitaliseringsmuligheder, forsyningssikkerheden og "
    "uddannelsesinstitutionernes udviklingsplaner løbende evalueres af sekretariatet."
)
FERRY = "Finansieringen og effekten af fleksible fly- og færgeruter fremgår af bilag 2."
# The same text in many kinds of file, and what each has beside it.
WHOLE: dict[str, list[str]] = {
    "v01-plain.pdf": [],
    "v02-two-column.pdf": [*[AGREED] * 16, "Sidste afsnit."],
    "v05-landscape-table.pdf": [],
    "v06-ligature-softhyphen.pdf": [FERRY] * 4,
    "v08-footnotes.pdf": [
        "Se noten om satserne.",
        "1) Satserne reguleres årligt med 2 procent.",
        "2) Vedtaget den 3. maj 2025.",
    ]
    * 4,
    "v09-rotated.pdf": [],
    "v11b-ownerpassword.pdf": [],
    "v12-table.docx": [],
    "v13-bold-headings.docx": [],
    "v14-tracked.docx": [
        "Tilskuddet er 35.000 kr. om året.",
        "Læs mere på fjordland.example.",
        "Indholdskontrol: Kontaktudvalget mødes fire gange om året.",
    ],
    "v15-danish-style-name.docx": [],
    "v16-nested-lists.docx": [
        "Parterne prioriterer:",
        "Sundhed",
        "Udskrivning inden for 24 timer",
        "Genindlæggelser under 9 procent",
        "Trafik",
        "1. Første trin",
    ],
    "v17-landscape.docx": [],
    "v18-autonumber.docx": [],
    "v19-frontmatter-table.md": [
        f"{n + 1}) Fodnote {n}: satsen reguleres med {n + 2} procent om året." for n in range(4)
    ],
    "v23.html": [
        "Sekretariatet",
        *(f"{n + 1}) Fodnote {n}: satsen reguleres med {n + 2} procent om året." for n in range(4)),
    ],
    "v26-libreoffice.pdf": [],
    "v28-latin1.txt": [],
    "v28b-utf16.txt": [],
    "v28c-cp1252-crlf.txt": [],
    "v28d-utf8.txt": [],
    "v29-latin1.md": [],
}
WITH_TABLE = (
    "v03-table4.pdf",
    "v04-header-footer-hyphen.pdf",
    "v05-landscape-table.pdf",
    "v12-table.docx",
    "v17-landscape.docx",
    "v19-frontmatter-table.md",
    "v20-footnotes.docx",
    "v23.html",
    "v26-libreoffice.pdf",
)
OFFICE = ("v21.odt", "v22.rtf", "v24-old.doc", "v25-old-renamed.docx")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
without_office = pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice is installed")


def added(name: str, folder: Path) -> tuple[Document, Added]:
    found = add_document(INPUTS / name, folder / "corpus", read=read_file)
    return read_document(found.folder), found


def quotes(document: Document, section_id: str | None = None) -> list[str]:
    sections = [section for section in document.sections if section_id in (None, section.id)]
    return [span.quote for section in sections for passage in section.passages for span in passage.spans]


def remarks(found: Added) -> dict[str, int]:
    return {remark.kind: remark.count for remark in found.report.remarks}


def require_table(document: Document) -> None:
    found = {section.title: section for section in document.sections if section.kind is SectionKind.THEME}
    fields = (Field.BACKGROUND, Field.ACTORS, Field.NEXT_STEP)
    told = {title: tuple(" ".join(span.quote for span in s.field(f)) for f in fields) for title, s in found.items()}
    assert told == TABLE


@pytest.mark.parametrize("name", WHOLE)
def test_the_same_text_has_the_same_sections_and_sentences(name: str, tmp_path: Path) -> None:
    document, _ = added(name, tmp_path)
    assert document.title == TITLE
    sections = [section for section in document.sections if section.title in THEMES]
    assert [section.title for section in sections] == [*THEMES]
    if name != "v18-autonumber.docx":
        assert [(s.id, s.label) for s in sections] == [(f"tema-{n}", f"Tema {n}") for n in range(1, 5)]
    table = [each for row in TABLE.values() for each in row] if name in WITH_TABLE else []
    expected = Counter([TITLE, *OPENING, *functools.reduce(operator.iadd, THEMES.values(), []), *table, *WHOLE[name]])
    assert Counter(quotes(document)) == expected
    for section in sections:
        assert quotes(document, section.id)[:3] == THEMES[section.title]


@pytest.mark.parametrize("name", WITH_TABLE)
def test_a_table_over_initiatives_becomes_themes(name: str, tmp_path: Path) -> None:
    document, found = added(name, tmp_path)
    require_table(document)
    assert found.report.themes == 4


@needs_office
@pytest.mark.parametrize("name", OFFICE)
def test_files_of_other_programs_are_read_by_libreoffice(name: str, tmp_path: Path) -> None:
    document, found = added(name, tmp_path)
    assert [section.title for section in document.sections if section.title in THEMES] == [*THEMES]
    require_table(document)
    assert remarks(found).get("kind") == (1 if name == "v25-old-renamed.docx" else None)


@without_office
@pytest.mark.parametrize("name", OFFICE)
def test_without_libreoffice_the_message_names_it(name: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="Install LibreOffice Writer, or save the file as"):
        added(name, tmp_path)


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    document, found = added("v04-header-footer-hyphen.pdf", tmp_path)
    assert remarks(found) == {"running": 9, "pages": 9}
    assert "Side 2 af 9" not in document.text
    assert set(quotes(document, "tema-2")) == {*THEMES["Grøn varmeforsyning"], AGREED}


@pytest.mark.parametrize(
    ("name", "scanned"), [("v10-scanned.pdf", "1"), ("v10b-half-scanned.pdf", "2")], ids=["all", "half"]
)
def test_pages_that_are_images_are_named_or_recognised(
    name: str, scanned: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("tesseract"):
        document, found = added(name, tmp_path)
        assert [(r.kind, r.detail) for r in found.report.remarks] == [("recognised", scanned)]
        assert "tema-4" in [section.id for section in document.sections]
    monkeypatch.setenv("PATH", str(tmp_path))
    if name == "v10-scanned.pdf":
        with pytest.raises(CorpusError, match=r"images of pages and no text\. Install tesseract"):
            add_document(INPUTS / name, tmp_path / "other", read=read_file)
    else:
        found = add_document(INPUTS / name, tmp_path / "other", read=read_file)
        assert [(r.kind, r.detail) for r in found.report.remarks] == [("scanned", scanned)]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("v11-password.pdf", "protected by a password. Save it without"),
        ("v40-encrypted.docx", "protected by a password. Save it without"),
        ("v46-no-text.docx", "holds no text"),
        *((f"v27-empty.{kind}", "is empty") for kind in ("docx", "md", "pdf", "txt")),
    ],
)
def test_what_cannot_be_read_says_why(name: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=problem):
        added(name, tmp_path)
    assert not (tmp_path / "corpus").exists()


def test_tracked_changes_are_told(tmp_path: Path) -> None:
    assert remarks(added("v14-tracked.docx", tmp_path)[1]) == {"inserted": 1, "deleted": 1}


@pytest.mark.parametrize("name", ["v41-two-column-rowwise.pdf", "v42-sideways-text.pdf"])
def test_columns_drawn_row_by_row_and_text_that_runs_sideways(name: str, tmp_path: Path) -> None:
    document, _ = added(name, tmp_path)
    assert quotes(document, "tema-1") == [
        "Parterne udfaser naturgas i de regionale bygninger senest den 31. december 2028."
    ]
    assert quotes(document, "tema-2") == ["Fjordbus har ansvaret for køreplanerne i hele regionen fra 2026."]


def test_a_style_of_ones_own_is_a_heading(tmp_path: Path) -> None:
    document, _ = added("v43-custom-heading-style.docx", tmp_path)
    assert [(s.label, s.title) for s in document.sections[1:]] == [("Tema 1", "Varme"), ("Tema 2", "Trafik")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("v30-dup-headings.md", ["Baggrund", "Næste skridt"]),
        ("v31-dup-h2.md", ["Baggrund", "Næste skridt"]),
        ("v32-setext.md", [None]),
    ],
)
def test_headings_keep_their_level(name: str, expected: list[str | None], tmp_path: Path) -> None:
    document, _ = added(name, tmp_path)
    assert [section.id for section in document.sections] == ["doc", "tema-1", "tema-2", "tema-3", "tema-4"]
    for section in document.sections[1:]:
        assert [passage.subheading for passage in section.passages] == expected


MARKDOWN = {
    "f01-kr-ends-sentence.md": (
        ["Aftale"],
        [
            "Tilskuddet er 30.000 kr.",
            "Udvalget følger op hvert halve år.",
            "Ordningen slutter i 2028.",
            "Regionen betaler.",
        ],
    ),
    "f02-frontmatter.md": (["Aftale 2026"], ["Tekst."]),
    "f03-setext.md": (["Aftale 2026"], ["Tekst."]),
    "f05-h1-h2.md": (["Aftale"], ["A.", "B."]),
    "f06-code-fence.md": (["Aftale"], ["Tekst med fed og link."]),
    "f07-footnote.md": (["Aftale"], ["Satsen er 40 procent.", "1) Satsen reguleres hvert år."]),
    "f08-latin1.txt": (["Aftale"], ["Fællesskabet betaler."]),
    "f09-item-wrapped.md": (["Aftale"], ["Et punkt som går over to linjer", "Næste"]),
    "f04-table.md": (
        ["Aftale"],
        ["Initiativ: Varmepumper, Aktører: Fjordland Forsyning.", "Initiativ: Flextrafik, Aktører: Fjordbus."],
    ),
    "v33-inline.md": (
        [TITLE],
        [
            "Vigtigt: Beløbet er 14,5 mio. kr. og fremgår af bilaget.",
            "Citat: Parterne er enige.",
            "1. Første",
            "under første",
            "2. Anden",
            "Tema 2",
            "Aftalen koster 5 * 3 kr.",
            "[ ] Opgave",
        ],
    ),
    "v35-field.md": (
        [TITLE],
        [
            "(Udkast)",
            "(next-step)",
            "Se § 1.",
            "Stk. 2. Jf. pkt. 3.",
            "Tekst | med | streger { og }.",
            "hashtag i tekst",
            "Tekst.",
        ],
    ),
    "v36-title-only.md": ([TITLE], []),
    "v37-dotted-abbr.txt": (
        [TITLE],
        [
            "Aftalen gælder til og med d. 31. december 2029.",
            "Jf. lov nr. 123 af 1. maj 2024 § 4, stk. 2.",
            "Der afsættes 14,5 mio. kr.",
            "Parterne (bl.a. KL m.fl.) mødes kl. 10.",
            "Formanden er dr. Hansen.",
            "Det koster 3.",
            "Budget 2.",
            "Ordningen varer 3 år.",
        ],
    ),
    "v44-item-continuation.md": (
        ["Aftale"],
        ["Første punkt som går over to linjer i kilden", "Andet punkt", "1. Et", "Afsnit under punkt et."],
    ),
    "v45-h4.md": (["Aftale"], ["Tekst under underdelen om 7 mio. kr.", "Mere tekst."]),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_and_text_say_what_they_show(name: str, tmp_path: Path) -> None:
    title, expected = MARKDOWN[name]
    assert quotes(added(name, tmp_path)[0]) == title + expected


def test_parts_and_sub_headings_lie_within_each_other(tmp_path: Path) -> None:
    document, _ = added("v45-h4.md", tmp_path)
    part = document.section("del-a")
    assert (part.parent, part.heading("Underdel")) == ("tema-1", ("Tema 1", "Del A", "Underdel"))
    assert document.section("del-b").parent == "tema-1"


@pytest.mark.parametrize("path", sorted(INPUTS.iterdir()), ids=lambda path: path.name)
def test_every_span_is_short_and_stands_at_its_place(path: Path, tmp_path: Path) -> None:
    try:
        document, _ = added(path.name, tmp_path)
    except CorpusError as error:
        assert error.mend
        return
    for section in document.sections:
        for passage in section.passages:
            for span in passage.spans:
                assert document.text[span.start : span.end] == span.quote
                assert len(span.quote) <= 600
    assert words(document.text)
