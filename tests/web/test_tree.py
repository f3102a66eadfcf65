"""What a screen reader meets: names, roles and their order in the tree that the browser gives it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.states import ANSWERED, DOCUMENT, ask, open_panel

pytestmark = pytest.mark.browser


def in_order(tree: str, *wanted: str) -> None:
    """Hold that these patterns are met in the tree one after the other."""
    place = 0
    for pattern in wanted:
        found = re.compile(pattern).search(tree, place)
        assert found is not None, f"{pattern} is not met after {tree[:place][-80:]!r} in\n{tree}"
        place = found.end()


def test_the_panel_is_a_named_dialog_in_the_order_of_its_use(open_page: OpenPage) -> None:
    page = open_page()
    in_order(page.locator("body").aria_snapshot(), r'button "Spørg om Vækst')
    open_panel(page)
    in_order(
        page.locator("body").aria_snapshot(),
        r'dialog "Spørg om Vækst',
        r"heading .*\[level=2\]",
        r'button "Luk"',
        r'group "Samtale"',
        r"Parter: regeringen",
        r'button "Hvad handler',
        r'link "Læs hele aftalen \(åbner i ny fane\)"',
        r'textbox "Dit spørgsmål"',
        r'button "Spørg"',
    )


def test_an_answer_is_met_as_heading_text_references_sources_and_what_can_be_done(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, ANSWERED["da"])
    in_order(
        page.locator("agreement-assistant").aria_snapshot(),
        r'heading "Du spurgte: Hvem ejer vindprogrammet\?" \[level=3\]',
        r'button "Kilde 1"',
        r'button "Kilde 2"',
        r"6 kilder",
        r"listitem",
        r"blockquote",
        r'link "Læs stedet i aftalen – Kilde 1, Tema 7',
        r'button "Tilbage til svaret – Kilde 1"',
        r"Vis alle 6 kilder",
        r'button "Kopiér svar med kilder"',
        r'button "Link til svaret"',
        r"Fandt du svaret\?",
        r'button "Ja"',
        r'button "Gå til svaret"',
        r'textbox "Dit spørgsmål"',
        r'button "Ryd samtalen"',
    )


def test_a_comparison_is_a_table_with_headers(open_page: OpenPage) -> None:
    page = open_page("/?lang=da")
    ask(page, "Sammenlign tema 6 og 8")
    in_order(
        page.locator("agreement-assistant").aria_snapshot(),
        r"table",
        r'columnheader "Tema 6"',
        r'columnheader "Tema 8"',
        r'rowheader "Handler om"',
        r"cell",
        r'rowheader "Aktører"',
    )


@pytest.mark.parametrize("path", ["/?lang=da", "/themes?lang=da", "/tilgaengelighed?lang=da", f"{DOCUMENT}?lang=da"])
def test_landmarks_have_names_of_their_own_and_headings_skip_no_level(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    expect(page.locator("main")).to_be_visible()
    tree = page.locator("body").aria_snapshot()
    marks = re.findall(
        r"^\s*- ((?:banner|main|contentinfo|navigation|region|complementary)(?: \"[^\"]*\")?)", tree, re.MULTILINE
    )
    assert len(marks) == len(set(marks)), marks
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", tree)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
