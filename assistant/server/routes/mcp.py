"""`POST /mcp`: the Model Context Protocol over streamable HTTP, where the operator turns it on.

Every request is answered for itself, as JSON: no session, no stream that stays open, so any worker can answer it. The
SDK is written for asynchronous servers; each request gives it a loop of its own for as long as it lasts.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, current_app, request

from assistant.errors import AssistantError
from assistant.server.protection.keys import require_key
from assistant.server.protection.problems import ProblemError
from assistant.server.routes.asking import ask
from assistant.server.routes.body import read_bytes
from assistant.server.routes.service import home, service
from assistant.settings import Settings

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

Message = MutableMapping[str, Any]
blueprint = Blueprint("mcp", __name__)


def install(app: Flask, settings: Settings) -> None:
    """Serve MCP where the settings say so. Raises AssistantError where its SDK is not installed."""
    if not settings.mcp:
        return
    try:
        from assistant.mcp.server import Source, build
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        mend = "Run: pip install 'agreement-assistant[mcp]', or unset ASSISTANT_MCP."
        raise AssistantError(f"ASSISTANT_MCP is on and the SDK of MCP is not installed. {mend}") from None
    app.extensions["mcp"] = build(lambda: Source(service().current, ask, home()))
    app.register_blueprint(blueprint)


@blueprint.post("/mcp")
def exchange() -> Response:
    """Answer one message of a client."""
    import anyio  # comes with the SDK

    require_key()
    _require_known_origin()
    server: MCPServer = current_app.extensions["mcp"]
    return anyio.run(_answered, server, read_bytes(request))


def _require_known_origin() -> None:
    """Refuse pages of other origins: a browser must not be made to ask on somebody's behalf. Raises ProblemError."""
    settings: Settings = current_app.config["SETTINGS"]
    origin = request.headers.get("Origin")
    if origin is not None and origin not in (home(), request.host_url.rstrip("/"), *settings.cors_origins):
        raise ProblemError(403, "unknown_origin")


async def _answered(server: MCPServer, body: bytes) -> Response:
    """Hand a request to the SDK's application and collect what it answers."""
    import anyio
    from mcp.server.transport_security import TransportSecuritySettings

    # Hosts and origins are checked before this, by the operator's settings.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(json_response=True, stateless_http=True, transport_security=security)
    told: list[Message] = []
    given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not given:
            await anyio.sleep_forever()
        return given.pop()

    async def send(message: Message) -> None:
        told.append(message)

    async with app.router.lifespan_context(app):
        await app(_scope(), receive, send)
    head = next(each for each in told if each["type"] == "http.response.start")
    content = b"".join(each.get("body", b"") for each in told if each["type"] == "http.response.body")
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head["headers"]]
    return Response(content, head["status"], headers)


def _scope() -> dict[str, Any]:
    """Return this request as the SDK's application takes it."""
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": request.scheme,
        "path": "/mcp",
        "raw_path": b"/mcp",
        "root_path": "",
        "query_string": b"",
        "headers": headers,
    }
