"""Plans for one name or word: whether it stands there, what is said of it, what it does, what it is."""
