"""Several claims in one sentence, each judged; what is said around a claim; claims of a number of themes."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question
from assistant.understanding.claim import claim_of, claims_of


@pytest.mark.parametrize(
    ("text", "verdict", "each"),
    [
        (
            "Passer det, at vindprogrammet løber til 2018, og at der er afsat 500 mio. kr. til udflytningen?",
            "Nej",
            "JN",
        ),
        ("Er det sandt at regionen har 19 kommuner og at der skal flyttes 700 job?", "Nej", "JN"),
        ("Der er 11 temaer, og tema 4 har ingen aktører, ikke?", "Ja", "JJ"),
        ("They say the wind programme ends in 2018 and that the relocation costs 300 million.", "No", "YN"),
    ],
)
def test_each_of_several_claims_is_judged(assistant: Assistant, text: str, verdict: str, each: str) -> None:
    told = assistant.ask(Question(text)).text
    assert told.startswith(f"{verdict}:\n- ")
    assert "".join(line.partition("”: " if "”" in line else "«: ")[2][:1] for line in told.splitlines()[1:]) == each


def test_what_one_sentence_says_of_both_is_said_once(assistant: Assistant) -> None:
    told = assistant.ask(Question("Is it true that Game College is in Grenaa and that the workshop is in Viborg?")).text
    assert told.startswith("Yes: ")
    assert "\n" not in told


@pytest.mark.parametrize("text", ["Regionen og kommunerne ønsker en kortlægning.", "Hvem er med, og hvad sker der?"])
def test_two_who_act_are_one_claim(text: str) -> None:
    assert claims_of(text, "da") == ()


@pytest.mark.parametrize(
    ("text", "language", "claim"),
    [
        ("Min nabo påstår, at programmet løber til 2019. Har han ret i det?", "da", "programmet løber til 2019"),
        ("Mon det passer, at der er 19 kommuner?", "da", "der er 19 kommuner"),
        ("Fact check please: the wind programme ends in 2018.", "en", "the wind programme ends in 2018"),
        ("Er det rigtigt, at der er tyve kommuner? Det mener min nabo.", "da", "der er tyve kommuner"),
    ],
)
def test_what_is_said_around_a_claim_goes(text: str, language: str, claim: str) -> None:
    assert claim_of(text, language) == claim


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Er det rigtigt, at der er 11 temaer?", "Ja: 11 temaer: Tema 1 [1], "),
        ("Are there 12 themes in the agreement?", "No: 11 themes: Theme 1 [1], "),
        ("vindprogrammet stopper i 2018", "Ja: "),
        ("someone told me areas in decline get DKK 5 million every year, 2016 included. is that right", "No: "),
    ],
)
def test_numbers_decide(assistant: Assistant, text: str, begins: str) -> None:
    assert assistant.ask(Question(text)).text.startswith(begins)
