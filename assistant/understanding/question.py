"""Understand a question: what kind of thing it asks for, and which of its clauses asks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.corpus.types import Field
from assistant.language.kinds import Kind
from assistant.language.words import words

FIELDS = {Kind.NEXT_STEP: Field.NEXT_STEP, Kind.ACTORS: Field.ACTORS, Kind.OWNER: Field.ACTORS}

# "Hvor hurtigt": after "hvor", an adjective asks for a degree and not for a place.
_DEGREE = r"mange|mang|meget|stor|længe|laenge|ofte|lang|høj|god|dyr|gammel|gamle|bred|dyb|sikker|tung|\w+t\b|\w+ige?\b"
# The first pattern that matches decides; narrow kinds stand before wide ones.
PATTERNS: dict[str, tuple[tuple[Kind, str], ...]] = {
    "da": (
        (
            Kind.CONTACT,
            r"\b(telefonnum\w*|telefonnr|tlf|e-?mail\w*|mailadresse\w*|postadresse\w*|kontaktoplysning\w*)\b|\badressen? (på|til|hos)\b",
        ),
        (
            Kind.NEXT_STEP,
            r"\bn(æ|ae|e)ste? (skridt|skrit|trin|step|fase|led|træk|punkt|handling|opgave)|\bnext steps?\b|\bskal der ske\b|\bsker der (nu|så|herefter|videre|fremover)|"
            r"\bafvent\w*|\bvente[rs]? (man|de|i|vi|den|på|der)|\bhvad mangler|\bhvad? (så |saa )?nu\b|\bhva så\b|\bstatus\b|\bvidere (forløb|proces|herfra)|"
            r"\bhvor langt er (man|det|de|den|vi|i|arbejdet|sagen|planen)\b|\bhvor langt er\b.*\b(med|nået|kommet|fremme)\b|"
            r"\bder videre\b|\bgår (man|det|vi|sagen) videre|\bbolden\b|\bfærdig(t|e)?\b|\bafsluttet\b|\bpå trapperne|\bherefter\b|\bhænger (det|sagen) på|"
            r"\bn(æ|ae)st på (listen|programmet|dagsordenen)|\bkommer bagefter|\bligger (sagen|den) nu",
        ),
        (
            Kind.AMOUNT,
            r"\bhvor (mange|meget|stor\w*)( \w+){0,2} (penge|kroner|kr|mio|mill?ion\w*|midler|støtte|st(ø|oe)rrelse|beløb|\w*pulje\w*|pose)|"
            r"\bhvor (meget|dyrt?)\b|\bhvad (koster|tjener)|\b(løn|lønnen|månedsløn|beløb|budget\w*|pris\w*)\b|\bmange (penge|gryn|kroner|millioner|mio)\b|\bpengepose",
        ),
        (
            Kind.MEASURE,
            r"\bhvor (hurtig\w*|høj\w*|bred\w*|dyb\w*|tung\w*|varm\w*|kold\w*|gam(mel|le)\w*|lang\w* er (?!man|det|de|den|vi|arbejdet|sagen))",
        ),
        (Kind.COUNT, r"\bhvor mange\b|\bhvor stort et antal|\bantal(let)?\b|\bhvor mang\b"),
        (Kind.PAYER, r"\bhvem (skal |kommer til at |der )?(betale\w*|finansiere\w*|dækker udgift\w*)"),
        (
            Kind.OWNER,
            r"\b(ejer\w*|ejet|tovholder\w*|ansvar\w*|st(å|aa)r bag|st(å|aa)r for|hovedansvar\w*|har bolden|ophavsm\w+|styrer|leder)\b(?=.*)",
        ),
        (
            Kind.ACTORS,
            r"\b(involvere\w*|akt(ø|oe)r\w*|deltager\w*|parterne|er (\w+ )?med\b|medvirke\w*|hvilke ministeri\w*|samarbejdspartner\w*|sidder med|om bord)",
        ),
        (
            Kind.DATE,
            r"\bhvorn(å|aa)r\b|\bhvilke(n|t)? (år|dato|periode|dag|måned|årstal)|\bhvor l(æ|ae)nge\b|\b(dato|årstal|tidsplan|periode)\b|"
            r"\btil og med\b|\bi hvilket år|\bhvilke år\b",
        ),
        (
            Kind.PLACE,
            rf"\bhvorhen\b|\bhvor (?!{_DEGREE})|\bhvilke(n|t)? (by|byer|steder|sted|kommune|egne)\b|\blokation",
        ),
        (
            Kind.REASON,
            r"\bhvorfor\b|\bform(å|aa)l\w*|\bbegrund\w*|\b(grund|årsag|baggrund)en?\b|\bhvad skal det gøre godt for|\bmeningen\b",
        ),
        (
            Kind.WHO,
            r"\bhvem\b|\bhvilke(n|t)? (ministeri\w*|organisation\w*|virksomhed\w*|parter|myndighed\w*|styrelse\w*|fond\w*)",
        ),
        (Kind.EXAMPLE, r"\beksemp\w+|\bsåsom\b|\bsom hvad\b"),
        (Kind.HOW, r"\bhvordan\b|\bhvorledes\b|\bp(å|aa) hvilken måde\b"),
        (Kind.LIST, r"\bhvilke\b|\bliste\b|\bnævn\b|\boplist\b|\balle de\b"),
        (
            Kind.YES_NO,
            r"^(og |men |så )?(er|har|kan|vil|skal|bliver|blev|findes|f(å|aa)r|kommer|må|var|passer|gælder|står|indgår|gør|deltager|ligger|"
            r"mangler|planlægger|tager|støtter|samarbejder|arbejder|bygger|nævner|omfatter|handler|kræver|ønsker|flytter|bygges|sker)\b",
        ),
    ),
    "en": (
        (
            Kind.CONTACT,
            r"\b((tele)?phone n(umber|o|r)|telephone number|e-?mail( address)?|(postal|street|mailing|office) address|address of|"
            r"contact (details|information|info))\b",
        ),
        (
            Kind.NEXT_STEP,
            r"\b(next|upcoming|following) (step|steps|phase|stage|move|moves|thing|action)\b|\bwhat now\b|\bwhat next\b|\bthen what\b|\bnxt step|\bhappens? (now|next|then|after|from here)|\bawait\w*|\bwait(ing|s|ed)? (for|on)\b|"
            r"\bwhat('s| is) (next|missing|outstanding|pending)\b|\bstatus\b|\bgo(es|ing)? from here|\bpending\b|\b(finished|completed|done yet)\b|\bhow far (along|has|have)|"
            r"\bheld up\b|\bholding (it|things|this) up\b|\bhold-?up\b|\bcomes next\b|\bstill (to be done|outstanding)|\bwhere (does|do) (it|things|we) stand|\bstands? now\b",
        ),
        (
            Kind.AMOUNT,
            r"\bhow (much|many|big|large)( \w+){0,2} (money|kroner|dkk|million\w*|funding|cash|fund|pot|budget|support)|\bhow much\b|"
            r"\bwhat('s| is| was| does) .*\b(cost|price|budget|amount)\b|\b(budget|cost|price|amount|sum)\b|\bdkk\b|\bhow ((big|large) (is|was|are)|expensive)\b|"
            r"\b(earns?|salar(y|ies)|wages?)\b",
        ),
        (Kind.MEASURE, r"\bhow (fast|tall|high|wide|deep|heavy|hot|warm|cold|old)\b"),
        (Kind.COUNT, r"\bhow many\b|\bnumber of\b|\bhow (big|large) a number"),
        (Kind.PAYER, r"\bwho (is |will |has to |must |should )?(pay|pays|paying|paid|funds?|financ\w+|foots?)\b"),
        (
            Kind.OWNER,
            r"\b(own|owns|owner|owned|responsib\w+|in charge|behind|accountable|runs|heads|leads)\b",
        ),
        (
            Kind.ACTORS,
            r"\b(involved|actors?|stakeholders?|participants?|parties|participates?|taking part|take part|takes part|on board|partners?|which ministr\w+|what ministr\w+)\b",
        ),
        (
            Kind.DATE,
            r"\bwhen\b|\b(what|which) (year|years|date|day|month|period)\b|\bhow long\b|(?<!up to )\b(date|deadline|timeline|time ?frame|timetable)\b|\bwhat time",
        ),
        (
            Kind.PLACE,
            r"\bwhere\b|\b(what|which) (town|towns|city|cities|place|places|location|locations|municipality|areas?)\b",
        ),
        (Kind.REASON, r"\bwhy\b|\b(purpose|reason|rationale|aim|point|objective|goal)s?\b|\bwhat for\b|\bhow come\b"),
        (
            Kind.WHO,
            r"\bwho(se|m)?\b|\b(what|which) (organisation|organization|ministry|authority|body|agency|company|companies|foundation)\w*",
        ),
        (Kind.EXAMPLE, r"\bexamples?\b|\bfor instance\b|\blike what\b|\bsuch as\b"),
        (Kind.HOW, r"\bhow\b|\bin what way"),
        (Kind.LIST, r"\bwhich\b|\blist\b|\bname (the|all)\b|\bwhat are\b"),
        (
            Kind.YES_NO,
            r"^(and |but |so )?(is|are|was|were|has|have|had|can|could|will|would|does|do|did|shall|should|am|isn't|aren't|doesn't)\b",
        ),
    ),
}
COMPILED = {
    language: tuple((kind, re.compile(pattern)) for kind, pattern in patterns)
    for language, patterns in PATTERNS.items()
}
YES_NO = {language: re.compile(dict(patterns)[Kind.YES_NO]) for language, patterns in PATTERNS.items()}
# What people put in front of a question, and what carries no question at all.
FRAMES = {
    "da": re.compile(
        r"^(?:(?:og|men|så|altså|nå|hej|goddag|undskyld|hallo|kære \w+|øh|øhm|okay|ok|hør|jo)\b[,.! ]*)*"
        r"(?:(?:jeg|vi) (?:vil|ville|kunne|skal|er) (?:meget |rigtig |bare |lige |også |godt |gerne |da )*(?:vide|høre|spørge|have at vide|forstå|interesseret i|i tvivl)"
        r"(?: til| om| ind til| jer| dig)*,? ?|"
        r"(?:kan|kunne|vil|ville|gider|mon) (?:i|du|de|man|nogen|jeg)(?: \w+)? (?:måske |lige |venligst |mon |få at vide|fortælle|oplyse|sige|svare|hjælpe|forklare|bekræfte|"
        r"mig|os|på|med at|være så venlig at|at)+(?: mig| os)?,? ?|"
        r"må (?:jeg|man|vi) (?:godt |lige )?(?:spørge|høre|få at vide)(?: om)?,? ?|"
        r"(?:mit|vores) spørgsmål (?:er|lyder)(?: blot| bare)?[:,]? ?|ved (?:i|du|de|nogen)(?: om)?,? ?|(?:fortæl|sig|forklar|oplys) (?:mig|os)?(?: venligst| lige)*,? ?)?"
    ),
    "en": re.compile(
        r"^(?:(?:and|but|so|well|hi|hello|hey|sorry|excuse me|dear \w+|ok|okay|right|um|uh)\b[,.! ]*)*"
        r"(?:(?:i|we)(?:'d|'m| would| am| was| want| need| just)* (?:really |just |also |very much )*(?:like|want|need|wondering|curious|interested|trying)?(?: to)?"
        r" ?(?:know|ask|hear|understand|find out|wondering|learn)(?: you| about| if)*,? ?|"
        r"(?:can|could|would|will|do|did) (?:you|anyone|someone|somebody|i)(?: please| kindly| possibly| perhaps| maybe)* (?:tell|explain|say|help|let|know|confirm|clarify|ask)"
        r"(?: me| us)?(?: know| to)?(?: please)?,? ?|(?:my|our) question is(?: simply| just)?[:,]? ?|(?:please )?tell (?:me|us),? ?)?"
    ),
}
ASKS = {
    "da": re.compile(
        r"\b(hv(em|ad|or|ornår|ordan|orfor|ilken|ilket|ilke|orhen|orledes)|mon|om der|fortæl|oplys|forklar)\b"
    ),
    "en": re.compile(r"\b(who|what|where|when|how|why|which|whose|whether|tell me|explain)\b"),
}
SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[^\W\d]{2}[.;])\s+|\n+")
LONG = 16
LEFT_OUT = 6


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
    return Asked(clause, kind_of(clause, language), bool(YES_NO[language].search(lowered)), whole)


def kind_of(clause: str, language: str) -> Kind:
    """Return the kind of thing that a clause asks for; WHAT where no pattern tells."""
    lowered = _plain(clause)
    return next((kind for kind, pattern in COMPILED[language] if pattern.search(lowered)), Kind.WHAT)


def asking_clause(text: str, language: str) -> str:
    """Return the clause of a long text that asks, without the courtesies in front of it.

    A clause that says too little by itself keeps the sentence before it.
    """
    sentences = [part.strip() for part in SENTENCE.split(text.strip()) if part and part.strip()]
    if len(words(text)) <= LONG or not sentences:
        return _without_frame(text.strip(), language)
    asking = [n for n, part in enumerate(sentences) if "?" in part]
    asking = asking or [n for n, part in enumerate(sentences) if ASKS[language].search(part.lower())]
    if not asking:
        return text.strip()
    last = asking[-1]
    clause = _without_frame(sentences[last], language)
    while len(words(clause)) < 6 and last > 0:
        last -= 1
        clause = f"{sentences[last]} {clause}"
    return clause


def _without_frame(sentence: str, language: str) -> str:
    match = FRAMES[language].match(sentence.lower())
    rest = sentence[match.end() :].strip() if match else sentence
    return rest if len(words(rest)) >= 3 else sentence


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().strip(" \"'«»-–")
