"""What is gathered from all over the text: what one does, all that is said of a name, the annex, what counts come to."""

from __future__ import annotations

import pytest

from assistant.answering import Answer, Assistant, Question
from assistant.answering.types import Status
from tests.answering.talking import last


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.ask(Question(text))


@pytest.mark.parametrize(
    ("text", "begins", "said", "sections"),
    [
        (
            "Hvilke opgaver får Vækstforum?",
            "Vækstforum Midtjylland – ",
            "Vækstforum udarbejder evt. udkast til initiativforslag",
            {"tema-3", "tema-3a", "tema-9", "tema-10"},
        ),
        (
            "What must the State do?",
            "the State – 1 place says",
            "call on the State to continue and strengthen the broadband fund",
            {"tema-9"},
        ),
        (
            "Hvad forpligter regeringen sig til?",
            "regeringen – 6 steder",
            "Regeringen har afsat 400 mio. kr.",
            {"tema-1", "tema-3a", "ad-4", "ad-5"},
        ),
        (
            "Hvad skal Region Midtjylland gøre?",
            "Region Midtjylland – 9 steder",
            "Region Midtjylland deltager i Det Nationale Bioøkonomipanel",
            {"tema-7", "tema-9"},
        ),
        (
            "Hvad er det, regionen vil have staten til at gøre?",
            "regionen – 5 steder siger, hvad der ønskes",
            "Regionen og kommunerne opfordrer Staten",
            {"tema-5", "tema-8", "tema-9", "ad-7"},
        ),
        (
            "What has the region already done?",
            "region – ",
            "has prepared a strategy and action plan",
            {"tema-3", "tema-7"},
        ),
        (
            "Compare what the government commits to with what the municipalities commit to.",
            "the Government – ",
            "\nmunicipalities – ",
            {"ad-5", "tema-9"},
        ),
        (
            "Hvad har kommunerne pligt til, når det gælder bredbånd?",
            "kommunerne – 3 steder",
            "vil regionen og kommunerne pege på områder",
            {"tema-9"},
        ),
    ],
)
def test_all_that_one_does_is_told(assistant: Assistant, text: str, begins: str, said: str, sections: set[str]) -> None:
    answer = ask(assistant, text)
    assert answer.text.startswith(begins) and said in answer.text
    assert sections <= {citation.section for citation in answer.citations}


def test_what_one_does_of_a_subject_that_is_not_there_is_refused(assistant: Assistant) -> None:
    assert ask(assistant, "What must the state do about tuition fees?").status is Status.NOT_IN_SOURCE


def test_what_another_does_with_it_is_not_its_own(assistant: Assistant) -> None:
    assert "stiller opdaterede data" not in ask(assistant, "Hvad skal Region Midtjylland gøre?").text


def test_what_several_places_say_alike_is_told_once(assistant: Assistant) -> None:
    told = ask(assistant, "What must the Growth Forum do?").text
    assert told.count("The Growth Forum prepares a draft initiative proposal\n") == 1
    assert "Theme 1 [1], Theme 3A [2]" in told


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("Hvad siger aftalen om EU?", {"tema-3", "tema-7", "ad-7"}),
        ("What is located near Viborg?", {"tema-4", "ad-5", "tema-7", "tema-8"}),
        ("Alt om Civilstyrelsen", {"tema-4", "ad-5"}),
        ("Hvor står der noget om uddannelse, alle temaer og bilag", {"tema-3", "ad-2", "ad-4"}),
        ("Gengiv kort, hvad der siges om bioøkonomi. Jeg kender ikke ordet.", {"tema-7"}),
    ],
)
def test_all_that_is_said_of_a_name_or_word_is_told(assistant: Assistant, text: str, sections: set[str]) -> None:
    answer = ask(assistant, text)
    assert {citation.section for citation in answer.citations} == sections
    assert answer.text.startswith(("»", "“"))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("fortæl om det med mobil og nettet, kort version", "Tema 9, "),
        ("I have a deadline. Nutshell version of the state jobs story?", "Theme 4, "),
        ("Resumé, bilagspunkt 7.", "Ad 7, "),
        ("hvad er tema 5 for noget", "Tema 5, "),
        ("Hvad handler bilaget om?", "Bilaget har 10 dele, heraf 5 med tekst:"),
        ("kan du opsummere aftalen for mig", "Vækstpartnerskabsaftalen 2016-2017 gælder"),
        ("Hvad får jeg at vide i Ad 2, som jeg ikke får i tema 2?", "Ad 2, "),
    ],
)
def test_a_part_is_summed_up_however_it_is_called(assistant: Assistant, text: str, begins: str) -> None:
    assert ask(assistant, text).text.startswith(begins)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Hvor stor en andel af de 659 går til Civilstyrelsen?", "84 (Civilstyrelsen) af 659 er cirka 12,7 %"),
        ("What share of the 3,900 state jobs go to the region?", "659 state jobs of just under 3,900 state jobs is"),
        ("How many of the 3,900 jobs end up elsewhere?", "3,241 (just under 3,900 state jobs − 659 state jobs)"),
        ("Hvor mange år løber vindprogrammet?", "Fra 2015 til 2018: 3 år"),
        ("Hvad er det mindste antal arbejdspladser, der nævnes?", "Det mindste antal er 84 arbejdspladser."),
        ("Klagenævnenes Hus + Civilstyrelsen = ? arbejdspladser.", "I alt 246 (162 + 84)"),
    ],
)
def test_what_counts_and_periods_come_to(assistant: Assistant, text: str, begins: str) -> None:
    assert ask(assistant, text).text.startswith(begins)


def test_a_sum_is_asked_of_what_was_told(assistant: Assistant) -> None:
    assert last(assistant, "Hvor mange penge er der til tema 2?", "Det giver hvad tilsammen?").text.startswith(
        "I alt 24 mio. kr."
    )


def test_the_annex_alone_and_what_the_list_left_out(assistant: Assistant) -> None:
    first, others = "Which bits of the annex are blank apart from the title?", "And the others?"
    assert "\n- Ad 3" in ask(assistant, first).text
    assert "\n- Ad 7" in last(assistant, first, others).text and "\n- Ad 3" not in last(assistant, first, others).text
    assert last(assistant, first, others, "Which of those is the longest?").text.startswith("Most text has Ad 7")
    assert {c.section[:2] for c in ask(assistant, "Hvilke strategier og love henviser bilaget til?").citations} == {
        "ad"
    }


def test_every_theme_with_what_is_asked_of_it(assistant: Assistant) -> None:
    answer = ask(assistant, "Tema 2 og tema 9: beløb og næste skridt.")
    assert all(each in answer.text for each in ("9 mio. kr. i 2016", "200 mio. kr.", "Afventer ansøgninger"))
    assert ask(assistant, "Alle temaers overskrifter samt næste skridt pr. tema").text.count("Næste skridt") == 11


def test_what_is_denied_twice_over(assistant: Assistant) -> None:
    waiting = "Of the themes that are waiting on something, which one hasn't the Growth Forum drafting anything?"
    assert "\n- Theme 2" in ask(assistant, waiting).text and "\n- Theme 4" not in ask(assistant, waiting).text
    assert "\n- Ad 1" in ask(assistant, "Which parts of the annex do contain a text and not a title only?").text


def test_against_is_no_denial(assistant: Assistant) -> None:
    answer = ask(assistant, "Viborg against Grenaa in the creative theme: who has what?")
    assert "not mentioning" not in answer.text


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Hvor mange ministerier er aktører i alt?", "Aftalen nævner 6 ministerier:"),
        ("Which actors appear in only one theme?", "The agreement names 6 actors that stand in one place only:"),
        ("Hvilket bilag er længst?", "Mest tekst har Ad 7"),
        ("hvor mange temaer er der i alt, når 3A tælles med?", "Aftalen har 11 temaer:"),
        ("subheadings of theme seven plz", "Theme 7, The green policy area is divided into 4:"),
        ("Hvilke temaer er IKKE stemplet som regionale fokusområder?", "8 temaer hører ikke under"),
    ],
)
def test_what_is_counted_and_told_apart(assistant: Assistant, text: str, begins: str) -> None:
    assert ask(assistant, text).text.startswith(begins)


def test_a_subject_in_other_words_is_not_told_to_be_nowhere(assistant: Assistant) -> None:
    answer = ask(assistant, "Which theme is about workers from other country?")
    assert answer.citations and "None of them" not in answer.text


def test_a_courtesy_is_no_part(assistant: Assistant) -> None:
    answer = ask(assistant, "Kan De sige mig, hvad de vil udnytte fra Apple ved Viborg, og hvor mange job der flyttes?")
    assert answer.text.startswith("Apple projektet ved Viborg") and "659" in answer.text


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "Could you summarise what the agreement says on renewable energy and wind?",
            "Theme 7, The green policy area – ",
        ),
        ("Er der temaer, hvor der ikke er anført nogen aktører ud over vækstforum?", "2 temaer har ingen aktører"),
        ("How many themes have EVM as an actor? Just the number.", "4 themes with EVM"),
        ("EVM is in some themes, but in which of these is UFM not there?", "1 theme without UFM"),
        ("Hvor mange af bilagets punkter har noget indhold ud over overskriften?", "5 bilagsdele har tekst:"),
        ("Hvad er det største pengebeløb, der nævnes i aftalen og dens bilag?", "Det største beløb er 400 mio. kr."),
        ("Hvilke temaer slipper Vækstforum helt for at skrive udkast til?", "I 2 temaer skal der ikke"),
        ("anything in there about hydrogen?", "No, the agreement does not mention “hydrogen”."),
        ("all next steps, short", "- Theme 1, "),
    ],
)
def test_asides_and_the_actor_of_every_theme_narrow_nothing(assistant: Assistant, text: str, begins: str) -> None:
    assert ask(assistant, text).text.startswith(begins)


@pytest.mark.parametrize(
    ("text", "begins", "named", "left_out"),
    [
        ("Other than the 9 million, what further sums are there?", "The agreement names 3 amounts", "400", "9 million"),
        ("Hvilke beløb nævnes ud over de 9 mio.?", "Aftalen nævner 3 beløb", "400", "9 mio"),
        ("Besides Viborg, which towns are named?", "The agreement names 5 towns", "Grenaa", "Viborg"),
        ("Amounts in theme 2", "Theme 2, Targeted", "DKK 9 million", "400"),
        ("Årstal i tema 7?", "Tema 7, Det grønne område nævner 2", "2015 til 2018", "2017"),
        ("Virksomheder og fonde, der er nævnt ved navn?", "Aftalen nævner 6", "Apple", "Viborg"),
        ("Which ministries are actors of the very first theme?", "Theme 1, Simpl", "UFM", "MBUL"),
        ("Hvad går man og venter på i temaerne?", "4 temaer afventer noget", "Tema 2", "Tema 5"),
    ],
)
def test_a_list_is_narrowed_as_it_is_asked(
    assistant: Assistant, text: str, begins: str, named: str, left_out: str
) -> None:
    answer = ask(assistant, text)
    assert answer.text.startswith(begins) and named in answer.text and left_out not in answer.text


@pytest.mark.parametrize(
    ("text", "begins", "sections"),
    [
        (
            "Which annex parts aren't just a heading?",
            "5 annex parts with text",
            {"ad-1", "ad-2", "ad-4", "ad-5", "ad-7"},
        ),
        ("Hvilke bilagsdele er ikke tomme?", "5 bilagsdele har tekst", {"ad-1", "ad-2", "ad-4", "ad-5", "ad-7"}),
        ("Hvilke bilagsdele er tomme?", "5 bilagsdele er kun", {"ad-3", "ad-6", "ad-8", "ad-9", "ad-10"}),
        ("How many annex parts are there?", "10 annex parts in all", {f"ad-{number}" for number in range(1, 11)}),
    ],
)
def test_annex_parts_are_all_told_or_those_with_text_or_without(
    assistant: Assistant, text: str, begins: str, sections: set[str]
) -> None:
    answer = ask(assistant, text)
    assert answer.text.startswith(begins) and {citation.section for citation in answer.citations} == sections


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "What working groups, panels and networks are mentioned?",
            ["the National Bioeconomy Panel – Theme 7", "regional networks", "cross-ministerial working group"],
        ),
        ("Hvilke arbejdsgrupper er der?", ["Ad 4 [1]: En tværministeriel arbejdsgruppe"]),
        (
            "What clusters, schools or workshops does the agreement mention?",
            ["Danish Food Cluster", "The Animation Workshop", "Game College", "cluster development in fashion"],
        ),
    ],
)
def test_what_only_its_noun_tells_is_listed(assistant: Assistant, text: str, said: list[str]) -> None:
    told = ask(assistant, text).text
    assert all(each in told for each in said)


@pytest.mark.parametrize("text", ["Hvilke lufthavne nævnes?", "Which hospitals does the agreement mention?"])
def test_what_no_noun_of_the_text_is_is_not_mentioned(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).status is Status.NOT_IN_SOURCE


def test_two_subjects_are_told_beside_each_other(assistant: Assistant) -> None:
    told = ask(assistant, "Sammenlign pengene til trængte områder med pengene til udflytning af arbejdspladser.").text
    assert "Tema 2: " in told and "9 mio. kr." in told and "Ad 5: Regeringen har afsat 400 mio. kr." in told
    assert "does not mention “tourism”" in ask(assistant, "Compare export with tourism").text


def test_what_is_listed_is_told_with_what_it_is_for(assistant: Assistant) -> None:
    told = ask(assistant, "What dates and years are given, and what happens in each of them?").text
    assert "1 October 2015: On 1 October 2015, the Government presented a plan" in told
    assert "400 mio. kr.: Regeringen har afsat" in ask(assistant, "Hvilke beløb nævnes, og hvad går de til?").text


@pytest.mark.parametrize(
    ("text", "begins", "count"),
    [
        ("Vindmøller", "Tema 7, Det grønne område – Udmøntning af det nationale vindprogram:", 5),
        ("Hvad er der lovet vindmøllebranchen? Alle punkterne, tak.", "Tema 7, Det grønne område – Udmøntning", 5),
        ("What do they want to do about broadband?", "Theme 9, Mobile and broadband coverage:", 5),
    ],
)
def test_what_is_asked_broadly_is_told_as_a_whole(assistant: Assistant, text: str, begins: str, count: int) -> None:
    told = ask(assistant, text).text
    assert told.startswith(begins) and told.count("\n- ") == count


@pytest.mark.parametrize(
    "text", ["Hvad vil man gøre for mode og arkitektur?", "What is planned for transport corridors?"]
)
def test_what_one_sentence_alone_says_is_that_sentence(assistant: Assistant, text: str) -> None:
    assert len(ask(assistant, text).citations) == 1


def test_what_neither_of_two_gets_is_reckoned(assistant: Assistant) -> None:
    told = ask(assistant, "How many of the 659 jobs go neither to Klagenævnenes Hus nor to Civilstyrelsen?").text
    assert told.startswith("413 (659 − 162 − 84)")


def test_the_theme_with_most_of_several_kinds_is_a_theme(assistant: Assistant) -> None:
    told = ask(assistant, "Which theme has the most ministries or other actors listed?").text
    assert told.startswith("Most actors (6) stand in Theme 3")


def test_what_the_annex_has_beside_the_table_has_no_actors(assistant: Assistant) -> None:
    told = ask(assistant, "How does Ad 5 differ from theme 4?").text
    assert "Amounts – Ad 5: DKK 400 million" in told and "Actors" not in told


def test_as_many_as_are_asked_for_by_their_kind_are_the_answer(assistant: Assistant) -> None:
    told = ask(assistant, "name the 2 agencies going to viborg please")
    assert told.status is Status.ANSWERED and "Appeals Boards" in told.text
    assert "three western Danish regions" in ask(assistant, "how many regions had a finger in the turbine plan?").text


def test_the_header_of_the_table_is_no_answer(assistant: Assistant) -> None:
    assert ask(assistant, "Hvor mange initiativer er der i alt i skemaet?").text.startswith("Aftalen har 11 temaer")
