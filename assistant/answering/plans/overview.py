"""The whole of the agreement, of a theme or of an annex part: what it is about by sub-heading, actors, next step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collecting.core import CLAUSES, asks_summary, governed
from assistant.answering.collecting.summary import (
    FILE,
    MOST_SECTIONS,
    annex_told,
    document_told,
    sections_told,
    subheadings_told,
)
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.plans.named.mentioned import loose_words
from assistant.answering.plans.unquoted.unclear import empty
from assistant.corpus.types import Section, SectionKind
from assistant.language.files import Words, either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import number_of
from assistant.language.words import stem, words
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import asks_for_more, points_back, subject_words, themes_of
from assistant.understanding.question import kind_of
from assistant.understanding.references import LABEL
from assistant.understanding.request import Request
from assistant.understanding.sections import called, distinct, label_words, nameless

# So many words that the document has ask for more than an overview of it.
FEW_WORDS = 2
# Words in front of what asks that tell of something.
LONG_ASIDE = 4
# Words beside the number of an annex part that ask of that part, and not of the theme of the number.
LEAST_SAID = 3
# What may be asked of a part as a whole.
OPEN = (Kind.WHAT, Kind.HOW, Kind.LIST)
# How like a question must be to one for a whole section: where its words alone do not tell, and where they do.
LIKE, FIRM = 0.92, 0.89
# Words that say something else beside the name of a section that is asked for as a whole.
FEW_BESIDE = 3
# "Table-of-contents".
HYPHENED = re.compile(r"\b\w+(?:-\w+){2,}\b")


def plan(request: Request, desk: Desk) -> Draft | None:
    """Sum up the document or a section where the question asks for the whole of it."""
    said, text = words_of(FILE, request.language), request.lowered
    meant = request.sections or called(request.text, desk.called(request.home))
    if grouped := _of_group(request):
        return sections_told(request, desk, said, grouped)
    if (parts := _parts_asked(request, meant, said)) is not None:
        return sections_told(request, desk, said, parts) or empty(parts[0], request, desk)
    if said.asks["subs"].search(text) and (draft := subheadings_told(request, said, meant)):
        return draft
    if _is_part_alone(request):
        return sections_told(request, desk, said, request.sections)
    if said.asks["adds"].search(text):
        return _added(request, desk, said, meant)
    if _is_of_annex(request, desk, said):
        return annex_told(request, desk, said)
    rest = _narrowing(request, desk, said)
    whole = bool(said.asks["whole"].search(text))
    asks = words_of("collect", request.language).asks
    listing = asks["list"].search(text) and asks["theme"].search(text)
    # "The most important numbers of the agreement" are no overview of it.
    of_kind = any(asks[kind].search(text) for kind in ("number", "amount", "date", "actors", "step"))
    like = desk.like(request) == "overview.whole" and not listing
    # "My phone has no signal. Does it say anything about that?" is not of the document, but of what was told first.
    told_first = points_back(text, request.language) and len(words(request.message)) > len(words(text)) + LONG_ASIDE
    foreign = not meant and (
        told_first
        or of_kind
        or bool(said.asks["conditional"].search(text))
        or _is_of_another_subject(request, desk, said)
    )
    named_alone = bool(rest) and not said.asks["overview"].search(text) and len(words(text)) <= LONG_ASIDE
    foreign = foreign or named_alone  # "electric buses in the agreement"
    if like and not request.sections and not request.talked and len(rest) < FEW_WORDS and not foreign:
        return sections_told(request, desk, said, meant) if meant else document_told(request, desk, said)
    firm = whole and bool(said.asks["overview"].search(text))
    firm = firm or _asks_more_of(request)
    several = request.sections and len(meant) <= MOST_SECTIONS
    if (
        (len(meant) == 1 or several)
        and (firm or not _is_ambiguous(request))
        and _asks_for_section(request, desk, said, firm)
    ):
        return sections_told(request, desk, said, meant)
    bare = said.asks["overview"].search(text) and not subject_words(request.message) and not request.earlier
    if not (firm or bare) or said.asks["other"].search(text):
        return None
    if request.sections:
        label = label_words(request.sections)
        return None if set(rest) - label else sections_told(request, desk, said, request.sections)
    if rest:
        return sections_told(request, desk, said, meant) if meant else None
    if firm and len(request.talked) == 1 and points_back(text, request.language) and not asks_for_more(request.text):
        return sections_told(request, desk, said, (request.home.section(request.talked[0]),))
    if request.talked and not set(words(request.text)) & said.words["document"]:
        return None  # "tell me more": of what was talked about
    if foreign:
        return None
    return document_told(request, desk, said)


def _of_group(request: Request) -> tuple[Section, ...]:
    """Return the themes that the document puts together under a name, where a summary of those is asked for."""
    asks, own = words_of("collect", request.language), words_of(FILE, request.language).words["own"]
    idle = own | asks.words["soft"] | asks.words["whole"]
    rest = set(subject_words(asks.asks["own"].sub(" ", request.lowered))) - idle
    grouped = tuple(section for section in request.home.sections if section.group)
    whole = asks_summary(request.lowered, request.language) and asks.asks["own"].search(request.lowered)
    rest = {word for word in rest if number_of(word) is None}
    return grouped if whole and len(grouped) <= MOST_SECTIONS and not (rest or request.sections) else ()


def _parts_asked(request: Request, meant: Sequence[Section], said: Words) -> tuple[Section, ...] | None:
    """Return the parts of the annex that elaborate the one theme that is named or, where a question points back, talked
    of, where it asks what the annex says of that; None where it does not.
    """
    asks = words_of("collect", request.language).asks
    text = asks["aside"].sub(" ", request.lowered)
    talked = themes_of(request.talked, request.home) if points_back(text, request.language) else ()
    themes = [section for section in meant or talked if section.kind is SectionKind.THEME]
    says = words_of("concerning", request.language).asks["says"]
    open_ = (said.asks["overview"].search(text) or says.search(text)) and not said.asks["other"].search(text)
    if not (asks["annex"].search(text) and open_) or asks["negated"].search(text) or len(themes) != 1:
        return None
    if claim_of(request.text, request.language) is not None or len(meant) > 1:
        return None
    return request.home.annexes(themes[0].id) or None


def _asks_more_of(request: Request) -> bool:
    """Return whether a turn asks for more of the one section that it names, and of nothing else."""
    label = label_words(request.sections)
    bare = " ".join(word for word in words(request.text) if word not in label)
    return len(request.sections) == 1 and request.talked != (request.sections[0].id,) and asks_for_more(bare)


def _is_ambiguous(request: Request) -> bool:
    """Return whether it is not clear which section a number means: an annex part is named by it, if more is said."""
    reference = request.reference
    if reference is None or not reference.ambiguous:
        return False
    return reference.name != "annex" or len(words(reference.rest)) < LEAST_SAID


def _is_part_alone(request: Request) -> bool:
    """Return whether a question asks what a part says that has a label of its own ("§ 4"), and for no more."""
    reference = request.reference
    if reference is None or reference.name != LABEL or len(request.sections) != 1:
        return False
    return not subject_words(reference.rest) and kind_of(request.text, request.language) in OPEN


def _is_of_annex(request: Request, desk: Desk, said: Words) -> bool:
    """Return whether a question asks what the annex as a whole is about, and names no part of it."""
    asks, text = words_of("collect", request.language).asks, request.lowered
    plain = said.asks["overview"].search(text) and not said.asks["other"].search(text)
    annex = asks["annex"].search(text) and not asks["theme"].search(text)
    if not (plain and annex) or request.sections or called(request.text, desk.called(request.home)):
        return False
    idle = said.words["own"] | words_of("collect", request.language).words["soft"]
    return not set(subject_words(asks["annex"].sub(" ", text))) - idle


def _added(request: Request, desk: Desk, said: Words, meant: Sequence[Section]) -> Draft | None:
    """Sum up what the annex says of the one theme that a question names."""
    document = request.home
    themes = distinct(document.theme_of(each) for each in meant or called(request.message, desk.called(document)))
    parts = [part for each in themes for part in document.annexes(each.id) if part.passages]
    return sections_told(request, desk, said, tuple(parts)) if len(themes) == 1 and parts else None


def _asks_for_section(request: Request, desk: Desk, said: Words, firm: bool) -> bool:
    """Return whether the one section that a question names is asked for as a whole.

    Its name is exchanged for "the theme", so that only how it is asked is compared; `firm` where its words tell it too.
    """
    claimed = claim_of(request.text, request.language) is not None
    # Who, when or how much is not the whole of a section, so that nothing need be embedded to tell; both who and what
    # comes next may be.
    fields = words_of("collect", request.language).asks
    several = all(fields[key].search(request.lowered) for key in ("actors", "step"))
    bids = either("verdict", "request").search(request.lowered)
    narrow = not (firm or several or bids) and kind_of(request.text, request.language) not in OPEN
    if claimed or narrow or said.asks["other"].search(request.lowered) or (request.earlier and not firm):
        return False
    plain = nameless(request.text, said.say("the theme"), desk.called(request.home))
    clauses = CLAUSES.split(plain)
    asking = next((each for each in clauses if said.say("the theme") in each.lower()), plain)
    # "I must give a talk on the theme. Can you outline it?"
    pointing = said.asks["it"].sub(f" {said.say('the theme')} ", clauses[-1].lower())
    much = not firm and len(loose_words(replace(request, text=plain), said)) > FEW_BESIDE
    bid = words_of("parts", request.language).asks["bids"].match(asking.lower())
    ways = [*([] if much else [plain]), *([] if much and not bid else [asking])]
    ways += [pointing] if pointing != clauses[-1].lower() else []
    if not ways:
        return False
    key, cosine = max(map(desk.searcher.recent.said_nameless, dict.fromkeys(ways)), key=lambda like: like[1])
    return key == "overview.section" and cosine >= (FIRM if firm else LIKE)


def _is_of_another_subject(request: Request, desk: Desk, said: Words) -> bool:
    """Return whether a summary is asked for "about" or "of" something that the document does not speak of."""
    collect = words_of("collect", request.language).words
    idle = said.words["own"] | said.words["document"] | collect["soft"] | collect["whole"]
    text = HYPHENED.sub(" ", request.lowered)
    own = [word for word in subject_words(text) if word not in idle and not word.isdigit()]
    for_whom = words_of("concerning", request.language).asks["meant for"].search(text)
    return bool(own and for_whom) or any(governed(word, text, said.asks["subject"]) for word in own)


def _narrowing(request: Request, desk: Desk, said: Words) -> list[str]:
    """Return the words of a question that the document has too: they ask for less than the whole of it."""
    held = desk.words_held(request.home)[request.language]
    own = [word for word in subject_words(request.text) if word not in said.words["own"] and not word.isdigit()]
    return [word for word in own if stem(word, request.language) in held]
