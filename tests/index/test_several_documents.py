"""Several documents: a question names its document, labels are found in each, and what is asked of all gets all."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from assistant.answering import Answer, Assistant, Question, Status, Turn
from assistant.index.build import build_index
from assistant.mcp.server import Source, build
from assistant.server import create_app
from assistant.settings import Settings
from tests.questions import FOLDER

FORM = """# {title} {{doc}}

Aftalen gælder for {place} og er godkendt af byrådet.

## Tema 1 | {one} {{tema-1}}

[background]

{one_text}

[actors]

{actor}

[next-step]

Parterne mødes i {month}.

## § 4 | Betaling {{paragraf-4}}

{paid}
"""
META = """title = "{title}"
short_title = "{title}"
parties = ["regeringen", "{place}"]
period = "{period}"
language = "da"
source = "invented"
"""
OLD, NEW, RULES = "aftale-2018", "aa-aftale-2026", "vedtaegter"
TEXTS = {
    OLD: {
        "title": "Aftale 2018-2021 for Fjordland",
        "place": "Fjordland",
        "period": "2018-2021",
        "one": "Havvind",
        "one_text": "Der opstilles ti havvindmøller ved Nordkysten.",
        "actor": "Nordkyst Havn",
        "month": "marts",
        "paid": "Kommunerne betaler 3 mio. kr. om året.",
    },
    NEW: {
        "title": "Aftale 2026-2029 for Fjordland",
        "place": "Fjordland",
        "period": "2026-2029",
        "one": "Cykelstier",
        "one_text": "Der anlægges 40 km cykelsti mellem Lindby og Østerholm.",
        "actor": "Fjordland Cykelråd",
        "month": "oktober",
        "paid": "Regionen betaler 8 mio. kr. i 2027.",
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose corpus has two agreements of the same build and some bylaws, none of which comes first."""
    folder = tmp_path_factory.mktemp("several")
    for name, values in TEXTS.items():
        (folder / "corpus" / name).mkdir(parents=True)
        (folder / "corpus" / name / "da.md").write_text(FORM.format(**values), encoding="utf-8")
        (folder / "corpus" / name / "document.toml").write_text(META.format(**values), encoding="utf-8")
    shutil.copytree(FOLDER / "documents" / "vedtaegter-genbrug-noerrekyst", folder / "corpus" / RULES)
    return folder


@pytest.fixture(scope="module")
def several(folder: Path) -> Assistant:
    """An assistant over those documents."""
    return opened(folder)


def opened(folder: Path) -> Assistant:
    """Build the index of a folder's corpus and open it."""
    environ = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
    build_index(Settings.from_environment(environ))
    return Assistant.open(Settings.from_environment(environ))


def asked(assistant: Assistant, *texts: str) -> Answer:
    """Ask in one conversation, and return the last answer."""
    history: tuple[Turn, ...] = ()
    for text in texts:
        answer = assistant.ask(Question(text, history=history))
        history = (*history, Turn("user", text), answer.turn)
    return answer


@pytest.mark.parametrize(
    ("text", "document", "section"),
    [
        ("hvad siger aftalen fra 2026 i tema 1?", NEW, "tema-1"),
        ("what does the 2018 agreement say about wind turbines?", OLD, "tema-1"),
        ("hvem betaler ifølge den gamle aftale?", OLD, "paragraf-4"),
        ("hvem er aktører i tema 1 i den nye aftale?", NEW, "tema-1"),
        ("hvad siger § 5 i vedtægterne?", RULES, "paragraf-5"),
        ("hvad siger § 5?", RULES, "paragraf-5"),
        ("what do the bylaws say in section 5?", RULES, "paragraf-5"),
        ("Aftale 2018-2021 for Fjordland: hvem er aktører i tema 1?", OLD, "tema-1"),
        ("hvad siger § 4 om cykelstier i 2027?", NEW, "paragraf-4"),
    ],
)
def test_a_question_names_its_document(several: Assistant, text: str, document: str, section: str) -> None:
    answer = asked(several, text)
    assert answer.status is Status.ANSWERED
    assert (answer.citations[0].document, answer.citations[0].section) == (document, section)
    assert {citation.document for citation in answer.citations} == {document}


@pytest.mark.parametrize(
    ("given", "documents"),
    [
        ({"query": "hvem betaler?"}, {OLD, NEW, RULES}),
        ({"query": "hvem betaler?", "document": OLD}, {OLD}),
        ({"query": "hvem betaler ifølge aftalen fra 2026?"}, {NEW}),
        ({"query": "who pays according to the bylaws?"}, {RULES}),
        ({"query": "hvem betaler ifølge vedtægterne?", "document": NEW}, {NEW}),
    ],
)
def test_a_search_keeps_to_the_document_that_is_chosen_or_named(
    several: Assistant, given: dict[str, str], documents: set[str]
) -> None:
    async def found() -> Any:
        async with Client(build(lambda: Source(several, several.ask, ""))) as client:
            return (await client.call_tool("search", {**given, "limit": 20})).structured_content

    assert {each["document"] for each in asyncio.run(found())["spans"]} == documents


@pytest.mark.parametrize("text", ["tema 1", "hvad siger § 4?", "hvem er parterne?", "opsummer aftalen"])
def test_what_may_be_of_several_is_asked_back(several: Assistant, text: str) -> None:
    answer = asked(several, text)
    assert answer.status is Status.CLARIFY
    for title in (TEXTS[OLD]["title"], TEXTS[NEW]["title"]):
        chosen = next(each for each in answer.suggestions if title in each)
        of_it = asked(several, chosen)
        assert of_it.status is Status.ANSWERED
        assert {each.document for each in of_it.citations} == {OLD if title == TEXTS[OLD]["title"] else NEW}


def test_the_document_talked_of_last_is_meant(several: Assistant) -> None:
    for first, document in (("hvor mange havvindmøller?", OLD), ("hvor lang er cykelstien?", NEW)):
        for then in ("hvad siger § 4?", "hvem er aktører i tema 1?"):
            assert asked(several, first, then).citations[0].document == document


def test_what_a_document_is_names_it_where_it_is_the_only_one(several: Assistant) -> None:
    for text in ("Kan vedtægterne ændres med simpelt flertal?", "Can the bylaws be changed by a simple majority?"):
        assert several.titles.named(text, "da" if text.startswith("Kan") else "en").documents == (RULES,)
    # What asks for the name of one does not know it.
    assert several.titles.named("what is the name of the bylaws on waste?", "en").documents == ()


def test_what_several_documents_are_is_asked_back(several: Assistant) -> None:
    answer = asked(several, "hvad siger aftalen om byrådet?")
    assert answer.status is Status.CLARIFY and answer.text.startswith("»aftalen« kan være 2 dokumenter: ")
    assert all(TEXTS[each]["title"] in answer.text for each in (OLD, NEW))
    # One of them alone speaks of it, or was talked of.
    assert asked(several, "hvad siger aftalen om cykelstier?").document == NEW
    assert asked(several, "hvor mange havvindmøller?", "hvad siger aftalen om byrådet?").document == OLD


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "hvad siger aftalen fra 2026 om sundhed?",
            "Aftalen taler ikke om »sundhed«. Det nærmeste, jeg finder, står i",
        ),
        ("what does the 2026 agreement say about health?", "The agreement does not speak of “health”. The closest"),
    ],
)
def test_what_a_named_document_does_not_speak_of(several: Assistant, text: str, told: str) -> None:
    answer = asked(several, text)
    assert answer.status is Status.NOT_IN_SOURCE and answer.text.startswith(told)
    assert {each.document for each in answer.closest} == {NEW}


def test_the_document_that_the_officer_puts_first_is_meant(folder: Path, tmp_path: Path) -> None:
    for name in TEXTS:
        shutil.copytree(folder / "corpus" / name, tmp_path / "corpus" / name)
    with (tmp_path / "corpus" / OLD / "document.toml").open("a", encoding="utf-8") as file:
        file.write("order = 1\n")
    of_first = opened(tmp_path)
    answer = asked(of_first, "hvem er aktører i tema 1?")
    assert {each.document for each in answer.citations} == {OLD}
    assert any(TEXTS[NEW]["title"] in each for each in answer.suggestions)  # the other is offered
    assert asked(of_first, "hvad siger aftalen om byrådet?").document == OLD
    assert asked(of_first, "hvor lang er cykelstien?", "hvad siger aftalen om byrådet?").document == NEW


def test_two_documents_stand_beside_each_other(several: Assistant) -> None:
    answer = asked(several, "sammenlign aftalen fra 2026 og den gamle om betaling")
    new, old = answer.text.splitlines()[1:3]
    assert "8 mio. kr." in new and TEXTS[NEW]["title"] in new
    assert "3 mio. kr." in old and TEXTS[OLD]["title"] in old


@pytest.mark.parametrize(
    ("text", "beyond", "other"),
    [
        ("hvad siger aftalen fra 2026 om cykelstier, som den gamle ikke gjorde?", "40 km cykelsti", "intet om det"),
        ("hvad siger aftalen fra 2026 om betaling, som den gamle ikke gjorde?", "8 mio. kr.", "3 mio. kr."),
        ("hvad siger aftalen fra 2018 om havvindmøller, som aftalen fra 2026 ikke siger?", "ti havvindmøller", "intet"),
        ("what does the 2018 agreement say about wind turbines that the new one does not?", "ti havvind", "nothing"),
    ],
)
def test_what_one_document_says_and_another_does_not(several: Assistant, text: str, beyond: str, other: str) -> None:
    first, *more, last = asked(several, text).text.partition("\nThere is")[0].splitlines()
    assert "ikke siger" in first or "does not" in first
    assert beyond in " ".join(more) and other in last and beyond not in last


def test_what_both_documents_say_is_no_difference(several: Assistant) -> None:
    answer = asked(several, "hvad siger aftalen fra 2026 om byrådet, som den gamle ikke gjorde?")
    assert "intet om" in answer.text.splitlines()[0] and "godkendt af byrådet" in answer.text.splitlines()[1]


def test_an_english_answer_from_danish_text_says_so(several: Assistant) -> None:
    answer = asked(several, "who pays according to the old agreement?")
    assert answer.text.startswith("The agreement says, in Danish: “Kommunerne betaler 3 mio. kr. om året” [1].")
    assert answer.text.endswith(f"There is no English translation of {TEXTS[OLD]['title']}.")
    assert "“" not in asked(several, "who are the actors in theme 1 in the old agreement?").text.split("[1]")[0]
    assert asked(several, "hvem betaler ifølge den gamle aftale?").text.startswith("Kommunerne betaler")


def test_which_document_says_most(several: Assistant) -> None:
    assert TEXTS[OLD]["title"] in asked(several, "hvilken aftale siger mest om havvindmøller?").text.splitlines()[0]
    named = asked(several, "which documents mention Lindby?")
    assert [each.document for each in named.citations] == [NEW]
    assert asked(several, "hvilke dokumenter nævner rumfart?").status is Status.NOT_IN_SOURCE


def test_lists_over_all_documents_say_which(several: Assistant) -> None:
    answer = asked(several, "hvilke beløb nævnes i alle dokumenter?")
    lines = answer.text.splitlines()
    assert f"- {TEXTS[OLD]['title']}: 3 mio. kr." in " ".join(lines)
    assert f"- {TEXTS[NEW]['title']}: 8 mio. kr." in " ".join(lines)
    assert asked(several, "hvor mange beløb nævner dokumenterne?").text.startswith("I alt ")


def test_the_documents_are_listed(several: Assistant) -> None:
    text = asked(several, "which documents can you answer from?").text
    assert all(summary.title_in("en") in text for summary in several.library.summaries)


def test_a_refusal_says_what_was_searched(several: Assistant) -> None:
    assert "vedtægterne" in asked(several, "hvad siger vedtægterne om rumfart?").text
    assert "3 dokumenter" in asked(several, "hvad koster en ny svømmehal i Kolding?").text


@pytest.mark.parametrize("text", ["Er Lego nævnt i nogen af aftalerne?", "Is Lego mentioned in any of the agreements?"])
def test_a_word_that_no_document_has_is_told_once_of_all(several: Assistant, text: str) -> None:
    answer = several.ask(Question(text))
    assert answer.status is Status.NOT_IN_SOURCE and answer.missing == ("Lego",) and not answer.citations


def test_another_agreement_is_not_the_one(several: Assistant) -> None:
    assert several.titles.named("hvad siger Parisaftalen om to grader?", "da").documents == ()
    assert several.titles.named("kommuneaftale 2016 gennemgang af støtte", "da").documents == ()
    assert several.titles.named("planen om at bygge en bro", "da").documents == ()


def test_a_document_is_chosen_on_the_page_without_javascript(folder: Path, several: Assistant) -> None:
    environ = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
    client = create_app(Settings.from_environment(environ)).test_client()
    page = client.get("/?lang=da").get_data(as_text=True)
    assert [each in page for each in ('<select id="document"', f'value="{NEW}"', f'value="{RULES}"')] == [True] * 3
    chosen = client.get(f"/?lang=da&document={NEW}").get_data(as_text=True)
    assert f'<agreement-assistant mode="inline" lang="da" heading="Samtale" document="{NEW}"' in chosen
    assert f'<option value="{NEW}" selected' in chosen
    answered = client.get(f"/?lang=da&document={NEW}&q=hvad+siger+§+4").get_data(as_text=True)
    assert f"/documents/{NEW}?start=" in answered
    assert f"/documents/{OLD}?start=" not in answered
    assert f'name="document" value="{NEW}"' in answered  # the next question is asked of it too
    assert client.get("/api/documents").get_json()["documents"][0]["title"] == several.library.summaries[0].title
