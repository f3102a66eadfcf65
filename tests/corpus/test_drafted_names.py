"""What is drafted for a document that is added: parties, period and short title of a title; names with their kinds."""

from __future__ import annotations

import tomllib
from pathlib import Path

from assistant.corpus.convert.add import add_document
from assistant.corpus.names import read_names
from assistant.corpus.reader import read_document

TEXT = """# Partnerskabsaftale mellem Region Sydmark og Havnebyernes Råd 2028-2030

Kommunerne mødes i Nakkebæk to gange om året. Datatilsynet fører tilsyn. Aftalen gælder også i Norge.
Skibene sejler mellem Nakkebæk og Lysø. Sydmark Trafik 12 elbusser.

| Initiativer | Baggrund | Involverede aktører | Næste skridt |
|---|---|---|---|
| Tema 1 Havne | Havnen uddybes. | Nakkebæk Kommune | Afventer Transportministeriet |
| Tema 2 Busser | Nye busser. | – | Udbud i 2028 |
"""


def test_title_and_names_are_drafted(tmp_path: Path) -> None:
    (tmp_path / "aftale.md").write_text(TEXT, encoding="utf-8")
    folder = add_document(tmp_path / "aftale.md", tmp_path / "corpus").folder
    told = tomllib.loads((folder / "document.toml").read_text(encoding="utf-8"))
    assert told["parties"] == ["Region Sydmark", "Havnebyernes Råd"]
    assert told["period"] == "2028-2030" and told["short_title"] == "Partnerskabsaftale 2028-2030"
    document = read_document(folder)
    kinds = {name.name: name.kind for name in read_names(folder / "names.toml", document)}
    assert kinds["Nakkebæk"] == "town" and kinds["Norge"] == "country" and kinds["Datatilsynet"] == "agency"
    assert kinds["Transportministeriet"] == "ministry" and "Aftalen" not in kinds
    assert "Sydmark Trafik" in kinds and "Sydmark Trafik 12" not in kinds


def test_a_cell_with_a_dash_is_empty(tmp_path: Path) -> None:
    (tmp_path / "aftale.md").write_text(TEXT, encoding="utf-8")
    lines = (add_document(tmp_path / "aftale.md", tmp_path / "corpus").folder / "da.md").read_text(encoding="utf-8")
    assert lines.count("[actors]") == 1
