"""What people say of the answers, kept so that nothing leads back to a person."""

from __future__ import annotations

from assistant.feedback.counts import REASONS, Counts, Verdict

__all__ = ["REASONS", "Counts", "Verdict"]
