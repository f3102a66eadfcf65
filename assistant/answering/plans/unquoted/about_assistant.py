"""What is said to the assistant itself, about it or about the person who writes: two kind sentences, no quotation."""

from __future__ import annotations

from assistant.answering.collecting.core import asks_summary
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.words import words
from assistant.understanding.question import kind_of, sentences_of
from assistant.understanding.request import Request

FILE = "assistant"
# A longer message tells of something else besides.
MOST_WORDS = 30
# Of many documents only so many are told by their titles.
TITLES = 5
# What may be said of the document without asking what stands in it.
OF_DOCUMENT = ("documents", "opinion", "limits")
# The likeness that leaves no doubt, and the one that a later turn of a conversation needs.
CERTAIN, LATER = 0.94, 0.92
# What no remark to the assistant asks for.
VALUED = (Kind.DATE, Kind.AMOUNT, Kind.COUNT, Kind.MEASURE)
# What needs no "you" or "I" to be said to the assistant.
REMARKS = ("insult", "praise", "apology", "not asked", "test", "joke", "bye")


def _in_sentences(request: Request, desk: Desk) -> tuple[str, float]:
    """Return what the last of several sentences is like, where each of them is said to the assistant."""
    likes = [desk.searcher.recent.said(each) for each in sentences_of(request.message, request.language)]
    said = [like for like in likes if like and like[0].startswith(f"{FILE}.")]
    return (said[-1][0], min(cosine for _, cosine in said)) if len(said) == len(likes) > 1 else ("", 0.0)


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer what is not asked of the documents at all."""
    listing = words_of("collect", request.language).asks
    themes = listing["list"].search(request.lowered) and listing["strict"].search(request.lowered)
    if themes or asks_summary(request.lowered, request.language):
        return None  # a list of themes or a summary, however kindly it is asked for
    if request.sections or len(words(request.message)) > MOST_WORDS:
        return None
    if kind_of(request.text, request.language) in VALUED:
        return None  # "when are the generators tested?" asks for a value
    # With its greeting or without: either may be what people say.
    likes = [
        like for text in dict.fromkeys((request.text, request.message)) if (like := desk.searcher.recent.said(text))
    ]
    found, cosine = max(likes, key=lambda like: like[1], default=None) or _in_sentences(request, desk)
    file, _, key = found.partition(".")
    if file != FILE:
        return None
    spoken = set(words(request.text))
    told = words_of(FILE, request.language).words
    named = bool(told["address"] & spoken or words_of(FILE, request.language).asks["formal"].search(request.message))
    certain = cosine >= CERTAIN
    if request.earlier:  # "who made it?" asks of what is talked about
        addressed = bool(named and cosine >= LATER) or (key in REMARKS and key != "joke" and certain)
    else:
        addressed = key in REMARKS or named or certain
    if not addressed or (told["document"] & spoken and key not in OF_DOCUMENT):
        return None
    draft = Draft(request.language, Status.SMALLTALK)
    titles = [desk.library.document(each).title_in(request.language) for each in desk.library.ids[:TITLES]]
    key = "no contact" if key == "contact" and not desk.contact else key
    said = words_of(FILE, request.language)
    title = request.home.title_in(request.language)
    draft.remark(said.say(key, document=title, documents="; ".join(titles), contact=desk.contact))
    return draft
