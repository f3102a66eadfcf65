"""An answer as it is shown in a terminal."""

from __future__ import annotations

from assistant.answering import Answer, Citation
from assistant.language.files import words_of


def in_words(answer: Answer) -> str:
    """Return the text of an answer, and its sources or the closest passages."""
    says, parts = words_of("sources", answer.language).says, [answer.text]
    if answer.citations:
        parts.append(says["sources"])
        parts += [_source(citation, f"[{citation.number}]", answer.language) for citation in answer.citations]
    if answer.closest:
        parts.append(says["closest"])
        parts += [_source(citation, "-", answer.language) for citation in answer.closest]
    return "\n\n".join(parts)


def _source(citation: Citation, mark: str, language: str) -> str:
    lines = [f"{mark} {' > '.join(citation.heading)}", f"    »{citation.quote}«"]
    if citation.translation and language != "da":
        lines.append(f"    {words_of('sources', language).says['unofficial']} {citation.translation}")
    return "\n".join([*lines, f"    {citation.url}"])
