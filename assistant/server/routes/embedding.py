"""The snippets that put the widget on a page, with the hash that proves the file."""

from __future__ import annotations

from assistant.errors import AssistantError
from assistant.server.routes.pages import widget_integrity, widget_version
from assistant.setting_rules import is_origin
from assistant.settings import Settings, material


def snippets(settings: Settings, url: str) -> str:
    """Return both ways to embed the widget from the service at `url`. Raises AssistantError where it is no origin."""
    service = url.rstrip("/")
    if not is_origin(service):
        raise AssistantError(f"{url!r} is not the address of a service. Give --url as https://assistant.example.")
    try:
        source = (material("web") / "widget.js").read_bytes()
    except OSError:
        raise AssistantError("web/widget.js cannot be read. Install the assistant again.") from None
    integrity, version = widget_integrity(source), widget_version(source)
    pinned = f"{service}/widget/{version}/widget.js"
    lines = [
        "Follows updates of the service:",
        f'  <script type="module" src="{service}/widget.js"></script>',
        "  <agreement-assistant></agreement-assistant>",
        "",
        "Runs exactly this file, which the browser proves by its hash; paste anew after an update:",
        f'  <script type="module" src="{pinned}" integrity="{integrity}" crossorigin="anonymous"></script>',
        "  <agreement-assistant></agreement-assistant>",
        "",
        f"SRI hash: {integrity}",
    ]
    if not settings.cors_origins:
        lines += ["", "Pages of other origins may ask only once they are listed in ASSISTANT_CORS_ORIGINS."]
    return "\n".join(lines)
