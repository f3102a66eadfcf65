"""The kinds of file that can be read, one module or folder each; `kinds.py` tells them apart."""
