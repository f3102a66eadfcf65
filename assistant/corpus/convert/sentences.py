"""Paragraphs into sentences that can be cited: none is longer than LONGEST, no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.files import both

LONGEST = 600
BREAK = re.compile(r"(?<=[.!?…])[»«”\")\]]*\s+(?=[»”\"(\[„“]*(?:[A-ZÆØÅ]|\d|§))")
LAST = re.compile(r"(\S+?)[.!?…][»«”\")\]]*$")
YEAR = re.compile(r"(?:19|20)\d\d")
# Where a sentence that is too long is cut, the best marks first.
CLAUSES = (re.compile(r"[;:](?=\s)"), re.compile(r"[,–—](?=\s)"), re.compile(r"\S(?=\s)"))


def sentences(text: str) -> list[str]:
    """Split a paragraph into sentences of at most LONGEST signs; short forms and ordinals do not end one."""
    text = " ".join(text.split())
    return [part for sentence in _split(text) for part in _cut(sentence)]


def _split(text: str) -> Iterator[str]:
    start = 0
    for match in BREAK.finditer(text):
        if _ends(text[start : match.start()] + match.group().strip(), text[match.end() : match.end() + 40]):
            yield text[start : match.start()] + match.group().rstrip()
            start = match.end()
    if text[start:]:
        yield text[start:]


def _ends(sentence: str, following: str) -> bool:
    """Tell whether the stop at the end of a sentence is its end, by the word in front and the words that follow."""
    tail = sentence[-80:]
    last = LAST.search(tail)
    if last is None or tail.rstrip('»«”")]')[-1:] in "!?…":
        return True
    written = last[1].lstrip('(»”"[„“')
    word = written.lower()
    after = re.split(r"[\s.,;:]", following.lstrip('»”"([„“'), maxsplit=1)[0].lower()
    if word.replace(".", "").isdigit():
        return _number_ends(word, tail[: last.start()].split(), after)
    if len(word) > 1 and written.isupper():  # "KL." is a name, "kl." a short form
        return True
    if word in both("convert", "closing"):
        return after not in both("convert", "money") and not after[:1].isdigit()
    if word in both("convert", "abbreviations") or (len(word) == 1 and word.isalpha()):
        return False
    return not after[:1].isdigit() or (word.isalpha() and len(word) > 3)


def _number_ends(number: str, before: list[str], after: str) -> bool:
    """Tell "… i 2028." and "… stk. 2." from "den 1. oktober" and "2. Formål"."""
    previous = before[-1].lower().strip(".,(") if before else ""
    known = both("convert", "numbered")
    # "§ 5." and "§ 5. Stk. 2." open their sentence.
    alone = all(each.lower().strip(".") in known or each.strip(".").isdigit() for each in before)
    if alone or after in both("convert", "months"):
        return False
    if YEAR.fullmatch(number) or previous in known:
        return True
    return previous not in both("convert", "before-ordinal") and not after[:1].isdigit()


def _cut(sentence: str) -> Iterator[str]:
    """Yield parts of a sentence that is too long, cut after clause marks where it has some."""
    while len(sentence) > LONGEST:
        at = _place(sentence[: LONGEST + 1])
        yield sentence[:at].rstrip()
        sentence = sentence[at:].lstrip()
    if sentence:
        yield sentence


def _place(sentence: str) -> int:
    for mark in CLAUSES:
        places = [match.end() for match in mark.finditer(sentence, LONGEST // 3, LONGEST + 1)]
        if places:
            return places[-1]
    return LONGEST
