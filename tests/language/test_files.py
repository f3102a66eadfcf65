"""The files of both languages: they load, have the same keys and places to fill, and a fault names file and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import LanguageError
from assistant.language.files import FOLDER, LANGUAGES, read_words

FILES = {language: {path.name for path in (FOLDER / language).glob("*.toml")} for language in LANGUAGES}


def test_both_languages_have_the_same_files() -> None:
    assert FILES["da"] == FILES["en"]


@pytest.mark.parametrize("name", sorted(FILES["da"] | FILES["en"]))
def test_both_languages_have_the_same_keys_and_places_to_fill(name: str) -> None:
    danish, english = (read_words(FOLDER / language / name) for language in LANGUAGES)
    for table in ("says", "asks", "words", "examples"):
        assert getattr(danish, table).keys() == getattr(english, table).keys()
    for key, sentence in danish.says.items():
        places = [set(re.findall(r"{(\w+)}", each)) for each in (sentence, english.says[key])]
        assert places[0] == places[1], key


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[asks]\nall = '(one'\n", "asks.all is no regular expression"),
        ("[says]\nall = 3\n", "says.all is not a text"),
        ("[sayz]\nall = ''\n", "sayz is no table"),
        ("[says\n", "cannot be read"),
    ],
)
def test_a_fault_names_file_and_key(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageError, match=re.escape(told)) as raised:
        read_words(path)
    assert str(path) in str(raised.value)
