"""What a document's own questions teach counts in front of other documents only as far as the question is like them."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answering import Assistant
from assistant.index.candidates.asked import EMPTY, Nearest
from assistant.index.search import Query
from assistant.index.weighing import SIGNALS, Look, Weights

NOTHING_NEAR = Nearest(EMPTY, np.zeros(0, dtype=np.float32), {})
WEIGHTS = Weights({"da": np.ones(len(SIGNALS), dtype=np.float32)})


def look(like: dict[int, float]) -> Look:
    """Three rows of document 0, the second of which its questions point to, and one of document 1 that says it best."""
    signals = np.zeros((4, len(SIGNALS)), dtype=np.float32)
    signals[:, SIGNALS.index("record")] = [1.0, 0.5, 0.2, 2.0]
    signals[1, SIGNALS.index("head")] = 5.0
    return Look(np.arange(4), np.array([0, 0, 0, 1]), signals, NOTHING_NEAR, like)


@pytest.mark.parametrize(("like", "first"), [(1.0, 1), (-1.0, 3)])
def test_a_document_with_questions_is_first_where_the_question_is_like_them(like: float, first: int) -> None:
    assert int(WEIGHTS.sums(look({0: like}), "da").argmax()) == first


def test_a_question_that_was_asked_before_is_its_own_whatever_it_is_like() -> None:
    seen = look({0: -1.0})
    seen.signals[1, SIGNALS.index("asked before")] = 0.07
    assert int(WEIGHTS.sums(seen, "da").argmax()) == 1


def test_the_order_within_a_document_is_the_same_whatever_the_question_is_like() -> None:
    orders = {tuple(np.argsort(-WEIGHTS.sums(look({0: like}), "da")[:3]).tolist()) for like in (-1.0, -0.2, 0.4, 1.0)}
    assert orders == {(1, 0, 2)}


def test_what_is_asked_of_other_documents_is_told_from_what_is_asked_of_the_agreement(assistant: Assistant) -> None:
    searcher = assistant.finder.searcher

    def like(text: str, language: str) -> float:
        (found,) = searcher.look(Query(text, language)).like.values()
        return found

    own = [
        ("Hvor mange statslige arbejdspladser flyttes til regionen?", "da"),
        ("Which actors are involved in the wind programme?", "en"),
    ]
    others = [
        ("Hvor lang er opsigelsesfristen for en bådplads i lystbådehavnen?", "da"),
        ("May I bring my dog to the public library?", "en"),
    ]
    assert min(like(*each) for each in own) > 0 > max(like(*each) for each in others)
