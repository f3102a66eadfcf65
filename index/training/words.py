"""Write the word lists of `index/ranking`: words that are known, base forms that stems do not join, words that mean the
same.
"""

from __future__ import annotations

from pathlib import Path

import simplemma
from material import CORPUS, HERE, read_lexicon, texts

from assistant.corpus import Corpus, read_corpus
from assistant.index.learned.lexicon import FILE, save_lexicon
from assistant.index.learned.ranking import save_words
from assistant.language.files import LANGUAGES
from assistant.language.words import stem, vocabulary, words


def write_words(folder: Path, corpus: Corpus | None = None) -> None:
    """Write `lemmas-*.tsv`, `vocabulary-*.txt` and `lexicon.tsv` from the documents that ship and our own lists."""
    corpus = corpus or read_corpus(CORPUS)
    lemmas = {language: _irregular(_known(corpus, language), language) for language in LANGUAGES}
    save_lexicon(folder / FILE, list(read_lexicon(HERE)))
    save_words(folder, lemmas, {language: vocabulary(texts(corpus, language)) for language in LANGUAGES})


def _known(corpus: Corpus, language: str) -> set[str]:
    return {word for text in texts(corpus, language) for word in words(text) if word.isalpha()}


def _irregular(known: set[str], language: str) -> dict[str, str]:
    """Return the base form of every word whose stem is another than its base form's ("børn": "barn")."""
    lemmas = {word: simplemma.lemmatize(word, lang=language).lower() for word in sorted(known)}
    return {word: lemma for word, lemma in lemmas.items() if stem(word, language) != stem(lemma, language)}
