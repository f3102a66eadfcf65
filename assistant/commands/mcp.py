"""`assistant mcp`: the MCP server over standard input and output, for a host that starts it."""

from __future__ import annotations

from assistant.answering import Assistant
from assistant.errors import AssistantError

NEEDED = "The SDK of MCP is not installed. Run: pip install 'agreement-assistant[mcp]'."


def run(assistant: Assistant, home: str) -> int:
    """Serve until the host closes the input. Raises AssistantError where the SDK is not installed."""
    try:
        from assistant.mcp.server import Source, build
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise AssistantError(NEEDED) from None
    build(lambda: Source(assistant, assistant.ask, home)).run("stdio")
    return 0
