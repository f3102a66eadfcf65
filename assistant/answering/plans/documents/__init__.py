"""Answers about several documents: which there are, which is meant, what each says, two side by side, all of them."""
