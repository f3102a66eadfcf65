"""Every key of a language file is read somewhere: what nobody says or asks is taken out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from assistant.language.files import FOLDER, read_words

PACKAGE = FOLDER.parent
# The keys of these are named all over the package, by the kinds of small talk and of faults.
EVERYWHERE = {"phrases"}
# Keys that begin so are read all together, whatever comes behind.
FAMILIES = ("pole ", "asks ", "tells ")


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


TREES = {module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
# The texts that stand in each module, the pieces of those that are put together among them.
TEXTS = {
    name: {
        node.value.strip() for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for name, tree in TREES.items()
}
IMPORTS = {
    name: {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    for name, tree in TREES.items()
}


def texts_about(file: str) -> set[str]:
    """Return the texts of the modules that name a file, that they import, or that import them."""
    if file in EVERYWHERE:
        return set().union(*TEXTS.values())
    naming = {name for name, texts in TEXTS.items() if file in texts}
    near = {name for name, taken in IMPORTS.items() if taken & naming} | set().union(*(IMPORTS[n] for n in naming))
    return set().union(*(TEXTS.get(name, set()) for name in naming | near))


@pytest.mark.parametrize("file", sorted(path.stem for path in (FOLDER / "da").glob("*.toml")))
def test_every_key_is_read_somewhere(file: str) -> None:
    said, read = texts_about(file), read_words(FOLDER / "da" / f"{file}.toml")
    # The examples are all compared with a question, and what it is nearest to is answered by the sentence of that key.
    # A question that is so found may have another one for a single section.
    exampled = {*read.examples, *(f"{key} of one" for key in read.examples)}
    keys = {*read.asks, *read.words, *(read.says.keys() - exampled)}
    keys = {key for key in keys if not key.startswith(FAMILIES)}
    assert [key for key in sorted(keys) if key not in said and not said.issuperset(key.split(" ", 1))] == []
