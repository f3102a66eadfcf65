"""Citations that can be stored elsewhere and checked again later, when the document may have changed."""

from __future__ import annotations

from assistant.citations.place import Place, place_of
from assistant.citations.stored import Stored, read_stored
from assistant.citations.verify import Checked, State, verify

__all__ = ["Checked", "Place", "State", "Stored", "place_of", "read_stored", "verify"]
