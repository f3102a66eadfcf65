"""Markdown to blocks, by way of HTML: CommonMark with tables, footnotes and front matter."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from assistant.corpus.convert.blocks import Block, Content, Heading
from assistant.corpus.convert.files.encoding import decoded
from assistant.corpus.convert.files.html import blocks_of

TITLE = re.compile(r"^title:\s*(.+)$", re.MULTILINE)
ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}$")
# A heading that lacks the blank that Markdown asks for.
TIGHT = re.compile(r"^(#{1,6})(?=[A-ZÆØÅ§\d])", re.MULTILINE)


def read_markdown(file: Path) -> Content:
    """Return the blocks of a Markdown file. Raises Unreadable."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(front_matter_plugin)
    text = TIGHT.sub(r"\1 ", decoded(file))
    tokens = parser.parse(text)
    front = next((token.content for token in tokens if token.type == "front_matter"), "")
    named = TITLE.search(front)
    content = blocks_of(
        f"<body>{parser.renderer.render(tokens, parser.options, {})}</body>", _unquoted(named[1]) if named else ""
    )
    return replace(content, blocks=tuple(map(_without_attributes, content.blocks)))


def _without_attributes(block: Block) -> Block:
    """Take the "{#id}" of other programs off a heading."""
    return replace(block, words=ATTRIBUTES.sub("", block.words)) if isinstance(block, Heading) else block


def _unquoted(value: str) -> str:
    return value.strip().strip("\"'").strip()
