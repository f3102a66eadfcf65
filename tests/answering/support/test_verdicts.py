"""Yes and no to claims about the agreement: one thing that decides each, and claims that nothing decides."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant
from assistant.answering.support.poles import poles, without_agreed
from assistant.understanding.claim import affirmed, claim_of, plain
from assistant.understanding.types import Question

CLAIMS = [
    # Numbers behind names, of a place, in order of size.
    ("Klagenævnenes Hus får 84 job, ikke?", "Nej"),
    ("Kommer alle 659 arbejdspladser til Viborg?", "Nej"),
    ("Is it true that all 3,900 jobs come to the Central Denmark Region?", "No"),
    ("Er Civilstyrelsen større end Klagenævnenes Hus?", "Nej"),
    ("Does the Appeals Boards Authority get more jobs than the Department of Civil Affairs?", "Yes"),
    # Days, years and what money does over the years.
    ("Regeringens plan for udflytning blev præsenteret den 1. oktober 2016, ikke?", "Nej"),
    ("So the money for the declining areas rises from year to year, right?", "No"),
    ("Er det rigtigt, at pengene til områderne i tilbagegang falder efter 2016?", "Ja"),
    ("There is less money for declining areas in 2016 than in 2018.", "No"),
    ("Der er afsat 5 mio. kr. i 2016 til områder ramt af tilbagegang.", "Nej"),
    ("De 9 mio. kr. til områder i tilbagegang kommer hvert år, ikke?", "Nej"),
    # Limits.
    ("More than 500 state jobs are moved to the Central Denmark Region.", "Yes"),
    ("Der flyttes over 700 statslige arbejdspladser til Region Midtjylland, ikke?", "Nej"),
    ("Er det kun bredbånd, målet i tema 9 gælder?", "Nej"),
    # Opposites, countries, places.
    ("Fødevaretopmødet holdes hvert andet år, ikke?", "Nej"),
    ("Indsatsen i tema 2 er bare en del af den almindelige regionale erhvervsindsats.", "Nej"),
    ("My boss says that the food summit is to be held every year, is that right?", "Yes"),
    ("Is it true that the region wants the broadband fund abolished?", "No"),
    ("Eksportindsatsen er rettet mod Frankrig, ikke?", "Nej"),
    ("The Animation Workshop ligger i Grenaa, og Game College ligger i Viborg.", "Nej"),
    ("apple project is near aarhus right?", "No"),
    # Who does it, in which order.
    ("Er det sandt, at det er staten, der opfordrer kommunerne til at styrke bredbåndspuljen?", "Nej"),
    ("Was it the Ministry of Transport that prepared the programme for the wind turbine sector?", "No"),
    ("The wind programme was prepared by the Ministry of Business and Growth alone.", "No"),
    # Denied.
    ("Region Midtjylland deltager ikke i Det Nationale Bioøkonomipanel, vel?", "Nej"),
    # What the themes and the agreement are.
    ("Tema 5 handler om fødevarer, ikke?", "Nej"),
    ("Theme 7 is about export, isn't it?", "No"),
]


@pytest.mark.parametrize(("text", "verdict"), CLAIMS)
def test_a_claim_that_the_text_decides_gets_yes_or_no(assistant: Assistant, text: str, verdict: str) -> None:
    assert assistant.ask(Question(text)).text.startswith(f"{verdict}:")


@pytest.mark.parametrize(
    "text",
    [
        "Flyttes der statslige arbejdspladser til Herning?",
        "Is the export effort also aimed at Austria?",
        "Civilstyrelsen flytter til Viborg allerede i 2016, ikke?",
        "får virksomheder tilskud til grønne foretningsmodeller?",
        "'State of Food' is the private, regional initiative and Danish Food Cluster the national one, I heard.",
        "Will all 19 municipalities receive some of the 659 relocated state jobs?",
        "And the Apple project, where is it?",
    ],
)
def test_what_is_open_gets_neither(assistant: Assistant, text: str) -> None:
    assert not assistant.ask(Question(text)).text.startswith(("Ja:", "Nej:", "Yes:", "No:"))


@pytest.mark.parametrize(
    ("text", "language", "claim"),
    [
        ("Er det rigtigt, at programmet løber til 2018?", "da", "programmet løber til 2018"),
        ("Min nabo påstår, at der kommer 700 job. Har han ret?", "da", "der kommer 700 job"),
        ("Someone told me that the fund is closed, is that right?", "en", "the fund is closed"),
        ("The programme runs to 2018.", "en", "The programme runs to 2018"),
        ("Hvem ejer programmet?", "da", None),
        ("Jeg vil gerne vide noget om vind", "da", None),
        ("vindmøller østerild", "da", None),
        ("Where is it?", "en", None),
    ],
)
def test_a_claim_is_found_without_its_frames(text: str, language: str, claim: str | None) -> None:
    assert claim_of(text, language) == claim


def test_one_word_of_denial_is_taken_out() -> None:
    assert affirmed("regionen deltager ikke i panelet", "da") == "regionen deltager i panelet"
    assert affirmed("the region does not take part", "en") == "the region does take part"
    assert affirmed("regionen deltager i panelet", "da") is None


def test_a_question_that_expects_yes_is_the_plain_one() -> None:
    assert plain("Wasn't it 400 million?", "en") == "was it 400 million?"
    assert plain("Er det ikke 400 mio. kr.?", "da") == "er det 400 mio. kr.?"


def test_poles_that_both_say_are_taken_out_of_a_claim() -> None:
    assert poles("the summit is held every second year") == {"often": {"seldom"}}
    assert without_agreed("the summit is held every year", "an annual food summit") == "the summit is held"
    assert without_agreed("the summit is held every year", "a food summit") == "the summit is held every year"
