"""Strings that would run a script, or leave their place, on a page that mixes up text and markup."""

from __future__ import annotations

RUN = "window.ran=1"

_ELEMENTS = (
    "<script>{}</script>",
    "<SCRIPT>{}</SCRIPT>",
    "<script src='data:text/javascript,{}'></script>",
    "<script type=module>{}</script>",
    "<img src=x onerror={}>",
    "<img src=x onerror='{}'//",
    "<img/src/onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:{}'><text x=0 y=9>x</text></a></svg>",
    "<body onload={}>",
    "<iframe src='javascript:{}'></iframe>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<object data='javascript:{}'></object>",
    "<embed src='javascript:{}'>",
    "<details open ontoggle={}>",
    "<video><source onerror={}></video>",
    "<audio src=x onerror={}>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<textarea autofocus onfocus={}>",
    "<marquee onstart={}>",
    "<a href='javascript:{}'>x</a>",
    "<form action='javascript:{}'><button>x</button></form>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<template><script>{}</script></template>",
    "<style>@import 'javascript:{}';</style>",
    "<link rel=stylesheet href='javascript:{}'>",
    "<base href='javascript:{}//'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
)
_BEFORE = ("", '">', "'>", "</textarea>", "</title>")
_LOOSE = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    "data:text/html,<script>{}</script>",
    "' onmouseover='{}",
    '" autofocus onfocus="{}',
    "`;{};`",
    "{{{{constructor.constructor('{}')()}}}}",
    "{{{{ config.items() }}}}{}",
    "{{% print({}) %}}",
    "${{{}}}",
    "#{{{}}}",
    "<%= {} %>",
    "<!--{}-->",
    "<![CDATA[<script>{}</script>]]>",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "&lt;script&gt;{}&lt;/script&gt;",
    "%3Cscript%3E{}%3C/script%3E",
    "＜script＞{}＜/script＞",
    "[1]<b onclick={}>[2]</b>",
    "[click](javascript:{})",
)

INJECTIONS = tuple(
    [before + element.format(RUN) for before in _BEFORE[:3] for element in _ELEMENTS]
    + [before + _ELEMENTS[place].format(RUN) for before in _BEFORE[3:] for place in (0, 4, 7)]
    + [loose.format(RUN) for loose in _LOOSE]
)
