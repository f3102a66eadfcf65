"""All that is said of one thing that is no section of its own: a name, a year, a word; each sentence with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collecting.core import asks_summary
from assistant.answering.collecting.told import joined
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.plans.named.acting import tell_by_places
from assistant.answering.plans.named.mentioned import CLOSED, fact_called, loose_words, places_of, says_only
from assistant.answering.plans.named.mentioned import FILE as MENTION
from assistant.corpus.register import facts_named
from assistant.corpus.types import SectionKind
from assistant.index.records import Row
from assistant.language.files import Words, words_of
from assistant.language.values import years
from assistant.language.words import WORD, stem, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request
from assistant.understanding.sections import called

FILE = "concerning"
MOST_WORDS = 3
# A thing that is spoken of once is answered by that sentence, as any other question is.
FEWEST = 2
# What is in it for somebody of whom more is said than that cannot be told in a list.
MOST_ROWS = 12
SENTENCES = re.compile(r"(?<=[!?])\s+|(?<=[^\W\d]{3}[.;])\s+|\s+[–-]\s+")


def plan(request: Request, desk: Desk) -> Draft | None:
    """Give all that is said of one name, of a year or of a word, where a sentence of a question asks for it alone."""
    alone = (replace(request, text=sentence) for sentence in SENTENCES.split(request.text))
    return next((draft for each in alone if (draft := _told(each, desk)) is not None), None)


def _told(request: Request, desk: Desk) -> Draft | None:
    said, mention = words_of(FILE, request.language), words_of(MENTION, request.language)
    text = request.lowered
    if words_of("overview", request.language).asks["adds"].search(text):
        return None  # what the annex adds to a theme
    places = bool(said.asks["places"].search(text))
    all_of_it = places or bool(said.asks["all about"].search(text))
    named = all_of_it or bool(said.asks["everything"].search(text))
    summary = asks_summary(text, request.language)
    meant_for = bool(said.asks["meant for"].search(text))
    if not (named or summary or meant_for or said.asks["says"].search(text)) or said.asks["other"].search(text):
        return None
    subject, rows = _named(request, desk, mention, said) if named or summary else ("", [])
    if not rows:
        subject, rows = _worded(request, desk, said, all_of_it or summary or meant_for, places)
    asks = words_of("collect", request.language).asks
    if asks["annex"].search(asks["aside"].sub(" ", text)) and not asks["strict"].search(text):
        rows = [row for row in rows if row.section.kind is SectionKind.ANNEX]
    if len(rows) < (1 if named or meant_for else FEWEST) or (meant_for and len(rows) > MOST_ROWS):
        return None
    draft = Draft(request.language)
    draft.remark(said.number("told", len(rows), word=subject))
    tell_by_places(draft, rows)
    return draft


def _named(request: Request, desk: Desk, mention: Words, said: Words) -> tuple[str, list[Row]]:
    """Return the one name, or year, that a question says beside what asks for all of it, with its rows."""
    asked = years(request.text)
    facts = facts_named(request.text, desk.register(request.home))
    rows = desk.rows(request.home)
    if len(asked) == 1 and not facts:
        (year,) = asked
        subject, found = str(year), [row for row in rows if year in years(row.span.quote)]
    elif len(facts) == 1:
        spans, subject = {place.span for place in facts[0].mentions}, facts[0].called(request.language)
        found = [row for row in rows if row.span.id in spans]
    else:
        return "", []
    idle = words_of("collect", request.language).words
    own = set(words(" ".join(facts[0].forms))) if facts else set()
    rest = set(subject_words(request.text)) - idle["soft"] - idle["whole"] - mention.words["own"] - said.words["own"]
    rest = {word for word in rest - own if not word.isdigit() and word.removesuffix("s") not in own}
    return (subject, found) if not rest else ("", [])


def _worded(request: Request, desk: Desk, said: Words, everything: bool, places: bool) -> tuple[str, list[Row]]:
    """Return the word that a question asks of and the rows that say it; what names a section is told as that, unless
    the places are asked for.
    """
    summary = words_of("overview", request.language).words["own"]
    own = [word for word in loose_words(request, said) if word not in summary | CLOSED and not word.isdigit()]
    if not 1 <= len(own) <= MOST_WORDS or request.sections:
        return "", []
    subjects = _joined(own, request)
    if not places and len(subjects) == 1 and called(request.text, desk.called(request.home)):
        return "", []
    subject = " ".join(token.group() for token in WORD.finditer(request.text) if token.group().lower() in own)
    fact = fact_called(subject, request, desk)
    if (fact is None and not everything) or (fact is not None and not says_only(own, fact)):
        return "", []
    subject = joined(subjects, request.language) if len(subjects) > 1 else subject
    if fact is not None or places:
        return subject, rows_about(own, request, desk) if len(subjects) > 1 else places_of(subject, request, desk)
    said_so = len(subjects) == 1 and bool(places_of(subject, request, desk))  # "circular economy" is its own subject
    if len(own) > 1 and ((_names_a_theme(own, request) and not said_so) or _are_headings(subjects, request)):
        return "", []
    return subject, rows_about(own, request, desk)


def rows_about(own: Sequence[str], request: Request, desk: Desk) -> list[Row]:
    """Return the rows that say a subject, of several joined by "and" any, with the rest of a list of which they are
    most.
    """
    subjects = _joined(own, request)
    if not all(places_of(each, request, desk) for each in subjects):
        subjects = [" ".join(own)]
    found = {row.span.id for each in subjects for row in places_of(each, request, desk)}
    rows = desk.rows(request.home)
    under = Counter((row.section.id, row.passage.subheading) for row in rows if row.span.id in found)
    parts = {key for key, n in under.items() if key[1] and n > 1 and 2 * n > _rows_under(rows, key)}
    return [row for row in rows if row.span.id in found or (row.section.id, row.passage.subheading) in parts]


def _joined(own: Sequence[str], request: Request) -> list[str]:
    """Return the subjects that are joined by "and", each the words of it that stand together."""
    joined, text = words_of(FILE, request.language).asks["joined"], request.lowered
    subjects, at = [own[0]], text.find(own[0])
    for word in own[1:]:
        end = text.find(word, at + 1)
        apart = joined.search(text[at:end])
        subjects = [*subjects, word] if apart else [*subjects[:-1], f"{subjects[-1]} {word}"]
        at = end
    return subjects


def _names_a_theme(own: Sequence[str], request: Request) -> bool:
    """Return whether a word of a subject stands in a title: the section is meant, in words of the asker's own."""
    titles = ((s.title if request.language == "da" else s.title_en) for s in request.home.sections)
    told = {stem(word, request.language) for title in titles for word in words(title)}
    return any(stem(each, request.language) in told for each in own)


def _are_headings(subjects: Sequence[str], request: Request) -> bool:
    """Return whether each of several subjects is in a sub-heading: they are told by these."""
    passages = [passage for section in request.home.sections for passage in section.passages]
    titles = (passage.subheading_in(request.language) or "" for passage in passages)
    told = [{stem(word, request.language) for word in words(title)} for title in dict.fromkeys(titles)]
    wanted = [{stem(word, request.language) for word in words(each)} for each in subjects]
    return len(subjects) > 1 and all(any(each <= held for held in told) for each in wanted)


def _rows_under(rows: Sequence[Row], heading: tuple[str, str | None]) -> int:
    return sum((row.section.id, row.passage.subheading) == heading for row in rows)
