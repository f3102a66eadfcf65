"""Sum up judged answers in a table, by language, kind and style, and list what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from assistant.evaluation.measures import Judged

Chooser = Callable[[Judged], object]


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table: its name, whom it counts, what it counts, and the threshold of each language."""

    name: str
    counts: Chooser
    value: Chooser
    least: dict[str, float]
    most: dict[str, float]


def _rate(
    name: str, counts: Chooser, value: Chooser, least: dict[str, float] | float | None = None, most: float | None = None
) -> Measure:
    floor = least if isinstance(least, dict) else ({} if least is None else {"da": least, "en": least, "all": least})
    return Measure(name, counts, value, floor, {} if most is None else {"da": most, "en": most, "all": most})


def _answerable(each: Judged) -> bool:
    return each.case.answerable is True and not (each.later_turn or each.case.voice) and "." not in each.case.id


def _strangers(each: Judged) -> bool:
    return bool(each.case.voice) and not each.later_turn and "." not in each.case.id


def _strangers_turns(each: Judged) -> bool:
    return bool(each.case.voice) and "." in each.case.id


def _claims(each: Judged) -> bool:
    return each.case.holds is not None


MEASURES = (
    _rate("recall@1: first citation in a right section", _answerable, lambda j: j.rank == 1, {"da": 0.93, "en": 0.96}),
    _rate("recall@3: one of the first three citations", _answerable, lambda j: 1 <= j.rank <= 3),
    _rate("mean reciprocal rank", _answerable, lambda j: 1 / j.rank if j.rank else 0.0),
    _rate("right sentence first", lambda j: _answerable(j) and bool(j.case.spans), lambda j: j.sentence),
    _rate("another document first", lambda j: _answerable(j) and bool(j.case.spans), lambda j: not j.document),
    _rate("right section first and all facts shown", _answerable, lambda j: j.right, {"da": 0.88, "en": 0.92}),
    _rate("all facts in the answer text itself", _answerable, lambda j: j.told, 0.85),
    _rate("citations verbatim", lambda j: j.answer is not None, lambda j: j.verbatim, 1.0),
    _rate("strangers: good replies", _strangers, lambda j: j.good, 0.88),
    _rate("strangers: misled", _strangers, lambda j: j.misled, None, 0.04),
    _rate("strangers: good turns of a conversation", _strangers_turns, lambda j: j.good, 0.85),
    _rate(
        "unanswerable not answered",
        lambda j: j.case.answerable is False and not j.case.smalltalk,
        lambda j: j.refused,
        0.80,
    ),
    _rate("answerable wrongly refused", _answerable, lambda j: j.refused, None, 0.05),
    _rate("later turns of a conversation right", lambda j: j.later_turn and not j.case.voice, lambda j: j.right, 0.88),
    _rate(
        "yes or no said and right",
        lambda j: _claims(j) and j.verdict is not None,
        lambda j: j.verdict is j.case.holds,
        0.95,
    ),
    _rate(
        "yes or no said where the agreement decides",
        lambda j: _claims(j) and j.case.holds != "open",
        lambda j: j.verdict is j.case.holds,
    ),
    _rate("language of the reply right", lambda j: True, lambda j: j.in_language, 0.99),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value for one language (or all), with whether it keeps its threshold (None where it has none)."""

    measure: str
    language: str
    value: float
    count: int
    kept: bool | None


def figures(judged: Sequence[Judged]) -> list[Figure]:
    """Compute every measure for Danish, English and in total."""
    made = []
    for measure in MEASURES:
        for language in ("da", "en", "all"):
            chosen = [j for j in judged if measure.counts(j) and language in (j.case.language, "all")]
            if not chosen:
                continue
            value = float(np.mean([float(measure.value(j)) for j in chosen]))  # type: ignore[arg-type]
            low, high = measure.least.get(language), measure.most.get(language)
            kept = (
                None
                if low is None and high is None
                else (low is None or value >= low) and (high is None or value <= high)
            )
            made.append(Figure(measure.name, language, value, len(chosen), kept))
    return made + _lengths(judged) + _times(judged)


def _lengths(judged: Sequence[Judged]) -> list[Figure]:
    """Measure how long answers are: those that are no list, and all."""
    answers = [j.answer.text for j in judged if j.answered and j.answer]
    plain = [text for text in answers if "\n- " not in f"\n{text}"]
    kinds = (("that is no list, ", plain, 30, 70), ("", answers, 45, 110))
    return [figure for told, texts, *limits in kinds if texts for figure in _length(told, texts, limits)]


def _length(told: str, texts: Sequence[str], limits: Sequence[int]) -> Iterable[Figure]:
    measured = np.percentile([len(text.split()) for text in texts], [50, 95])
    for name, value, limit in zip(("median", "95th percentile"), measured, limits, strict=True):
        label = f"words in an answer {told}{name}" if told else f"words in an answer, {name}"
        yield Figure(label, "all", float(value), len(texts), bool(value <= limit))


def _times(judged: Sequence[Judged]) -> list[Figure]:
    spent = [j.milliseconds for j in judged]
    return [
        Figure(f"milliseconds an answer, p{point}", "all", float(np.percentile(spent, point)), len(spent), None)
        for point in (50, 95, 99)
    ]


def table(found: Iterable[Figure]) -> str:
    """Return the figures as a text table: Danish, English, total, and a mark where a threshold is missed."""
    rows: dict[str, dict[str, Figure]] = {}
    for figure in found:
        rows.setdefault(figure.measure, {})[figure.language] = figure
    lines = [f"{'':48}{'Danish':>9}{'English':>9}{'total':>9}{'cases':>7}"]
    for name, row in rows.items():
        cells = "".join(_cell(row.get(language)) for language in ("da", "en", "all"))
        mark = "" if all(each.kept is not False for each in row.values()) else "  below the threshold"
        lines.append(f"{name:48}{cells}{row['all'].count:7}{mark}")
    return "\n".join(lines)


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return f"{'':9}"
    return f"{figure.value:9.1f}" if figure.measure.startswith(("words", "milli")) else f"{figure.value:9.3f}"


def breakdown(judged: Sequence[Judged]) -> str:
    """Return the share of answerable questions that are right, by kind and by style."""
    lines = _by_kind(list(filter(_strangers, judged)))
    for title, key in (("kind", attrgetter("case.kind")), ("style", attrgetter("case.style"))):
        groups: dict[str, list[Judged]] = {}
        for each in filter(_answerable, judged):
            groups.setdefault(key(each), []).append(each)
        cells = [
            f"{name} {np.mean([j.right for j in group]):.2f} ({len(group)})" for name, group in sorted(groups.items())
        ]
        lines.append(f"right by {title}: " + ", ".join(cells))
    return "\n".join(lines)


def _by_kind(judged: Sequence[Judged]) -> list[str]:
    """Return good and misleading replies to strangers by the kind of question, one line each."""
    kinds: dict[str, list[Judged]] = {}
    for each in judged:
        kinds.setdefault(each.case.kind, []).append(each)
    return [
        f"  {kind:12} good {_share(some, lambda j: j.good)}, misled {_share(some, lambda j: j.misled)} ({len(some)})"
        for kind, some in sorted(kinds.items())
    ]


def _share(some: Sequence[Judged], value: Chooser) -> str:
    return f"{sum(bool(value(each)) for each in some) / len(some):.2f}"


def failures(judged: Sequence[Judged]) -> str:
    """List what went wrong, with the expected and the given sections."""
    lines = []
    for j in judged:
        given = (
            j.answer.citations[0].section
            if j.answer and j.answer.citations
            else str(j.answer.status if j.answer else "error")
        )
        wrong = None
        if j.case.voice:
            wrong = None if j.good else f"{'misled' if j.misled else 'not good'}, given {given}"
        elif j.case.answerable is False and not j.refused:
            wrong = f"answered from {given}"
        elif j.case.answerable and not j.right:
            wrong = (
                f"expected {'/'.join(j.case.gold)}, given {given}" if j.rank != 1 else f"lacks one of {j.case.facts}"
            )
        if not j.in_language:
            given = j.answer.language if j.answer else "none"
            wrong = f"{wrong + '; ' if wrong else ''}language {given}, not {j.case.language}"
        if wrong:
            lines.append(f"  {j.case.id} [{j.case.style or j.case.kind}] {j.case.question}\n      {wrong}")
    return "\n".join(lines)
