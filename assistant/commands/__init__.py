"""What single commands of `assistant` need for themselves; `cli.py` puts them together."""
