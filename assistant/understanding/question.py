"""Understand a question: what kind of thing it asks for, and which of its clauses asks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.corpus.types import Field
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.words import words

FIELDS = {Kind.NEXT_STEP: Field.NEXT_STEP, Kind.ACTORS: Field.ACTORS, Kind.OWNER: Field.ACTORS}

# The first whose pattern matches decides (language/*/kinds.toml); narrow kinds stand before wide ones.
KINDS = (
    Kind.CONTACT,
    Kind.NEXT_STEP,
    Kind.AMOUNT,
    Kind.MEASURE,
    Kind.COUNT,
    Kind.PAYER,
    Kind.OWNER,
    Kind.ACTORS,
    Kind.DATE,
    Kind.PLACE,
    Kind.REASON,
    Kind.WHO,
    Kind.EXAMPLE,
    Kind.HOW,
    Kind.LIST,
    Kind.YES_NO,
)
SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[^\W\d]{2}[.;])\s+|(?<=\d{4}\.)\s+(?=[A-ZÆØÅ])|\n+")
LONG = 16
LEFT_OUT = 6
# Words that a tail is about.
LEAST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks: the clause that asks, the kind of thing, and whether it can be met by yes or no.

    `whole` is the whole message where sentences beside the clause were left out, else empty.
    """

    clause: str
    kind: Kind
    yes_no: bool
    whole: str = ""

    @property
    def field(self) -> Field | None:
        """The field of a theme that the kind points to."""
        return FIELDS.get(self.kind)


def understand(text: str, language: str) -> Asked:
    """Find the asking clause of a question and the kind of thing that it asks for."""
    clause = asking_clause(text, language)
    lowered = _plain(clause)
    whole = text if len(words(clause)) + LEFT_OUT <= len(words(text)) else ""
    return Asked(clause, kind_of(clause, language), asks_yes_or_no(lowered, language), whole)


def kind_of(clause: str, language: str) -> Kind:
    """Return the kind of thing that a clause asks for; WHAT where no pattern tells."""
    lowered = _plain(clause)
    asks = words_of("kinds", language).asks
    return next((kind for kind in KINDS if asks[kind].search(lowered)), Kind.WHAT)


def asks_yes_or_no(lowered: str, language: str) -> bool:
    """Return whether a clause in small letters begins as a question that yes or no may answer."""
    return bool(words_of("kinds", language).asks[Kind.YES_NO].search(lowered))


def asking_clause(text: str, language: str) -> str:
    """Return the clause of a long text that asks, without the courtesies in front of it.

    A clause that says too little by itself, or points to the subject of the sentence before it, keeps that.
    """
    sentences = sentences_of(text, language)
    if len(words(text)) <= LONG or not sentences:
        return _without_frame(text.strip(), language)
    asking = [n for n, part in enumerate(sentences) if "?" in part]
    asking = asking or [
        n for n, part in enumerate(sentences) if words_of("clauses", language).asks["asks"].search(part.lower())
    ]
    if not asking:
        return text.strip()
    last = asking[-1]
    clause = _without_frame(sentences[last], language)
    points = words_of("clauses", language).asks["points"].search(clause.lower())
    while (len(words(clause)) < 6 or points) and last > 0:
        last, points = last - 1, None
        clause = f"{sentences[last]} {clause}"
    return clause


def without_purpose(text: str, language: str) -> str:
    """Return a text without a sentence that only tells what the answer is wanted for: "I need it for a paper"; nor a
    tail that only bids once more to tell it: "can you list them all?".
    """
    asks = words_of("clauses", language).asks
    purpose, tail = asks["purpose"], asks["bids again"].search(text.lower())
    text = text[: tail.start()] if tail and len(words(text[: tail.start()])) >= LEAST else text
    sentences = sentences_of(text, language)
    kept = [sentence for sentence in sentences if not purpose.match(sentence.lower())]
    return " ".join(kept) if 0 < len(kept) < len(sentences) else text


def without_reader(text: str, language: str) -> str:
    """Return a text that asks for a summary without those whom it is for: "explain it to somebody who is new"."""
    said, lowered = words_of("clauses", language), text.lower()
    reader = said.asks["reader"].search(lowered)
    front = lowered[: reader.start()] if reader else ""
    serves = said.words["serves"] & set(words(front)[-1:])  # "what it means for farmers"
    return text[: len(front)] if said.asks["tells"].search(front) and not serves else text


def asked_whole(text: str, language: str) -> str:
    """Return a text whose last sentence only asks which as one question: "Two themes have no actors. Which?"."""
    said, sentences = words_of("clauses", language), sentences_of(text, language)
    if len(sentences) < 2 or not said.asks["which alone"].fullmatch(sentences[-1].lower()):
        return text
    told = said.asks["so many"].match(sentences[-2].lower())
    if told is None:
        return text
    return " ".join((*sentences[:-2], f"{said.say('which')} {sentences[-2][told.end() :].rstrip('.!')}?"))


def sentences_of(text: str, language: str) -> list[str]:
    """Return the sentences of a text; "kr." and other abbreviations end none."""
    found: list[str] = []
    for part in (each.strip() for each in SENTENCE.split(text.strip()) if each and each.strip()):
        if found and words_of("clauses", language).asks["short"].search(found[-1].lower()):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _without_frame(sentence: str, language: str) -> str:
    match = words_of("clauses", language).asks["frame"].match(sentence.lower())
    rest = sentence[match.end() :].strip() if match else sentence
    return rest if len(words(rest)) >= 3 else sentence


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().strip(" \"'«»-–")
