"""Write what questions teach: a document's own, and the ways to put each kind; what is known of the same is taken over.

Learning is most of a build's time where little has changed, and the same questions always teach the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.learned.head import Features, Head, Heads
from assistant.index.learned.ranking import load_ranking
from assistant.index.learned.wording import Wording
from assistant.index.learned.wordings import save_wordings
from assistant.index.store.types import ROWS, Progress
from assistant.index.writing.embedded import Embedded
from assistant.index.writing.parts import Asked
from assistant.index.writing.plan import Plan
from assistant.language.words import Analyzer

# Of fewer near-misses nothing can be learned of how they are worded.
LEAST_NEAR_MISSES = 100
KEPT = "from.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was learned before: the files of a folder by the digest of what each was learned from; `now` gathers the
    digests of what is learned, or taken over, this time.
    """

    files: Mapping[str, Path] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path | None) -> Kept:
        """Read what the version in a folder learned, as `served` of `write_taught`; nothing where there is none."""
        if folder is None or not (path := folder / "heads" / KEPT).exists():
            return cls()
        return cls({digest: path.with_name(name) for name, digest in json.loads(path.read_bytes()).items()})

    def file(self, name: str, *learned_from: object) -> Path | None:
        """Return the file of what was learned from the same, and note of `name` what it is learned from."""
        digest = hashlib.sha256(json.dumps(learned_from, ensure_ascii=False).encode()).hexdigest()
        self.now[f"{name}.npy"] = digest
        return self.files.get(digest)

    def save(self, folder: Path) -> None:
        """Write from what each file of a folder was learned."""
        (folder / KEPT).write_text(json.dumps(self.now, indent=1, sort_keys=True), encoding="utf-8")


def write_taught(
    folder: Path,
    plan: Plan,
    own: NDArray[np.int32],
    ranking: Path,
    analyzer: Analyzer,
    embedded: Embedded,
    served: Path | None,
    tell: Progress,
) -> None:
    """Write what the questions of each document teach, given where the vectors of all are, and what the wordings do.

    `served` is the folder of the version in service, where it is of the same model, ranking and release.
    """
    asked_of_others = load_ranking(ranking).ordinary
    ordinary = embedded.at(embedded.questions(asked_of_others)).astype(np.float32)
    heads = Heads(Features.around(ordinary.mean(axis=0)), {}, {})
    others = heads.features.of(asked_of_others, ordinary)
    kept, begin = Kept.of(served), 0
    for number, entry in enumerate(plan.entries):
        tell("heads", number, len(plan.entries))
        places = own[begin : (begin := begin + len(entry.questions))]
        vectors, rows = embedded.at(places).astype(np.float32), entry.things(ROWS)
        learn(heads, number, entry.questions, entry.near_misses, rows, vectors, others, analyzer, kept)
    heads.save(folder / "heads")
    kept.save(folder / "heads")
    save_wordings(folder / "wordings", served and served / "wordings", heads.features, others, embedded)


def learn(
    heads: Heads,
    number: int,
    questions: Sequence[Asked],
    near_misses: Sequence[Asked],
    rows: int,
    vectors: NDArray[np.float32],
    others: NDArray[np.float32],
    analyzer: Analyzer,
    kept: Kept,
) -> None:
    """Fit what the questions of one document of so many rows teach, given their vectors, and its near-misses; `others`
    are the features of questions that people ask of other documents. What is `kept` of the same is not fitted again.
    """
    if not questions:
        return
    texts = [each.text for each in questions]
    if file := kept.file(f"head-{number}", rows, texts, [each.places for each in questions]):
        heads.heads[number] = Head.load(file)
    else:
        features = heads.features.of(texts, vectors)
        heads.heads[number] = Head.fit(features, [each.places for each in questions], rows, others)
    if len(near_misses) < LEAST_NEAR_MISSES:
        return
    # Other documents' words may mend and split those of a question otherwise: its stems tell.
    both = [
        [(each.text, analyzer.stems(each.text, each.language)) for each in some] for some in (questions, near_misses)
    ]
    if file := kept.file(f"wording-{number}", *both):
        heads.wordings[number] = Wording.load(file)
    else:
        heads.wordings[number] = Wording.fit(_worded(questions), _worded(near_misses), analyzer)


def _worded(asked: Sequence[Asked]) -> list[tuple[str, str]]:
    return [(each.text, each.language) for each in asked]
