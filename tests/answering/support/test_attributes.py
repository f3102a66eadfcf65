"""What is asked of a thing that a document speaks of, and does not tell: a name, a number, a reason, a price."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Assistant, Question, Status
from assistant.corpus.convert import add_document, read_file
from assistant.index.build import build_index
from assistant.settings import Settings

TEXT = """# Havneplan for Lindvig Kommune 2027-2030

## 1. Bådpladserne

Lystbådehavnen i Lindvig har 240 bådpladser. Et firma er valgt til at drive kiosken på molen. En plads koster
3.400 kr. om året for en båd under otte meter.

## 2. Slusen

Slusen passes af en slusemester, som havnebestyrelsen ansætter. Den er 14 meter bred, og vandstanden må højst stige
med 25 procent i forhold til 2023. Slusen lukkes for store skibe i vinterhalvåret. Tre nabohavne er inviteret til et
samarbejde om slusen.

## 3. Værftet

Det gamle værft i Nørrehavn sælges til Lindvig Skibsbyg, fordi kommunen ikke selv kan drive det. Afslag på at leje en
bedding kan påklages til havnebestyrelsen inden fire uger.

## 4. Festen på kajen

Havnefesten holdes hvert år i juni. Havnen svarer for oprydningen, og foreningen Lindvig Venner står for musikken.
"""
ID = "havneplan"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / f"{ID}.md").write_text(TEXT, encoding="utf-8")
    add_document(folder / f"{ID}.md", folder / "corpus", read=read_file)
    settings = replace(Settings.from_environment({}), corpus=folder / "corpus", index=folder / "built")
    build_index(settings)
    return Assistant.open(settings)


@pytest.mark.parametrize(
    "text",
    [
        "Hvad hedder slusemesteren?",
        "Hvilket firma driver kiosken på molen?",
        "Hvilke tre nabohavne er med i samarbejdet om slusen?",
        "Hvem vandt opgaven med kiosken på molen?",
        "Which company runs the kiosk on the pier?",
        "Hvor mange skibe kommer der gennem slusen?",
        "Hvorfor lukkes slusen for store skibe?",
        "Why is the lock closed to big ships?",
        "Hvad koster det at sejle gennem slusen?",
        "How much does it cost to sail through the lock?",
        "Hvor mange gæster kommer til havnefesten?",
        "Kan jeg klage over larmen fra havnefesten?",
        "Hvad er åbningstiden for slusen?",
    ],
)
def test_what_is_not_told_of_a_thing_is_refused(harbour: Assistant, text: str) -> None:
    assert harbour.ask(Question(text, document=ID)).status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hvor mange bådpladser er der i lystbådehavnen?", "240"),
        ("Hvad koster en plads til en båd?", "3.400 kr."),
        ("Hvad hedder køberen af det gamle værft?", "Lindvig Skibsbyg"),
        ("Hvorfor sælges det gamle værft?", "fordi"),
        ("Kan man klage over et afslag på at leje en bedding?", "fire uger"),
        ("Hvilken forening står for musikken til havnefesten?", "Lindvig Venner"),
        ("Hvor mange meter bred er slusen?", "14 meter"),
    ],
)
def test_what_is_told_of_a_thing_is_answered(harbour: Assistant, text: str, told: str) -> None:
    answer = harbour.ask(Question(text, document=ID))
    assert answer.status is Status.ANSWERED and told in answer.text
