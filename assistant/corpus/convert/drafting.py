"""Anticipated questions drafted from headings, fields, facts and verbs, for an officer to go through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.corpus.convert.add import existing
from assistant.corpus.names import FILE as NAMES
from assistant.corpus.names import read_names
from assistant.corpus.questions import DRAFT
from assistant.corpus.reader import read_document
from assistant.corpus.register import ACTORS, AMOUNT, DATE, Fact, register_of
from assistant.corpus.types import Document, Field, Section, SectionKind, Span
from assistant.errors import CorpusError
from assistant.language.files import Words, both, words_of

FILE, LANGUAGE_FILE = "draft.txt", "drafted"
# Words of what somebody does that a question takes over; places of a thing up to which it tells a sentence.
MOST_WORDS, MOST_PLACES = 10, 3
UNNAMED = (ACTORS, AMOUNT, DATE)
MARK = f"""{DRAFT}
# These questions were made by rules. Go through them: take out what nobody would ask, put in what people do ask,
# then take the first line away. Until then none of them counts.
"""

# A question with its language and what answers it.
Drafted = tuple[str, str, str]


def draft_questions(name: str, corpus: Path) -> tuple[Path, int]:
    """Write `questions/draft.txt` of a document; returns the file and how many questions it has.

    Raises CorpusError where there is no such document, or a draft that somebody has begun to go through.
    """
    folder = existing(name, corpus)
    path = folder / "questions" / FILE
    if path.exists() and not path.read_text(encoding="utf-8").startswith(MARK):
        raise CorpusError(path, 0, "was edited", "Give it another name, or remove it, to draft questions anew")
    document = read_document(folder)
    found = list(dict.fromkeys(questions_of(document, register_of(document, read_names(folder / NAMES, document)))))
    path.parent.mkdir(exist_ok=True)
    path.write_text(MARK + "\n".join(_lines(found)) + "\n", encoding="utf-8")
    return path, len(found)


def _lines(found: list[Drafted]) -> Iterator[str]:
    """Yield the questions below what answers them, each target once in a row."""
    above = ""
    for target, language, question in found:
        if target != above:
            yield f"\n## {target}"
            above = target
        yield f"{language}: {question}"


def questions_of(document: Document, facts: tuple[Fact, ...]) -> Iterator[Drafted]:
    """Yield questions in Danish and, where there is a translation, in English."""
    translated = any(s.translation for section in document.sections for p in section.passages for s in p.spans)
    for language in ("da", "en") if translated else ("da",):
        said = words_of(LANGUAGE_FILE, language)
        for section in document.sections:
            if section.passages and section.kind is not SectionKind.TITLE:
                yield from _of_section(section, language, said)
                yield from _of_sentences(section, language, said)
        for fact in facts:
            yield from _of_fact(fact, document, language, said)


def _of_section(section: Section, language: str, said: Words) -> Iterator[Drafted]:
    title, label = (section.title, section.label) if language == "da" else (section.title_en, section.label_en)
    yield section.id, language, said.say("about", title=title)
    if label != title:
        yield section.id, language, said.say("label", label=label)
    for field, key in ((Field.ACTORS, "actors"), (Field.NEXT_STEP, "step")):
        if section.field(field):
            yield f"{section.id}/{field}", language, said.say(key, title=title)


def _of_sentences(section: Section, language: str, said: Words) -> Iterator[Drafted]:
    """Yield who does something and what somebody does, of each sentence that says so."""
    for span in (*section.field(Field.TEXT), *section.field(Field.BACKGROUND)):
        match = said.asks["does"].match(_words(span, language))
        if match is not None:
            what = " ".join(match["what"].split()[:MOST_WORDS]).rstrip(",")
            who, first = match["who"], match["who"].split()[0].lower()
            if first == who.lower() or first in both("detection", "closed"):
                who = who[:1].lower() + who[1:]
            yield span.id, language, said.say("who", verb=match["verb"], what=what)
            key = "does-what" if said.asks["modal"].match(match["verb"]) else "what"
            yield span.id, language, said.say(key, verb=match["verb"], who=who)


def _words(span: Span, language: str) -> str:
    return span.quote if language == "da" else span.translation or ""


def _of_fact(fact: Fact, document: Document, language: str, said: Words) -> Iterator[Drafted]:
    """Yield what is asked of an amount, a date or a name that stands at few places."""
    for mention in fact.mentions[:1] if len(fact.mentions) <= MOST_PLACES else ():
        section = document.section(mention.section)
        title = section.title if language == "da" else section.title_en
        if not mention.span or fact.kind == ACTORS:
            continue
        if fact.kind in (AMOUNT, DATE):
            yield mention.span, language, said.say("amount" if fact.kind == AMOUNT else "date", title=title)
        if fact.kind == AMOUNT:
            yield mention.span, language, said.say("amount-of", name=fact.called(language))
        elif fact.kind not in UNNAMED:
            yield mention.span, language, said.say("named", name=fact.called(language))
