"""Whether what was found bears what was asked: claims decided, answers believed or refused."""
