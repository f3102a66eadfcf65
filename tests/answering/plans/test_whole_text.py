"""Answers about the whole text: lists are complete, complements are complements, nothing is added up that is no sum."""

from __future__ import annotations

import re

import pytest

from assistant.answering import Answer, Assistant, Question, Status


def ask(assistant: Assistant, text: str) -> Answer:
    answer = assistant.ask(Question(text))
    for citation in (*answer.citations, *answer.closest):
        document = assistant.library.document(citation.document)
        assert document.text[citation.start : citation.end] == citation.quote
    if answer.citations:
        assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)} == {c.number for c in answer.citations}
    return answer


def lines(answer: Answer) -> list[str]:
    return [line[2:] for line in answer.text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        ("Hvilke temaer har ingen aktører?", ["Tema 4", "Tema 5"]),
        ("Which themes have no actors listed at all?", ["Theme 4", "Theme 5"]),
        ("Hvilke bilagsdele er kun tomme overskrifter?", ["Ad 3", "Ad 6", "Ad 8", "Ad 9", "Ad 10"]),
        ("hvilke temaer skal der ikke laves udkast i?", ["Tema 2", "Tema 4"]),
        ("Setting aside the themes with a draft, what remains?", ["Theme 2", "Theme 4"]),
        ("I hvilket tema er udkastet kun en mulighed?", ["Tema 3"]),
        ("Which of themes 6, 7 and 8 do not have AMD?", ["Theme 6"]),
        ("Which themes name foreign countries?", ["Theme 10"]),
        ("hvilke temaer har noget med det digitale at gøre?", ["Tema 5", "Tema 8", "Tema 9"]),
        ("which themes are about digital things?", ["Theme 5", "Theme 8", "Theme 9"]),
        ("Hvilket tema fylder allermest?", ["Tema 7"]),
        ("temaer med kun én aktør", ["Tema 2", "Tema 6", "Tema 8", "Tema 9"]),
        ("which themes are not waiting for anything?", [f"Theme {n}" for n in ("4", "3A", "5", "6", "8", "9", "10")]),
        ("Hvilke punkter i bilaget er der skrevet noget under?", ["Ad 1", "Ad 2", "Ad 4", "Ad 5", "Ad 7"]),
        ("Which annex points have nothing written under them?", ["Ad 3", "Ad 6", "Ad 8", "Ad 9", "Ad 10"]),
        ("For which rows is nobody at all entered as an involved actor?", ["Theme 4", "Theme 5"]),
        ("To af temaerne har ingen aktører. Hvilke?", ["Tema 4", "Tema 5"]),
        ("One of the themes mentions Germany. Which one?", ["Theme 10"]),
        ("Which themes are not a regional focus area and have no actors?", ["Theme 4", "Theme 5"]),
        ("Hvilke temaer uden for de regionale fokusområder venter på noget?", ["Tema 1", "Tema 2", "Tema 3"]),
        ("which themes do not involve EVM?", [f"Theme {n}" for n in ("4", "5", "6", "7", "8", "9", "10")]),
        ("Hvilke temaer nævner Viborg?", ["Tema 4", "Tema 7", "Tema 8"]),
        ("Hvilke temaer har hverken AMD eller HBP?", [f"Tema {n}" for n in ("1", "2", "3", "4", "3A", "5", "6", "10")]),
        ("Which themes have AMD or HBP?", ["Theme 7", "Theme 8", "Theme 9"]),
        ("Which themes name neither Viborg nor Germany?", [f"Theme {n}" for n in ("1", "2", "3", "3A", "5", "6", "9")]),
        ("Which theme has most actors?", ["Theme 3"]),
        ("hvilket tema har flest næste skridt?", ["Tema 7"]),
        (
            "Hvilke temaer hører ikke under de regionale fokusområder?",
            [f"Tema {n}" for n in ("1", "2", "3", "4", "3A", "5", "9", "10")],
        ),
    ],
)
def test_themes_by_what_they_have_or_lack(assistant: Assistant, text: str, beginnings: list[str]) -> None:
    told = lines(ask(assistant, text))
    assert [re.split(r"[,:]", line)[0] for line in told] == beginnings


@pytest.mark.parametrize(
    ("text", "count", "told"),
    [
        ("which themes do not wait for any analysis?", 10, "10 themes not awaiting “analysis”:"),
        ("hvilke temaer afventer en analyse?", 1, "1 tema afventer »analyse«:"),
        ("hvilke temaer afventer en analyse med giraffer?", 1, "1 tema afventer »analyse«:"),
    ],
)
def test_what_is_awaited_is_told_as_it_was_asked(assistant: Assistant, text: str, count: int, told: str) -> None:
    answer = ask(assistant, text)
    assert answer.text.splitlines()[0] == told
    assert len(lines(answer)) == count


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hvilke byer er nævnt i aftalen?", ["Viborg", "Grenaa", "Frederikshavn", "Østerild", "Høvsøre", "Mûnchen"]),
        (
            "List all amounts of money.",
            ["DKK 9 million", "DKK 5 million annually in 2017-2019", "DKK 200 million", "DKK 400 million"],
        ),
        ("which countries are named in the agreement?", ["Denmark", "Germany"]),
        ("Which places abroad are named?", ["Munich", "Southern Germany", "Germany"]),
        ("Hvilke steder uden for Danmark nævnes?", ["Mûnchen", "Sydtyskland", "Tyskland"]),
        ("hvilke danske byer nævnes?", ["Viborg", "Grenaa", "Frederikshavn", "Østerild", "Høvsøre"]),
        ("alle puljer i aftalen", ["200 mio. kr. puljen", "bredbåndspuljen"]),
        ("Which actors show up in three or more themes?", ["EVM", "UFM"]),
        ("Hvilke aktører går igen i flere temaer?", ["EVM", "UFM", "MBUL", "BM", "ES", "AMD", "HBP"]),
        ("Hvilke byer nævnes mere end én gang?", ["Viborg"]),
    ],
)
def test_lists_of_what_is_named_are_complete(assistant: Assistant, text: str, names: list[str]) -> None:
    assert [line.split(" – ")[0] for line in lines(ask(assistant, text))] == names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hvad er det største beløb i aftalen?", "Det største beløb er 400 mio. kr.:"),
        (
            "what is the smallest amount in the agreement?",
            "The smallest amount is DKK 5 million annually in 2017-2019:",
        ),
        ("what is the earliest date in the agreement?", "The earliest is 1 October 2015:"),
        ("Hvilket årstal ligger længst ude i fremtiden i aftalen?", "Senest er 2017-2019:"),
        ("which town is mentioned most often?", "Named most often is Viborg (4 places):"),
    ],
)
def test_what_stands_out_is_told(assistant: Assistant, text: str, told: str) -> None:
    assert ask(assistant, text).text.startswith(told)


def test_a_sum_is_given_over_amounts_of_one_kind_alone(assistant: Assistant) -> None:
    summed = ask(assistant, "Hvor mange penge er der i alt i tema 2?").text
    assert "I alt 24 mio. kr. (9 mio. kr. + 3 × 5 mio. kr.)" in summed and "giver ikke selv summen" in summed
    assert "giver ikke et samlet beløb" in ask(assistant, "Hvor mange penge er der i alt i hele aftalen?").text


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("Er Horsens nævnt i aftalen?", Status.NOT_IN_SOURCE, "Nej"),
        ("Does the agreement mention Lego?", Status.NOT_IN_SOURCE, "No"),
        ("Er Apple nævnt?", Status.ANSWERED, "Ja: »Apple« er nævnt 1 gang"),
        ("is Munich mentioned?", Status.ANSWERED, "Yes: “Munich” is mentioned once"),
        ("Is there anything on polar bears?", Status.NOT_IN_SOURCE, "No"),
    ],
)
def test_mentioned_or_not(assistant: Assistant, text: str, status: Status, told: str) -> None:
    answer = ask(assistant, text)
    assert answer.status is status and answer.text.startswith(told)
    assert bool(answer.missing) is (status is Status.NOT_IN_SOURCE)


def test_a_negated_list_without_a_rule_is_refused(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvilke temaer er ministeren ikke glad for?")
    assert answer.status is Status.NOT_IN_SOURCE and not answer.citations


def test_a_comparison_goes_field_by_field(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvad er forskellen på tema 3 og 3A?")
    assert [line.split(" – ")[0] for line in lines(answer)] == ["Handler om", "Aktører", "Næste skridt"]
    assert all("Tema 3:" in line and "Tema 3A:" in line for line in lines(answer))
    told = ask(assistant, "What is the difference between Ad 4 and theme 4?").text
    assert "Ad 4 elaborates Theme 3A" in told and "not Theme 4" in told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("It seems that Ad 3 has been left blank apart from its title. Is that so?", "Yes: Ad 3"),
        ("Does Ad 6 tell us anything beyond its title?", "No: Ad 6"),
        ("Fortæller Ad 6 noget ud over overskriften?", "Nej: Ad 6"),
        ("ad 9 beskriver mobildækningen udførligt?", "Nej: Ad 9"),
        ("Is Ad 7 blank?", "No: Ad 7"),
        ("Theme 6 has no next step, does it?", "No: Theme 6"),
        ("Tema 5 har ikke noget næste skridt, vel?", "Nej: Tema 5"),
        ("Er tema 7 uddybet i bilaget?", "Ja: Ad 7"),
        ("Is theme 9 elaborated in the annex?", "No: Ad 9"),
    ],
)
def test_what_is_claimed_of_a_part_without_text(assistant: Assistant, text: str, status: str) -> None:
    assert ask(assistant, text).text.startswith(status)


@pytest.mark.parametrize(
    "text",
    [
        "Kan du nævne alle temaerne? Skal bruge dem til en opgave",
        "Can you list all the themes? I need them for an assignment",
        "Hvilke temaer er der? Det er til en rapport",
    ],
)
def test_what_a_list_is_wanted_for_narrows_it_not(assistant: Assistant, text: str) -> None:
    assert len(lines(ask(assistant, text))) == 11


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hvad er forskellen på State of Food og Danish Food Cluster", ("private/regionale", "nationale initiativ")),
        ("What sets More Creative apart from The Animation Workshop?", ("The Animation Workshop in Viborg",)),
    ],
)
def test_two_names_are_told_apart_by_the_sentences_that_have_them(
    assistant: Assistant, text: str, names: tuple[str, ...]
) -> None:
    assert all(name in ask(assistant, text).text for name in names)


def test_what_a_heading_speaks_of_is_not_denied(assistant: Assistant) -> None:
    answer = ask(assistant, "Anything in there on attracting or keeping foreign students?")
    assert answer.citations[0].section == "tema-3"


@pytest.mark.parametrize(
    "text",
    [
        "Will the Growth Forum's draft for theme 6 set a price on milk?",
        "Kommer udkastet til tema 8 til at handle om filmstøtte?",
        "Has the Growth Forum refused to write a draft for theme 6?",
        "Does AMD pay for theme 8?",
        "Holder MBUL og BM møder hver uge om tema 3A?",
        "Is it wrong that EVM is among the actors of theme 2?",
        "Bliver analysen i tema 1 færdig inden jul?",
    ],
)
def test_a_cell_decides_no_more_than_it_says(assistant: Assistant, text: str) -> None:
    assert not re.match(r"(Ja|Nej|Yes|No)\b", ask(assistant, text).text)


def test_an_overview_has_every_part(assistant: Assistant) -> None:
    document = ask(assistant, "Giv mig et resumé af aftalen")
    assert {f"tema-{n}" for n in (1, 2, 3, "3a", *range(4, 11))} <= {c.section for c in document.citations}
    theme = lines(ask(assistant, "Sum up theme 7"))
    assert len(theme) == 7 and theme[1].startswith("Implementation of the national wind programme")
    assert [line.split(":")[0] for line in theme[-3:]] == ["Actors", "Next step", "Elaborated in Ad 7"]


def test_a_name_without_explanation_is_told_so(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvad er Danish Food Cluster?")
    assert answer.text.startswith("Aftalen forklarer ikke selv »Danish Food Cluster«") and answer.citations


def test_several_parts_are_answered_and_what_is_lacking_told(assistant: Assistant) -> None:
    both = ask(assistant, "Hvornår blev planen om udflytning præsenteret, og hvad er der sat af til den?")
    assert "1. oktober 2015" in both.text and "400 mio. kr." in both.text
    themes = ask(assistant, "Hvad er næste skridt for henholdsvis tema 2 og tema 4?")
    assert "Afventer ansøgninger" in themes.text and "Status fra kommuner" in themes.text


def test_a_list_comes_with_the_sentence_that_opens_it(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvilke rammevilkår vil parterne styrke for vindmølleindustrien?")
    assert len(lines(answer)) == 3 and "herunder" in answer.text.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Er det rigtigt, at vindprogrammet udløber i 2020?", "Nej"),
        ("Is it correct that the wind programme runs until 2018?", "Yes"),
        ("Der er afsat 500 mio. kr. til udflytningen, ikke?", "Nej"),
        ("Ligger Game College i Viborg?", "Nej"),
        ("Er de 400 mio. kr. afsat på finansloven for 2017?", "Nej"),
        ("Får Civilstyrelsen 162 arbejdspladser?", "Nej"),
        ("Is EVM among the actors of Theme 5?", "No"),
        ("Passer det, at EVM er aktør i tema 2?", "Ja"),
        ("Er det rigtigt, at tema 5 ikke har nogen aktører?", "Ja"),
        ("Er AMD holdt ude af det grønne område?", "Nej"),
        ("Has EVM been left off theme 5?", "Yes"),
        ("Will the Growth Forum come up with a draft for theme 6?", "Yes"),
        ("Is it the state that writes the draft for theme 6?", "No"),
        ("Skriver kommunerne udkastet til tema 8 i stedet for Vækstforum?", "Nej"),
        ("Is the draft on the food sector a draft and not yet a final plan?", "Yes"),
        ("Er udkastet til tema 5 endeligt vedtaget?", "Nej"),
        ("Venter tema 2 på en analyse?", "Nej"),
        ("Venter tema 3 på DVR?", "Ja"),
        ("Was there more money in 2018 than in 2016 for areas hit by economic decline?", "No"),
    ],
)
def test_claims_that_values_names_or_fields_decide(assistant: Assistant, text: str, said: str) -> None:
    assert ask(assistant, text).text.partition(":")[0] == said


@pytest.mark.parametrize(
    "text",
    [
        "Er der afsat 400 mio. kr. til bredbånd?",
        "Får Civilstyrelsen et nyt logo?",
        "Is the Danish Food Cluster paid by the state?",
    ],
)
def test_what_is_not_decided_gets_no_verdict(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).text.partition(":")[0] not in ("Ja", "Yes")


@pytest.mark.parametrize(
    "text",
    [
        "hvem er du egentlig?",
        "kan man stole på dig",
        "det var altså ikke det jeg spurgte om",
        "do you keep what I write?",
        "may I talk to a real person?",
        "du er godt nok en dårlig robot",
        "I just lost my job",
    ],
)
def test_what_is_said_to_the_assistant_is_met_without_a_quotation(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert answer.status is Status.SMALLTALK and not answer.citations and not answer.closest


def test_what_no_document_holds_is_named(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvor mange statslige arbejdspladser flyttes til Region Nordjylland?")
    assert answer.status is Status.NOT_IN_SOURCE and answer.missing == ("Nordjylland",) and "Nordjylland" in answer.text


@pytest.mark.parametrize(
    ("text", "language_said", "sections"),
    [
        ("what happens in 2018?", "“2018” is spoken of in 3 places:", {"tema-2", "tema-7", "ad-2"}),
        ("hvad sker der i 2018?", "»2018« er omtalt 3 steder:", {"tema-2", "tema-7", "ad-2"}),
    ],
)
def test_what_happens_in_a_year_is_told_from_everywhere(
    assistant: Assistant, text: str, language_said: str, sections: set[str]
) -> None:
    answer = ask(assistant, text)
    assert answer.text.splitlines()[0] == language_said
    assert {citation.section for citation in answer.citations} == sections


@pytest.mark.parametrize(
    ("text", "verdict", "section"),
    [
        ("Is theme 2 a regional focus area?", "No", "tema-2"),
        ("Theme 7 is designated a regional focus area.", "Yes", "tema-7"),
        ("Er tema 8 ikke et regionalt fokusområde?", "Nej", "tema-8"),
        ("Tema 6 hører under regionens egne fokusområder, ikke?", "Ja", "tema-6"),
        ("Er det rigtigt, at der er enogtyve kommuner i regionen?", "Nej", "tema-9"),
        ("Er der nitten kommuner i regionen?", "Ja", "tema-9"),
        ("There are twenty-one municipalities in the region, right?", "No", "tema-9"),
        ("Is Denmark mentioned more than Germany?", "Yes", "tema-6"),
        ("Nævnes Grenaa oftere end Viborg?", "Nej", "tema-8"),
    ],
)
def test_a_claim_of_a_group_or_of_a_number_in_words_is_decided(
    assistant: Assistant, text: str, verdict: str, section: str
) -> None:
    answer = ask(assistant, text)
    assert re.split(r"\W", answer.text)[0] == verdict
    assert answer.citations[0].section == section


def test_so_many_of_the_smallest_are_listed(assistant: Assistant) -> None:
    told = lines(ask(assistant, "Which are the two smallest amounts?"))
    assert [line.split(" – ")[0] for line in told[:2]] == ["DKK 5 million annually in 2017-2019", "DKK 9 million"]
    assert told[2].startswith("… and 2 more")


def test_what_none_lacks_is_shown_of_all(assistant: Assistant) -> None:
    answer = ask(assistant, "which themes do not have a next step?")
    assert answer.text.startswith("There are none. 11 themes with a next step:")
    assert answer.status is Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which amounts does Theme 7 name?", "Theme 7, The green policy area names no amounts."),
        ("Hvad er det største beløb i tema 7?", "Tema 7, Det grønne område nævner ingen beløb."),
        ("Er der afsat penge til eksport?", "Tema 10, Eksport nævner ingen beløb."),
        ("Is there any money for Smart Industry?", "Theme 5, Smart Industry 4.0 names no amounts."),
    ],
)
def test_a_section_without_an_amount_is_told_to_have_none(assistant: Assistant, text: str, told: str) -> None:
    answer = ask(assistant, text)
    assert (answer.status, answer.text) == (Status.NOT_IN_SOURCE, told)
