"""The yardstick: one Flask route that reads JSON and gives JSON, and does nothing else."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

app = Flask(__name__)


@app.post("/api/chat")
def echo() -> Response:
    """Give the message back."""
    return jsonify(answer=request.get_json()["message"], status="answered")
