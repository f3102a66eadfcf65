"""Cut the vocabulary of a multilingual model to the pieces that Danish and English use.

A piece stays if the whole tokenizer uses it for a word of Debian's Danish or English word lists (as listed, and with a
capital), if it is a single Latin letter, digit or sign, or if it has two or three Latin letters, of which any name
and any misspelt word can be put together. All other pieces go with their vectors.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
SPACE = "▁"
LISTS = (
    "/usr/share/dict/danish",
    "/usr/share/dict/american-english",
    "/usr/share/dict/british-english",
    "/usr/share/hunspell/da_DK.dic",
)
PACKAGES = "wdanish wamerican wbritish hunspell-da"
LONGEST = 512
SHORT = 3
BATCH = 20_000


def tokenizer_of(pieces: Sequence[str], scores: NDArray[np.float32]) -> Tokenizer:
    """Return the tokenizer of the model over some pieces; the first four are the special ones."""
    vocabulary = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=SPECIALS.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(list(SPECIALS))
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def chosen_pieces(pieces: Sequence[str], scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the numbers of the pieces to keep, in their order."""
    keep = set(range(len(SPECIALS)))
    keep |= {number for number, piece in enumerate(pieces) if _is_short(piece)}
    whole = tokenizer_of(pieces, scores)
    for words in _batches(_words()):
        for encoded in whole.encode_batch_fast(words, add_special_tokens=False):
            keep.update(encoded.ids)
    return np.array(sorted(keep), dtype=np.int64)


def saved(tokenizer: Tokenizer) -> str:
    """Return `tokenizer.json`, one piece a line so that it can be read and compared."""
    value = json.loads(tokenizer.to_str())
    vocabulary = ",\n".join(json.dumps(each, ensure_ascii=False) for each in value["model"].pop("vocab"))
    value["model"]["vocab"] = "∎"
    return json.dumps(value, ensure_ascii=False, indent=1).replace('"∎"', f"[\n{vocabulary}\n]") + "\n"


def _is_short(piece: str) -> bool:
    bare = piece.removeprefix(SPACE)
    if len(bare) <= 1:
        return piece == SPACE or (not bare.isalpha() and ord(bare) < 0x3000) or _is_latin(bare)
    return len(bare) <= SHORT and all(character.isdigit() or _is_latin(character) for character in bare)


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")


def _words() -> Iterator[str]:
    """Yield each listed word, and with a capital."""
    for name in LISTS:
        if not Path(name).exists():
            raise SystemExit(f"{name} is missing. Install the word lists: apt-get install {PACKAGES}")
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            word = line.partition("/")[0].strip()
            if word and not word[0].isdigit():
                yield word
                yield word[:1].upper() + word[1:]


def _batches(words: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for word in words:
        batch.append(word)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
