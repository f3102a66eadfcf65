"""A claim that yes or no is asked of, without the frames around it, and whether it denies what it says."""

from __future__ import annotations

from assistant.language.files import both, words_of
from assistant.language.words import words
from assistant.understanding.question import asks_yes_or_no, sentences_of

FILE = "claim"
CLOSED = both("detection", "closed")
MOST_FRAMES = 4  # "my boss says", "can you confirm that" … in front of one claim
LEAST_WORDS = 4  # of what is said without any frame: fewer are the words of a search
SMALL = 2  # letters of words that say nothing of their own
LEAST_PIECE = 3  # of one of several claims
MARKS = ' ,;:.?!–-"“”»«'


def claim_of(text: str, language: str) -> str | None:
    """Return a claim without the frames around it; None where nothing shows that a text is one."""
    text = _without_idle(text, language)
    bare = _without_frames(text, language)
    if words_of("kinds", language).asks["place"].search(text.lower()):
        return None  # "where is it?"
    if bare != text.strip(MARKS):
        return bare or None
    return bare if _is_said(text.lower(), language) else None


def _without_idle(text: str, language: str) -> str:
    idle = words_of(FILE, language).asks["idle"].match(text.lower())
    return text[idle.end() :] if idle else text


def _without_frames(text: str, language: str) -> str:
    asks = words_of(FILE, language).asks
    bare = text.strip(MARKS)
    for _ in range(MOST_FRAMES):
        before, bare = bare, _without_asides(bare, language)
        front = asks["front"].match(bare.lower()) or asks["reported"].match(bare.lower())
        bare = bare[front.end() :].strip(MARKS) if front else bare
        back = asks["back"].search(bare.lower()) or asks["trailed"].search(bare.lower())
        bare = bare[: back.start()].strip(MARKS) if back else bare
        if bare == before:
            break
        join = asks["joins"].match(bare.lower())
        bare = bare[join.end() :] if join else bare
    return bare


def _without_asides(text: str, language: str) -> str:
    """Return a text without what is said around it by nothing but who says it and whether it is so: "my neighbour
    thinks that …", "…. Is he right about that?".
    """
    asks = words_of(FILE, language).asks
    for key in ("lead", "opening"):
        front = asks[key].match(text.lower())
        rest = text[front.end() :].strip(MARKS) if front else ""
        # "My boss wants to know how many": what is behind the frame asks.
        asks_more = words_of(FILE, language).words["asking"].issuperset(words(rest)[:1])
        if front and not asks_more and _only_frames(front["frame"], language):
            text = rest
    trail = asks["trail"].search(text.lower())
    if trail and _only_frames(trail["frame"], language):
        text = text[: trail.start()].strip(MARKS)
    return text


def _only_frames(text: str, language: str) -> bool:
    said = {word for word in words(text) if len(word) > SMALL}
    known = words_of(FILE, language).words
    return (
        bool(said & known["framing"])
        and said <= known["framing"] | CLOSED
        and not said & (known["denying"] | known["asking"])
    )


def _is_said(lowered: str, language: str) -> bool:
    """Return whether a text in small letters says something, rather than asks or wishes."""
    asks = words_of(FILE, language).asks
    if asks_yes_or_no(lowered, language) or words_of("clauses", language).asks["asks"].search(lowered):
        return False
    wishes = asks["wishes"].match(lowered)
    return len(words(lowered)) >= LEAST_WORDS and not wishes and bool(asks["stated"].search(lowered))


def claims_of(text: str, language: str) -> tuple[str, ...]:
    """Return the claims of a text that claims several things, each a sentence; none where it claims one or asks."""
    claim = claim_of(text, language)
    if claim is None or len(sentences_of(claim, language)) > 1:
        return ()
    asks = words_of(FILE, language).asks
    for key in ("and that", "and it"):
        pieces = tuple(each.strip(MARKS) for each in asks[key].split(claim))
        # "The Region and the municipalities" are two who act, not two claims.
        said = key == "and that" or all(asks["stated"].search(each.lower()) for each in pieces)
        if len(pieces) > 1 and said and all(len(words(each)) >= LEAST_PIECE for each in pieces):
            return pieces
    return ()


def affirmed(claim: str, language: str) -> str | None:
    """Return what a claim with one word of denial denies; None where it has none, or more than a word turns round."""
    denial = words_of(FILE, language).asks["denial"]
    found = list(denial.finditer(claim.lower()))
    if len(found) != 1 or asks_yes_or_no(claim.lower(), language):
        return None
    return " ".join((claim[: found[0].start()] + " " + claim[found[0].end() :]).split())


def plain(clause: str, language: str) -> str:
    """Return a question that expects yes, such as "wasn't it 400?", as the plain one, "was it 400?"; and one that
    begins with its verb as it is said: "opfordrer staten regionen" is "staten opfordrer regionen".
    """
    asks = words_of(FILE, language).asks
    said_by = asks["according"].search(clause)
    if said_by:
        rest = clause[: said_by.start()].strip(MARKS)
        clause = f"{said_by['who']}: {rest[:1].lower()}{rest[1:]}"
    match = asks["expecting"].match(clause.lower())
    clause = clause if match is None else f"{match['asks']} {clause[match.end() :].lstrip()}"
    turned = asks["verb first"].match(clause.lower())
    if turned is None:
        return clause
    verb, who = (clause[turned.start(key) : turned.end(key)] for key in ("verb", "who"))
    return f"{who} {verb}{clause[turned.end() :]}"
