"""Themes by what they speak of, names by where they stand, several kinds at once; summaries for whomever they are."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Status
from tests.answering.talking import last


def labels(told: str) -> list[str]:
    """Return the labels of the themes that are listed."""
    lines = (line.removeprefix("- ") for line in told.splitlines() if line.startswith("- "))
    return [line.partition(",")[0].split()[-1] for line in lines]


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Hvilke temaer omtaler klynger?", ["6", "8"]),
        ("Which themes deal with climate?", ["7"]),  # in the annex part that elaborates it
        ("Hvilke temaer handler om klima?", ["7"]),  # "klimaforandringer"
        ("Hvilke af temaerne handler på en eller anden måde om uddannelse?", ["2", "3", "3A", "7"]),
        ("Hvilke temaer handler om miljø, klima eller affald?", ["7"]),
        ("Which themes have something to do with jobs and workers?", ["3", "4"]),
        ("Which themes mention neither digitalisation nor data?", ["1", "2", "3", "4", "3A", "6", "7", "10"]),
        ("Hvilke temaer har hverken et beløb eller et årstal?", ["3", "5", "6", "10"]),
        ("Which themes have neither an amount nor a year?", ["3", "5", "6", "10"]),
        ("Hvilke initiativer har ikke nogen ministerier eller andre aktører stående ud for sig?", ["4", "5"]),
        (
            "How many of the initiatives are waiting for a draft from the growth forum?",
            ["1", "3", "3A", "5", "6", "7", "8", "9", "10"],
        ),
        ("Which themes are waiting on the government?", ["1", "7"]),  # a ministry's analysis, and a strategy
        (
            "Which themes are not waiting for anything from the government?",
            ["2", "3", "4", "3A", "5", "6", "8", "9", "10"],
        ),
        ("Hvilket tema har flest ministerier på?", ["1", "3", "3A"]),
        (
            "Is it true that all ten themes have at least one ministry listed next to them?",
            ["4", "5", "6", "8", "9", "10"],
        ),
    ],
)
def test_themes_are_listed_by_what_they_have(assistant: Assistant, text: str, themes: list[str]) -> None:
    assert labels(last(assistant, text).text) == themes


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Is it true that all ten themes have at least one ministry listed next to them?", "No: "),
        ("Do the qualified labour theme and the coherence theme share the same actors?", "No: "),
        ("Deler tema 3 og tema 3A de samme aktører?", "Nej: "),
        (
            "Does the agreement say 9 million kroner a year is set aside from 2017 to 2019?",
            "No: Under the Agreement on",
        ),
        ("Explain theme 3 to a trade union member.", "Theme 3, "),
        ("kan du forklare tema 5 som var jeg fem år", "Tema 5, "),
        (
            "Summarise the whole agreement in five lines for someone who knows nothing about Denmark.",
            "The Growth Partn",
        ),
        ("Opsummer aftalen for en 16-årig", "Vækstpartnerskabsaftalen 2016-2017 gælder"),
        ("Opsummer de tre regionale fokusområder i en linje hver.", "Tema 6, "),
        ("What is in the annex as a whole?", "The annex has 10 parts"),
        ("Give me a short account of the annex part on the green area.", "Ad 7, "),
        ("Hvad siger teksten samlet om cirkulær økonomi?", "»cirkulær økonomi« er omtalt 3 steder"),
        ("Explain what the agreement means for small companies", "“companies” is spoken of in 8 places"),
        ("hvilke emner er der egentligt i aftalen, kan du remse dem alle op", "Aftalen har 11 temaer"),
        (
            "Name all the government strategies, plans and agreements the text refers to.",
            "The agreement names 10 strat",
        ),
        ("hvor nævnes viborg henne", "Ja: "),
        ("Which sections mention Bornholm?", "Yes: "),
    ],
)
def test_what_is_asked_is_told_first(assistant: Assistant, text: str, begins: str) -> None:
    assert last(assistant, text).text.startswith(begins)


def test_what_gets_most_of_something_is_not_named_most(assistant: Assistant) -> None:
    assert "Named most often" not in last(assistant, "Which relocated authority gets the most jobs?").text


def test_each_of_several_words_is_told_by_itself(assistant: Assistant) -> None:
    neither = last(assistant, "Are refugees or immigrants brought up in the document?")
    assert neither.status is Status.NOT_IN_SOURCE and neither.missing == ("refugees", "immigrants")
    one = last(assistant, "Nævnes flygtninge eller vindmøller i aftalen?").text
    assert one.startswith("Ja: »vindmøller«") and one.endswith("nævner ikke »flygtninge«.")


def test_two_sub_headings_are_told_beside_each_other(assistant: Assistant) -> None:
    told = last(assistant, "Hvad er forskellen på det om bioøkonomi og det om vedvarende energi?").text
    assert "inden for bioøkonomi:" in told and "Omstilling til vedvarende energi" in told


def test_what_several_are_asked_for_is_told_from_where_it_stands(assistant: Assistant) -> None:
    answer = last(assistant, "Hvilke områder i landet har før fået særlig hjælp når det gik skidt?")
    assert "Fyn (Lindø), i Frederikshavn og på Bornholm" in answer.text


@pytest.mark.parametrize(
    ("turns", "begins"),
    [
        (("Is it only theme 7 that mentions wind?",), "Yes: 1 theme"),
        (("Er det kun tema 2, der nævner penge?",), "Nej: 3 temaer"),
        (("Are the ministries for theme 3 and theme 3A the same?",), "Yes: "),
        (("Do all the themes marked as regional focus areas involve the same officials?",), "No: Theme 6"),
        (
            ("Sammenlign eksportindsatsen med fødevareindsatsen.",),
            "Tema 10, Eksport og Tema 6, Fødevareområdet:\n- Handler",
        ),
        (
            ("Indeholder aftalen en bestemmelse om opsigelse eller misligholdelse?",),
            "Nej, aftalen nævner ikke »opsigelse«",
        ),
        (("Is there a dispute resolution clause?",), "No, the agreement does not mention “dispute resolution”"),
        (("er der penge til vindmøler",), "Tema 7, Det grønne område nævner ingen beløb"),
        (("Which years does the partnership agreement cover?",), "2016-2017: "),
        (("Are you a real person? Where do you get your answers from?",), "I compare your question"),
        (("Opsummer tema 1 i to linjer.",), "Tema 1, Forenkling"),
        (("Hvilke temaer nævner ikke virksomheder?",), "7 temaer "),
        (("What does the annex say about theme 8?",), "Ad 8 (Creative industries"),
        (("Hvem er med i tema 10?", "hvad står der om det i bilaget?"), "Ad 10 (Eksport) har ingen tekst"),
        (
            ("Hvilke temaer er der i aftalen?", "hvem er med på det femte?"),
            "Involverede aktører ud over Vækstforum i Tema 3A",
        ),
        (("List the themes.", "tell me more about theme 7"), "Theme 7, The green policy area:\n"),
        (("Fortæl om vindprogrammet", "hvem lavede det?"), "I 2015 udarbejdede Erhvervs- & Vækstministeriet"),
    ],
)
def test_what_is_asked_in_one_turn_or_more_is_told(assistant: Assistant, turns: tuple[str, ...], begins: str) -> None:
    assert last(assistant, *turns).text.startswith(begins)


def test_the_last_answer_is_told_shorter(assistant: Assistant) -> None:
    turns = ("ok, what is the deal with wind turbines?", "thanks, shorter please")
    whole, short = last(assistant, turns[0]), last(assistant, *turns)
    assert short.citations[0].start == whole.citations[0].start and len(short.text) < len(whole.text) / 2


def test_a_sentence_is_not_cut_before_the_number_that_decides(assistant: Assistant) -> None:
    told = last(assistant, "Er der 84 arbejdspladser i Klagenævnenes Hus?").text
    assert told.startswith("Nej: ") and "(162 arbejdspladser)" in told


def test_those_of_a_list_are_also_the_themes_told_by_the_annex_alone(assistant: Assistant) -> None:
    turns = ("Which themes have a year in them?", "and which of those also have money?")
    assert labels(last(assistant, *turns).text) == ["2", "4"]


def test_how_many_are_somewhere_is_no_list_of_themes(assistant: Assistant) -> None:
    assert not labels(last(assistant, "Hvor mange vindmøller står der i Østerild i dag?").text)


def test_an_overview_is_told_in_so_many_lines(assistant: Assistant) -> None:
    told = last(assistant, "Opsummer tema 7 i to linjer.").text
    assert told.count("\n- ") == 2
    assert last(assistant, "Summarise theme 9 in four lines").text.splitlines()[-1].startswith("- Next step:")


def test_an_overview_told_shorter_is_an_overview_still(assistant: Assistant) -> None:
    short = last(assistant, "Summarise the green section", "shorter please").text
    assert short.startswith("Theme 7") and short.count("\n- ") == 3


def test_a_compound_that_calls_a_theme_by_a_word_of_its_title_names_it(assistant: Assistant) -> None:
    told = last(assistant, "Er det de samme ministerier, der er med i tema 3 og i sammenhængsindsatsen?").text
    assert told.startswith("Ja:") and "Kun i Tema 3: BBM, PFA." in told
    assert last(assistant, "Forklar bredbåndsafsnittet til en borger på landet").text.startswith("Tema 9")


def test_a_part_of_the_annex_without_text_is_called_so(assistant: Assistant) -> None:
    assert "Ad 6, Fødevareområdet: kun en overskrift" in last(assistant, "Opsummer bilaget").text


def test_what_points_back_comes_with_what_it_points_to(assistant: Assistant) -> None:
    told = last(assistant, "Hvad står der om Apple?")
    assert [citation.quote[:12] for citation in told.citations] == ["Apple projek", "Der er behov"]


def test_a_list_told_shorter_keeps_its_lines(assistant: Assistant) -> None:
    turns = ("List everything the agreement wants to do about wind turbines.", "shorter please")
    whole, short = last(assistant, turns[0]), last(assistant, *turns)
    assert short.text.count("\n- ") + short.text.startswith("- ") == len(whole.citations)
    assert 2 * len(short.text) < 1.2 * len(whole.text)
