"""Follow-ups: what an elliptical or pronominal question borrows from the conversation so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.question import Kind, kind_of
from assistant.answering.types import Turn
from assistant.index.analysis import words

ANAPHORA = {
    "da": re.compile(
        r"\b(det|den|de|dem|dets|dens|deres|der|dertil|deraf|derfra|derom|her|heri|hertil|sådan|sidstnævnte|førstnævnte|samme|begge|han|hun|"
        r"(det|den|de) (program|aftale|plan|projekt|tema|penge|arbejdspladser|job|område|emne)\w*)\b"
    ),
    "en": re.compile(
        r"\b(it|its|they|them|their|that|this|these|those|there|the same|both|he|she|the latter|the former|one)\b"
    ),
}
OPENING = {
    "da": re.compile(r"^(og|men|så|hvad med|hvad så med|hvad med selve|også|og så|ok(ay)?,? (og|hvad med))\b"),
    "en": re.compile(r"^(and|but|so|what about|how about|also|ok(ay)?,? (and|what about))\b"),
}
TRANSFER = {
    "da": re.compile(r"^(?:og |men |så |ok(?:ay)?,? )*(?:hvad (?:så )?med|hvad nu med|og|end)\s+(?P<subject>.+?)[?.! ]*$"),
    "en": re.compile(r"^(?:and |but |so |ok(?:ay)?,? )*(?:what about|how about|and(?: for| in)?)\s+(?P<subject>.+?)[?.! ]*$"),
}
UNTOLD = (Kind.WHAT, Kind.LIST)
TRANSFERRED = (Kind.NEXT_STEP, Kind.ACTORS, Kind.OWNER, Kind.AMOUNT, Kind.COUNT)
# Words that carry no subject of their own: what is asked for, not what it is about.
GENERIC = frozenset(
    """hvem hvad hvor hvornår hvordan hvorfor hvilken hvilket hvilke er var bliver blev har havde skal skulle kan kunne vil ville må og men så
    med i på af til for fra om den det de der dem en et som at ikke også nu næste skridt step steps status penge mange meget kroner mio involveret involverede
    aktører aktør deltager ansvarlig ansvarlige ejer ejerskab tidsplan periode år mere flere andre andet sker hvad mon jo lige egentlig næst herefter videre
    står siger handler fortæl sig sådan hele alt alle nogen noget deltage program programmet plan planen aftale aftalen tema temaet projekt
    projektet emnet område området formål formålet baggrund baggrunden kontakt samlet beløb beløbet antal antallet udløber slutter starter
    begynder lavet laver lave laves udarbejdet udarbejder står bag tager del venter afventer vente venter man vi jeg du os jer dertil derfra tak sammen
    who what where when why how which whose is are was were be been has have had do does did shall should can could will would must and but so with in on
    of to for from about the a an it its they them their that this these those there not also now next step steps status money much many kroner million dkk
    involved actors actor participants responsible owner owns own timeline period year years more else other happens happen happening then further said say
    says tell me please all any anyone anything some programme program plan agreement theme topic project subject area purpose background contact total amount
    number end ends start starts begin begins made make makes behind taking part waiting awaiting wait we i you us ok okay come comes go goes get gets long
    big prepared drafted involve runs run""".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation lends to a question: sections talked about, the words they were asked for with, a kind."""

    sections: tuple[str, ...]
    question: str
    subject: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it should be searched: its text, the kind it inherits, and the sections it stays with."""

    text: str
    kind: Kind | None = None
    context: Context | None = None


def last_context(history: Sequence[Turn], language: str) -> Context | None:
    """Return what the last answered turns were about; None at the beginning of a conversation."""
    asked = [turn.content for turn in history if turn.role == "user"]
    if not asked:
        return None
    sections = next((turn.sections for turn in reversed(history) if turn.role == "assistant" and turn.sections), ())
    subject = next((found for each in reversed(asked) if (found := " ".join(subject_words(each)))), asked[-1])
    return Context(sections, asked[-1], subject, kind_of(asked[-1], language))


def resolve(text: str, language: str, context: Context | None) -> Resolved:
    """Decide whether a question leans on the conversation, and what it takes from it."""
    if context is None:
        return Resolved(text)
    lowered = text.lower().strip(" ?.!")
    transfer = TRANSFER[language].match(lowered)
    if transfer and subject_words(transfer["subject"]) and kind_of(lowered, language) in UNTOLD:
        return Resolved(text, kind=inherited(lowered, language, context))
    if leans(lowered, language):
        return Resolved(text, context=context)
    return Resolved(text)


def inherited(text: str, language: str, context: Context) -> Kind | None:
    """Return the kind that "and for broadband?" or "what about theme 2?" takes over from the question before."""
    open_ = kind_of(text.lower().strip(" ?.!"), language) in UNTOLD
    return context.kind if open_ and context.kind in TRANSFERRED else None


def leans(text: str, language: str) -> bool:
    """Return whether a question has no subject of its own, or points back with a pronoun and says little else."""
    own = subject_words(text)
    pointed = bool(ANAPHORA[language].search(text)) or bool(OPENING[language].match(text))
    return not own or (pointed and len(own) <= 2) or (len(own) == 1 and len(words(text)) <= 3)


def subject_words(text: str) -> list[str]:
    """Return the words of a question that say what it is about."""
    return [word for word in words(text) if word not in GENERIC and (len(word) > 2 or word.isdigit())]
