"""What the project knows of Danish and English: words, and the values and kinds of things that are asked for."""
