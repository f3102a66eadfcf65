"""The same question in the words that the plans know, where people put it in others.

What a question is about is taken out (a section, a name), how it is put is compared with the wordings of the language
files, and the question that they stand for is asked of the same sections and names. So a plan needs to know few words,
and an editor adds others without a pattern.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.desk import Desk
from assistant.corpus.register import facts_named
from assistant.corpus.types import Section
from assistant.index.learned.wordings import FILE, NAME, stems
from assistant.language.files import both, either, words_of
from assistant.language.words import stem, words
from assistant.understanding.claim import claim_of
from assistant.understanding.question import sentences_of, understand
from assistant.understanding.references import find_reference
from assistant.understanding.request import Request
from assistant.understanding.sections import called, distinct, nameless, numbered

# How much a question must be like the wordings of one kind, also where it has a word that none of them has, and how
# much put like any rather than as a text is asked.
SURE, SURER, LIKE = 0.4, 0.9, 0.2
# The same where only so few words are strange, if it is put so much like any.
SURE_ENOUGH, FEW, PUT_ALIKE = 0.5, 2, 0.9
# The kinds that ask for the whole of a document.
OF_DOCUMENT = "document."
# Words at most of what a question is asked for, and at least of the question behind it.
PURPOSE, LEAST = 6, 4


@dataclass(frozen=True, slots=True)
class Bare:
    """The sentence that asks without what it is about: sections, and names as they are said, in their order."""

    text: str
    sections: tuple[Section, ...]
    names: tuple[str, ...]


def reworded(request: Request, desk: Desk) -> Request | None:
    """Return the question that a question is another wording of; None where it is like none, or says more."""
    if request.earlier or claim_of(request.text, request.language) is not None:
        return None
    if words_of("mention", request.language).asks["in full"].search(request.lowered):
        return None  # that a name is spelled out is more than that it is mentioned
    bare = _bare(request, desk)
    known, own = stems(), _own_words(bare.text, request.language)
    # What the document has, and no wording, asks for less or for something else; no vector need tell it.
    held = desk.words_held(request.home)[request.language]
    told = {each for each in own if each.isdigit() or each in held}
    if not any(told <= each for each in known.values()):
        return None
    if desk.refusal.missing(understand(request.text, request.language), desk.library.numbers[request.home.id]):
        return None  # what the document does not have is told, whatever it is asked
    if desk.anticipated(request):
        return None  # its sentence is known
    key, sure, like = desk.searcher.wordings.nearest(bare.text, desk.searcher.vector(bare.text))
    if key not in known:
        return None  # taken out of the language files since the index was built
    if not told <= known[key] or like < LIKE or sure < _needed(own - known[key], key, like):
        return None
    if key.startswith(OF_DOCUMENT) and not _own_words(request.message, request.language) & held <= known[key]:
        return None  # "who made it?" is asked of what the sentence before it names
    says = words_of(FILE, request.language).says
    asked = says.get(f"{key} of one", says[key]) if len(bare.sections) == 1 else says[key]
    fits = asked.count("{theme}") == len(bare.sections) and asked.count("{name}") == len(bare.names)
    negated = either("collect", "negated")
    if not fits or bool(negated.search(asked.lower())) is not bool(negated.search(bare.text.lower())):
        return None
    text = _filled(asked, bare, request.language)
    reference = find_reference(text, request.home, request.earlier)
    return replace(request, message=text, text=text, sections=bare.sections, reference=reference)


def _needed(strange: set[str], key: str, like: float) -> float:
    """Return how much a question must be like the wordings of a kind that have none of some words.

    A word or two that the document does not have either tell only how it is put, but where a name may be asked for.
    """
    if not strange:
        return SURE
    may_be_name = "{name}" in words_of(FILE, "en").says[key]
    return SURE_ENOUGH if len(strange) <= FEW and like >= PUT_ALIKE and not may_be_name else SURER


def _bare(request: Request, desk: Desk) -> Bare:
    """Take out what a question is about."""
    known = desk.called(request.home)
    sections = distinct((*numbered(request.text, request.home), *called(request.text, known)))
    text = nameless(
        _asking(request.text, request.language), words_of("overview", request.language).say("the theme"), known
    )
    names: list[str] = []
    for fact in facts_named(text, desk.register(request.home)):
        said = next((form for form in sorted(fact.forms, key=len, reverse=True) if form.lower() in text.lower()), None)
        if said is not None:
            at = text.lower().find(said.lower())
            names.append(said)
            text = f"{text[:at]}{NAME}{text[at + len(said) :]}"
    order = request.text.lower()
    return Bare(text, sections, tuple(sorted(names, key=lambda name: order.find(name.lower()))))


def _asking(text: str, language: str) -> str:
    """Return the sentence that asks, without what it is asked for: "For the file: …"."""
    sentences = sentences_of(text, language) or [text]
    whole = [each for each in sentences if len(words(each)) >= LEAST] or sentences
    asking = next((each for each in reversed(sentences) if each.rstrip().endswith("?")), whole[0])
    purpose, colon, rest = asking.partition(": ")
    return rest if colon and len(words(purpose)) <= PURPOSE and len(words(rest)) >= LEAST else asking


def _own_words(text: str, language: str) -> set[str]:
    """Return the stems of the words of a question but for idle ones."""
    idle = both("detection", "closed") | both("collect", "soft") | {NAME.lower()}
    return {stem(word, language) for word in words(text) if word not in idle}


def _filled(asked: str, bare: Bare, language: str) -> str:
    """Return a question with the sections and names that it is asked of."""
    for section in bare.sections:
        asked = asked.replace("{theme}", section.label if language == "da" else section.label_en, 1)
    for name in bare.names:
        asked = asked.replace("{name}", name, 1)
    return asked
