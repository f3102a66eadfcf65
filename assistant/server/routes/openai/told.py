"""From an answer to a chat completion, whole or as a stream: text with numbers, and below it the sources as links."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from assistant.answering import Answer, Citation
from assistant.language.files import words_of

# Between an answer and its sources: a line across in Markdown.
RULE = "\n\n---\n\n"
# What is asked again is not written again.
KEPT = 256
OWNER = "agreement-assistant"
_NUMBER = re.compile(r"\[(\d+)\]")
# What Markdown would take for a mark of its own.
_MARKS = re.compile(r"([\\`*_\[\]<])")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a message: its text with sources, the JSON of text and proof, and how many words it has."""

    text: str
    proof: str
    words: int


# What a front end asks by itself gets no words, in the form that all such tasks ask for.
NOTHING = Told("{}", '"annotations":[],"answer":null', 1)


@dataclass(frozen=True, slots=True)
class Completion:
    """A message in OpenAI's format; `asked` is how many words the question and its history have."""

    told: Told
    model: str
    request_id: str
    version: str
    asked: int

    def whole(self) -> bytes:
        """Return the JSON of a completion."""
        message = f'{{"role":"assistant","refusal":null,"content":{_json(self.told.text)},{self.told.proof}}}'
        choice = f'{{"index":0,"message":{message},"logprobs":null,"finish_reason":"stop"}}'
        head = _json(self._head("chat.completion"))[:-1]
        return f'{head},"choices":[{choice}],"usage":{_json(self._usage())}}}'.encode()

    def stream(self, usage: bool) -> bytes:
        """Return all events of a stream: the answer is at hand, so nothing waits for anything."""
        head = _json(self._head("chat.completion.chunk"))[:-1]
        deltas = (
            ('{"role":"assistant","content":"","refusal":null}', "null"),
            (f'{{"content":{_json(self.told.text)}}}', "null"),
            (f"{{{self.told.proof}}}", '"stop"'),
        )
        ends = ',"usage":null}' if usage else "}"
        events = [
            f'{head},"choices":[{{"index":0,"delta":{delta},"logprobs":null,"finish_reason":{reason}}}]{ends}'
            for delta, reason in deltas
        ]
        if usage:
            events.append(f'{head},"choices":[],"usage":{_json(self._usage())}}}')
        return "".join(f"data: {event}\n\n" for event in [*events, "[DONE]"]).encode()

    def _head(self, kind: str) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{self.request_id}",
            "object": kind,
            "created": int(time.time()),
            "model": self.model,
            "system_fingerprint": f"index-{self.version}",
        }

    def _usage(self) -> dict[str, int]:
        """Count words: no language model reads tokens here; the embedding model's take 3 ms a kilobyte to count."""
        told = self.told.words
        return {"prompt_tokens": self.asked, "completion_tokens": told, "total_tokens": self.asked + told}


@lru_cache(KEPT)
def told(answer: Answer, home: str) -> Told:
    """Return an answer as a message whose links lead to the service at `home`.

    Its proof is where the text cites what, and the whole answer as `/api/chat` gives it.
    """
    text = with_sources(answer, home)
    proof = _json({"annotations": marked(answer, home), "answer": answer.to_json()})
    return Told(text, proof[1:-1], len(text.split()))


def with_sources(answer: Answer, home: str) -> str:
    """Return the text of an answer and, below a line across, its sources as links to the highlighted places."""
    says, parts = words_of("sources", answer.language).says, []
    for heading, citations in ((says["sources"], answer.citations), (says["closest"], answer.closest)):
        if citations:
            numbered = citations is answer.citations
            lines = [_source(each, f"{each.number}." if numbered else "-", answer.language, home) for each in citations]
            parts.append("\n".join([f"**{heading}**", "", *lines]))
    return answer.text + (RULE + "\n\n".join(parts) if parts else "")


def marked(answer: Answer, home: str) -> list[dict[str, Any]]:
    """Return which code points of the text are the number of which citation."""
    cited = {each.number: each for each in answer.citations}
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": found.start(),
                "end_index": found.end(),
                "url": link(citation, home),
                "title": " › ".join(citation.heading),
            },
        }
        for found in _NUMBER.finditer(answer.text)
        if (citation := cited.get(int(found[1])))
    ]


def link(citation: Citation, home: str) -> str:
    """Return the address of the place, highlighted in its document."""
    return f"{home}/documents/{quote(citation.document)}?start={citation.start}&end={citation.end}#cited"


def _source(citation: Citation, mark: str, language: str, home: str) -> str:
    line = f"{mark} [{_plain(' › '.join(citation.heading))}]({link(citation, home)}): »{_plain(citation.quote)}«"
    if citation.translation and language != "da":
        line += f" {words_of('sources', language).says['unofficial']} {_plain(citation.translation)}"
    return line


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def models(ids: Sequence[str]) -> dict[str, Any]:
    """Return a list of models."""
    return {"object": "list", "data": [model(each) for each in ids]}


def model(identity: str) -> dict[str, Any]:
    """Return one model."""
    return {"id": identity, "object": "model", "created": 0, "owned_by": OWNER}
