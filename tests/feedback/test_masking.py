"""What is kept of a question: nothing that tells of a person, and enough to see what was asked for."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant
from assistant.feedback.masking import MARK, Masker


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("hvem ejer vindprogrammet?", "hvem ejer vindprogrammet?"),
        ("hvad er planen for Viborg i 2016?", "hvad er planen for Viborg i 2016?"),
        ("hvad siger Peter Hansen om vindprogrammet?", f"hvad siger {MARK} om vindprogrammet?"),
        ("hvad siger peter hansen om vindprogrammet?", f"hvad siger {MARK} om vindprogrammet?"),
        ("hvad siger mette olsens nabo om vindprogrammet?", f"hvad siger {MARK} nabo om vindprogrammet?"),
        ("Karen spørger om planen for vækst", f"{MARK} spørger om planen for vækst"),
        ("what does james wilson say of the region?", f"what does {MARK} say of the region?"),
        ("kan jeg ringe til 86 12 34 56 om vindprogrammet?", f"kan jeg ringe til {MARK} om vindprogrammet?"),
        ("ring +45 86123456 om vækst i regionen", f"ring {MARK} om vækst i regionen"),
        ("skriv til bente@example.dk om vækst i regionen", f"skriv til {MARK} om vækst i regionen"),
        ("mit cpr er 010190-1234, hvad er planen?", "hvad er planen?"),
        ("hvad sker der på Nørregade 12, 2. tv i regionen?", f"hvad sker der på {MARK} i regionen?"),
        ("hvad sker der i 8800 Viborg i regionen?", f"hvad sker der i {MARK} i regionen?"),
        ("what happens at 12 Mill Road in the region?", f"what happens at {MARK} in the region?"),
        ("se https://example.dk/min-sag?id=7 om planen for vækst", f"se {MARK} om planen for vækst"),
        ("xkcdqq zzyyx", None),
        ("", None),
    ],
)
def test_what_is_kept(assistant: Assistant, text: str, kept: str | None) -> None:
    found = Masker(assistant).masked(text)

    if kept is None:
        assert found is None
    else:
        assert found is not None and found.endswith(kept)
