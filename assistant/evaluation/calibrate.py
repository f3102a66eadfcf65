"""`assistant eval --calibrate`: choose how much belief an answer needs, and keep the curve it was chosen from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from assistant.answering.support.refusal import CALIBRATION
from assistant.errors import EvaluationError
from assistant.evaluation.sets import Case, EvaluationSet
from assistant.understanding.intake import checked

# The share of answerable questions that may be refused; less than what the users' limit of 5 % allows, since a
# calibration set is smaller than the world and its questions are more like the anticipated ones.
FALSE_REFUSALS = 0.03
REFUSED = 0.95
STEPS = 41


def calibrate(assistant: Assistant, chosen: EvaluationSet, folder: Path) -> dict[str, dict[str, object]]:
    """Choose the thresholds for documents with near-misses of their own and store them; returns them by language.

    A point of the curve is [threshold, share of unanswerable refused, share of answerable refused]. The thresholds for
    other documents, which training chose on documents held out, stay.
    Raises EvaluationError, before anything is written, where a language lacks either kind of question.
    """
    result: dict[str, dict[str, object]] = {}
    for language in ("da", "en"):
        cases = [case for case in chosen.cases if case.language == language and case.answerable is not None]
        beliefs = np.array([_belief(assistant, case) for case in cases])
        answerable = np.array([bool(case.answerable) for case in cases])
        if not answerable.any() or answerable.all():
            # Half a calibration would be worse than none: an index needs a threshold for each language.
            raise EvaluationError(
                f"the sets hold no answerable or no unanswerable question in '{language}'. Calibrate on sets with both."
            )
        grid = np.unique(np.quantile(beliefs, np.linspace(0, 1, STEPS)))
        curve = [
            [float(t), float((beliefs[~answerable] < t).mean()), float((beliefs[answerable] < t).mean())] for t in grid
        ]
        # Where this share of the unanswerable is refused already, no more of the answerable need be risked.
        enough = np.quantile(beliefs[~answerable], REFUSED)
        threshold = float(min(np.quantile(beliefs[answerable], FALSE_REFUSALS), enough))
        result[language] = {
            "threshold": round(threshold, 4),
            "curve": [[round(x, 4) for x in point] for point in curve],
        }
    stored = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
    (folder / CALIBRATION).write_text(json.dumps({**stored, "asked": result}, indent=1) + "\n", encoding="utf-8")
    return result


def curves(fitted: dict[str, dict[str, object]]) -> str:
    """Return threshold and curve of each language as lines of text."""
    lines = []
    for language, each in fitted.items():
        lines.append(f"{language}: an answer needs a belief of {each['threshold']}")
        lines.append("   threshold   unanswerable refused   answerable refused")
        points = each["curve"]
        assert isinstance(points, list)
        lines += [
            f"   {threshold:9.4f}   {refused:20.1%}   {wrongly:18.1%}" for threshold, refused, wrongly in points[::2]
        ]
    return "\n".join(lines) + "\n"


def _belief(assistant: Assistant, case: Case) -> float:
    finding = assistant.finder.find(checked(case.question), case.language)
    return assistant.refusal.belief(finding.asked, finding.evidence, case.language)
