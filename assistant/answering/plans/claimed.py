"""Yes or no where a field decides: whether a body is among the actors of a theme, whether a draft is to be prepared."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.core import asks_summary
from assistant.answering.collecting.sides import compared
from assistant.answering.collecting.told import label_of, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.support.claims import BODIES, LIMITS, SAME_BODY, own_words, share_said
from assistant.corpus.glossary import entry_named
from assistant.corpus.register import facts_named
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row, field_rows, section_rows
from assistant.language.files import either, words_of
from assistant.language.values import number_of, numbers, years
from assistant.language.words import words
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import points_back, subject_words, themes_of
from assistant.understanding.question import asks_yes_or_no
from assistant.understanding.request import Request
from assistant.understanding.sections import called, label_words

# Sentences of an annex part that show that it says more.
MORE = 3
# Kinds of names of those who act.
ACTING = ("ministry", "agency", "body", "organisation", "company")


def plan(request: Request, desk: Desk) -> Draft | None:
    """Decide a claim about the actors or the next step of one theme that the question names."""
    claim = claim_of(request.text, request.language)
    bids = either("verdict", "request").search(request.lowered)
    if (claim is None and not asks_yes_or_no(request.lowered, request.language)) or (bids and claim is None):
        return None
    if (period := _period(request, desk, claim or request.text)) is not None:
        return period
    if (number := _number_of_sections(request, desk, claim or request.text)) is not None:
        return number
    if asks_summary(request.lowered, request.language):
        return None  # "could you sum up annex part 7?"
    asks = words_of("collect", request.language).asks
    sections = request.sections or compared(request, desk)
    if (text := _has_text(request, sections)) is not None:
        return text
    themes = {s.theme or s.id for s in sections}
    others = words_of("claim", request.language).asks["others"].search(request.lowered)
    if len(themes) != 1 or others or asks["only"].search(request.lowered):
        return None
    negated = bool(asks["negated"].search(request.lowered))
    if (subject := _other_subject(request, desk, claim)) is not None:
        return subject
    theme = request.home.section(themes.pop())
    if asks["own"].search(request.lowered) and (told := _of_group(request, theme, claim or request.text)):
        return told
    if asks["actors"].search(request.lowered):
        entry = entry_named(request.text, desk.glossary)
        rows = field_rows(request.home, theme, Field.ACTORS)
        if entry is not None:
            shown = [row for row in rows if entry.stands_in(row.span.quote)]
            return _decided(request, theme, bool(shown) is not negated, shown or rows, "actors")
        if negated:
            return _decided(request, theme, not rows, rows, "actors")
    if asks["no step"].search(request.lowered):
        rows = field_rows(request.home, theme, Field.NEXT_STEP)
        return _decided(request, theme, not rows, rows, "step")
    for key in ("awaits", "drafts"):
        if asks[key].search(request.lowered):
            return _step(request, desk, theme, key, claim or request.text, negated)
    return None


def _step(request: Request, desk: Desk, theme: Section, key: str, claim: str, negated: bool) -> Draft:
    """Say whether a theme awaits something, or a draft is to be prepared; what the field says where it is open."""
    rows = field_rows(request.home, theme, Field.NEXT_STEP)
    danish = words_of("collect", "da").asks[key]
    shown = [row for row in rows if danish.search(row.span.quote.lower())]
    label = label_words([theme])
    bare = words_of("collect", request.language).asks[key].sub(" ", claim.lower())
    what = " ".join(word for word in own_words(bare) if word not in label)
    told = " ".join(wording(row, request.language) for row in shown or rows)
    share = share_said(what, told, desk.analyzer, request.language) if what and key == "awaits" else 1.0
    # What may be done, what is awaited in other words, and what is to come without a word of waiting, is neither.
    perhaps = any(either("claim", "perhaps").search(row.span.quote.lower()) for row in shown)
    open_ = (0 < share < 1 or perhaps) if shown else (key == "awaits" and bool(what) and share > 0)
    if perhaps and shown and words_of("claim", request.language).asks["obliged"].search(claim.lower()):
        open_ = False  # what may be done must not be
        shown = []
    if _of_another(claim, shown, request, desk):
        open_, shown = False, []
    holds = None if open_ else (bool(shown) and share > 0) is not negated
    return _decided(request, theme, holds, shown or rows, "step")


def _of_another(claim: str, rows: Sequence[Row], request: Request, desk: Desk) -> bool:
    """Return whether a claim names who has a step, and the rows that tell it name others."""
    told = " ".join(row.both for row in rows)
    bodies = [word for word in words(claim) if word in BODIES]
    names = [fact for fact in facts_named(claim, desk.register(request.home)) if fact.kind in ACTING]
    there = {word[:SAME_BODY] for word in words(told)}
    named_there = any(fact in names for fact in facts_named(told, names)) or any(w[:SAME_BODY] in there for w in bodies)
    return bool(rows and (bodies or names)) and not named_there


def _of_group(request: Request, theme: Section, claim: str) -> Draft | None:
    """Decide whether a theme is one of those that the document puts together under a name, and nothing more."""
    group = next((each for each in request.home.sections if each.group), None)
    said, asks = words_of("claim", request.language), words_of("collect", request.language)
    label = label_words([theme])
    rest = set(own_words(asks.asks["own"].sub(" ", claim.lower()))) - label - asks.words["soft"] - said.words["grouped"]
    if group is None or rest:
        return None
    draft, danish = Draft(request.language), request.language == "da"
    negated = asks.asks["negated"].search(claim.lower()) is not None
    draft.verdict = said.say("yes" if bool(theme.group) is not negated else "no")
    called_ = group.group if danish else group.group_en
    key = "in group" if theme.group else "out of group"
    told = said.say(key, section=named(theme, request.language), group=called_)
    draft.remark(f"{told} [{draft.cite_heading(request.home, theme)}].")
    return draft


def _period(request: Request, desk: Desk, claim: str) -> Draft | None:
    """Decide a claim about the years that the document as a whole is for."""
    claimed, told = years(claim), years(request.home.period)
    said = words_of("overview", request.language).words["document"]
    rest = [word for word in own_words(claim) if word not in said]
    whole = said & set(words(claim)) and words_of("claim", request.language).asks["spans"].search(claim.lower())
    parties = {word for each in (*request.home.parties, *request.home.parties_en) for word in words(each)}
    if not (claimed and told and whole) or set(rest) - parties or numbers(claim) - {str(year) for year in claimed}:
        return None
    draft = Draft(request.language)
    draft.verdict = words_of("claim", request.language).say("yes" if claimed == told else "no")
    first = desk.rows(request.home)[0]
    draft.say(wording(first, request.language), first)
    return draft


def _number_of_sections(request: Request, desk: Desk, claim: str) -> Draft | None:
    """Decide a claim of how many themes, or parts of the annex, the document has, and of nothing more."""
    asks, document = words_of("collect", request.language).asks, request.home
    if request.sections:
        return None  # "is theme 7 elaborated?" has no number of themes
    for key, kind in (("strict", SectionKind.THEME), ("annex", SectionKind.ANNEX)):
        match = asks[key].search(claim.lower())
        before = words(claim[: match.start()])[-1:] if match else []
        number = number_of(before[0]) if before else None
        idle = (
            words_of("overview", request.language).words["document"]
            | words_of("across", request.language).words["listing"]
        )
        rest = set(own_words(asks[key].sub(" ", claim.lower()))) - idle - set(before)
        if match is None or number is None or rest or LIMITS & set(words(claim)):
            continue
        sections = [section for section in document.sections if section.kind is kind]
        draft = Draft(request.language)
        draft.verdict = words_of("claim", request.language).say("yes" if number == len(sections) else "no")
        kinds = "annex" if kind is SectionKind.ANNEX else "section"
        told = (f"{label_of(each, request.language)} [{draft.cite_heading(document, each)}]" for each in sections)
        draft.remark(f"{words_of('themes', request.language).number(kinds, len(sections))}: {', '.join(told)}.")
        return draft
    return None


def _has_text(request: Request, sections: Sequence[Section]) -> Draft | None:
    """Decide whether an annex part has text, or is a heading only; of a theme, the part that elaborates it."""
    asks, said = words_of("collect", request.language).asks, words_of("claim", request.language)
    of_annex = asks["annex"].search(request.lowered)
    leans = points_back(request.text, request.language) or said.asks["says more"].search(request.lowered)
    if not sections and of_annex and leans:
        sections = themes_of(request.talked, request.home)  # "does the annex add anything to it?"
    if len(sections) != 1:
        return None
    section = sections[0]
    # Whatever is claimed to be told in a part that is only a heading is not.
    empty = section.kind is SectionKind.ANNEX and not section.passages
    more = (of_annex or empty) and said.asks["elaborates"].search(request.lowered)
    if not (more or asks["text"].search(request.lowered)):
        return None
    if section.kind is SectionKind.THEME and of_annex:
        section = next(iter(request.home.annexes(section.id)), section)
    elif section.kind is not SectionKind.ANNEX:
        return None
    claim = asks["aside"].sub(" ", (claim_of(request.text, request.language) or request.text).lower())
    if section.passages and not asks["text"].search(request.lowered) and _says_of_what(claim, section, request):
        return None  # whether it says that is told by its sentences
    denied = bool(asks["negated"].search(claim) or asks["only"].search(claim) or LIMITS & set(words(claim)))
    told = section.kind is SectionKind.ANNEX and bool(section.passages)
    draft = Draft(request.language)
    draft.verdict = said.say("yes" if told is not denied else "no")
    key = "without part" if section.kind is SectionKind.THEME else "with text" if told else "without text"
    told_so = said.say(key, section=named(section, request.language))
    draft.remark(f"{told_so} [{draft.cite_heading(request.home, section)}].")
    if more and told:  # what it says more
        for row in tuple(section_rows(request.home, section))[:MORE]:
            draft.item(wording(row, request.language), draft.cite(row))
    return draft


def _says_of_what(claim: str, section: Section, request: Request) -> bool:
    """Return whether a claim that a part says more names what that is, besides what the part is called."""
    said, asks = words_of("claim", request.language), words_of("collect", request.language)
    bare = asks.asks["annex"].sub(" ", said.asks["elaborates"].sub(" ", claim))
    called_ = " ".join((section.label, section.label_en, section.title, section.title_en, section.theme or ""))
    idle = asks.words["soft"] | set(words(called_)) | words_of("overview", request.language).words["own"]
    return bool(set(subject_words(bare)) - idle)


def _other_subject(request: Request, desk: Desk, claim: str | None) -> Draft | None:
    """Decide that a theme, named by its number, is not about what another one is called."""
    asks = words_of("claim", request.language).asks
    if len(request.sections) != 1 or not asks["about"].search(request.lowered):
        return None
    own = request.sections[0]
    told = called(claim or request.text, desk.called(request.home))
    others = [section for section in told if (section.theme or section.id) != (own.theme or own.id)]
    if len(others) != 1:
        return None
    draft = Draft(request.language)
    draft.verdict = words_of("claim", request.language).say("no")
    for section in (own, others[0]):
        draft.remark(f"{named(section, request.language)} [{draft.cite_heading(request.home, section)}].")
    return draft


def _decided(request: Request, theme: Section, holds: bool | None, rows: Sequence[Row], key: str) -> Draft:
    """Say yes or no, and what stands in the field."""
    draft, said = Draft(request.language), words_of("overview", request.language)
    draft.verdict = "" if holds is None else words_of("claim", request.language).say("yes" if holds else "no")
    told = said.say(key, values=draft.quoted(rows)) if rows else said.say(f"no {key}").rstrip(".")
    mark = "" if rows else f" [{draft.cite_heading(request.home, theme)}]"
    draft.remark(f"{named(theme, request.language)}: {told}{mark}.")
    return draft
