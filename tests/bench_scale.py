"""`make bench-scale`: a search of many rows, in files and in PostgreSQL; answers from many documents.

The rows are put together from real ones and have their vectors, moved a little (`tests/scale/synthetic.py`): embedding so much
text would take a day and tell nothing of the search. The documents of `--documents` are written, read and built as any
others, but for their vectors.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform
import tempfile
from contextlib import nullcontext
from pathlib import Path

from assistant.settings import Settings
from tests.conftest import settings_of
from tests.scale.documents import answer, build_documents, change_document
from tests.scale.measures import apart
from tests.scale.searches import make, prepare, search_database, search_files


def main() -> None:
    """Print one line a figure; each size in processes of its own, since a worker does not build."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_scale", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="rows in files")
    parser.add_argument("--database", type=int, nargs="*", default=[1_000_000], help="rows in PostgreSQL")
    parser.add_argument("--documents", type=int, nargs="*", default=[100_000], help="sentences of documents")
    parser.add_argument("--keep", metavar="FOLDER", help="where the rows are kept, and taken from if they are there")
    given = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as folder:
        template = Settings.from_environment({"ASSISTANT_INDEX": f"{folder}/template"})
        if not template.index.exists():
            apart(prepare, template)
        for count in given.rows:
            place = at(template, folder, count)
            if not place.index.exists():
                apart(make, place, template, count)
            apart(search_files, place, count)
            apart(change_document, place, count)
            apart(search_files, place, count)
        for count in given.database:
            place = at(template, folder, count)
            if not place.index.exists():
                apart(make, place, template, count)
            apart(search_database, place, count)
        for count in given.documents:
            apart(build_documents, Path(folder) / f"documents-{count}", count)
            apart(change_document, settings_of(Path(folder) / f"documents-{count}"), count)
            apart(answer, Path(folder) / f"documents-{count}", count)


def at(template: Settings, folder: str, count: int) -> Settings:
    """Return settings for so many rows: a corpus and an index of their own."""
    return dataclasses.replace(template, corpus=Path(folder) / f"corpus-{count}", index=Path(folder) / str(count))


if __name__ == "__main__":
    main()
