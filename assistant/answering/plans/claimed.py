"""Yes or no where a field decides: whether a body is among the actors of a theme, whether a draft is to be prepared."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.core import asks_summary
from assistant.answering.collecting.sides import compared
from assistant.answering.collecting.told import label_of, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.support.claims import LIMITS, own_words, share_said
from assistant.answering.support.judges.cells import by_awaited, by_draft, by_listed, others_named
from assistant.corpus.glossary import entry_named
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row, field_rows, section_rows
from assistant.language.files import either, words_of
from assistant.language.values import number_of, numbers, years
from assistant.language.words import words
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import points_back, subject_words, themes_of
from assistant.understanding.question import asks_yes_or_no
from assistant.understanding.request import Request
from assistant.understanding.sections import called, label_words, nameless

# Stands for what a theme is called; a word that says nothing of its own in either language.
THEME = "tema"
# Sentences of an annex part that show that it says more.
MORE = 3


def plan(request: Request, desk: Desk) -> Draft | None:
    """Decide a claim about the actors or the next step of one theme that the question names."""
    claim = claim_of(request.text, request.language)
    bids = either("verdict", "request").search(request.lowered)
    if words_of("claim", request.language).asks["doubted"].search(request.lowered):
        return None
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
    if others or asks["only"].search(request.lowered):
        return None
    if len(themes) > 1:
        return _listed_in_all(request, desk, [request.home.section(theme) for theme in themes], claim or request.text)
    if not themes:
        return None
    if (subject := _other_subject(request, desk, claim)) is not None:
        return subject
    return _of_cells(request, desk, request.home.section(themes.pop()), claim or request.text)


def _of_cells(request: Request, desk: Desk, theme: Section, claim: str) -> Draft | None:
    """Decide a claim by what the cells of a theme say: its group, its next step, its actors."""
    asks = words_of("collect", request.language).asks
    negated = bool(asks["negated"].search(claim.lower()))
    if asks["own"].search(request.lowered) and (told := _of_group(request, theme, claim)):
        return told
    if asks["no step"].search(request.lowered):
        rows = field_rows(request.home, theme, Field.NEXT_STEP)
        return _decided(request, theme, not rows, rows, "step")
    for key in ("awaits", "drafts"):
        if asks[key].search(request.lowered):
            return _step(request, desk, theme, key, claim, negated)
    rows = field_rows(request.home, theme, Field.ACTORS)
    if said := _listed(request, desk, rows, claim):
        return _decided(request, theme, said == "yes", _naming(request.text, desk, rows) or rows, "actors")
    if asks["actors"].search(request.lowered) and negated and entry_named(request.text, desk.glossary) is None:
        return _decided(request, theme, not rows, rows, "actors")
    return None


def _listed(request: Request, desk: Desk, rows: Sequence[Row], claim: str) -> str | None:
    bare = nameless(claim, THEME, desk.called(request.home))
    return by_listed(bare, " ".join(row.span.quote for row in rows), desk.glossary, request.language)


def _naming(text: str, desk: Desk, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that have a short form which a text names."""
    entries = [entry for entry in desk.glossary if entry.named_in(text)]
    return [row for row in rows if any(entry.stands_in(row.span.quote) for entry in entries)]


def _listed_in_all(request: Request, desk: Desk, themes: Sequence[Section], claim: str) -> Draft | None:
    """Decide that a body is listed in each of several themes, or in none of them."""
    cells = {theme: field_rows(request.home, theme, Field.ACTORS) for theme in themes}
    said = {_listed(request, desk, rows, claim) for rows in cells.values()}
    if len(said) != 1 or None in said:
        return None
    draft, shown = Draft(request.language), words_of("overview", request.language)
    draft.verdict = words_of("claim", request.language).say("yes" if "yes" in said else "no")
    for theme, rows in cells.items():
        told = shown.say("actors", values=draft.quoted(_naming(request.text, desk, rows) or rows))
        draft.item(f"{named(theme, request.language)}: {told}")
    return draft


def _step(request: Request, desk: Desk, theme: Section, key: str, claim: str, negated: bool) -> Draft:
    """Say whether a theme awaits something, or a draft is to be prepared; what the field says where it is open."""
    rows, language = field_rows(request.home, theme, Field.NEXT_STEP), request.language
    shown = [row for row in rows if _says(row, key)]
    told = " ".join(row.both for row in shown)
    claim = words_of("claim", language).asks["instead"].sub(" ", claim)
    negated = negated and bool(words_of("collect", language).asks["negated"].search(claim.lower()))
    bare = nameless(claim, THEME, desk.called(request.home))
    facts = desk.register(request.home)
    if key == "drafts" and shown:
        said = by_draft(bare, claim, told, facts, desk.analyzer, language, negated)
        return _decided(request, theme, None if said is None else said == "yes", shown, "step")
    what = _what(bare, key, theme, language)
    if shown:
        here, elsewhere = (
            share_said(what, each, desk.analyzer, language) for each in (told, _elsewhere(request, theme, key))
        )
        said = "no" if others_named(bare, told, facts) == "all" else by_awaited(what, here, elsewhere)
    else:
        steps = " ".join(row.both for row in rows)
        said = None if key == "awaits" and what and share_said(what, steps, desk.analyzer, language) else "no"
    holds = None if said is None else (said == "yes") is not negated
    return _decided(request, theme, holds, shown or rows, "step")


def _what(claim: str, key: str, theme: Section, language: str) -> str:
    """Return what a claim says to be awaited, in words of its own."""
    bare, label = words_of("collect", language).asks[key].sub(" ", claim.lower()), label_words([theme])
    return " ".join(word for word in own_words(bare) if word not in label)


def _elsewhere(request: Request, theme: Section, key: str) -> str:
    """Return what the other themes await, in both languages."""
    others = (each for each in request.home.sections if each.id != theme.id)
    cells = (row for each in others for row in field_rows(request.home, each, Field.NEXT_STEP))
    return " ".join(row.both for row in cells if _says(row, key))


def _says(row: Row, key: str) -> bool:
    """Return whether a cell awaits something, or has a draft."""
    return words_of("collect", "da").asks[key].search(row.span.quote.lower()) is not None


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
