"""Turn a PDF, Word or Markdown file into a document's folder, ready to be read and edited by hand."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.corpus.markup import FIELD
from assistant.corpus.names import FILE as NAMES
from assistant.corpus.names import draft_names, names_toml
from assistant.corpus.reader import read_document
from assistant.errors import CorpusError

SUFFIXES = (".pdf", ".docx", ".md", ".txt")
# A full stop after one of these does not end a sentence.
ABBREVIATIONS = frozenset(
    [
        "bl.a",
        "fx",
        "f.eks",
        "jf",
        "mio",
        "mia",
        "kr",
        "m.v",
        "mv",
        "m.fl",
        "mfl",
        "evt",
        "ca",
        "nr",
        "stk",
        "inkl",
        "ekskl",
        "pkt",
        "vedr",
        "hhv",
        "osv",
        "dvs",
        "pr",
        "art",
        "kap",
        "a",
        "s",
        "d",
        "e.g",
        "i.e",
        "etc",
        "no",
    ]
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ\"”»(\[])")
FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file: its words and whether it is a title, a heading, a sub-heading, an item or a paragraph."""

    kind: str
    words: str


def add_document(file: Path, corpus: Path, name: str | None = None) -> Path:
    """Write `corpus/<name>/` with da.md, document.toml, names.toml and the file as received; returns the folder.

    Raises CorpusError where the file cannot be read or the folder exists; then nothing is left behind.
    """
    if file.suffix.lower() not in SUFFIXES or not file.is_file():
        raise CorpusError(file, 0, "is not a file that can be read", f"Give one of {', '.join(SUFFIXES)}")
    folder = corpus / (slug(name or file.stem) or "document")
    if folder.exists():
        raise CorpusError(folder, 0, "exists already", "Give the document another name with --name")
    blocks = [block for block in _blocks(file) if block.words]
    if not blocks:
        raise CorpusError(file, 0, "holds no text", "A scanned page needs text recognition first")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        mend = "Set ASSISTANT_CORPUS to a folder that this user may write to"
        raise CorpusError(folder, 0, f"cannot be made ({error.strerror})", mend) from None
    try:
        title = blocks[0].words if blocks[0].kind in ("title", "heading") else file.stem
        rest = blocks[1:] if title == blocks[0].words else blocks
        (folder / "da.md").write_text("\n".join(_lines(title, rest)) + "\n", encoding="utf-8")
        (folder / "document.toml").write_text(_metadata(title, file), encoding="utf-8")
        shutil.copyfile(file, folder / f"received{file.suffix.lower()}")
        drafted = names_toml(draft_names(read_document(folder)))
        (folder / NAMES).write_text(drafted, encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def slug(text: str) -> str:
    """Return lower-case letters a-z, digits and hyphens for a name."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(FOLDS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def sentences(text: str) -> list[str]:
    """Split a paragraph into sentences; common Danish abbreviations do not end one."""
    found: list[str] = []
    for part in SENTENCE_END.split(" ".join(text.split())):
        last = found[-1].split()[-1].rstrip(".").lower().lstrip("(") if found else ""
        if found and found[-1].endswith(".") and (last in ABBREVIATIONS or last.isdigit()):
            found[-1] += " " + part
        else:
            found.append(part)
    return [each for each in found if each]


def _lines(title: str, blocks: list[Block]) -> Iterator[str]:
    yield f"# {_plain(title)} {{doc}}"
    used = {"doc"}
    previous = ""
    for block in blocks:
        if not (block.kind == previous == "item"):
            yield ""
        previous = block.kind
        if block.kind in ("title", "heading"):
            yield f"## {_plain(block.words)} {{{_free(slug(block.words) or 'afsnit', used)}}}"
        elif block.kind == "sub-heading":
            yield f"### {_plain(block.words)}"
        elif block.kind == "item":
            yield f"- {_plain(block.words)}"
        else:
            yield from (_guarded(each) for each in sentences(block.words))


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted}-{number}", number + 1
    used.add(name)
    return name


def _plain(words: str) -> str:
    """Return words on one line without the signs that the hand-edited form gives a meaning."""
    return " ".join(re.sub(r"[|{}]", " ", words).split())


def _guarded(sentence: str) -> str:
    """Keep a sentence from being read as a heading, a field or an item."""
    if FIELD.match(sentence):
        return f"({sentence[1:-1]})"
    return re.sub(r"^(?:#+|-(?= ))\s*", "", sentence) or "…"


def _metadata(title: str, file: Path) -> str:
    texts = {"title": _plain(title), "short_title": _plain(title), "period": "", "language": "da", "source": file.name}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in texts.items()]
    return "\n".join(["# Fill in what is known, then run 'assistant index build'.", *lines, "parties = []", ""])


def _blocks(file: Path) -> Iterator[Block]:
    try:
        if file.suffix.lower() == ".pdf":
            yield from _from_text(_pdf_text(file))
        elif file.suffix.lower() == ".docx":
            yield from _from_word(file)
        elif file.suffix.lower() == ".md":
            yield from _from_markdown(file.read_text(encoding="utf-8-sig"))
        else:
            yield from _from_text(file.read_text(encoding="utf-8-sig"))
    except CorpusError:
        raise
    except Exception as error:  # the PDF and Word readers raise errors of many kinds on broken files
        raise CorpusError(file, 0, f"cannot be read ({error})", "Save it anew from the program that made it") from error


def _pdf_text(file: Path) -> str:
    from pypdf import PdfReader

    return "\n\n".join(page.extract_text() or "" for page in PdfReader(file).pages)


def _from_word(file: Path) -> Iterator[Block]:
    import docx

    for paragraph in _paragraphs(docx.Document(str(file))):
        style = (paragraph.style.name or "").lower() if paragraph.style else ""
        kind = "paragraph"
        if style == "title":
            kind = "title"
        elif style.startswith("heading"):
            kind = "heading" if style.endswith(("1", "2")) else "sub-heading"
        elif style.startswith("list"):
            kind = "item"
        yield Block(kind, paragraph.text.strip())


def _paragraphs(document: Any) -> Iterator[Any]:
    """Yield the paragraphs of a Word document in order, those in the cells of tables included, merged cells once."""
    for part in document.iter_inner_content():
        if not hasattr(part, "rows"):
            yield part
            continue
        seen: set[Any] = set()
        for cell in (cell for row in part.rows for cell in row.cells):
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from cell.paragraphs


def _from_markdown(text: str) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        line = line.strip()
        heading = re.match(r"(#{1,6})\s+(.*?)\s*(?:\{[^}]*\})?$", line)
        item = re.match(r"(?:[-*+]|\d+[.)])\s+(.*)$", line)
        if (heading or item or not line) and paragraph:
            yield Block("paragraph", " ".join(paragraph))
            paragraph = []
        if heading:
            yield Block(
                ("title", "heading")[min(len(heading[1]), 2) - 1] if len(heading[1]) < 3 else "sub-heading", heading[2]
            )
        elif item:
            yield Block("item", item[1])
        elif line:
            paragraph.append(line)


def _from_text(text: str) -> Iterator[Block]:
    """Read plain text: blank lines part paragraphs, hyphens at line ends are mended, short lines are headings."""
    text = re.sub(r"(\w)-\n(?=[a-zæøå])", r"\1", text.replace("\r\n", "\n"))
    for part in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if len(lines) == 1 and len(lines[0]) < LONGEST_HEADING and lines[0][-1] not in ".,;:!?]":
            yield Block("heading", lines[0])
        elif lines:
            yield Block("paragraph", " ".join(lines))
