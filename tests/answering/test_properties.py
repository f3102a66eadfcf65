"""Whatever is asked: an answer or a QuestionError, quotes verbatim, in Danish or English, and in bounded time."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import assistant.answering
import assistant.language
import assistant.understanding
from assistant.answering import Answer, Assistant, Question, Status, Turn
from assistant.errors import QuestionError
from assistant.language.detection import OTHER, detect
from assistant.language.files import FOLDER, words_of
from assistant.language.phrases import problem
from assistant.understanding import smalltalk
from assistant.understanding.question import understand
from assistant.understanding.types import MOST_CHARACTERS, MOST_TURNS

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Far above what an answer takes, far below what a pattern takes that tries all combinations.
MOST_SECONDS = 1.0
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u00ad\ufeff\U000e0041"
)
QUESTIONS = (
    "hvem ejer vindprogrammet?",
    "who owns the wind programme?",
    "hvor mange statslige arbejdspladser flyttes, og hvorhen?",
    "what is the next step for theme 4?",
    "hvad står der i Ad 4?",
    "which themes involve EVM?",
    "hvad betyder CØ?",
    "og næste skridt?",
    "how much money?",
    "hvor mange af de 659 job kommer til Herning?",
    "tak for det",
)
SOUP = st.lists(
    st.sampled_from(
        [
            "hvem",
            "hvad",
            "hvor",
            "hvornår",
            "ejer",
            "næste",
            "skridt",
            "tema",
            "4",
            "3a",
            "række",
            "6",
            "ad",
            "nummer",
            "penge",
            "vindprogrammet",
            "det",
            "den",
            "og",
            "men",
            "hvad",
            "med",
            "EVM",
            "CØ",
            "AMD",
            "mio.",
            "kr.",
            "who",
            "what",
            "where",
            "the",
            "next",
            "step",
            "theme",
            "row",
            "annex",
            "number",
            "money",
            "it",
            "that",
            "and",
            "but",
            "what",
            "about",
            "owns",
            "involved",
            "actors",
            "?",
            "!",
            ",",
            ".",
            "-",
            "#",
            "/",
            "😀",
            "½",
            "",
        ]
    ),
    max_size=14,
).map(" ".join)
MESSAGES = st.one_of(
    st.text(max_size=80), SOUP, st.sampled_from(QUESTIONS), st.text("\u0600\u05d0漢кάŋéx \u202e\u200d", max_size=40)
)
SECTIONS = st.lists(st.sampled_from(("tema-7", "ad-4", "doc", "tema-3a", "nothing", "")), max_size=3).map(tuple)
TURNS = st.builds(Turn, st.sampled_from(("user", "assistant")), MESSAGES, SECTIONS)
LANGUAGES = st.sampled_from(("auto", "da", "en"))


def asked(assistant: Assistant, question: Question) -> Answer | str:
    """Ask; return a sound answer, or the code of the QuestionError."""
    try:
        answer = assistant.ask(question)
    except QuestionError as error:
        assert all(problem(error.code, language) for language in ("da", "en"))
        return error.code
    require_sound(assistant, answer)
    if question.language != "auto" and answer.status is not Status.UNSUPPORTED_LANGUAGE:
        assert answer.language == question.language
    return answer


def require_sound(assistant: Assistant, answer: Answer) -> None:
    """Require what holds for every answer."""
    assert answer.language in ("da", "en")
    assert answer.text
    assert bool(answer.citations) == (answer.status is Status.ANSWERED)
    for citation in (*answer.citations, *answer.closest):
        document = assistant.library.document(citation.document)
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.section in {section.id for section in document.sections}
    if answer.citations:
        numbers = [citation.number for citation in answer.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        assert {int(each) for each in re.findall(r"\[(\d+)\]", answer.text)} == set(numbers)


@settings(some, max_examples=150)
@given(MESSAGES, LANGUAGES)
def test_any_text_is_answered_or_refused_by_name(assistant: Assistant, message: str, language: str) -> None:
    asked(assistant, Question(message, language))


@settings(some, max_examples=120)
@given(MESSAGES, LANGUAGES, st.lists(TURNS, max_size=MOST_TURNS).map(tuple))
def test_any_history_is_taken(assistant: Assistant, message: str, language: str, history: tuple[Turn, ...]) -> None:
    asked(assistant, Question(message, language, history))


@some
@given(
    st.sampled_from(("og næste skridt?", "and the next step?", "hvem er med i det?", "how much money?")),
    st.lists(TURNS, max_size=6).map(tuple),
)
def test_a_follow_up_leans_on_the_sections_told(assistant: Assistant, message: str, history: tuple[Turn, ...]) -> None:
    """Sections that no document has are as good as none."""
    unknown = tuple(Turn(turn.role, turn.content, ("nothing",) if turn.sections else ()) for turn in history)
    for each in (history, unknown):
        asked(assistant, Question(message, "auto", each))
    told = (*history, Turn("user", "hvad er tema 7?"), Turn("assistant", "Vind.", ("tema-7",)))
    answer = asked(assistant, Question("og næste skridt?", "da", told))
    assert isinstance(answer, Answer)
    assert [citation.section for citation in answer.citations][:1] == ["tema-7"]


@some
@given(st.sampled_from(QUESTIONS), st.data())
def test_characters_that_nobody_sees_change_nothing(assistant: Assistant, question: str, data: st.DataObject) -> None:
    hidden = data.draw(st.lists(st.sampled_from(INVISIBLE), min_size=len(question), max_size=len(question)))
    shown = data.draw(st.lists(st.booleans(), min_size=len(question), max_size=len(question)))
    mixed = "".join(letter + sign * put for letter, sign, put in zip(question, hidden, shown, strict=True))
    assert asked(assistant, Question(mixed)) == asked(assistant, Question(question))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_composed_and_decomposed_letters_are_the_same(assistant: Assistant, question: str, form: str) -> None:
    written = unicodedata.normalize("NFD" if form == "NFD" else "NFC", question)
    assert asked(assistant, Question(f"  {written}\n")) == asked(assistant, Question(question))


@settings(some, max_examples=150)
@given(st.text(max_size=120) | SOUP)
def test_language_is_danish_english_or_another(text: str) -> None:
    assert detect(text) in ("da", "en", OTHER)
    assert detect(text) == detect(text)
    assert detect(text, "en") in ("da", "en", OTHER)


@some
@given(st.text(max_size=120) | SOUP, st.sampled_from(("da", "en")))
def test_any_text_is_understood_somehow(assistant: Assistant, text: str, language: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert understand(text, language).kind is understand(composed, language).kind
    analyzer = assistant.searcher.analyzer
    assert analyzer.terms(unicodedata.normalize("NFD", text), language) == analyzer.terms(composed, language)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer; the engine of regular expressions looks for signals too."""

    def interrupt(*_: object) -> None:
        raise TimeoutError(f"took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def compiled(value: object) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value of a module: alone, in a tuple or in a dict."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from compiled(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from compiled(each)


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every compiled pattern of the answering layer and of what is known of the languages, by name."""
    modules = [
        importlib.import_module(each.name)
        for package in (assistant.answering, assistant.language, assistant.understanding)
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    found = {
        f"{language}/{path.stem}.{key}": pattern
        for language in ("da", "en")
        for path in sorted((FOLDER / language).glob("*.toml"))
        for key, pattern in words_of(path.stem, language).asks.items()
    }
    found |= {f"smalltalk.{key}": pattern for key, pattern in smalltalk._kinds().items()}
    for module in modules:
        for name, value in vars(module).items():
            for number, pattern in enumerate(compiled(value)):
                if pattern not in found.values():
                    found[f"{module.__name__.rpartition('.')[2]}.{name}-{number}"] = pattern
    return found


PATTERNS = patterns()
posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no interval timers")


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 50
    assert {name.partition(".")[0] for name in PATTERNS} >= {
        "smalltalk",
        "da/kinds",
        "references",
        "values",
        "en/across",
    }


@posix
@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_tries_all_combinations(name: str) -> None:
    """What a pattern matches, over and over, with an end that it cannot match."""
    pattern = PATTERNS[name]

    @settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(pattern), st.sampled_from(("", " ", ", ")), st.sampled_from(("\u2603", "x!", " \n")))
    def run(unit: str, gap: str, end: str) -> None:
        trap = ((unit[:60] + gap) or "x") * MOST_CHARACTERS
        trap = trap[: MOST_CHARACTERS - len(end)] + end
        with within(MOST_SECONDS):
            for match in (pattern.match, pattern.search, pattern.fullmatch):
                match(trap)

    run()


@posix
@settings(some, max_examples=80)
@example("tak for det ", "x")
@example("hej hej ", "x")
@example("og men så ", "?")
@example("what is the ", "?")
@example("hvilke temaer med ", "x")
@example("a.b-", "@")
@example("a@a.", "@")
@example("1.", "!")
@example("0101701234", "x")
@example("tema 4 ", "x")
@example("jeg vil gerne vide ", "")
@example("can you please tell me ", "")
@example("e\u0301", "?")
@example("\u202e\u200d", "a")
@given(SOUP | st.text(min_size=1, max_size=12), st.sampled_from(("", "x", "?", "\u2603")))
def test_a_trap_of_500_characters_is_answered_in_time(assistant: Assistant, unit: str, end: str) -> None:
    trap = (unit or "x") * MOST_CHARACTERS
    with within(MOST_SECONDS):
        asked(assistant, Question(trap[: MOST_CHARACTERS - len(end)] + end))


@posix
@pytest.mark.parametrize("unit", ["xqz zqx ", "tak for det ", "what is ", "a@", "e\u0301", "hvad er det "])
def test_the_longest_history_is_read_in_time(assistant: Assistant, unit: str) -> None:
    history = tuple(Turn("user", (unit * 4000)[:4000]) for _ in range(MOST_TURNS))
    with within(MOST_SECONDS):
        asked(assistant, Question("og næste skridt?", "auto", history))
