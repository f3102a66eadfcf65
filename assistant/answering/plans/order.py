"""The order in which the plans are tried: the first that can answer does. A new kind of answer gets its place here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.plans import (
    across,
    claimed,
    collected,
    compared,
    fields,
    measured,
    overview,
    reckoned,
    searched,
    themes,
    topic,
)
from assistant.answering.plans.documents import every, held, saying, two, which
from assistant.answering.plans.named import acting, concerning, defined, mentioned, nouns, subjects
from assistant.answering.plans.talked import among, elsewhere, located, remainder, shorter, together
from assistant.answering.plans.unquoted import about_assistant, greeted, short_form, unclear, unpaid, which_one
from assistant.answering.support.rewording import reworded
from assistant.answering.types import Status
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.elliptic import with_earlier
from assistant.understanding.request import Request

Plan = Callable[[Request, Desk], Draft | None]

# What answers a message as it was written, before it is made whole or cut into parts.
OF_MESSAGE: tuple[Plan, ...] = (shorter.plan, greeted.plan, held.plan, about_assistant.plan)
# What answers from the register and the fields; tried again with the question before, where a turn says little.
OF_REGISTER: tuple[Plan, ...] = (
    located.plan,
    elsewhere.plan,
    among.plan,
    remainder.plan,
    together.plan,
    claimed.plan,
    unpaid.plan,
    measured.plan,
    reckoned.plan,
    compared.plan,
    fields.plan,
    themes.plan,
    acting.plan,
    nouns.plan,
    collected.plan,
    mentioned.plan,
    concerning.plan,
)
# What answers from what is said of a subject.
OF_SUBJECT: tuple[Plan, ...] = (topic.under, overview.plan, topic.plan, defined.plan, subjects.plan)


def of_register(request: Request, desk: Desk) -> Draft | None:
    """Answer from the register, unless it is not clear what is referred to."""
    reference = request.reference
    # An annex part is named without doubt where something is asked of it; by its bare number it may mean the theme.
    asked_of = reference is not None and reference.name == "annex" and bool(words(reference.rest))
    unclear_number = reference is not None and (not reference.sections or (reference.ambiguous and not asked_of))
    if unclear_number and len(request.sections) < 2:
        return None
    whole = with_earlier(request.text, request.language, request.earlier)
    # What is asked of "them" is asked of the sections that were listed; else of all.
    them = words_of("elliptic", request.language).asks["them"]
    turns = (
        request,
        *(
            replace(request, message=each, text=each, talked=request.talked if them.search(each.lower()) else ())
            for each in whole
        ),
    )
    return next((draft for turn in turns if (draft := _in_its_words_or_others(turn, desk)) is not None), None)


def _in_its_words_or_others(request: Request, desk: Desk) -> Draft | None:
    """Answer from the register; what only a subject is found for may be asked of it in words that no plan knows."""
    found = first_draft(OF_REGISTER, request, desk)
    if found is not None and found.status is Status.ANSWERED:
        return found
    if (again := reworded(request, desk)) is not None:
        found = first_draft((*OF_REGISTER, *OF_SUBJECT, across.plan), again, desk) or found
    return found or first_draft(OF_SUBJECT, request, desk)


# What is asked of several documents comes before what is asked of one.
OF_DOCUMENTS: tuple[Plan, ...] = (two.plan, saying.plan, which.plan, every.plan)
# What answers a question, or one part of it. The last always does: it says what is lacking.
OF_QUESTION: tuple[Plan, ...] = (
    *OF_DOCUMENTS,
    of_register,
    unclear.plan,
    short_form.plan,
    across.plan,
    which_one.plan,
    searched.plan,
)


def first_draft(plans: Iterable[Plan], request: Request, desk: Desk) -> Draft | None:
    """Return the draft of the first plan that can answer, None where none can."""
    return next((draft for plan in plans if (draft := plan(request, desk)) is not None), None)
