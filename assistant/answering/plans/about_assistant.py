"""What is said to the assistant itself, about it or about the person who writes: two kind sentences, no quotation."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.request import Request

FILE = "assistant"
# The first that fits counts: narrow ones stand before wide ones.
ORDER = (
    "not asked",
    "insult",
    "contact",
    "privacy",
    "languages",
    "trust",
    "documents",
    "limits",
    "how",
    "who",
    "sorrow",
    "joke",
    "opinion",
    "praise",
    "apology",
    "test",
)
# A longer message tells of something else besides.
MOST_WORDS = 22


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer what is not asked of the documents at all."""
    if len(words(request.text)) > MOST_WORDS:
        return None
    said = words_of(FILE, request.language)
    key = next((key for key in ORDER if said.asks[key].search(request.lowered)), None)
    if key is None or (key != "documents" and request.sections):
        return None
    draft = Draft(request.language, Status.SMALLTALK)
    titles = [
        each.short_title if request.language == "da" else each.short_title_en for each in desk.library.documents[:5]
    ]
    key = "no contact" if key == "contact" and not desk.contact else key
    title = request.home.short_title if request.language == "da" else request.home.short_title_en
    draft.remark(said.say(key, document=title, documents="; ".join(titles), contact=desk.contact))
    return draft
