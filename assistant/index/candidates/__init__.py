"""The ways to candidates: rows that share words with a question, lie near to it, or answer one that was anticipated."""
