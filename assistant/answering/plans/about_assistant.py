"""What is said to the assistant itself, about it or about the person who writes: two kind sentences, no quotation."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.index.spoken import FILE
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.request import Request

# A longer message tells of something else besides.
MOST_WORDS = 22
# What needs no "you" or "I" in the midst of a conversation; "who made it?" asks of what is talked about.
REMARKS = ("insult", "praise", "apology", "not asked", "test")


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer what is not asked of the documents at all."""
    if request.sections or len(words(request.text)) > MOST_WORDS:
        return None
    key = desk.searcher.said_to_assistant(request.text)
    address = words_of(FILE, request.language).words["address"]
    if key is None or (request.earlier and key not in REMARKS and not address & set(words(request.text))):
        return None
    draft = Draft(request.language, Status.SMALLTALK)
    titles = [each.title_in(request.language) for each in desk.library.documents[:5]]
    key = "no contact" if key == "contact" and not desk.contact else key
    said = words_of(FILE, request.language)
    title = request.home.title_in(request.language)
    draft.remark(said.say(key, document=title, documents="; ".join(titles), contact=desk.contact))
    return draft
