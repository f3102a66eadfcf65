"""Answers over the real agreement: straight, cited verbatim, or honestly refused."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from assistant.answering import Answer, Assistant, Question, Status, Turn
from assistant.answering.draft import Draft
from assistant.corpus import Document
from assistant.errors import QuestionError
from assistant.index.records import Row
from assistant.understanding.documents.choosing import Choice
from assistant.understanding.request import Request, request_of


def ask(assistant: Assistant, text: str, *history: Turn) -> Answer:
    return assistant.ask(Question(text, "auto", history))


def later(assistant: Assistant, *texts: str) -> list[Answer]:
    """Ask in one conversation; the page sends the sections of each answer along."""
    history: list[Turn] = []
    answers = []
    for text in texts:
        answers.append(ask(assistant, text, *history))
        sections = tuple(citation.section for citation in answers[-1].citations)
        history += [Turn("user", text), Turn("assistant", answers[-1].text, sections)]
    return answers


def proven(assistant: Assistant, answer: Answer) -> None:
    """Every citation is verbatim, numbered from 1, and each number in the text is one of them."""
    for number, citation in enumerate(answer.citations, 1):
        document = assistant.library.document(citation.document)
        assert citation.number == number
        assert document.text[citation.start : citation.end] == citation.quote
    numbers = {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)}
    assert numbers == {citation.number for citation in answer.citations}


@pytest.mark.parametrize(
    ("text", "language", "section", "told"),
    [
        (
            "who owns the wind programme?",
            "en",
            "tema-7",
            ["Ministry of Business and Growth", "2015 to 2018", "AMD/ES/HBP", "Work is in progress", "no single owner"],
        ),
        (
            "hvem ejer vindprogrammet?",
            "da",
            "tema-7",
            ["Erhvervs- & Vækstministeriet", "2015 til 2018", "AMD/ES/HBP", "Arbejdet pågår", "ikke én ejer"],
        ),
        ("hvor mange statslige arbejdspladser flyttes, og hvorhen?", "da", "tema-4", ["659", "Viborg"]),
        ("hvad er beløbet i tema 2?", "da", "tema-2", ["9 mio. kr. i 2016", "5 mio. kr. årligt i 2017-2019"]),
        ("what is the next step for theme 9?", "en", "tema-9", ["DKK 200 million"]),
        ("hvem er involveret i tema 10?", "da", "tema-10", ["LV/NEA", "initialer"]),
        ("who is involved in theme 2?", "en", "tema-2", ["EVM", "general knowledge, not from the agreement"]),
    ],
)
def test_straight_answers(assistant: Assistant, text: str, language: str, section: str, told: list[str]) -> None:
    answer = ask(assistant, text)
    assert (answer.status, answer.language) == (Status.ANSWERED, language)
    assert answer.citations[0].section == section
    assert [words for words in told if words not in answer.text] == []
    proven(assistant, answer)


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("hvilke temaer involverer EVM?", ["tema-1", "tema-2", "tema-3", "tema-3a"]),
        ("which themes involve the Ministry of Employment?", ["tema-3", "tema-3a"]),
        ("hvilke temaer afventer noget?", ["tema-1", "tema-2", "tema-3", "tema-7"]),
        ("Which topics are labelled as the region's own priorities?", ["tema-6", "tema-7", "tema-8"]),
    ],
)
def test_lists_over_themes_are_complete(assistant: Assistant, text: str, sections: list[str]) -> None:
    answer = ask(assistant, text)
    assert list(dict.fromkeys(citation.section for citation in answer.citations)) == sections
    proven(assistant, answer)


@pytest.mark.parametrize("text", ["hvad er nummer 6?", "what is in row 5?", "hvad siger Ad 4?"])
def test_ambiguous_numbers_offer_both_readings(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert answer.status is Status.CLARIFY
    assert len(answer.suggestions) == 2
    for suggestion in answer.suggestions:
        assert ask(assistant, suggestion).status is Status.ANSWERED


@pytest.mark.parametrize(
    "text", ["hvad siger tema 14?", "hvad siger Ad 3?", "hvad står HBP for?", "how do I renew my passport?"]
)
def test_what_the_agreement_lacks_is_refused_with_a_sentence(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert answer.status is Status.NOT_IN_SOURCE
    assert answer.citations == ()
    assert answer.text


def test_a_refusal_does_not_name_the_agreement_as_a_place_in_the_agreement(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvad hedder borgmesteren i Herning?")
    assert answer.status is Status.NOT_IN_SOURCE
    assert "Regional vækstpartnerskabsaftale" not in answer.text


def test_initials_are_never_guessed(assistant: Assistant) -> None:
    assert "gætter ikke" in ask(assistant, "hvem er AMD?").text


@pytest.mark.parametrize(
    ("first", "second", "section", "told"),
    [
        ("hvem ejer vindprogrammet?", "og hvad er næste skridt?", "tema-7", "Arbejdet pågår"),
        ("hvor mange statslige arbejdspladser flyttes?", "hvorfor?", "ad-5", "politisk ønske"),
        ("what is the next step for export?", "and for theme 2?", "tema-2", "Awaiting applications"),
    ],
)
def test_follow_ups(assistant: Assistant, first: str, second: str, section: str, told: str) -> None:
    answer = later(assistant, first, second)[-1]
    assert answer.citations[0].section == section
    assert told in answer.text


@pytest.mark.parametrize(
    ("first", "second", "subject"),
    [
        ("who owns the wind programme?", "what does it cost?", "7, The green policy area"),
        ("hvad siger aftalen om bredbånd?", "hvornår er det færdigt?", "Tema 9, Mobil- og bredbåndsdækning"),
    ],
)
def test_a_refused_follow_up_names_what_was_talked_about(
    assistant: Assistant, first: str, second: str, subject: str
) -> None:
    answer = later(assistant, first, second)[-1]
    assert answer.status is Status.NOT_IN_SOURCE
    assert subject in answer.text
    assert answer.closest[0].section in ("tema-7", "ad-7", "tema-9")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hvor mange penge får områder i tilbagegang?", "og i 2021?"),
        ("how many state jobs are relocated?", "and how many go to Herning?"),
    ],
)
def test_a_follow_up_with_a_year_or_place_of_its_own_is_no_repetition(
    assistant: Assistant, first: str, second: str
) -> None:
    answer = later(assistant, first, second)[-1]
    assert answer.status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ("Hvad vil I gøre for at få flere faglærte?", "uddyb"),
        ("Is there anything about animation?", "what else is in that theme?"),
        ("hvad skal Energistyrelsen gøre?", "fortæl mere om det"),
    ],
)
def test_more_is_what_was_not_told_yet(assistant: Assistant, first: str, more: str) -> None:
    opened, further = later(assistant, first, more)
    assert further.status is Status.ANSWERED
    assert {c.quote for c in further.citations}.isdisjoint(c.quote for c in opened.citations)
    assert {c.section for c in further.citations} <= {c.section for c in opened.citations}


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Hvad siger aftalen om eksport?", "hvem er involveret?", "hvad så med bredbånd?"), "HBP"),
        (("Which themes involve EVM?", "what about HBP?"), "2 themes with HBP among the actors"),
        (("What is theme 2 about?", "and 3A?"), "strengthening coherence"),
    ],
)
def test_what_is_asked_for_is_carried_over(assistant: Assistant, texts: tuple[str, ...], told: str) -> None:
    assert told in later(assistant, *texts)[-1].text


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Hvad er smart industri 4.0?", "hvem er aktørerne?"), "Tema 5"),
        (("Hvad er fødevaretopmødet?", "hvem betaler?"), "hvem der betaler, i Tema 6"),
        (("hvor mange penge får områder i tilbagegang?", "hvor meget i 2018?", "og i 2020?"), "Tema 2"),
        (("Which themes involve HBP?", "and what is it short for?"), "HBP"),
    ],
)
def test_what_the_theme_talked_about_lacks_is_not_taken_from_another(
    assistant: Assistant, texts: tuple[str, ...], told: str
) -> None:
    answer = later(assistant, *texts)[-1]
    assert answer.status is Status.NOT_IN_SOURCE
    assert told in answer.text


def test_who_pays_is_told_only_where_money_is(assistant: Assistant) -> None:
    assert "400 mio. kr." in ask(assistant, "hvem betaler for udflytningen?").text
    assert ask(assistant, "hvem finansierer vindprogrammet?").status is Status.NOT_IN_SOURCE


def test_what_a_theme_says_goes_before_its_next_step(assistant: Assistant) -> None:
    answer = ask(assistant, "What will be done about exports to Germany?")
    assert answer.text.startswith("Cooperation between")
    assert "draft initiative proposal" in answer.text


def test_a_change_of_language_is_followed(assistant: Assistant) -> None:
    history = (Turn("user", "hvem ejer vindprogrammet?"), Turn("assistant", "…", ("tema-7",)))
    answer = ask(assistant, "and what is the next step?", *history)
    assert answer.language == "en"
    assert answer.citations[0].section == "tema-7"


def test_a_fragment_keeps_the_language_of_the_conversation(assistant: Assistant) -> None:
    assert ask(assistant, "Viborg", Turn("user", "how many jobs move?"), Turn("assistant", "…")).language == "en"
    assert ask(assistant, "Viborg").language == "da"


def test_suggestions_can_be_answered(assistant: Assistant) -> None:
    asked = {each for language in ("da", "en") for each in assistant.suggestions(language)}
    asked |= set(ask(assistant, "hvem ejer vindprogrammet?").suggestions) | set(
        ask(assistant, "who is in theme 2?").suggestions
    )
    assert [each for each in asked if ask(assistant, each).status is not Status.ANSWERED] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u200b ", "empty"),
        ("x" * 501, "too_long"),
        ("hvem\x00er", "control_characters"),
        ("hvem \ud800 er", "surrogates"),
        ("mit nummer er 010190-1234", "personal_data"),
        ("skriv til mig@example.dk", "personal_data"),
    ],
)
def test_questions_that_cannot_be_taken(assistant: Assistant, text: str, code: str) -> None:
    with pytest.raises(QuestionError) as caught:
        ask(assistant, text)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["12345", "🙂", "?!?"])
def test_messages_without_words_get_help(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert answer.status is Status.CLARIFY
    assert answer.suggestions


def test_500_characters_are_taken(assistant: Assistant) -> None:
    assert ask(assistant, ("hvem ejer vindprogrammet " * 30)[:500]).language == "da"


def test_a_third_language_is_declined_kindly(assistant: Assistant) -> None:
    answer = ask(assistant, "Wer ist für das Windprogramm zuständig?")
    assert answer.status is Status.UNSUPPORTED_LANGUAGE
    assert "Danish and English" in answer.text and "dansk og engelsk" in answer.text


def test_a_quote_that_is_not_verbatim_is_never_shown(assistant: Assistant) -> None:
    row = assistant.searcher.row(5)
    moved = type(row.span)(row.span.id, row.span.start + 1, row.span.end + 1, row.span.quote, row.span.translation)
    draft = Draft("da")
    draft.say("Noget", Row(row.document, row.section, row.passage, moved))
    assert draft.text == ""
    assert draft.citations == []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("er EVM med i tema 2?", "Ja"),
        ("er UM med i tema 10?", "Nej"),
        ("is the Ministry of Finance involved in theme 1?", "Yes"),
        ("er det rigtigt, at 659 statslige arbejdspladser flyttes til regionen?", "Ja"),
        ("skal 1200 statslige arbejdspladser flyttes til Region Midtjylland?", "Nej"),
        ("is the work on theme 7 finished?", "No"),
    ],
)
def test_yes_or_no_where_the_text_decides(assistant: Assistant, text: str, verdict: str) -> None:
    assert ask(assistant, text).text.split(":")[0] == verdict


@pytest.mark.parametrize("text", ["Er der afsat 5 mio. kr. i 2018?", "Will 3,900 state jobs move in 2016?"])
def test_no_is_not_said_for_a_year_that_the_text_covers_or_leaves_open(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).text.split(":")[0] not in ("Nej", "No")


@pytest.mark.parametrize(
    "text",
    [
        "Ligger Game College i Viborg?",
        "is the apple project in aarhus?",
        "Er der 9 mio. kr. i 2017?",
        "Får Civilstyrelsen 162 arbejdspladser?",
        "Er der afsat 400 mio. kr. til bredbånd?",
        "Has the Region allocated DKK 400 million?",
        "Har regionen afsat 400 mio. kr. til udflytningen?",
        "Has the broadband fund been closed?",
        "Are all 3,900 jobs moving to the Central Denmark Region?",
        "Can you send me a link to the wind programme?",
        # Who acts on whom, which of two pairs, and what turns a sentence round.
        "Vil regionerne og kommunerne invitere regeringen til at samarbejde om at styrke sammenhængen?",
        "Does the State call on the Region and the municipalities to strengthen the broadband fund?",
        "Is The Animation Workshop in Grenaa?",
        'Is "State of Food" a private/regional initiative?',
        "Danish Food Cluster er et nationalt initiativ, ikke?",
        "Will more than 600 relocated state jobs go to South Jutland?",
        "Er ønsket bag udflytningen at placere flere statslige arbejdspladser i Hovedstadsområdet?",
        "Can the market itself reach the areas that need a special broadband effort?",
        "Er det de tre østdanske regioner, der var med til at udarbejde det nationale vindprogram?",
        "Did the national wind programme start in 2016?",
        "Skal Apple selv betale for at udnytte overskudsvarmen?",
        "Does the effort in declining areas replace the ordinary regional business effort?",
        "Is the region cooperating with the state innovation centre in Munich on export promotion?",
        "Har EU udarbejdet vindprogrammet?",
        "Will companies pay?",
        "Does the Danish Wind Industry Association own the wind programme?",
        "Are 659 state jobs relocated from the Central Denmark Region?",
    ],
)
def test_yes_is_not_said_of_what_the_passage_does_not_say(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).text.split(":")[0] not in ("Ja", "Yes")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Får Civilstyrelsen 84 arbejdspladser?", "Ja"),
        ("Får Civilstyrelsen 162 arbejdspladser?", "Nej"),
        ("Does the Department of Civil Affairs get 162 jobs?", "No"),
        ("Er der afsat 5 mio. kr. i 2018 til områder i tilbagegang?", "Ja"),
        ("Is DKK 9 million allocated in 2018?", "No"),
        ("Were DKK 400 million set aside for relocating state jobs?", "Yes"),
        ("flytter 659 arbejdspladser til Viborg?", "Nej"),
        ("Flyttes 162 arbejdspladser til Viborg?", None),
    ],
)
def test_a_number_is_compared_with_what_is_told_of_the_same_name_or_year(
    assistant: Assistant, text: str, verdict: str | None
) -> None:
    begins = ask(assistant, text).text.split(":")[0]
    assert (begins if begins in ("Ja", "Nej", "Yes", "No") else None) == verdict


@pytest.mark.parametrize(
    "text", ["Bliver der flyttet mere end 500 statslige arbejdspladser?", "Er der afsat over 8 mio. kr. i 2016?"]
)
def test_no_is_not_said_of_a_bound(assistant: Assistant, text: str) -> None:
    assert not ask(assistant, text).text.startswith("Nej")


def test_yes_is_followed_by_the_sentence_not_by_a_second_lead(assistant: Assistant) -> None:
    answer = ask(assistant, "Etableres der yderligere testpladser til vindmøller i Østerild og Høvsøre, og hvor mange?")
    assert answer.text.startswith(("Ja: At der sker", "yderligere 4-8 testpladser:"))
    assert answer.text.count(":") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hvad går aftalen ud på?", "11 temaer"),
        ("Give me a summary of the agreement", "11 themes"),
        ("Hvem er parterne?", "Vækstforum Midtjylland"),
        ("Hvad er Vækstforum?", "Vækstforum Midtjylland"),
        ("what's the Growth Forum", "Central Denmark Growth Forum"),
    ],
)
def test_the_agreement_as_a_whole(assistant: Assistant, text: str, told: str) -> None:
    answer = ask(assistant, text)
    assert answer.citations[0].section == "doc"
    assert told in answer.text


@pytest.mark.parametrize("text", ["hvad er næste skridt for vækstforum", "What does the Growth Forum draft?"])
def test_what_a_party_does_is_not_what_it_is(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).citations[0].section != "doc"


@pytest.mark.parametrize(
    "text", ["Står der noget om Esbjerg?", "Does the agreement mention Lego?", "What about Greenland?"]
)
def test_a_name_that_no_document_has_is_not_found_in_another(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize("text", ["Hvilke områder dækker aftalen?", "which topics are there?"])
def test_all_themes(assistant: Assistant, text: str) -> None:
    assert len(ask(assistant, text).citations) == 11


@pytest.mark.parametrize(
    "text",
    [
        "Which municipalities have been chosen as hard-pressed areas?",
        "What is the deadline for applying for money for the declining areas?",
        "hvilke områder?",
    ],
)
def test_a_word_for_parts_alone_does_not_ask_for_the_themes(assistant: Assistant, text: str) -> None:
    assert len(ask(assistant, text).citations) < 5


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("hvor mange job får Civilstyrelsen?", "84 arbejdspladser: "),
        ("how many posts go to the appeals boards?", "162 jobs: "),
        ("hvor mange statslige arbejdspladser flyttes til regionen?", "I alt 659 "),
        ("hvor mange arbejdspladser flyttes til Viborg?", "I alt 659 "),
        ("How much money is there for struggling areas in 2016?", "DKK 9 million: "),
        ("hvor mange penge er der i 2018 til de ramte områder?", "5 mio. kr. årligt i 2017-2019: "),
        ("hvornår blev vindprogrammet lavet?", "I 2015 "),
        ("hvor længe løber vindprogrammet?", "2015 til 2018: "),
    ],
)
def test_of_several_values_the_one_that_is_meant_goes_first(assistant: Assistant, text: str, begins: str) -> None:
    assert ask(assistant, text).text.startswith(begins)


def test_short_forms_of_next_steps_are_spelled_out(assistant: Assistant) -> None:
    assert "DVR: Danmarks Vækstråd" in ask(assistant, "hvad er næste skridt for kvalificeret arbejdskraft?").text


def test_part_of_a_party_s_name_is_not_the_party(assistant: Assistant) -> None:
    assert ask(assistant, "What is Denmark?").citations[:1] != ask(assistant, "hvad er Vækstforum?").citations[:1]


def test_a_value_asked_for_goes_before_a_sentence_without_one(assistant: Assistant) -> None:
    assert "200 mio. kr." in ask(assistant, "Hvor stor er bredbåndspuljen?").text


def test_a_theme_whose_list_of_actors_is_empty(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvem er involveret i tema 4?")
    assert answer.status is Status.NOT_IN_SOURCE
    assert "ingen involverede aktører" in answer.text


def test_a_place_goes_first_where_it_is_the_only_one_and_not_the_whole_country(assistant: Assistant) -> None:
    assert ask(assistant, "hvor skal de nye testpladser til vindmøller ligge?").text.startswith("Østerild og Høvsøre:")
    several = ask(assistant, "hvilke byer får folkene fra Civilstyrelsen?").text
    assert several.startswith("I alt 659")
    assert "Civilstyrelsen (84 arbejdspladser) i Viborg" in several


@pytest.mark.parametrize("text", ["Hvem er aktører for vindprogrammet?", "What is the period of the agreement?"])
def test_a_question_of_one_part_is_understood_once(
    assistant: Assistant, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    understood: list[str] = []

    def counted(message: str, language: str, home: Document, choice: Choice, history: Sequence[Turn]) -> Request:
        understood.append(message)
        return request_of(message, language, home, choice, history)

    monkeypatch.setattr("assistant.answering.assistant.request_of", counted)
    assistant.ask(Question(text))
    assert understood == [text]
