"""From a question and its history to a request: what is wanted, of what, and where."""
