"""Evaluation sets: `tune` is looked at while the assistant is improved, `report` is only ever measured."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
