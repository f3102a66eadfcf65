"""What a web team needs to put the widget on its pages: snippet, recipes, a policy line, words, and a check list."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from string import Template
from urllib.parse import urlencode

from assistant.answering import Assistant
from assistant.corpus.types import Summary
from assistant.errors import AssistantError
from assistant.server.pages.interface import strings
from assistant.server.pages.widget import current_version, integrity, kept
from assistant.setting_rules import is_origin
from assistant.settings import Settings, material


def guide(settings: Settings, url: str, language: str) -> str:
    """Return how to embed the widget from the service at `url`. Raises AssistantError where it is no origin."""
    service = url.rstrip("/")
    if not is_origin(service):
        raise AssistantError(f"{url!r} is not the address of a service. Give --url as https://assistant.example.")
    try:
        version = current_version()
        source = kept(version)
        text = Template((material("web") / "embed" / f"{language}.txt").read_text(encoding="utf-8"))
    except (OSError, IndexError):
        source = None
    if source is None:
        raise AssistantError("web/versions cannot be read. Install the assistant again.")
    documents, questions = _offered(settings, language)
    titled = _titled(documents, language)
    values = {
        "service": service,
        "pinned": f"{service}/widget/{version}/widget.js",
        "integrity": integrity(source),
        "element": _element(settings, service, language, titled, questions),
        "data": "".join(f' data-{name}="{escape(value)}"' for name, value in ({"lang": language} | titled).items()),
        "origins": " ".join(settings.cors_origins) or strings(language)["embed_no_origins"],
    }
    return text.substitute(values).rstrip()


def _offered(settings: Settings, language: str) -> tuple[Sequence[Summary], Sequence[str]]:
    """Return the documents and opening questions; none where no index is built yet, as the snippet works without."""
    try:
        assistant = Assistant.open(settings)
    except AssistantError:
        return (), ()
    return assistant.library.summaries, assistant.suggestions(language)[:3]


def _titled(documents: Sequence[Summary], language: str) -> dict[str, str]:
    """Return the attributes that name the agreement, where there is one alone."""
    if len(documents) != 1:
        return {}
    words, document = strings(language), documents[0]
    title, parties = (document.title, document.parties)
    if language == "en":
        title, parties = document.title_en, document.parties_en
    about = f"{title}. {words['parties']}: {', '.join(parties)}. {words['period']}: {document.period}."
    return {
        "heading": f"{words['ask_about']} {document.title_in(language)}",
        "about": about,
        "document": document.id,
    }


def _element(settings: Settings, service: str, language: str, titled: dict[str, str], questions: Sequence[str]) -> str:
    """Return the element with the link that stands there without scripts, opening questions, the operator's links."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in titled.items())
    links = [(strings(language)["demo_fallback"], f"{service}/?{urlencode({'lang': language})}")]
    links += [(each, f"{service}/?{urlencode({'q': each, 'lang': language})}") for each in questions]
    links += [(each.label(language), each.address) for each in settings.links]
    lines = [f'  <a href="{escape(address)}">{escape(label)}</a>' for label, address in links]
    return "\n".join([f"<agreement-assistant{attributes}>", *lines, "</agreement-assistant>"])
