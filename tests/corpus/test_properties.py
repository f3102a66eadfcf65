"""Any document: quotes stand at their offsets, in order; whatever is malformed is a CorpusError and nothing else."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus import Corpus, Document, read_corpus
from assistant.corpus.convert import add_document, read_file, sentences, slug
from assistant.corpus.reader import read_document
from assistant.corpus.types import Span
from assistant.errors import CorpusError
from assistant.index.records import rows_of
from assistant.language.words import fold, words
from tests.conftest import SMALL, write_document

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
some = settings(max_examples=60, deadline=None)
# Letters of every kind, signs that the form itself uses, and characters that nobody sees.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from(
    "æøåÆØÅ.:|{}[]#-\u200b\u202e\u2066\u00ad\ufeff"
)
WORDS = st.text(CHARACTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
SENTENCES = WORDS.map(lambda text: text.lstrip("#-[\ufeff").strip()).filter(bool)
TITLES = st.text("abcæøå ÆØÅ0123.,–", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


@dataclass(frozen=True)
class Written:
    """A document as lines of its Danish and English form, and the sentences that can be cited, in order."""

    da: tuple[str, ...]
    en: tuple[str, ...]
    quotes: tuple[str, ...]


@st.composite
def documents(draw: st.DrawFn) -> Written:
    """Draw a well-formed document with its translation."""
    title = draw(TITLES)
    da, en, quotes = [f"# {title} {{doc}}"], [f"# {draw(TITLES)} {{doc}}"], [title]
    for number in range(draw(st.integers(1, 4))):
        theme = draw(st.booleans())
        for lines in (da, en):
            cells = f"{number} | {draw(TITLES)} | {draw(TITLES)}" if theme else draw(TITLES)
            lines += ["", f"## {cells} {{part-{number}}}"]
        for kind in draw(st.lists(st.sampled_from(("sentence", "item", "gap", "sub-heading", "field")), max_size=7)):
            if kind in ("sentence", "item"):
                danish, english = draw(SENTENCES), draw(SENTENCES)
                mark = "- " if kind == "item" else ""
                da.append(mark + danish)
                en.append(mark + english)
                quotes.append(danish)
            else:
                field = draw(st.sampled_from(("[background]", "[actors]", "[next-step]")))
                for lines in (da, en):
                    lines.append({"gap": "", "field": field, "sub-heading": f"### {draw(TITLES)}"}[kind])
    return Written(tuple(da), tuple(en), tuple(quotes))


def read(da: str | bytes, en: str | bytes | None = None) -> Document:
    """Read a document of these files from a folder of its own."""
    with tempfile.TemporaryDirectory() as parent:
        folder = write_document(Path(parent) / "some", {"document.toml": SMALL["document.toml"]})
        for name, content in (("da.md", da), ("en.md", en)):
            if content is not None:
                (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return read_document(folder)


def spans(document: Document) -> list[Span]:
    return [span for section in document.sections for passage in section.passages for span in passage.spans]


@some
@given(documents())
def test_quotes_stand_at_their_offsets_in_order(written: Written) -> None:
    document = read("\n".join(written.da), "\n".join(written.en))
    found = spans(document)
    assert [span.quote for span in found] == list(written.quotes)
    assert all(document.text[span.start : span.end] == span.quote for span in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    assert len({span.id for span in found}) == len(found)
    for section in document.sections:
        assert all(section.start <= s.start < s.end <= section.end for p in section.passages for s in p.spans)
    assert all(a.end <= b.start for a, b in zip(document.sections, document.sections[1:], strict=False))


@some
@given(documents())
def test_every_passage_is_one_field_under_one_heading(written: Written) -> None:
    document = read("\n".join(written.da), "\n".join(written.en))
    rows = rows_of((document,))
    assert [row.span for row in rows] == spans(document)
    assert all(row.span.translation for row in rows)
    for row in rows:
        assert row.passage in row.section.passages
        assert row.passage.section == row.section.id
        assert all(span.id.startswith(f"{row.section.id}/{row.passage.field}/") for span in row.passage.spans)


@some
@given(documents(), st.data())
def test_another_structure_names_file_and_line(written: Written, data: st.DataObject) -> None:
    told = [number for number, line in enumerate(written.en) if line]
    at = data.draw(st.sampled_from(told))
    changed = [*written.en[:at], *written.en[at + 1 :]] if data.draw(st.booleans()) else [*written.en, "", "One more."]
    with pytest.raises(CorpusError) as caught:
        read("\n".join(written.da), "\n".join(changed))
    assert caught.value.path.name in ("da.md", "en.md")
    assert caught.value.line >= 1
    assert caught.value.mend


def test_an_empty_translation_names_its_file() -> None:
    with pytest.raises(CorpusError) as caught:
        read(SMALL["da.md"], "")
    assert (caught.value.path.name, caught.value.line) == ("en.md", 1)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text(CHARACTERS | st.just("\n"), max_size=300).map(str.encode)), st.booleans()
)
def test_any_bytes_are_read_or_refused(content: bytes, translated: bool) -> None:
    da, en = (SMALL["da.md"].encode(), content) if translated else (content, None)
    try:
        document = read(da, en)
    except CorpusError as error:
        assert error.mend
    else:
        assert all(document.text[span.start : span.end] == span.quote for span in spans(document))


VALUES = st.recursive(
    st.text("ab æ", max_size=5).map(lambda text: f'"{text}"')
    | st.sampled_from(("5", "1.5", "true", "2018-01-01", "nan")),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda many: f"[{', '.join(many)}]") | inner.map(lambda one: f"{{a = {one}}}")
    ),
    max_leaves=4,
)
ASIDE = {
    "cykler/document.toml": st.builds(
        lambda name, value: SMALL["document.toml"].replace(f"{name} = ", f"{name} = {value} #"),
        st.sampled_from(("title", "parties", "period", "source", "title_en", "parties_en")),
        VALUES,
    ),
    "cykler/questions/10.txt": st.lists(
        st.sampled_from(("## tema-1", "da: hvad?", "en: what?", "# ?", "x", "## ", "da:")), max_size=6
    ).map("\n".join),
    "cykler/questions/unanswerable.txt": st.lists(
        st.sampled_from(("## tema-1 | amount", "## off-topic | x", "##  | x", "## y", "da: hvad?", "|")), max_size=6
    ).map("\n".join),
    "cykler/aliases.txt": st.lists(
        st.sampled_from(("## tema-1", "## doc", "## x", "da: stierne", "en:")), max_size=6
    ).map("\n".join),
    "glossary.toml": st.builds("[A]\nda = {}\naliases = {}".format, VALUES, VALUES) | VALUES.map("A = {}".format),
}


def readable(files: dict[str, bytes]) -> Corpus | CorpusError:
    """Read a corpus of the small document and these files; return it, or the error that says why not."""
    with tempfile.TemporaryDirectory() as parent:
        write_document(Path(parent) / "cykler")
        for name, content in files.items():
            path = Path(parent) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        try:
            return read_corpus(Path(parent))
        except CorpusError as error:
            assert error.path.name in {Path(name).name for name in files}
            assert error.mend
            return error


@some
@pytest.mark.parametrize("name", ASIDE)
@given(data=st.data())
def test_files_beside_a_document_are_read_or_refused(name: str, data: st.DataObject) -> None:
    content = data.draw(st.one_of(ASIDE[name].map(str.encode), st.binary(max_size=60)))
    readable({name: content})


@pytest.mark.parametrize("name", ASIDE)
def test_a_file_in_another_encoding_is_named(name: str) -> None:
    error = readable({name: "da: få\n".encode("latin-1")})
    assert isinstance(error, CorpusError)
    assert error.path.name == Path(name).name


@pytest.mark.parametrize("text", ["aliases = 5", 'aliases = "CØ"', "aliases = [1]", "da = 5"])
def test_a_glossary_entry_of_another_shape_is_named(text: str) -> None:
    error = readable({"glossary.toml": f"[EVM]\n{text}\n".encode()})
    assert isinstance(error, CorpusError)
    assert "EVM" in str(error)


PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=4).map("\n".join), max_size=6).map("\n\n".join)


@some
@given(PARAGRAPHS, st.sampled_from((".md", ".txt")))
def test_any_text_is_converted_or_refused_without_a_trace(text: str, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as parent:
        file = Path(parent) / f"fil{suffix}"
        file.write_text(text, encoding="utf-8")
        try:
            document = read_document(add_document(file, Path(parent) / "corpus", read=read_file).folder)
        except CorpusError as error:
            assert error.mend
            assert not list((Path(parent) / "corpus").glob("*"))
        else:
            assert all(document.text[span.start : span.end] == span.quote for span in spans(document))


@some
@given(st.lists(st.lists(st.text("abcdeæøå", min_size=2, max_size=9), min_size=1, max_size=12), min_size=1, max_size=6))
def test_converting_keeps_every_word_once(paragraphs: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as parent:
        file = Path(parent) / "aftale.txt"
        file.write_text("\n\n".join(" ".join(each) + "." for each in paragraphs), encoding="utf-8")
        document = read_document(add_document(file, Path(parent) / "corpus", read=read_file).folder)
    quoted = [word for span in spans(document) for word in words(span.quote)]
    assert quoted == ["aftale", *(word for each in paragraphs for word in each)]


@some
@given(st.binary(max_size=200), st.sampled_from((".pdf", ".docx", ".md", ".txt")), st.booleans())
def test_any_file_is_converted_or_refused(content: bytes, suffix: str, marked: bool) -> None:
    starts = {".pdf": b"%PDF-1.4\n", ".docx": b"PK\x03\x04"}
    with tempfile.TemporaryDirectory() as parent:
        file = Path(parent) / f"fil{suffix}"
        file.write_bytes((starts.get(suffix, b"") if marked else b"") + content)
        try:
            read_document(add_document(file, Path(parent) / "corpus", read=read_file).folder)
        except CorpusError:
            assert not list((Path(parent) / "corpus").glob("*"))


@some
@given(st.text(max_size=200))
def test_sentences_lose_nothing(text: str) -> None:
    assert " ".join(sentences(text)) == " ".join(text.split())


@some
@given(st.text(max_size=100))
def test_a_name_is_made_of_plain_letters(text: str) -> None:
    made = slug(text)
    assert slug(made) == made
    assert len(made) <= 60
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@some
@given(st.text(max_size=100))
def test_words_are_composed_and_in_lower_case(text: str) -> None:
    found = words(text)
    assert all(word and word == word.lower() for word in found)
    assert words(" ".join(found)) == found
    assert all(fold(fold(word)) == fold(word) for word in found)
