"""Answers that quote nothing: greetings, what is said to the assistant, numbers that are not clear, short forms."""
