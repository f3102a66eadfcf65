"""Which of several documents a question is about: the one that it names, else the one that was talked of last."""
