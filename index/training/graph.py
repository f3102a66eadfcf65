"""Write the network as an ONNX graph whose matrices stay in 4 bits.

A BERT encoder (Devlin and others 2019) as `intfloat/multilingual-e5-small` has it (Wang and others 2024): 12 layers of
384 units. Inputs `input_ids` and `attention_mask`, both int64 of shape (texts, tokens); output `last_hidden_state`,
float32 of shape (texts, tokens, 384).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from packed import BLOCK, Packed, Quantised

OPSET, IR, MICROSOFT = 21, 10, "com.microsoft"
# Activations are rounded to 8 bits a block of 32 within each row: twice as fast, and no row sees another.
ACCURACY = 4


class Graph:
    """Gathers nodes and weights of the network."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def model(self, rows: NDArray[np.int64]) -> bytes:
        """Return the serialised model, with the token vectors of some rows of the vocabulary."""
        hidden = self._embedded(rows)
        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        for layer in range(self.packed.layers):
            hidden = self._layer(f"l{layer}", hidden, last=layer == self.packed.layers - 1)
        shape = ["texts", "tokens"]
        graph = helper.make_graph(
            self.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")],
            [helper.make_tensor_value_info(hidden, TensorProto.FLOAT, [*shape, self.packed.hidden])],
            self.weights,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR, producer_name="agreement-assistant")
        return bytes(model.SerializeToString(deterministic=True))

    def _embedded(self, rows: NDArray[np.int64]) -> str:
        """Add the vectors of token, position and type, normalised."""
        words = self.packed.quantised["emb.word"].rows(rows)
        self._int4("words", words)
        self._float("words.scales", words.scales)
        gathered = ["words", "input_ids", "words.scales"]
        self._node("GatherBlockQuantized", gathered, "token", MICROSOFT, block_size=BLOCK, quantize_axis=1)
        kinds = self.packed.floats["emb.type"].reshape(-1, self.packed.hidden)
        places = self.packed.floats["emb.pos"].reshape(self.packed.positions, -1) + kinds[0]
        self._float("places", places)
        self._int("zero", [0])
        self._node("Shape", ["input_ids"], "tokens", start=1, end=2)
        self._node("Slice", ["places", "zero", "tokens", "zero"], "place")
        self._node("Add", ["token", "place"], "embedded")
        return self._normalised("emb.ln", "embedded", "hidden")

    def _layer(self, name: str, hidden: str, last: bool) -> str:
        """Add one layer: attention and a feed-forward part, each added to what it read and normalised."""
        parts = [self.packed.quantised[f"{name}.{part}.w"] for part in "qkv"]
        joined = Quantised(*(np.concatenate([getattr(p, each) for p in parts]) for each in ("codes", "scales")))
        bias = np.concatenate([self.packed.floats[f"{name}.{part}.b"] for part in "qkv"])
        self._times(f"{name}.qkv", hidden, joined, bias)
        separate = [f"{name}.{part}" for part in "qkv"]
        self.nodes.append(helper.make_node("Split", [f"{name}.qkv"], separate, axis=-1, num_outputs=3))
        attended = [*separate, "", "mask"]
        self._node("MultiHeadAttention", attended, f"{name}.attended", MICROSOFT, num_heads=self.packed.heads)
        self._dense(f"{name}.ao", f"{name}.attended")
        between = self._normalised(f"{name}.aln", f"{name}.ao", f"{name}.between", hidden)
        self._dense(f"{name}.fi", between)
        self._node("Gelu", [f"{name}.fi"], f"{name}.bent", MICROSOFT)
        self._dense(f"{name}.fo", f"{name}.bent")
        return self._normalised(f"{name}.oln", f"{name}.fo", "last_hidden_state" if last else f"{name}.out", between)

    def _dense(self, name: str, source: str) -> None:
        self._times(name, source, self.packed.quantised[f"{name}.w"], self.packed.floats[f"{name}.b"])

    def _times(self, name: str, source: str, matrix: Quantised, bias: NDArray[np.float32]) -> None:
        """Multiply by a 4-bit matrix and add a bias."""
        outputs, inputs = matrix.codes.shape
        packed = (matrix.codes[:, 0::2] | matrix.codes[:, 1::2] << 4).reshape(outputs, inputs // BLOCK, BLOCK // 2)
        self.weights.append(numpy_helper.from_array(packed, f"{name}.w"))
        self._float(f"{name}.s", matrix.scales)
        self._float(f"{name}.b", bias)
        sizes = {"K": inputs, "N": outputs, "bits": 4, "block_size": BLOCK, "accuracy_level": ACCURACY}
        self._node("MatMulNBits", [source, f"{name}.w", f"{name}.s", "", "", f"{name}.b"], name, MICROSOFT, **sizes)

    def _normalised(self, name: str, source: str, out: str, beside: str = "") -> str:
        """Normalise a layer, what stands beside it added first."""
        self._float(f"{name}.w", self.packed.floats[f"{name}.w"])
        self._float(f"{name}.b", self.packed.floats[f"{name}.b"])
        if beside:
            inputs = [source, beside, f"{name}.w", f"{name}.b"]
            self._node("SkipLayerNormalization", inputs, out, MICROSOFT, epsilon=self.packed.epsilon)
        else:
            inputs = [source, f"{name}.w", f"{name}.b"]
            self._node("LayerNormalization", inputs, out, axis=-1, epsilon=self.packed.epsilon)
        return out

    def _node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))

    def _float(self, name: str, values: NDArray[np.float32]) -> None:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name))

    def _int(self, name: str, values: list[int]) -> None:
        self.weights.append(numpy_helper.from_array(np.array(values, dtype=np.int64), name))

    def _int4(self, name: str, matrix: Quantised) -> None:
        """Add a 4-bit table; signed, so that it needs no zero point."""
        signed = (matrix.codes + 8) & 15  # code - 8 in two's complement
        raw = (signed[:, 0::2] | signed[:, 1::2] << 4).astype(np.uint8).tobytes()
        self.weights.append(helper.make_tensor(name, TensorProto.INT4, matrix.codes.shape, raw, raw=True))
