/**
 * <agreement-assistant>: ask an agreement and read the answer with its quotes. One file, no dependency.
 *
 *   <script type="module" src="https://assistant.example/widget.js"></script>
 *   <agreement-assistant><a href="https://assistant.example/">Ask the agreement</a></agreement-assistant>
 *
 * Attributes (or data-* on the script tag): endpoint, lang (da | en), heading, about, open, mode (launcher | inline), document.
 * Methods: open() close() ask(text) clear(), and request(url, init), which may be replaced. Property: turns.
 * Events: ready open close question answer error turns; none carries the text of a question.
 * Links in the element whose address has ?q=… become the opening questions, others stand below them. README.md tells more.
 */

const NAME = "agreement-assistant";
const OPTIONS = ["endpoint", "lang", "heading", "about", "open", "mode", "document"];
const MOST_CHARACTERS = 500;
const MOST_TURNS = 20;
const UNFOLDED = 3; // sources that are shown at once
const QUIET_AFTER_FOCUS = 250; // ms; a screen reader drops what is announced while it reads the newly focused element
const EMPTIED_AFTER = 4000; // ms; who reads the page from end to end is not told again
const TO_TOP = { block: "start", behavior: "instant" }; // a smooth scroll would look like the reader scrolling
const FULL = matchMedia("(max-width: 30em), (max-height: 30em)"); // as in STYLE: the panel takes the whole screen
const PRINT = matchMedia("print");
const SCRIPT = script();
const HOME = import.meta.url.replace(/(widget\/[0-9a-f]+\/)?widget\.js.*$/, "");

function script() {
  return [...document.scripts].find((each) => each.src === import.meta.url);
}

const PHRASES = {
  da: {
    heading: "Spørg aftalen",
    what: "Søgning i aftalen – ingen tekst fra en sprogmodel. Hvert svar viser de steder i aftalen, det bygger på.",
    privacy: "Skriv ikke personoplysninger.",
    opening: "Du kan for eksempel spørge",
    close: "Luk",
    clear: "Ryd samtalen",
    cleared: "Samtalen er ryddet.",
    undo: "Fortryd",
    talk: "Samtale",
    field: "Dit spørgsmål",
    send: "Spørg",
    stop: "Stop",
    searching: "Søger…",
    ahead: "Sendes, når svaret er der.",
    asked: "Du spurgte: ",
    sources: (count) => (count === 1 ? "1 kilde" : `${count} kilder`),
    all: (count) => `Vis alle ${count} kilder`,
    reference: (number) => `Kilde ${number}`,
    back: "Tilbage til svaret",
    not_in_source: "Ikke i aftalen",
    closest: "Nærmeste sted i aftalen",
    original: "Den danske tekst",
    translation: "Uofficiel oversættelse",
    read: "Læs stedet i aftalen",
    newTab: "åbner i ny fane",
    copy: "Kopiér svar med kilder",
    address: "Link til svaret",
    copied: "Kopieret.",
    notCopied: "Det kunne ikke kopieres. Markér teksten, og kopiér den selv.",
    more: "Du kan også spørge",
    choose: "Vælg det, du mener",
    toAnswer: "Gå til svaret",
    found: "Fandt du svaret?",
    yes: "Ja",
    no: "Nej",
    why: "Hvad var der i vejen?",
    reasons: { wrong: "Forkert", incomplete: "Mangler noget", off_topic: "Svarer på noget andet", unclear: "Svært at forstå", not_found: "Det står i aftalen", "": "Andet" },
    thanks: "Tak. Dit svar er talt med.",
    notSent: "Dit svar kunne ikke sendes.",
    retry: "Prøv igen",
    whole: "Læs hele aftalen",
    page: "Åbn som hel side",
    access: "Tilgængelighed",
    count: (length) => `${length} af ${MOST_CHARACTERS} tegn`,
    empty: "Skriv et spørgsmål først.",
    too_long: `Spørgsmålet er for langt. Forkort det til højst ${MOST_CHARACTERS} tegn.`,
    cpr: "Spørgsmålet er ikke sendt: det ser ud til at indeholde et CPR-nummer. Fjern nummeret, og spørg igen.",
    email: "Spørgsmålet er ikke sendt: det indeholder en e-mailadresse. Fjern adressen, og spørg igen.",
    stopped: "Søgningen blev afbrudt.",
    offline: "Der er ingen forbindelse til internettet. Prøv igen, når du er på nettet.",
    timeout: "Svaret lod vente for længe på sig. Prøv igen.",
    limited: "Der er stillet mange spørgsmål på kort tid.",
    busy: "Søgningen har travlt eller er ved at starte.",
    wait: (seconds) => (seconds ? `Prøv igen om ${seconds} sekunder.` : "Prøv igen om et øjeblik."),
    denied: "Søgningen må ikke bruges fra dette websted. Åbn den i stedet som hel side.",
    filtered: "Et filter på vejen afviste spørgsmålet. Skriv det med andre ord, eller åbn søgningen som hel side.",
    blocked: "Din browser, måske en udvidelse, spærrer for søgningen. Slå den fra her, eller åbn søgningen som hel side.",
    unreachable: "Vi kan ikke få fat i søgningen lige nu. Prøv igen om lidt.",
    server: "Der skete en fejl hos os. Prøv igen om lidt.",
    number: (id) => `Skriver du til os om fejlen, så oplys nummeret ${id}.`,
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
    undo: "Undo",
    talk: "Conversation",
    field: "Your question",
    send: "Ask",
    stop: "Stop",
    searching: "Searching…",
    ahead: "Sent when the answer is here.",
    asked: "You asked: ",
    sources: (count) => (count === 1 ? "1 source" : `${count} sources`),
    all: (count) => `Show all ${count} sources`,
    reference: (number) => `Source ${number}`,
    back: "Back to the answer",
    not_in_source: "Not in the agreement",
    closest: "The closest passage in the agreement",
    original: "The Danish text",
    translation: "Unofficial translation",
    read: "Read it in the agreement",
    newTab: "opens in a new tab",
    copy: "Copy answer with sources",
    address: "Link to the answer",
    copied: "Copied.",
    notCopied: "It could not be copied. Select the text and copy it yourself.",
    more: "You can also ask",
    choose: "Choose what you mean",
    toAnswer: "Go to the answer",
    found: "Did you find the answer?",
    yes: "Yes",
    no: "No",
    why: "What was wrong?",
    reasons: { wrong: "Wrong", incomplete: "Something is missing", off_topic: "Answers something else", unclear: "Hard to understand", not_found: "It is in the agreement", "": "Something else" },
    thanks: "Thank you. Your reply is counted.",
    notSent: "Your reply could not be sent.",
    retry: "Try again",
    whole: "Read the whole agreement",
    page: "Open as a full page",
    access: "Accessibility",
    count: (length) => `${length} of ${MOST_CHARACTERS} characters`,
    empty: "Write a question first.",
    too_long: `The question is too long. Shorten it to at most ${MOST_CHARACTERS} characters.`,
    cpr: "The question was not sent: it seems to hold a Danish CPR number. Remove the number and ask again.",
    email: "The question was not sent: it holds an e-mail address. Remove the address and ask again.",
    stopped: "The search was stopped.",
    offline: "There is no internet connection. Try again when you are online.",
    timeout: "The answer took too long. Try again.",
    limited: "Many questions were asked in a short time.",
    busy: "The search is busy or just starting.",
    wait: (seconds) => (seconds ? `Try again in ${seconds} seconds.` : "Try again in a moment."),
    denied: "The search may not be used from this site. Open it as a full page instead.",
    filtered: "A filter on the way refused the question. Put it in other words, or open the search as a full page.",
    blocked: "Your browser, perhaps an extension, blocks the search. Turn it off here, or open the search as a full page.",
    unreachable: "We cannot reach the search right now. Try again in a moment.",
    server: "Something went wrong on our side. Try again in a moment.",
    number: (id) => `If you write to us about it, give the number ${id}.`,
    refused: "The question could not be answered as written. Change it and ask again.",
  },
};

const STYLE = `
:host {
  --ink: #16242d; --soft: #4b5b66; --line: #c3ced4; --edge: #71818b; --ground: #fff; --tint: #f2f6f7;
  --hue: #00596e; --on-hue: #fff; --warn: #8a2b06; display: block;
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
  all: initial; direction: ltr; display: block; color-scheme: inherit; user-select: text; overflow-wrap: break-word;
  font: 400 var(--aa-font-size, max(1rem, 16px))/1.5 var(--aa-font, system-ui, "Segoe UI", Roboto, sans-serif);
  --text: var(--aa-text, var(--ink)); --muted: var(--aa-muted, var(--soft)); --surface: var(--aa-surface, var(--ground));
  --raised: var(--aa-raised, var(--tint)); --accent: var(--aa-accent, var(--hue));
  --on-accent: var(--aa-on-accent, var(--on-hue)); --border: var(--aa-border, var(--line)); --round: var(--aa-radius, .5em);
  --below: var(--aa-inset-block, var(--aa-inset, 1.25em)); --beside: var(--aa-inset-inline, var(--aa-inset, 1.25em));
  color: var(--text);
}
* { box-sizing: border-box; }
h2, h3, p, ol, ul, blockquote { margin: 0; padding: 0; font: inherit; }
ol, ul { list-style: none; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button, textarea { font: inherit; color: inherit; margin: 0; }
button {
  min-height: 2.25em; padding: .3em .8em; border: 1px solid var(--edge); border-radius: var(--round);
  background: none; cursor: pointer; text-align: start;
}
button:hover { border-color: var(--accent); color: var(--accent); }
:is(button, a, summary, textarea, [tabindex]):focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; box-shadow: 0 0 0 7px var(--surface);
}
a { color: var(--accent); text-underline-offset: .15em; display: inline-block; min-height: max(1.6em, 24px); }
.strong { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.strong:hover { color: var(--on-accent); text-decoration: underline; }
.launcher, .shell {
  position: fixed; inset: auto var(--beside) var(--below) auto; z-index: var(--aa-layer, 2147483000);
  display: block; width: auto; height: auto; margin: 0; overflow: visible; color: var(--text);
}
.launcher {
  max-width: calc(100% - 2 * var(--beside)); min-height: 3em; padding: .6em 1.3em; border-radius: 2em; box-shadow: 0 2px 10px #0005;
  color: var(--on-accent);
}
.panel { display: flex; flex-direction: column; background: var(--surface); }
.shell {
  width: min(var(--aa-width, 27em), calc(100% - 2 * var(--beside))); max-width: none; padding: 0; background: none;
  height: min(var(--aa-height, 42em), calc(100% - var(--below) - 1.25em)); max-height: none;
  border: 1px solid var(--border); border-radius: var(--round); box-shadow: 0 6px 30px #0004; overflow: clip;
}
.shell .panel { height: 100%; overflow-y: auto; overscroll-behavior: contain; }
.header { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; padding: .7em 1em; border-bottom: 1px solid var(--border); }
h2, .launcher { hyphens: auto; }
h2 { flex: 1; min-width: 0; font-weight: 650; font-size: 1.1em; }
.inline :is(.header, .log, form) { padding-inline: 0; }
.log { padding: 1em; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5em; align-content: start; container-type: inline-size; }
.shell .log { flex: 1 0 12em; overflow-y: auto; overscroll-behavior: contain; }
.log:focus-visible { outline-offset: -3px; box-shadow: none; }
.intro, .turn, .reply, .said, .proof { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75em; place-content: start stretch; justify-items: start; }
.proof { width: 100%; }
.reply { scroll-margin: 1em 0; }
.soft, .path, .label, .hint { color: var(--muted); }
.path, .label, p.hint, .soft, .foot { font-size: .9em; }
.question {
  justify-self: end; max-width: 90%; padding: .5em .9em; white-space: pre-wrap; font-weight: 600;
  background: var(--raised); border: 1px solid var(--border); border-radius: var(--round); scroll-margin-top: .75em;
}
.text { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5em; max-width: 65ch; }
:is(.question, .text, .chips) { overflow-wrap: anywhere; }
.text p { white-space: pre-line; }
.text ul { list-style: disc; padding-inline-start: 1.2em; }
table { border-collapse: collapse; width: 100%; overflow-wrap: break-word; }
:is(td, th) { padding: .35em .75em .35em 0; border-bottom: 1px solid var(--border); text-align: start; vertical-align: top; }
th { font-weight: 600; }
.badge { padding: .1em .6em; border: 1px solid var(--warn); border-radius: var(--round); color: var(--warn); font-weight: 600; font-size: .9em; }
.kept { white-space: nowrap; }
.ref {
  min-width: max(1.8em, 24px); min-height: max(1.8em, 24px); padding: 0 .35em; font-size: .85em; line-height: 1.2;
  text-align: center; color: var(--accent); vertical-align: baseline; font-weight: 600;
}
.ref.pair { background: var(--accent); color: var(--on-accent); }
.sources { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75em; width: 100%; }
.source {
  display: grid; grid-template-columns: minmax(0, 1fr); gap: .35em; padding: .75em .9em; border: 1px solid var(--border); border-inline-start: 4px solid var(--accent);
  border-radius: var(--round); background: var(--raised); scroll-margin: 1em 0 9em;
}
.source:focus, .source.pair { outline: 3px solid var(--accent); }
.same { margin-top: -.5em; }
b { color: var(--accent); margin-inline-end: .2em; }
.foot { display: flex; flex-wrap: wrap; gap: 0 1em; align-items: baseline; }
.plain { border: 0; padding: 0; color: var(--accent); text-decoration: underline; text-underline-offset: .15em; }
details { width: 100%; }
summary { cursor: pointer; color: var(--accent); padding: .3em 0; }
details .sources { padding-top: .5em; }
blockquote { max-width: 65ch; white-space: pre-line; }
.quote::before { content: "»"; } .quote::after { content: "«"; }
.translation { font-style: italic; }
.chips, .acts { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; }
.chips button { border-radius: 1.2em; border-color: var(--accent); color: var(--accent); background: var(--surface); }
.chips button:hover { text-decoration: underline; }
.fault, .notice { color: var(--warn); font-weight: 600; }
.waiting::after {
  content: ""; display: inline-block; width: .55em; height: .55em; margin-inline-start: .5em; border-radius: 50%;
  background: var(--accent); animation: pulse 1.2s ease-in-out infinite;
}
@keyframes pulse { 50% { opacity: .2; } }
.jump { justify-self: start; border-radius: 1.2em; }
form { display: grid; grid-template-columns: minmax(0, 1fr); gap: .4em; padding: .75em 1em; border-top: 1px solid var(--border); background: var(--surface); }
.inline form { position: sticky; bottom: 0; }
label { font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: .5em; align-items: end; }
textarea {
  flex: 1 1 10em; min-width: 0; min-height: 2.75em; max-height: 8em; padding: .55em .7em; resize: vertical; field-sizing: content;
  border: 1px solid var(--edge); border-radius: var(--round); background: var(--surface); overflow-wrap: anywhere;
}
.row button { min-height: 2.75em; padding-inline: 1.1em; }
.hint { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1em; }
@container (min-width: 56em) {
  .cited { grid-template: auto 1fr / minmax(0, 3fr) minmax(0, 2fr); gap: .75em 2em; }
  .cited .proof { grid-area: 1 / 2 / span 2; }
}
@container (max-width: 38em) {
  .wide :is(table, tbody, tr, td), .wide tr > th { display: block; border: 0; padding: 0; }
  .wide thead { display: none; }
  .wide tr { padding: .5em 0; border-bottom: 1px solid var(--border); }
  .wide td::before { content: attr(data-name) ": "; color: var(--muted); }
}
@media (max-width: 30em), (max-height: 30em) {
  .shell { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; }
}
@media (max-height: 30em) {
  .shell .log { flex: 1 0 auto; overflow: visible; }
  .inline form { position: static; }
  .source { scroll-margin: 1em 0; }
}
@media (prefers-reduced-motion: reduce) { .waiting::after { animation: none; } }
@media (forced-colors: active) {
  .strong, .badge, .shell { border: 2px solid; }
  .source { border-inline-start-width: 4px; }
}
@media print {
  .launcher, .tools, form, .chips, .soft.more { display: none !important; }
  .root { --surface: #fff; --raised: #fff; --text: #000; --muted: #333; --accent: #000; --border: #999; --warn: #000; color: #000; }
  .shell { position: static; width: auto; height: auto; overflow: visible; box-shadow: none; }
  .shell .log, .shell .panel { overflow: visible; height: auto; display: block; }
  .source { break-inside: avoid; }
  .source a::after { content: ": " attr(href); }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { display: none; }
}
`;

/** Make an element; strings among the children become text, `on…` entries listeners. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if ((value ?? false) !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => (child ?? false) !== false));
  return node;
}

function button(part, words, onclick, more = {}) {
  return make("button", { type: "button", part, onclick, ...more }, words);
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

/** A failure that is told to the person: `code` is a key of PHRASES, `more` is said after it, `detail` in its place. */
class Failure extends Error {
  constructor(code, { more = "", detail = "", status = 0 } = {}) {
    super(code);
    Object.assign(this, { code, more, detail, status });
  }
}

/** The columns of a list whose lines are all "name – what"; where each says "label: …" of the same labels, one a label. */
function columns(items) {
  const cells = items.map((item) => item.split(/ – (.*)/s).slice(0, 2));
  if (items.length < 2 || cells.some((each) => each.length < 2)) return null;
  const label = /(?<=^|[.\]] )([^\s.:[\]][^.:[\]]{0,40}): /;
  const parts = cells.map(([, what]) => what.split(label));
  const labels = parts.map((each) => each.filter((_, place) => place % 2).join());
  if (!labels[0].includes(",") || new Set(labels).size > 1) return { labels: [], rows: cells };
  const told = (each) => each.filter((_, place) => place && place % 2 === 0).map((cell) => cell.replace(/\]\.\s*$/, "]"));
  return { labels: labels[0].split(","), rows: parts.map((each, row) => [cells[row][0], ...told(each)]) };
}

export class AgreementAssistant extends HTMLElement {
  static observedAttributes = OPTIONS;

  /** Register the element; the last line of this file does so, unless its address says ?nodefine. */
  static define(name = NAME, registry = customElements) {
    if (!registry.get(name)) registry.define(name, this);
  }

  timeout = 15000; // ms before a waiting question is given up
  #parts = null;
  #turns = []; // { question, answer }, the answer as the server gave it
  #waiting = null; // the AbortController of the question under way
  #ahead = false; // Enter was pressed while another question was under way
  #ties = null; // the AbortController of what listens outside of the element
  #overflow = null; // the page's own `overflow`, while the panel takes the whole screen
  #focusedAt = -Infinity;
  #saidAt = -Infinity;
  #warned = new Set();

  connectedCallback() {
    if (!this.#parts) {
      for (const name of OPTIONS) {
        const value = SCRIPT?.dataset[name];
        if (value !== undefined && !this.hasAttribute(name)) this.setAttribute(name, value);
      }
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [sheet];
      this.#build(shadow);
      queueMicrotask(() => this.#tell("ready"));
    }
    this.#ties = new AbortController();
    const { signal } = this.#ties;
    const capture = { signal, capture: true };
    // Before the page sees them: what is typed here is none of its hot keys, and no trap of its takes the focus away.
    for (const type of ["keydown", "keypress", "keyup"]) addEventListener(type, (event) => this.#key(event), capture);
    addEventListener("focusin", (event) => event.composedPath().includes(this) && event.stopImmediatePropagation(), capture);
    addEventListener("popstate", () => this.#parts.shell.open && !history.state?.[NAME] && this.close(), { signal });
    for (const query of [FULL, PRINT]) query.addEventListener("change", () => this.#raise(), { signal });
    for (const type of ["beforeprint", "afterprint"]) addEventListener(type, () => this.#raise(type === "beforeprint"), { signal });
    for (const type of ["resize", "scroll"]) globalThis.visualViewport?.addEventListener(type, () => this.#fit(), { signal });
    this.#render();
  }

  disconnectedCallback() {
    this.#ties.abort();
    this.#lock(false);
    queueMicrotask(() => this.isConnected || this.#waiting?.abort("stopped"));
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
    if (history.state?.[NAME]) history.back();
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
    const reply = this.#turn(message);
    this.#parts.field.value = "";
    this.#count();
    this.#tell("question");
    return this.#send(message, reply);
  }

  /** Take the conversation away; it is kept in memory only, and can be had back until the next question. */
  clear() {
    const { log, intro, field } = this.#parts;
    this.#waiting?.abort("stopped");
    const [shown, turns] = [[...log.children], this.#turns];
    this.#show([intro], []);
    const undo = () => {
      this.#show(shown, turns);
      this.#notice("");
      this.#focus(field);
    };
    this.#focus(field);
    this.#notice(this.#say("cleared"), button("undo", this.#say("undo"), undo));
  }

  /** The conversation, a list of { question, answer }; one that was kept can be set again. */
  get turns() {
    return [...this.#turns];
  }

  set turns(turns) {
    this.#waiting?.abort("stopped");
    this.#parts.log.replaceChildren(this.#parts.intro);
    for (const { question, answer } of turns) this.#fill(answer, question, this.#turn(question));
    this.#show([...this.#parts.log.children], [...turns]);
  }

  get #language() {
    const page = document.documentElement.lang.toLowerCase().startsWith("en") ? "en" : "da";
    return this.#choice("lang", ["da", "en"], page);
  }

  get #inline() {
    return this.#choice("mode", ["launcher", "inline"], "launcher") === "inline";
  }

  /** The id of the only document to ask, null for all. */
  get #document() {
    const id = this.getAttribute("document");
    if (!id || /^[\w-]{1,64}$/.test(id)) return id || null;
    this.#warn("document", id, "");
    return null;
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

  /** The turns as the server wants them, oldest first. */
  get #history() {
    const turns = this.#turns.flatMap(({ question, answer }) => {
      const content = [...answer.answer].slice(0, 2000).join(""); // by code point: half an emoji would be refused
      const sections = [...new Set((answer.citations ?? []).map((each) => each.section))].slice(0, MOST_TURNS);
      const [first] = answer.citations ?? []; // of several documents the one that was talked of last
      return [{ role: "user", content: question }, { role: "assistant", content, sections, ...(first && { document: first.document }) }];
    });
    return turns.slice(-MOST_TURNS);
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
    const said = make("p", { lang }, words);
    setTimeout(() => this.#parts.live.replaceChildren(said), at - now);
    setTimeout(() => said.remove(), at - now + EMPTIED_AFTER);
  }

  /** Keep the keys of the field from the page. keyCode 229: Safari ends a composition before it tells of the key. */
  #key(event) {
    const { field } = this.#parts;
    if (event.composedPath()[0] !== field) return;
    event.stopImmediatePropagation();
    if (event.type !== "keydown" || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") this.#escape(event);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    if (this.#waiting) this.#wait(Boolean(field.value.trim()));
    else this.ask(field.value);
  }

  /** Remember, and say below the field, that what stands there is sent as soon as the answer is there. */
  #wait(ahead) {
    this.#ahead = ahead;
    this.#count();
    if (ahead) this.#announce(this.#say("ahead"));
  }

  #escape(event) {
    if (this.#inline) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  #build(shadow) {
    const parts = (this.#parts = {
      launcher: button("launcher", "", () => this.open(), { class: "launcher strong", popover: "manual", "aria-haspopup": "dialog" }),
      title: make("h2", { id: "title", tabindex: "-1" }),
      clear: button("clear", "", () => this.clear(), { class: "plain", hidden: true }),
      close: button("close", "", () => this.close()),
      intro: make("div", { class: "intro", part: "intro" }),
      log: make("div", { class: "log", part: "log", role: "group" }),
      notice: make("p", { class: "notice acts", id: "notice", part: "notice", hidden: true }),
      jump: button("jump", "", () => this.#focus(this.#parts.log.lastChild.lastChild), { class: "jump", hidden: true }),
      label: make("label", { for: "field" }),
      field: make("textarea", { id: "field", rows: "1", part: "field", "aria-describedby": "notice privacy", autocomplete: "off", oninput: () => this.#wait(false) }),
      send: make("button", { class: "strong", part: "send" }),
      privacy: make("span", { id: "privacy" }),
      count: make("span"),
      live: make("div", { class: "vh", "aria-live": "polite" }),
      shell: make("dialog", { class: "shell", popover: "manual", "aria-labelledby": "title" }),
    });
    const form = make("form", { part: "form", novalidate: true }, parts.jump, parts.notice, parts.label, make("div", { class: "row" }, parts.field, parts.send));
    form.append(make("p", { class: "hint" }, parts.privacy, parts.count, parts.clear));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#waiting) this.#waiting.abort("stopped");
      else this.ask(parts.field.value);
    });
    const header = make("div", { class: "header", part: "header" }, parts.title, parts.close);
    parts.panel = make("section", { part: "panel", "aria-labelledby": "title" }, header, parts.log, form, parts.live);
    parts.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(event));
    parts.shell.addEventListener("cancel", (event) => this.#escape(event)); // the Back key of a phone
    parts.log.append(parts.intro);
    parts.root = make("div", { class: "root" }, parts.launcher, parts.shell);
    shadow.replaceChildren(parts.root);
  }

  /** Bring the frame in line with the attributes; the conversation so far stays as it is. */
  #render() {
    const parts = this.#parts;
    const { root, shell, panel, launcher, close, log, intro } = parts;
    const inline = this.#inline;
    const open = inline || (this.hasAttribute("open") && this.#choice("open", ["open", "true", "false"], "true") !== "false");
    const home = inline ? root : shell;
    if (panel.parentNode !== home) home.append(panel);
    root.lang = this.#language;
    panel.hidden = !open;
    panel.className = inline ? "panel inline" : "panel";
    panel.role = inline ? "region" : null;
    shell.hidden = inline || !open;
    launcher.hidden = open;
    close.hidden = inline;
    log.tabIndex = inline ? -1 : 0; // what scrolls must be reachable by keyboard
    log.setAttribute("aria-label", this.#say("talk"));
    launcher.textContent = parts.title.textContent = this.getAttribute("heading") || this.#say("heading");
    for (const key of ["clear", "close", "privacy"]) parts[key].textContent = this.#say(key);
    parts.label.textContent = this.#say("field");
    this.#busy(this.#waiting);
    const about = this.getAttribute("about");
    intro.replaceChildren(...[about && make("p", {}, about), make("p", { class: "soft" }, this.#say("what")), ...this.#openingQuestions(), this.#links()].filter(Boolean));
    this.#raise();
  }

  /** Show what is to be seen in the top layer of the browser, which no style of the page cuts off or covers; on paper in its place. */
  #raise(printed = PRINT.matches) {
    const { launcher, shell } = this.#parts;
    if (!this.isConnected) return;
    const full = !printed && !shell.hidden && FULL.matches && Boolean(shell.showModal);
    const top = !printed && !getComputedStyle(this).getPropertyValue("--aa-layer"); // a site that orders its layers itself sets that
    const active = this.shadowRoot.activeElement;
    if (shell.open && !full) shell.close();
    for (const [node, shown] of [[shell, !shell.hidden && !full], [launcher, !launcher.hidden]]) {
      node.popover = top ? "manual" : null;
      if (top && node.togglePopover) node.togglePopover(shown);
    }
    if (full && !shell.open) {
      shell.showModal();
      if (!history.state?.[NAME]) history.pushState({ ...history.state, [NAME]: true }, ""); // so that Back closes it
    }
    if (active && active !== this.shadowRoot.activeElement) active.focus();
    this.#lock(full);
    this.#fit();
  }

  /** Keep the page from scrolling behind a panel that takes the whole screen. */
  #lock(on) {
    const { style } = document.documentElement;
    if (on === (this.#overflow !== null)) return;
    const before = this.#overflow;
    this.#overflow = on ? style.overflow : null;
    style.overflow = on ? "hidden" : before;
  }

  /** Leave the form above an on-screen keyboard; whoever has zoomed in keeps the panel as it is. */
  #fit() {
    const { shell } = this.#parts;
    const seen = globalThis.visualViewport;
    const fits = shell.open && seen && Math.abs(seen.scale - 1) < 0.01;
    shell.style.height = fits ? `${seen.height}px` : "";
    shell.style.top = fits ? `${seen.offsetTop}px` : "";
  }

  #links() {
    const language = this.#language;
    const links = make("p", { class: "foot tools", part: "links" });
    const id = this.#document;
    if (id) links.append(this.#link(`${this.#endpoint}documents/${id}?lang=${language}`, this.#say("whole")));
    if (!this.#inline) links.append(this.#link(`${this.#endpoint}?lang=${language}`, this.#say("page")));
    for (const { href, textContent } of this.querySelectorAll("a[href]")) {
      const cited = href.startsWith(`${this.#endpoint}documents/`); // by an answer that came with the page
      if (!cited && !new URL(href).searchParams.has("q") && !this.#endpoint.startsWith(href.split("?")[0])) links.append(this.#link(href, textContent));
    }
    links.append(this.#link(`${this.#endpoint}tilgaengelighed?lang=${language}`, this.#say("access")));
    return links;
  }

  #openingQuestions() {
    const links = [...this.querySelectorAll("a[href]")];
    const questions = links.map((link) => new URL(link.href).searchParams.get("q")).filter(Boolean);
    return this.#chips(questions, this.#say("opening"));
  }

  /** A link that leaves the conversation where it is; `aside` is told to screen readers alone. */
  #link(address, words, phrases = PHRASES[this.#language], aside = "") {
    const told = make("span", { class: "vh" }, ` ${aside}(${phrases.newTab})`);
    return make("a", { href: address, target: "_blank", rel: "noopener", part: "link" }, words, told);
  }

  #chips(questions, heading) {
    if (!questions.length) return [];
    const chip = (words) => make("li", {}, button("chip", words, () => this.ask(words)));
    return [make("p", { class: "soft more" }, heading), make("ul", { class: "chips", part: "chips" }, ...questions.map(chip))];
  }

  /** Tell what stands in the way above the field, or with an `act` what was done. */
  #notice(words, act = null) {
    const { notice, field } = this.#parts;
    notice.hidden = !words;
    notice.replaceChildren(words, ...(act ? [act] : []));
    field.toggleAttribute("aria-invalid", false);
    if (!words) return;
    if (!act) field.setAttribute("aria-invalid", "true");
    this.#announce(words);
    this.#focus(field);
  }

  #count() {
    const length = [...this.#parts.field.value].length;
    const near = length > MOST_CHARACTERS - 100 ? this.#say("count", length) : "";
    this.#parts.count.textContent = this.#ahead ? this.#say("ahead") : near;
  }

  #busy(controller) {
    this.#waiting = controller;
    this.#parts.send.textContent = this.#say(controller ? "stop" : "send");
  }

  /** Put a conversation in the place of the one that is shown. */
  #show(nodes, turns) {
    const { log, jump, clear } = this.#parts;
    log.replaceChildren(...nodes);
    this.#turns = turns;
    clear.hidden = nodes.length < 2;
    jump.hidden = true;
    this.#tell("turns");
  }

  /** Put a question into the conversation and return where its answer goes. */
  #turn(message) {
    const question = make("h3", { class: "question", part: "question" }, make("span", { class: "vh" }, this.#say("asked")), message);
    const reply = make("div", { class: "reply", part: "answer", tabindex: "-1" });
    this.#parts.log.append(make("article", { class: "turn", part: "turn" }, question, reply));
    this.#parts.clear.hidden = false;
    return reply;
  }

  async #send(message, reply) {
    const { jump, log } = this.#parts;
    const controller = new AbortController();
    this.#busy(controller);
    jump.hidden = true;
    reply.className = "reply";
    reply.removeAttribute("lang");
    reply.replaceChildren(make("p", { class: "waiting soft" }, this.#say("searching")));
    this.#announce(this.#say("searching"));
    const question = reply.previousSibling;
    question.scrollIntoView(TO_TOP);
    const seenAt = question.getBoundingClientRect().top;
    const answer = await this.#receive(message, controller).catch((failure) => failure);
    if (this.#waiting === controller) this.#busy(null);
    const ahead = this.#ahead;
    this.#wait(false);
    // Whoever has scrolled since asking is reading something else: leave the page where it is.
    const moved = Math.abs(question.getBoundingClientRect().top - seenAt) > 4;
    const failed = answer instanceof Error;
    const shown = log.contains(reply); // it is not, where the conversation was cleared meanwhile
    if (failed) this.#showFailure(answer, message, reply, shown);
    else this.#fill(answer, message, reply);
    if (!shown) return null;
    if (!failed) this.#answered(answer, message);
    jump.textContent = this.#say("toAnswer");
    jump.hidden = false; // before the scrolling: it takes room from the conversation
    if (!moved) question.scrollIntoView(TO_TOP);
    if (failed) return null;
    if (ahead) this.ask(this.#parts.field.value);
    return answer;
  }

  async #receive(message, controller) {
    const { signal } = controller;
    const clock = setTimeout(() => controller.abort("timeout"), this.timeout);
    const language = this.#language;
    try {
      const response = await this.request(`${this.#endpoint}api/chat`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": language },
        body: JSON.stringify({ message, language: "auto", page_language: language, document: this.#document, history: this.#history }),
        credentials: "omit",
        cache: "no-store",
        signal,
      });
      const body = await response.json().catch(() => ({}));
      if (response.ok && typeof body.answer === "string") return { ...body, ticket: response.headers.get("X-Feedback-Ticket") };
      throw this.#refusal(response, body);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure(signal.aborted ? signal.reason : await this.#cause());
    } finally {
      clearTimeout(clock);
    }
  }

  #refusal({ status, headers }, body) {
    const wait = this.#say("wait", Number.parseInt(headers.get("Retry-After") ?? "", 10));
    if (status === 429 || status === 503) return new Failure(status === 429 ? "limited" : "busy", { status, more: wait });
    if (status === 422 && body.detail) return new Failure("refused", { status, detail: String(body.detail) });
    if (status === 403 || status === 406) return new Failure("filtered", { status }); // this server never says so
    const id = body.request_id ?? headers.get("X-Request-ID");
    return new Failure("server", { status, more: id ? this.#say("number", id) : "" });
  }

  /** A browser tells only whether a plain request gets through: to the question's address, and to this server at all. */
  async #cause() {
    if (!navigator.onLine) return "offline";
    const barred = new Promise((resolve) => document.addEventListener("securitypolicyviolation", resolve, { once: true }));
    const plain = { method: "HEAD", mode: "no-cors", cache: "no-store", credentials: "omit" };
    const reaches = (path) => fetch(this.#endpoint + path, plain).then(() => true, () => false);
    const passes = await reaches("api/chat");
    if (passes && new URL(this.#endpoint).origin === location.origin) return "unreachable";
    if (passes) {
      console.warn(`<${NAME}>: ${this.#endpoint} refuses the origin ${location.origin}. Add it to ASSISTANT_CORS_ORIGINS there.`);
      return "denied";
    }
    if (await reaches("widget.js")) return "blocked";
    return Promise.race([barred.then(() => "denied"), new Promise((resolve) => setTimeout(resolve, 50, "unreachable"))]);
  }

  #showFailure(failure, message, reply, shown) {
    const { field } = this.#parts;
    const code = failure.code in PHRASES.da ? failure.code : "server";
    const words = failure.detail || `${this.#say(code)} ${failure.more}`;
    const again = () => {
      if (this.#waiting) return;
      if (field.value === message) field.value = "";
      this.#focus(field);
      this.#send(message, reply);
    };
    reply.replaceChildren(make("p", { class: "fault", part: "fault" }, words));
    if (code !== "refused" && code !== "denied") reply.append(button("retry", this.#say("retry"), again));
    if (["denied", "filtered", "blocked"].includes(code)) reply.append(this.#link(this.#endpoint, this.#say("page")));
    if (!shown) return;
    if (!field.value) field.value = message;
    this.#announce(words);
    this.#tell("error", { code, status: failure.status ?? 0 });
  }

  #answered(answer, message) {
    const phrases = PHRASES[answer.language] ?? PHRASES.da;
    const citations = answer.citations?.length ?? 0;
    this.#turns = [...this.#turns, { question: message, answer }];
    const count = citations ? ` ${phrases.sources(citations)}.` : "";
    const refused = answer.status === "not_in_source" ? `${phrases.not_in_source}. ` : "";
    this.#announce(refused + answer.answer.replace(/ ?\[\d+\]/g, "") + count, answer.language);
    this.#tell("answer", { status: answer.status, language: answer.language, citations });
    this.#tell("turns");
  }

  /** Show an answer: what it says, then what it rests on; on a wide screen beside each other. */
  #fill(answer, message, reply) {
    const phrases = PHRASES[answer.language] ?? PHRASES.da;
    const clarify = answer.status === "clarify";
    const cited = answer.citations ?? [];
    const closest = cited.length ? [] : (answer.closest ?? []);
    const chips = this.#chips(answer.suggestions ?? [], clarify ? phrases.choose : phrases.more);
    const found = [...cited, ...closest];
    const paths = found.map(this.#path);
    const groups = found.sort((one, other) => paths.indexOf(this.#path(one)) - paths.indexOf(this.#path(other)));
    const sources = groups.map((each, place) => this.#source(each, phrases, reply, groups[place - 1]));
    const said = make("div", { class: "said" });
    if (answer.status === "not_in_source") said.append(make("p", { class: "badge", part: "badge" }, phrases.not_in_source));
    said.append(make("div", { class: "text" }, ...this.#prose(answer, sources, phrases)));
    if (clarify) said.append(...chips);
    const proof = make("div", { class: "proof" });
    if (sources.length) {
      const rest = sources.splice(sources.length > UNFOLDED + 1 ? UNFOLDED : sources.length);
      proof.append(make("p", { class: "label" }, closest.length ? phrases.closest : phrases.sources(cited.length)));
      proof.append(make("ol", { class: "sources" }, ...sources));
      if (rest.length) proof.append(make("details", {}, make("summary", {}, phrases.all(groups.length)), make("ol", { class: "sources" }, ...rest)));
    }
    const asks = ["answered", "not_in_source"].includes(answer.status);
    const after = make("div", { class: "said" }, this.#acts(answer, message, phrases), asks && this.#opinion(answer, phrases), ...(clarify ? [] : chips));
    reply.lang = answer.language;
    reply.classList.toggle("cited", Boolean(sources.length));
    reply.replaceChildren(said, proof, after);
    for (const type of ["pointerover", "focus", "pointerout", "blur"]) reply.addEventListener(type, (event) => this.#pair(event, reply), true);
  }

  /** Mark a source and its references, while one of them is pointed at or has the focus. */
  #pair({ target, type }, reply) {
    const number = /over|focus/.test(type) && target.closest("[data-number]")?.dataset.number;
    for (const node of reply.querySelectorAll("[data-number]")) node.classList.toggle("pair", node.dataset.number === number);
  }

  #acts(answer, message, phrases) {
    const act = (words, part, text) => {
      const node = button(part, words, () => this.#copy(node, text(), answer.language, phrases));
      return node;
    };
    const address = () => `${this.#endpoint}?${new URLSearchParams({ q: message, lang: this.#language })}`;
    const whole = answer.citations?.length || answer.closest?.length;
    return make("p", { class: "acts tools" }, whole ? act(phrases.copy, "copy", () => this.#plain(answer, message, phrases)) : null, act(phrases.address, "address", address));
  }

  /** Ask whether the answer helped, and where not why; what is sent holds no text. */
  #opinion({ status, language, citations, ticket }, phrases) {
    const box = make("p", { class: "acts tools", part: "opinion", tabindex: "-1" });
    const sections = [...new Set(citations.map((each) => each.section))].slice(0, MOST_TURNS);
    const send = async (helpful, reason) => {
      const body = JSON.stringify({ helpful, status, sections, ...(reason && { reason }), ...(ticket && { ticket }) });
      const init = { method: "POST", headers: { "Content-Type": "application/json" }, body, credentials: "omit" };
      const { ok } = await this.request(`${this.#endpoint}api/feedback`, init).catch(() => ({}));
      show(ok ? phrases.thanks : phrases.notSent);
      this.#announce(ok ? phrases.thanks : phrases.notSent, language);
    };
    const show = (words, ...buttons) => {
      const inside = box.contains(this.shadowRoot.activeElement);
      box.replaceChildren(words, ...buttons);
      if (inside) this.#focus(box);
    };
    const reasons = Object.entries(phrases.reasons).map(([reason, words]) => button("reason", words, () => send(false, reason)));
    show(phrases.found, button("yes", phrases.yes, () => send(true)), button("no", phrases.no, () => show(phrases.why, ...reasons)));
    return box;
  }

  /** The text as paragraphs, its lines "- …" as a list or a table. */
  #prose({ answer, status }, sources, phrases) {
    const nodes = [];
    const inline = (text) => this.#withReferences(text, sources, phrases, status !== "answered");
    for (const block of answer.split(/\n(?=- )|(?<=\n- [^\n]*)\n(?!- )/)) {
      if (!block.startsWith("- ")) nodes.push(make("p", {}, ...inline(block)));
      else if (Array.isArray(nodes.at(-1))) nodes.at(-1).push(block.slice(2));
      else nodes.push([block.slice(2)]);
    }
    return nodes.map((node) => (Array.isArray(node) ? this.#list(node, inline) : node));
  }

  #list(items, inline) {
    const table = columns(items);
    if (!table) return make("ul", {}, ...items.map((item) => make("li", {}, ...inline(item))));
    const { labels, rows } = table;
    const cell = (words, place) => make("td", { role: "cell", "data-name": labels[place] }, ...inline(words));
    const body = rows.map(([name, ...cells]) => make("tr", { role: "row" }, make("th", { role: "rowheader", scope: "row" }, ...inline(name)), ...cells.map(cell)));
    const head = labels.map((label) => make("th", { role: "columnheader", scope: "col" }, label));
    const top = labels.length ? make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, make("td", { role: "cell" }), ...head)) : null;
    return make("div", labels.length ? { class: "wide" } : {}, make("table", { role: "table" }, top, make("tbody", { role: "rowgroup" }, ...body)));
  }

  /** Turn each "[2]" of the answer into a button that goes to source 2, on the line of the word that it follows. */
  #withReferences(text, sources, phrases, linked) {
    const whole = (piece) => (linked ? this.#withLinks(piece) : [piece]);
    return text.split(/(\S{0,12}(?:\s?\[\d+\])+[.,;:]?)/).flatMap((piece, place) => {
      if (place % 2 === 0) return whole(piece);
      const parts = piece.replace(/\s/g, "\u00a0").split(/\[(\d+)\]/).map((each, odd) => {
        const source = odd % 2 && sources.find((found) => found.dataset.number === each);
        if (!source) return odd % 2 ? `[${each}]` : each;
        const go = () => {
          source.closest("details")?.setAttribute("open", "");
          this.#focus(source);
        };
        return button("reference", each, go, { class: "ref", "data-number": each, "aria-label": phrases.reference(each) });
      });
      return [make("span", { class: "kept" }, ...parts)];
    });
  }

  /** Make links of the addresses and telephone numbers that a contact has. */
  #withLinks(text) {
    return text.split(/([^\s@<>]+@[\w-]+(?:\.[\w-]+)+|https:\/\/[^\s<>]*[\w/]|(?<![\d-])(?:\+45 ?)?\d\d \d\d \d\d \d\d(?!\d))/).map((piece, place) => {
      if (place % 2 === 0) return piece;
      const scheme = piece.includes("@") ? "mailto:" : piece.includes(":") ? "" : "tel:";
      return make("a", { href: scheme + piece.replaceAll(" ", ""), part: "link" }, piece);
    });
  }

  #path({ heading }) {
    return (heading ?? []).join(" › ");
  }

  #source(citation, phrases, reply, above) {
    const { number } = citation;
    const address = this.#address(citation);
    const path = this.#path(citation);
    const same = above && this.#path(above) === path;
    const source = make("li", { class: same ? "source same" : "source", part: "source", tabindex: "-1", "data-number": number });
    source.append(make("p", { class: "path" }, make("b", {}, String(number)), " ", make("span", { lang: "da", class: same ? "vh" : null }, path)));
    const quote = make("blockquote", { class: "quote", part: "quote", lang: "da" }, citation.quote);
    if (phrases === PHRASES.en && citation.translation && citation.translation !== citation.quote) {
      const words = make("blockquote", { class: "translation", part: "translation", lang: "en" }, citation.translation);
      source.append(make("p", { class: "label" }, phrases.original), quote, make("p", { class: "label" }, phrases.translation), words);
    } else source.append(quote);
    const back = () => this.#focus(reply.querySelector(`.ref[data-number="${Number(number)}"]`) ?? reply);
    const foot = make("p", { class: "foot tools" }, address && this.#link(address, phrases.read, phrases, `– ${phrases.reference(number)}, ${path} `));
    foot.append(button("back", phrases.back, back, { class: "plain", "aria-label": `${phrases.back} – ${phrases.reference(number)}` }));
    source.append(foot);
    return source;
  }

  /** Where the cited span stands highlighted; null for an address that is not the endpoint's own. */
  #address(citation) {
    const url = new URL(String(citation.url).replace(/^\//, ""), this.#endpoint);
    url.search = new URLSearchParams({ start: citation.start, end: citation.end, lang: this.#language });
    url.hash = "cited";
    return url.href.startsWith(this.#endpoint) ? url.href : null;
  }

  #plain(answer, message, phrases) {
    const lines = [message, "", answer.answer];
    for (const each of answer.citations?.length ? answer.citations : answer.closest) {
      lines.push("", `[${each.number}] ${this.#path(each)}`, `»${each.quote}«`);
      if (phrases === PHRASES.en && each.translation) lines.push(`${phrases.translation}: ${each.translation}`);
      lines.push(this.#address(each) ?? "");
    }
    return lines.join("\n");
  }

  async #copy(button, text, language, phrases) {
    let words = phrases.copied;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      words = phrases.notCopied;
    }
    button.textContent = words;
    this.#announce(words, language);
  }
}

/** A site whose editor strips unknown elements writes data-* on the script tag; the element is then made here, and again where the page's body is exchanged. */
function place() {
  const element = document.createElement(NAME);
  const put = () => {
    const tag = script();
    if (element.isConnected || !tag) return;
    if (document.body.contains(tag)) tag.after(element);
    else document.body.append(element);
  };
  put();
  new MutationObserver(put).observe(document.documentElement, { childList: true, subtree: true });
}

if (!new URL(import.meta.url).searchParams.has("nodefine")) {
  AgreementAssistant.define();
  if (SCRIPT && OPTIONS.some((name) => name in SCRIPT.dataset) && !document.querySelector(NAME)) place();
}
