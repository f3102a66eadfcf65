"""Files as strangers send them: `python -m tests.evaluation.received` adds three, builds, and asks what people ask.

Three times three: a strategy (PDF of two columns), an order (Word, paragraphs and chapters) and an agreement (PDF on its side,
a table of four columns over pages); later an agreement (Word), a hospital plan (PDF) and bylaws (Word); then
two agreements and a policy in Markdown, with many questions that they do not answer. All are invented,
none is translated or was edited after it was added. It prints how often the first citation stands in a right section, in
the document asked about, and what is refused; once with the document named in the request, once beside the agreement
and the six of the evaluation. With `-v` it prints every reply that fails.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.corpus.convert import add_document, read_file
from assistant.evaluation.measures import Judged, judge_all
from assistant.evaluation.sets import read_sets
from tests.evaluation.beside import documents, with_others
from tests.questions import FOLDER

RECEIVED = (FOLDER / "received", FOLDER / "received-later", FOLDER / "received-markdown")
KINDS = (".pdf", ".docx", ".md")


def added(received: Path, folder: Path) -> list[Path]:
    """Add the files received to a corpus in a folder; returns the folders of the documents."""
    files = sorted(path for path in received.iterdir() if path.suffix in KINDS)
    return [add_document(file, folder / "added", read=read_file).folder for file in files]


def rows(judged: Sequence[Judged]) -> Iterator[tuple[str, int, int]]:
    """Yield what is counted, how often it is so, and of how many."""
    asked = [each for each in judged if each.case.answerable]
    for language, name in (("da", "Danish"), ("en", "English")):
        some = [each for each in asked if each.case.language == language]
        yield f"right section first, {name}", sum(each.rank == 1 for each in some), len(some)
    yield "another document first", sum(not each.document for each in asked), len(asked)
    yield "answerable refused", sum(each.refused for each in asked), len(asked)
    lacking = [each for each in judged if each.case.answerable is False]
    yield "unanswerable refused", sum(each.refused for each in lacking), len(lacking)


def failed(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the replies that fail."""
    for each in judged:
        fails = not each.refused if each.case.answerable is False else each.rank != 1
        if fails and each.answer:
            cited = " ".join(f"{c.document}/{c.section}" for c in (*each.answer.citations, *each.answer.closest)[:3])
            yield f"{each.case.id}: {each.case.question}\n    wanted {' '.join(each.case.gold) or 'nothing'}, cited {cited}"
            yield f"    {each.answer.status}: {each.answer.text[:300]}"


def main() -> None:
    """Print the figures."""
    for received in RECEIVED:
        with tempfile.TemporaryDirectory() as name:
            assistant = with_others(Path(name) / "many", [*documents(), *added(received, Path(name))])
            for alone in (True, False):
                judged = judge_all(assistant, read_sets([received]), alone)
                where = "document named in the request" if alone else "beside the others"
                sys.stdout.write(f"{received.name}, {where}\n")
                for told, right, total in rows(judged):
                    sys.stdout.write(f"  {told:32}{right:4} of {total:3}  {right / total:.2f}\n")
                if "-v" in sys.argv:
                    sys.stdout.write("".join(f"    {line}\n" for line in failed(judged)))


if __name__ == "__main__":
    main()
