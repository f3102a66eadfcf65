"""Two or more themes or annex parts beside each other, field by field."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.sides import FILE, amounts_told, compared, of_one, with_talked
from assistant.answering.collecting.told import joined, label_of, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.corpus.glossary import entry_named
from assistant.corpus.register import PLACES, VALUED, actors_in, amounts_of, facts_named
from assistant.corpus.types import PROSE, Field, Section, SectionKind
from assistant.index.records import Row, field_rows
from assistant.language.files import Words, words_of
from assistant.language.kinds import Kind
from assistant.language.phrases import phrase
from assistant.understanding.conversation import last_context, points_back, themes_of
from assistant.understanding.question import asks_yes_or_no
from assistant.understanding.request import Request

MOST = 4
# Letters of a section's first sentences that tell what it is about.
TELLING = 120
SHOWN = 2  # sentences that are shown of names
# What "the same?" asks of, after a question for it.
NARROWED = {Kind.NEXT_STEP: "step", Kind.ACTORS: "actors", Kind.AMOUNT: "amount"}


def plan(request: Request, desk: Desk) -> Draft | None:
    """Compare the sections that a question names, where it asks for a difference, for what is common, or for more."""
    said = words_of(FILE, request.language)
    text = request.lowered
    if words_of("overview", request.language).asks["adds"].search(text):
        return None  # what the one has that the other lacks is told by its sentences
    if said.asks["which part"].search(text):
        return _part_of(request, desk, said)
    mixed = len({section.kind for section in request.sections}) > 1 and asks_yes_or_no(text, request.language)
    belongs = mixed and said.asks["belongs"].search(text)
    if not belongs and not any(said.asks[key].search(text) for key in ("difference", "more", "only", "own")):
        return None
    collect, told_apart = words_of("collect", request.language).asks, said.asks["difference"].search(text)
    if collect["any"].search(text) and not told_apart and entry_named(request.text, desk.glossary):
        return None  # which of them an actor is in is a list
    if collect["negated"].search(text) and not (said.asks["apart"].search(text) or said.asks["only"].search(text)):
        return None
    sections = compared(request, desk) if told_apart else request.sections
    if told_apart and len(sections) < 2:
        sections = of_one(request, sections) or sections
    if len(sections) < 2:
        sections = with_talked(request, said)
    if len(sections) < 2:
        return _of_names(request, desk) if told_apart and not sections else None
    return Comparison(request, desk, said, sections[:MOST]).draft()


def _part_of(request: Request, desk: Desk, said: Words) -> Draft | None:
    """Say which parts of the annex elaborate the one theme that is named or, where it points back, talked about."""
    themes = themes_of((section.id for section in compared(request, desk)), request.home)
    if not themes and points_back(request.lowered, request.language):
        themes = themes_of(request.talked, request.home)
    parts = request.home.annexes(themes[0].id) if len(themes) == 1 else ()
    if not parts:
        return None
    return Comparison(request, desk, said, (*parts, themes[0])).related()


def _of_names(request: Request, desk: Desk) -> Draft | None:
    """Show what is said of two names that are to be told apart: the sentences that have both, else those of each."""
    facts = desk.register(request.home)
    names = [fact for fact in facts_named(request.text, facts) if fact.kind not in (*PLACES, *VALUED)]
    parties = " ".join(request.home.parties)  # they are behind all of it
    if len(names) != 2 or any(fact.name in parties for fact in names):
        return None
    spans = [list(dict.fromkeys(mention.span for mention in fact.mentions)) for fact in names]
    both_ = [span for span in spans[0] if span in spans[1]]
    shown = both_[:SHOWN] or [span for each in spans for span in each[:SHOWN]]
    draft = Draft(request.language)
    draft.remark(joined([fact.called(request.language) for fact in names], request.language) + ":")
    for row in filter(None, (desk.row(request.home, span) for span in shown)):
        label = label_of(row.section, request.language)
        draft.item(f"{label}: {wording(row, request.language)}", draft.cite(row))
    return draft


class Comparison:
    """One comparison in the making."""

    def __init__(self, request: Request, desk: Desk, said: Words, sections: Sequence[Section]) -> None:
        self.request, self.desk, self.said, self.sections = request, desk, said, sections
        self.language, self.document = request.language, request.home
        self.draft_ = Draft(request.language)

    def draft(self) -> Draft:
        """Say who has more where that is asked, then each field in a line."""
        text = self.request.lowered
        asks = self.said.asks
        narrow = [key for key in ("actors", "step", "amount") if asks[key].search(text)]
        narrow = narrow or ["actors"] * bool(asks["only"].search(text))
        context = last_context(self.request.history, self.language)
        if not narrow and context and asks["same"].match(text):
            narrow = [NARROWED[context.kind]] if context.kind in NARROWED else []
        if asks["own"].search(text) and not narrow:
            return self._grouped()
        if asks["belongs"].search(text) and self._belongs():
            return self.draft_
        self.draft_.verdict = self._verdict(narrow)
        if not narrow and self._is_of_one_theme():
            return self._with_annex()
        self._lead(narrow)
        self._relation()
        if not narrow or asks["about"].search(text):
            self._line("about", [self._about(section) for section in self.sections])
        if not narrow or "actors" in narrow:
            self._line("actors", [self._field(section, Field.ACTORS) for section in self.sections])
        if not narrow or "step" in narrow:
            self._line("step", [self._field(section, Field.NEXT_STEP) for section in self.sections])
        if "amount" in narrow or (not narrow and any(self._has_amounts(section) for section in self.sections)):
            self._line("amounts", [self._amounts(section) for section in self.sections])
        if not narrow or "actors" in narrow:  # below the lines, which are shown as one table
            self._common()
            self._only()
        return self.draft_

    def _is_of_one_theme(self) -> bool:
        """Return whether a theme is compared with what elaborates it, which has no actors or steps of its own."""
        kinds = {section.kind for section in self.sections}
        return SectionKind.ANNEX in kinds and len({self._theme(section).id for section in self.sections}) == 1

    def _with_annex(self) -> Draft:
        self._lead([])
        self._relation()
        self._line("about", [self._about(section) for section in self.sections])
        if any(self._has_amounts(section) for section in self.sections):
            self._line("amounts", [self._amounts(section) for section in self.sections])
        return self.draft_

    def related(self) -> Draft:
        """Say which theme each annex part elaborates, and no more."""
        self._relation()
        return self.draft_

    def _verdict(self, narrow: Sequence[str]) -> str:
        """Return yes or no where it is asked whether one field is the same, is shared, or differs; else nothing."""
        text, asks = self.request.lowered, self.said.asks
        bare = asks["same"].match(text.strip()) is not None
        decides = bare or asks_yes_or_no(text, self.language)
        both_ways = asks["common"].search(text) and asks["apart"].search(text)
        if len(narrow) != 1 or not decides or both_ways or narrow[0] == "amount":
            return ""
        if narrow[0] == "actors":
            each = [set(self._actors(section)) for section in self.sections]
            told = words_of("collect", self.language).asks
            ministry, actors = (told[key].search(text) for key in ("ministry", "actors"))
            if ministry and actors and ministry.start() < actors.start():  # the ministries that are involved
                each = [set(self._ministries(sorted(names))) for names in each]
        else:
            each = [{span.quote for span in self._theme(section).field(Field.NEXT_STEP)} for section in self.sections]
        same = all(own == each[0] for own in each[1:])
        if asks["shared"].search(text):
            return phrase("yes" if set.intersection(*each) else "no", self.language)
        if asks["apart"].search(text):
            return phrase("no" if same else "yes", self.language)
        return phrase("yes" if same else "no", self.language) if asks["common"].search(text) else ""

    def _belongs(self) -> bool:
        """Say whether an annex part elaborates a theme, where yes or no is asked of one of each."""
        kinds = {section.kind: section for section in self.sections}
        annex, theme = kinds.get(SectionKind.ANNEX), kinds.get(SectionKind.THEME)
        if annex is None or theme is None or not asks_yes_or_no(self.request.lowered, self.language):
            return False
        self.draft_.verdict = phrase("yes" if annex.theme == theme.id else "no", self.language)
        self._relation()
        return True

    def _grouped(self) -> Draft:
        """Say of each section to which group of themes it belongs, and whether all belong to one."""
        groups = [self._theme(section).group for section in self.sections]
        if asks_yes_or_no(self.request.lowered, self.language):
            self.draft_.verdict = phrase("yes" if all(groups) and len(set(groups)) == 1 else "no", self.language)
        for section in self.sections:
            theme = self._theme(section)
            group = theme.group if self.language == "da" else theme.group_en
            told = self.said.say("cell", label=named(theme, self.language), values=group or self.said.say("nothing"))
            self.draft_.item(told, self.draft_.cite_heading(self.document, theme))
        return self.draft_

    def _lead(self, narrow: Sequence[str]) -> None:
        """Say which has most of what is asked for; else what is compared."""
        if self.said.asks["more"].search(self.request.lowered) and narrow:
            sizes = [self._size(section, narrow[0]) for section in self.sections]
            best = max(range(len(sizes)), key=lambda n: sizes[n])
            if sizes.count(sizes[best]) == len(sizes):
                self.draft_.remark(self.said.say("equal", n=self._shown(sizes[best])))
                return
            rest = [
                f"{label_of(s, self.language)}: {self._shown(n)}"
                for s, n in zip(self.sections, sizes, strict=True)
                if s is not self.sections[best]
            ]
            label = label_of(self.sections[best], self.language)
            self.draft_.remark(self.said.say("more", label=label, n=self._shown(sizes[best]), rest=", ".join(rest)))
            return
        self.draft_.remark(joined([named(section, self.language) for section in self.sections], self.language) + ":")

    def _shown(self, size: float) -> str:
        return f"{size:g}" if size < 1e5 else words_of("collect", self.language).say("millions", n=f"{size / 1e6:g}")

    def _size(self, section: Section, key: str) -> float:
        if key == "actors":
            return len(self._actors(section))
        if key == "step":
            return len(self._theme(section).field(Field.NEXT_STEP))
        facts = amounts_of(self.desk.register(self.document), self.document.kin([section.id]))
        return max((fact.value or 0 for fact in facts), default=0)

    def _actors(self, section: Section) -> list[str]:
        """Return the actors of a section's theme; those of them that are ministries where these are asked for."""
        asks, names = words_of("collect", self.language).asks, actors_in(self._theme(section))
        text = self.request.lowered
        if not asks["ministry"].search(text) or asks["actors"].search(text) or asks["initials"].search(text):
            return names
        return self._ministries(names)

    def _ministries(self, names: Sequence[str]) -> list[str]:
        facts = self.desk.register(self.document)
        ministries = {form for fact in facts if fact.kind == "ministry" for form in fact.forms}
        return [name for name in names if name in ministries]

    def _theme(self, section: Section) -> Section:
        return self.document.theme_of(section)

    def _relation(self) -> None:
        """Say which theme an annex part elaborates, where one is compared with a theme: the numbers do not tell."""
        annexes = [section for section in self.sections if section.kind is SectionKind.ANNEX]
        themes = [section for section in self.sections if section.kind is SectionKind.THEME]
        for annex in annexes:
            for theme in themes:
                own = self._theme(annex)
                key = "elaborates" if own is theme else "not elaborates"
                labels = {"annex": label_of(annex, self.language), "theme": named(theme, self.language)}
                extra = {} if own is theme else {"own": named(own, self.language)}
                number = self.draft_.cite_heading(self.document, annex)
                self.draft_.remark(f"{self.said.say(key, **labels, **extra).rstrip('.')} [{number}].")

    def _common(self) -> None:
        """Say which actors the sections share."""
        if not self.said.asks["common"].search(self.request.lowered):
            return
        each = [self._actors(section) for section in self.sections]
        shared = [name for name in each[0] if all(name in other for other in each[1:])]
        told = self.said.say("common", values=", ".join(shared)) if shared else self.said.say("no common")
        self.draft_.remark(f"\n{told}")

    def _only(self) -> None:
        """Say which actors only one of the sections has, where sections are told apart."""
        text, each = self.request.lowered, [self._actors(section) for section in self.sections]
        if not any(self.said.asks[key].search(text) for key in ("apart", "only", "same")):
            return
        for section, own in zip(self.sections, each, strict=True):
            others = {name for names in each if names is not own for name in names}
            if alone := [name for name in own if name not in others]:
                label = label_of(section, self.language)
                told = self.said.say("only", label=label, values=", ".join(alone))
                self.draft_.remark(f"\n{told}")

    def _line(self, key: str, cells: Sequence[str]) -> None:
        told = [
            self.said.say("cell", label=label_of(section, self.language), values=cell)
            for section, cell in zip(self.sections, cells, strict=True)
        ]
        self.draft_.item(self.said.say("line", field=self.said.say(key), cells=". ".join(told)))

    def _cited(self, rows: Sequence[Row]) -> str:
        return self.draft_.quoted(rows) or self.said.say("nothing")

    def _about(self, section: Section) -> str:
        """Return what a section says first, in so many sentences that something is said."""
        rows: list[Row] = []
        for row in field_rows(self.document, section, *PROSE):
            if sum(len(each.span.quote) for each in rows) < TELLING:
                rows.append(row)
        return self._cited(rows)

    def _field(self, section: Section, field: Field) -> str:
        return self._cited(field_rows(self.document, self._theme(section), field))

    def _has_amounts(self, section: Section) -> bool:
        return bool(amounts_of(self.desk.register(self.document), self.document.kin([section.id])))

    def _amounts(self, section: Section) -> str:
        return amounts_told(self.draft_, self.document, section, self.desk) or self.said.say("nothing")
