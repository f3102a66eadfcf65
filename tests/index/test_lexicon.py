"""Words that mean the same: English ones in Danish, and Danish ones that share an English word."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering import Assistant, Status
from assistant.index.build import build_index
from assistant.index.learned.lexicon import Lexicon, read_lexicon, save_lexicon
from assistant.settings import Settings

PAIRS = [("sygehus", "hospital"), ("hospital", "hospital"), ("varmepumper", "heat pumps"), ("betale", "to pay")]
TEXT = """# Aftale om sundhed i Fjordland {doc}

## Bygninger {bygninger}

Der bygges to nye sygehuse i Østerholm.

## Løn {loen}

Medarbejderne får løn den sidste dag i måneden.

## Tang {tang}

Kystfiskerne høster tang ved Revlen.
"""


def same(lexicon: Lexicon, text: str, language: str) -> set[str]:
    return {word for _, word in lexicon.same(text.split(), language)}


def test_what_means_the_same(tmp_path: Path) -> None:
    save_lexicon(tmp_path / "lexicon.tsv", PAIRS)
    lexicon = read_lexicon(tmp_path / "lexicon.tsv")
    assert same(lexicon, "new hospitals", "en") == {"sygehus", "hospital"}
    assert same(lexicon, "hospitaler", "da") == {"sygehus"}
    assert same(lexicon, "who pays for heat pumps", "en") == {"betale", "varmepumper"}
    assert same(lexicon, "ukendt", "da") == set()


@pytest.fixture(scope="module")
def untranslated(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over a document without a translation and without questions of its own."""
    folder = tmp_path_factory.mktemp("untranslated")
    (folder / "corpus" / "sundhed").mkdir(parents=True)
    (folder / "corpus" / "sundhed" / "da.md").write_text(TEXT, encoding="utf-8")
    meta = 'title = "Aftale om sundhed"\nshort_title = "Aftale om sundhed"\nperiod = ""\nlanguage = "da"\n'
    (folder / "corpus" / "sundhed" / "document.toml").write_text(f'{meta}parties = []\nsource = "x"\n', "utf-8")
    environ = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
    settings = Settings.from_environment(environ)
    build_index(settings)
    return Assistant.open(settings)


@pytest.mark.parametrize(
    ("text", "section"),
    [("hvor mange hospitaler bygges der?", "bygninger"), ("who harvests seaweed?", "tang")],
)
def test_a_document_is_found_by_other_words_than_its_own(untranslated: Assistant, text: str, section: str) -> None:
    answer = untranslated.ask(text)
    assert answer.status is Status.ANSWERED and answer.citations[0].section == section
