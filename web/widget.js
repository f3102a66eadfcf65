/**
 * <agreement-assistant>: ask an agreement and read the answer with its quotes. One file, no dependency.
 *
 *   <script type="module" src="https://assistant.example/widget.js"></script>
 *   <agreement-assistant><a href="https://assistant.example/">Ask the agreement</a></agreement-assistant>
 *
 * Attributes (or data-* on the script tag): endpoint, lang (da | en), heading, open, mode (launcher | inline), document.
 * Methods: open() close() ask(text) clear(), and request(url, init), which may be replaced.
 * Events: ready open close question answer error; none carries the text of a question.
 * Links in the element whose address has ?q=… become the opening questions. README.md lists parts and properties.
 */

const NAME = "agreement-assistant";
const OPTIONS = ["endpoint", "lang", "heading", "open", "mode", "document"];
const MOST_CHARACTERS = 500;
const MOST_TURNS = 20;
const QUIET_AFTER_FOCUS = 250; // ms; a screen reader drops what is announced while it reads the newly focused element
const TO_TOP = { block: "start", behavior: "instant" }; // a smooth scroll would look like the reader scrolling
const SCRIPT = [...document.scripts].find((script) => script.src === import.meta.url);
const HOME = import.meta.url.replace(/(widget\/[0-9a-f]+\/)?widget\.js.*$/, "");

const PHRASES = {
  da: {
    heading: "Spørg aftalen",
    what: "Søgning i aftalen – ingen tekst fra en sprogmodel. Hvert svar viser de steder i aftalen, det bygger på.",
    privacy: "Skriv ikke personoplysninger.",
    opening: "Du kan for eksempel spørge",
    close: "Luk",
    clear: "Ryd samtalen",
    cleared: "Samtalen er ryddet.",
    talk: "Samtale",
    field: "Dit spørgsmål",
    send: "Spørg",
    searching: "Søger…",
    asked: "Du spurgte: ",
    sources: (count) => (count === 1 ? "1 kilde" : `${count} kilder`),
    reference: (number) => `Kilde ${number}`,
    not_in_source: "Ikke i aftalen",
    closest: "Nærmeste sted i aftalen",
    original: "Den danske tekst",
    translation: "Uofficiel oversættelse",
    read: "Læs stedet i aftalen",
    newTab: "åbner i ny fane",
    copy: "Kopiér svar med kilder",
    copied: "Kopieret.",
    notCopied: "Browseren lod os ikke kopiere. Markér teksten, og kopiér den selv.",
    more: "Du kan også spørge",
    choose: "Vælg det, du mener",
    toAnswer: "Gå til svaret",
    retry: "Prøv igen",
    whole: "Læs hele aftalen",
    page: "Åbn som hel side",
    count: (length) => `${length} af ${MOST_CHARACTERS} tegn`,
    empty: "Skriv et spørgsmål først.",
    too_long: `Spørgsmålet er for langt. Forkort det til højst ${MOST_CHARACTERS} tegn.`,
    cpr: "Spørgsmålet er ikke sendt: det ser ud til at indeholde et CPR-nummer. Fjern nummeret, og spørg igen.",
    email: "Spørgsmålet er ikke sendt: det indeholder en e-mailadresse. Fjern adressen, og spørg igen.",
    offline: "Der er ingen forbindelse til internettet. Dit spørgsmål er gemt her; prøv igen, når du er på nettet.",
    timeout: "Svaret lod vente for længe på sig. Dit spørgsmål er gemt her; prøv igen.",
    limited: (seconds) =>
      `Der er stillet mange spørgsmål på kort tid. Prøv igen om ${seconds ? `${seconds} sekunder` : "et øjeblik"}.`,
    denied: "Søgningen må ikke bruges fra dette websted. Åbn den i stedet som hel side.",
    unreachable: "Vi kan ikke få fat i søgningen lige nu. Dit spørgsmål er gemt her; prøv igen om lidt.",
    server: "Der skete en fejl hos os. Dit spørgsmål er gemt her; prøv igen om lidt.",
    refused: "Spørgsmålet kunne ikke besvares, som det er skrevet. Ret det, og spørg igen.",
  },
  en: {
    heading: "Ask the agreement",
    what: "A search in the agreement – no text from a language model. Every answer shows the passages it rests on.",
    privacy: "Do not write personal data.",
    opening: "You can ask, for example",
    close: "Close",
    clear: "Clear chat",
    cleared: "The conversation is cleared.",
    talk: "Conversation",
    field: "Your question",
    send: "Ask",
    searching: "Searching…",
    asked: "You asked: ",
    sources: (count) => (count === 1 ? "1 source" : `${count} sources`),
    reference: (number) => `Source ${number}`,
    not_in_source: "Not in the agreement",
    closest: "The closest passage in the agreement",
    original: "The Danish text",
    translation: "Unofficial translation",
    read: "Read it in the agreement",
    newTab: "opens in a new tab",
    copy: "Copy answer with sources",
    copied: "Copied.",
    notCopied: "The browser did not let us copy. Select the text and copy it yourself.",
    more: "You can also ask",
    choose: "Choose what you mean",
    toAnswer: "Go to the answer",
    retry: "Try again",
    whole: "Read the whole agreement",
    page: "Open as a full page",
    count: (length) => `${length} of ${MOST_CHARACTERS} characters`,
    empty: "Write a question first.",
    too_long: `The question is too long. Shorten it to at most ${MOST_CHARACTERS} characters.`,
    cpr: "The question was not sent: it seems to hold a Danish CPR number. Remove the number and ask again.",
    email: "The question was not sent: it holds an e-mail address. Remove the address and ask again.",
    offline: "There is no internet connection. Your question is kept here; try again when you are online.",
    timeout: "The answer took too long. Your question is kept here; try again.",
    limited: (seconds) =>
      `Many questions were asked in a short time. Try again in ${seconds ? `${seconds} seconds` : "a moment"}.`,
    denied: "The search may not be used from this site. Open it as a full page instead.",
    unreachable: "We cannot reach the search right now. Your question is kept here; try again in a moment.",
    server: "Something went wrong on our side. Your question is kept here; try again in a moment.",
    refused: "The question could not be answered as written. Change it and ask again.",
  },
};

const STYLE = `
:host {
  --ink: #16242d; --soft: #4b5b66; --line: #c3ced4; --edge: #71818b; --ground: #fff; --tint: #f2f6f7;
  --hue: #00596e; --on-hue: #fff; --warn: #8a2b06;
  display: block; color-scheme: light dark;
  font: 400 var(--aa-font-size, max(1rem, 16px))/1.5 var(--aa-font, system-ui, "Segoe UI", Roboto, sans-serif);
}
@supports (color: light-dark(red, red)) {
  :host {
    --ink: light-dark(#16242d, #e8eef1); --soft: light-dark(#4b5b66, #b4c1c9); --line: light-dark(#c3ced4, #3d4d57);
    --edge: light-dark(#71818b, #8698a3); --ground: light-dark(#fff, #15212a); --tint: light-dark(#f2f6f7, #1e2d37);
    --hue: light-dark(#00596e, #84cfe2); --on-hue: light-dark(#fff, #08222b); --warn: light-dark(#8a2b06, #ffb693);
  }
}
:host([hidden]), [hidden] { display: none !important; }
.root {
  --text: var(--aa-text, var(--ink)); --muted: var(--aa-muted, var(--soft)); --surface: var(--aa-surface, var(--ground));
  --raised: var(--aa-raised, var(--tint)); --accent: var(--aa-accent, var(--hue));
  --on-accent: var(--aa-on-accent, var(--on-hue)); --border: var(--aa-border, var(--line)); --round: var(--aa-radius, .5em);
  color: var(--text); text-align: start; letter-spacing: normal; overflow-wrap: break-word;
}
* { box-sizing: border-box; }
h2, h3, p, ol, ul, blockquote { margin: 0; padding: 0; font: inherit; }
ol, ul { list-style: none; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button, textarea { font: inherit; color: inherit; }
button {
  min-height: 2.25em; padding: .3em .8em; border: 1px solid var(--edge); border-radius: var(--round);
  background: none; cursor: pointer; text-align: start;
}
button:hover { border-color: var(--accent); color: var(--accent); }
:is(button, a, textarea, [tabindex]):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); text-underline-offset: .15em; display: inline-block; min-height: max(1.6em, 24px); }
.strong { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.strong:hover { color: var(--on-accent); text-decoration: underline; }
[aria-disabled=true] { cursor: progress; filter: saturate(.4); }
.launcher {
  position: fixed; inset: auto var(--aa-inset, 1.25em) var(--aa-inset, 1.25em) auto; z-index: var(--aa-layer, 2147483000);
  min-height: 3em; padding: .6em 1.3em; border-radius: 2em; box-shadow: 0 2px 10px #0005;
}
.panel { display: flex; flex-direction: column; background: var(--surface); }
.launched {
  position: fixed; inset: auto var(--aa-inset, 1.25em) var(--aa-inset, 1.25em) auto; z-index: var(--aa-layer, 2147483000);
  width: min(var(--aa-width, 27em), calc(100vw - 2.5em)); height: min(var(--aa-height, 42em), calc(100dvh - 2.5em));
  border: 1px solid var(--border); border-radius: var(--round); box-shadow: 0 6px 30px #0004; overflow: clip;
}
.header { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; padding: .7em 1em; border-bottom: 1px solid var(--border); }
h2 { flex: 1; font-weight: 650; font-size: 1.1em; }
.inline .header { padding-inline: 0; }
.log { flex: 1; padding: 1em; display: grid; gap: 1.5em; align-content: start; }
.inline .log { padding-inline: 0; }
.launched .log { overflow-y: auto; overscroll-behavior: contain; }
.log:focus-visible { outline-offset: -3px; }
.intro, .turn, .reply { display: grid; gap: .75em; justify-items: start; }
.reply { scroll-margin: 1em 0; }
.soft, .path, .label, .hint { color: var(--muted); }
.path, .label, p.hint, .soft { font-size: .9em; }
.question {
  justify-self: end; max-width: 90%; padding: .5em .9em; white-space: pre-wrap; font-weight: 600;
  background: var(--raised); border: 1px solid var(--border); border-radius: var(--round); scroll-margin-top: .75em;
}
.text { white-space: pre-line; max-width: 65ch; }
.badge { padding: .1em .6em; border: 1px solid var(--warn); border-radius: var(--round); color: var(--warn); font-weight: 600; font-size: .9em; }
.ref {
  min-width: max(1.8em, 24px); min-height: max(1.8em, 24px); padding: 0 .35em; margin-inline-start: .1em; font-size: .85em; line-height: 1.2;
  text-align: center; color: var(--accent); vertical-align: baseline; font-weight: 600;
}
.sources { display: grid; gap: .75em; width: 100%; }
.source {
  display: grid; gap: .35em; padding: .75em .9em; border: 1px solid var(--border); border-inline-start: 4px solid var(--accent);
  border-radius: var(--round); background: var(--raised); scroll-margin: 1em 0 9em; min-width: 0;
}
.source:focus { outline: 3px solid var(--accent); }
.path b { color: var(--accent); margin-inline-end: .2em; }
blockquote { max-width: 65ch; white-space: pre-line; }
.quote::before { content: "»"; } .quote::after { content: "«"; }
.translation { font-style: italic; }
.chips { display: flex; flex-wrap: wrap; gap: .5em; }
.chips button { border-radius: 1.2em; border-color: var(--accent); color: var(--accent); background: var(--surface); }
.chips button:hover { text-decoration: underline; }
.fault, .notice { color: var(--warn); font-weight: 600; }
.waiting::after {
  content: ""; display: inline-block; width: .55em; height: .55em; margin-inline-start: .5em; border-radius: 50%;
  background: var(--accent); animation: pulse 1.2s ease-in-out infinite;
}
@keyframes pulse { 50% { opacity: .2; } }
.jump { justify-self: start; border-radius: 1.2em; }
form { display: grid; gap: .4em; padding: .75em 1em; border-top: 1px solid var(--border); background: var(--surface); }
.inline form { position: sticky; bottom: 0; padding-inline: 0; }
label { font-weight: 600; }
.row { display: flex; gap: .5em; align-items: end; }
textarea {
  flex: 1; min-width: 0; min-height: 2.75em; max-height: 8em; padding: .55em .7em; resize: vertical; field-sizing: content;
  border: 1px solid var(--edge); border-radius: var(--round); background: var(--surface);
}
.row button { min-height: 2.75em; padding-inline: 1.1em; }
.hint { display: flex; flex-wrap: wrap; gap: .25em 1em; }
@media (max-width: 30em), (max-height: 30em) {
  .launched { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
}
@media (max-height: 30em) {
  .launched { display: block; overflow-y: auto; }
  .launched .log { overflow: visible; }
  .inline form { position: static; }
  .source { scroll-margin: 1em 0; }
}
@media (prefers-reduced-motion: reduce) { .waiting::after { animation: none; } }
@media (forced-colors: active) {
  .strong, .badge, .launched { border: 2px solid; }
  .source { border-inline-start-width: 4px; }
}
@media print {
  .launcher, .tools, form, .chips, .soft.more { display: none !important; }
  .root { --surface: #fff; --raised: #fff; --text: #000; --muted: #333; --accent: #000; --border: #999; --warn: #000; color: #000; }
  .launched { position: static; width: auto; height: auto; overflow: visible; box-shadow: none; display: block; }
  .launched .log { overflow: visible; }
  .source { break-inside: avoid; }
  .source a::after { content: ": " attr(href); }
}
`;

/** Make an element; strings among the children become text, `on…` entries listeners. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Say which rule the text breaks, as a key of PHRASES, or "" where it may be sent. */
export function faultOf(text) {
  if (!text) return "empty";
  if ([...text].length > MOST_CHARACTERS) return "too_long";
  if (/[^\s@]+@[^\s@]+\.[^\s@]+/.test(text)) return "email";
  for (const [, day, month] of text.matchAll(/(?<!\d)(\d\d)(\d\d)\d\d[\s.\u2010-\u2015-]{0,3}\d{4}(?!\d)/g)) {
    if (day >= 1 && day <= 31 && month >= 1 && month <= 12) return "cpr";
  }
  return "";
}

/** A failure that is told to the person: `code` is a key of PHRASES, `seconds` from Retry-After, `detail` from the server. */
class Failure extends Error {
  constructor(code, { seconds = 0, detail = "", status = 0 } = {}) {
    super(code);
    Object.assign(this, { code, seconds, detail, status });
  }
}

export class AgreementAssistant extends HTMLElement {
  static observedAttributes = OPTIONS;

  /** Register the element; the last line of this file does so, unless its address says ?nodefine. */
  static define(name = NAME, registry = customElements) {
    if (!registry.get(name)) registry.define(name, this);
  }

  timeout = 15000; // ms before a waiting question is given up
  #parts = null;
  #history = [];
  #waiting = null; // the AbortController of the question under way
  #focusedAt = -Infinity;
  #saidAt = -Infinity;
  #warned = new Set();

  connectedCallback() {
    if (this.#parts) return;
    for (const name of OPTIONS) {
      const value = SCRIPT?.dataset[name];
      if (value !== undefined && !this.hasAttribute(name)) this.setAttribute(name, value);
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    this.#build(shadow);
    this.#render();
    queueMicrotask(() => this.#tell("ready"));
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#waiting?.abort());
  }

  attributeChangedCallback(name, before, after) {
    if (this.#parts && before !== after) this.#render();
  }

  /** Send one request. Replace it to go another way, such as through the site's own proxy. */
  request(url, init) {
    return fetch(url, init);
  }

  /** Show the panel and put the focus where one writes. */
  open() {
    const { panel, field, title } = this.#parts;
    if (panel.hidden) {
      this.setAttribute("open", "");
      this.#tell("open");
    }
    this.#focus(matchMedia("(pointer: coarse)").matches ? title : field);
  }

  /** Hide the panel and put the focus back on the launcher; an inline assistant stays. */
  close() {
    if (this.#parts.panel.hidden || this.#inline) return;
    this.removeAttribute("open");
    this.#focus(this.#parts.launcher);
    this.#tell("close");
  }

  /** Ask a question. Resolves to the answer in the shape of the HTTP contract, or to null where none came. */
  async ask(text) {
    const message = String(text).trim();
    if (this.#waiting) return null;
    if (this.#parts.panel.hidden) this.open();
    const fault = faultOf(message);
    this.#notice(fault && this.#say(fault));
    if (fault) {
      this.#parts.field.value = text;
      this.#tell("error", { code: fault });
      return null;
    }
    const question = make("h3", { class: "question", part: "question" }, make("span", { class: "vh" }, this.#say("asked")), message);
    const reply = make("div", { class: "reply", part: "answer", tabindex: "-1" });
    this.#parts.log.append(make("article", { class: "turn", part: "turn" }, question, reply));
    this.#parts.field.value = "";
    this.#parts.clear.hidden = false;
    this.#count();
    this.#tell("question");
    return this.#send(message, reply);
  }

  /** Forget the conversation; it is kept in memory only. */
  clear() {
    this.#waiting?.abort();
    this.#history = [];
    this.#parts.log.replaceChildren(this.#parts.intro);
    this.#parts.jump.hidden = this.#parts.clear.hidden = true;
    this.#notice("");
    this.#focus(this.#parts.field);
    this.#announce(this.#say("cleared"));
  }

  get #language() {
    const page = document.documentElement.lang.toLowerCase().startsWith("en") ? "en" : "da";
    return this.#choice("lang", ["da", "en"], page);
  }

  get #inline() {
    return this.#choice("mode", ["launcher", "inline"], "launcher") === "inline";
  }

  get #endpoint() {
    const given = this.getAttribute("endpoint");
    if (!given) return HOME;
    try {
      const url = new URL(given, document.baseURI);
      if (/^https?:$/.test(url.protocol)) return url.origin + url.pathname.replace(/\/*$/, "/");
    } catch {
      // Not an address at all: told below, like an address of another scheme.
    }
    this.#warn("endpoint", given, HOME);
    return HOME;
  }

  #choice(name, choices, fallback) {
    const given = this.getAttribute(name)?.toLowerCase().split("-")[0]; // da-DK is Danish
    if (!given || choices.includes(given)) return given || fallback;
    this.#warn(name, given, fallback);
    return fallback;
  }

  #warn(name, given, used) {
    if (this.#warned.has(name + given)) return;
    this.#warned.add(name + given);
    console.warn(`<${NAME}> does not know ${name}="${given}"; it uses "${used}".`);
  }

  #say(key, ...values) {
    const phrase = PHRASES[this.#language][key];
    return typeof phrase === "function" ? phrase(...values) : phrase;
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #focus(node) {
    this.#focusedAt = performance.now();
    node.focus();
  }

  /** Put words into the live region once: in order, and not while a screen reader follows a move of focus. */
  #announce(words, lang = this.#language) {
    const now = performance.now();
    const at = Math.max(now, this.#focusedAt + QUIET_AFTER_FOCUS, this.#saidAt + QUIET_AFTER_FOCUS);
    this.#saidAt = at;
    setTimeout(() => this.#parts.live.replaceChildren(make("p", { lang }, words)), at - now);
  }

  #build(shadow) {
    const parts = (this.#parts = {
      launcher: make("button", { class: "launcher strong", part: "launcher", "aria-haspopup": "dialog", onclick: () => this.open() }),
      title: make("h2", { id: "title", tabindex: "-1" }),
      clear: make("button", { part: "clear", hidden: true, onclick: () => this.clear() }),
      close: make("button", { part: "close", onclick: () => this.close() }),
      intro: make("div", { class: "intro", part: "intro" }),
      log: make("div", { class: "log", part: "log" }),
      notice: make("p", { class: "notice", id: "notice", part: "notice", hidden: true }),
      jump: make("button", { type: "button", class: "jump", part: "jump", hidden: true }),
      label: make("label", { for: "field" }),
      field: make("textarea", { id: "field", rows: "1", part: "field", "aria-describedby": "notice privacy", autocomplete: "off" }),
      send: make("button", { class: "strong", part: "send" }),
      privacy: make("span", { id: "privacy" }),
      count: make("span"),
      links: make("span", { class: "hint tools", part: "links" }),
      live: make("div", { class: "vh", "aria-live": "polite" }),
    });
    const { field } = parts;
    field.addEventListener("input", () => this.#count());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.ask(field.value);
    });
    parts.form = make("form", { part: "form", novalidate: true }, parts.jump, parts.notice, parts.label);
    parts.form.append(make("div", { class: "row" }, field, parts.send));
    parts.form.append(make("p", { class: "hint" }, parts.privacy, parts.count, parts.links));
    parts.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(field.value);
    });
    const header = make("div", { class: "header", part: "header" }, parts.title, make("span", { class: "tools" }, parts.clear, " ", parts.close));
    parts.panel = make("section", { part: "panel", "aria-labelledby": "title" }, header, parts.log, parts.form);
    parts.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) this.close();
    });
    parts.log.append(parts.intro);
    parts.root = make("div", { class: "root" }, parts.launcher, parts.panel, parts.live);
    shadow.replaceChildren(parts.root);
  }

  /** Bring the frame in line with the attributes; the conversation so far stays as it is. */
  #render() {
    const parts = this.#parts;
    const inline = this.#inline;
    const open = inline || (this.hasAttribute("open") && this.#choice("open", ["open", "true", "false"], "true") !== "false");
    const heading = this.getAttribute("heading") || this.#say("heading");
    parts.root.lang = this.#language;
    parts.panel.hidden = !open;
    parts.panel.className = inline ? "panel inline" : "panel launched";
    parts.panel.setAttribute("role", inline ? "region" : "dialog");
    parts.launcher.hidden = parts.close.hidden = inline;
    if (!inline) parts.launcher.hidden = open;
    if (inline) parts.log.removeAttribute("tabindex");
    else parts.log.tabIndex = 0; // what scrolls must be reachable by keyboard
    parts.log.setAttribute("role", "group");
    parts.log.setAttribute("aria-label", this.#say("talk"));
    parts.launcher.textContent = parts.title.textContent = heading;
    for (const [part, key] of Object.entries({ clear: "clear", close: "close", label: "field", send: "send", privacy: "privacy" })) {
      parts[part].textContent = this.#say(key);
    }
    this.#links();
    parts.intro.replaceChildren(make("p", { class: "soft" }, this.#say("what")), ...this.#openingQuestions());
  }

  #links() {
    const { links } = this.#parts;
    const language = this.#language;
    links.replaceChildren();
    const id = this.getAttribute("document");
    if (id && !/^[\w-]+$/.test(id)) this.#warn("document", id, "");
    else if (id) links.append(this.#link(`${this.#endpoint}documents/${id}?lang=${language}`, this.#say("whole")));
    if (!this.#inline) links.append(this.#link(`${this.#endpoint}?lang=${language}`, this.#say("page")));
  }

  #openingQuestions() {
    const links = [...this.querySelectorAll("a[href]")];
    const questions = links.map((link) => new URL(link.href).searchParams.get("q")).filter(Boolean);
    return this.#chips(questions, this.#say("opening"));
  }

  /** A link that leaves the conversation where it is. */
  #link(address, words) {
    const aside = make("span", { class: "vh" }, ` (${this.#say("newTab")})`);
    return make("a", { href: address, target: "_blank", rel: "noopener", part: "link" }, words, aside);
  }

  #chips(questions, heading) {
    if (!questions.length) return [];
    const chip = (words) => make("li", {}, make("button", { type: "button", part: "chip", onclick: () => this.ask(words) }, words));
    return [make("p", { class: "soft more" }, heading), make("ul", { class: "chips", part: "chips" }, ...questions.map(chip))];
  }

  #notice(words) {
    const { notice, field } = this.#parts;
    notice.hidden = !words;
    notice.textContent = words;
    field.toggleAttribute("aria-invalid", false);
    if (!words) return;
    field.setAttribute("aria-invalid", "true");
    this.#announce(words);
    this.#focus(field);
  }

  #count() {
    const length = [...this.#parts.field.value].length;
    this.#parts.count.textContent = length > MOST_CHARACTERS - 100 ? this.#say("count", length) : "";
  }

  #busy(controller) {
    const { field, send } = this.#parts;
    this.#waiting = controller;
    field.readOnly = Boolean(controller); // never `disabled`: that would throw the focus away
    send.setAttribute("aria-disabled", String(Boolean(controller)));
  }

  async #send(message, reply) {
    const { jump } = this.#parts;
    const controller = new AbortController();
    this.#busy(controller);
    jump.hidden = true;
    reply.removeAttribute("lang");
    reply.replaceChildren(make("p", { class: "waiting soft" }, this.#say("searching")));
    this.#announce(this.#say("searching"));
    const question = reply.previousSibling;
    question.scrollIntoView(TO_TOP);
    const seenAt = question.getBoundingClientRect().top;
    const answer = await this.#receive(message, controller).catch((failure) => failure);
    if (this.#waiting === controller) this.#busy(null);
    if (!reply.isConnected || (controller.signal.aborted && answer.code !== "timeout")) return null;
    // Whoever has scrolled since asking is reading something else: leave the page where it is.
    const moved = Math.abs(question.getBoundingClientRect().top - seenAt) > 4;
    if (answer instanceof Error) this.#showFailure(answer, message, reply);
    else this.#showAnswer(answer, message, reply);
    if (!moved) question.scrollIntoView(TO_TOP);
    jump.textContent = this.#say("toAnswer");
    jump.onclick = () => this.#focus(reply);
    jump.hidden = false;
    return answer instanceof Error ? null : answer;
  }

  async #receive(message, controller) {
    let late = false;
    const clock = setTimeout(() => controller.abort((late = true)), this.timeout);
    try {
      const response = await this.request(`${this.#endpoint}api/chat`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": this.#language },
        body: JSON.stringify({ message, language: "auto", history: this.#history.slice(-MOST_TURNS) }),
        credentials: "omit",
        cache: "no-store",
        signal: controller.signal,
      });
      const body = await response.json().catch(() => ({}));
      if (response.ok && typeof body.answer === "string") return body;
      throw this.#refusal(response, body);
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (controller.signal.aborted) throw new Failure(late ? "timeout" : "cleared");
      throw new Failure(await this.#cause());
    } finally {
      clearTimeout(clock);
    }
  }

  #refusal(response, body) {
    const { status } = response;
    const detail = typeof body.detail === "string" ? body.detail : "";
    if (status === 429 || status === 503) {
      return new Failure("limited", { status, seconds: Number.parseInt(response.headers.get("Retry-After") ?? "", 10) || 0 });
    }
    return new Failure(status >= 400 && status < 500 ? "refused" : "server", { status, detail });
  }

  /** A browser tells a refused origin and a dead server apart only by whether a plain request gets through. */
  async #cause() {
    if (!navigator.onLine) return "offline";
    if (new URL(this.#endpoint).origin === location.origin) return "unreachable";
    try {
      await fetch(`${this.#endpoint}widget.js`, { method: "HEAD", mode: "no-cors", cache: "no-store", credentials: "omit" });
    } catch {
      return "unreachable";
    }
    console.warn(`<${NAME}>: ${this.#endpoint} refuses the origin ${location.origin}. Add it to ASSISTANT_CORS_ORIGINS there.`);
    return "denied";
  }

  #showFailure(failure, message, reply) {
    const { field } = this.#parts;
    const code = failure.code in PHRASES.da ? failure.code : "server";
    const words = (code === "refused" && failure.detail) || this.#say(code, failure.seconds);
    const again = () => {
      if (this.#waiting) return;
      if (field.value === message) field.value = "";
      this.#focus(field);
      this.#send(message, reply);
    };
    const retry = make("button", { type: "button", part: "retry", onclick: again }, this.#say("retry"));
    reply.replaceChildren(make("p", { class: "fault", part: "fault" }, words));
    if (code === "denied") reply.append(this.#link(this.#endpoint, this.#say("page")));
    else if (code !== "refused") reply.append(retry);
    if (!field.value) field.value = message;
    this.#announce(words);
    this.#tell("error", { code, status: failure.status ?? 0 });
  }

  #showAnswer(answer, message, reply) {
    const phrases = PHRASES[answer.language] ?? PHRASES.da;
    const refused = answer.status === "not_in_source";
    const citations = answer.citations ?? [];
    const closest = citations.length ? [] : (answer.closest ?? []);
    const heading = answer.status === "clarify" ? phrases.choose : phrases.more;
    const chips = this.#chips(answer.suggestions ?? [], heading);
    const sources = [...citations, ...closest].map((citation) => this.#source(citation, phrases));
    const copy = make("button", { type: "button", class: "tools", part: "copy" }, phrases.copy);
    copy.onclick = () => this.#copy(copy, message, answer, phrases);
    const label = closest.length ? phrases.closest : phrases.sources(sources.length);
    reply.lang = answer.language;
    reply.replaceChildren();
    if (refused) reply.append(make("p", { class: "badge", part: "badge" }, phrases.not_in_source));
    reply.append(make("p", { class: "text" }, ...this.#withReferences(answer.answer, sources, phrases)));
    if (answer.status === "clarify") reply.append(...chips);
    if (sources.length) reply.append(make("p", { class: "label" }, label), make("ol", { class: "sources" }, ...sources), copy);
    if (answer.status !== "clarify") reply.append(...chips);
    const sections = [...new Set(citations.map((each) => each.section))].slice(0, MOST_TURNS);
    const content = [...answer.answer].slice(0, 2000).join(""); // by code point: half an emoji would be refused
    this.#history.push({ role: "user", content: message }, { role: "assistant", content, sections });
    const count = citations.length ? ` ${phrases.sources(citations.length)}.` : "";
    const spoken = (refused ? `${phrases.not_in_source}. ` : "") + answer.answer.replace(/ ?\[\d+\]/g, "") + count;
    this.#announce(spoken, answer.language);
    this.#tell("answer", { status: answer.status, language: answer.language, citations: citations.length });
  }

  /** Turn each "[2]" of the answer into a button that goes to source 2. */
  #withReferences(text, sources, phrases) {
    // A number stays on the line of the word that it follows.
    return text.replace(/ (?=\[\d+\])/g, "\u00a0").split(/(\[\d+\])/).map((piece) => {
      const source = /^\[\d+\]$/.test(piece) && sources.find((each) => each.dataset.number === piece.slice(1, -1));
      if (!source) return piece;
      const name = phrases.reference(source.dataset.number);
      const go = () => this.#focus(source);
      return make("button", { type: "button", class: "ref", part: "reference", "aria-label": name, onclick: go }, source.dataset.number);
    });
  }

  #source(citation, phrases) {
    const address = this.#address(citation);
    const path = (citation.heading ?? []).join(" › ");
    const number = make("b", {}, String(citation.number));
    const source = make("li", { class: "source", part: "source", tabindex: "-1", "data-number": citation.number });
    source.append(make("p", { class: "path" }, number, " ", make("span", { lang: "da" }, path)));
    const quote = make("blockquote", { class: "quote", part: "quote", lang: "da" }, citation.quote);
    if (phrases === PHRASES.en && citation.translation && citation.translation !== citation.quote) {
      const words = make("blockquote", { class: "translation", part: "translation", lang: "en" }, citation.translation);
      source.append(make("p", { class: "label" }, phrases.original), quote, make("p", { class: "label" }, phrases.translation), words);
    } else source.append(quote);
    if (address) source.append(this.#link(address, phrases.read));
    return source;
  }

  /** Where the cited span stands highlighted; null for an address that is not the endpoint's own. */
  #address(citation) {
    const url = new URL(String(citation.url).replace(/^\//, ""), this.#endpoint);
    url.search = new URLSearchParams({ start: citation.start, end: citation.end, lang: this.#language });
    url.hash = "cited";
    return url.href.startsWith(this.#endpoint) ? url.href : null;
  }

  async #copy(button, message, answer, phrases) {
    const lines = [message, "", answer.answer];
    for (const each of answer.citations?.length ? answer.citations : answer.closest) {
      lines.push("", `[${each.number}] ${each.heading.join(" › ")}`, `»${each.quote}«`);
      if (phrases === PHRASES.en && each.translation) lines.push(`${phrases.translation}: ${each.translation}`);
      lines.push(this.#address(each) ?? "");
    }
    let words = phrases.copied;
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
    } catch {
      words = phrases.notCopied;
    }
    button.textContent = words;
    this.#announce(words, answer.language);
  }
}

if (!new URL(import.meta.url).searchParams.has("nodefine")) {
  AgreementAssistant.define();
  // A site whose editor strips unknown elements writes data-* on the script tag; the element is then made here.
  if (SCRIPT && OPTIONS.some((name) => name in SCRIPT.dataset) && !document.querySelector(NAME)) {
    const element = document.createElement(NAME);
    if (document.body.contains(SCRIPT)) SCRIPT.after(element);
    else document.body.append(element);
  }
}
