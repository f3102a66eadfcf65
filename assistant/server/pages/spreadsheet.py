"""Tables as CSV: semicolons and a byte order mark in Danish, as Danish spreadsheets expect."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from assistant.server.pages.interface import page_language, strings


def spreadsheet(file: str, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Response:
    """Give lines as CSV in the language of the reader; `file` and `columns` are keys of the interface's words."""
    language, words = page_language(), strings(page_language())
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if language == "da" else ",", lineterminator="\r\n")
    writer.writerow([words[f"column_{name}"] for name in columns])
    for cells in lines:
        writer.writerow([inert(cell) for cell in cells])
    response = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{words[file]}"'
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
    return response


def inert(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
