/**
 * On the assistant's own page: the last question in the address, and the conversation in the history of this tab, so that
 * reload, Back and the other language keep it. Nothing is stored, and what the server refused is taken out of the address.
 */

const chat = document.querySelector("agreement-assistant");
const { lang } = document.documentElement;
let shown = false; // while a conversation that was kept is put back

function show(turns) {
  shown = true;
  chat.turns = turns;
  shown = false;
}

function keep() {
  if (shown) return;
  const { turns } = chat;
  const address = new URL(location.href);
  address.hash = "";
  if (turns.length) address.searchParams.set("q", turns.at(-1).question);
  else address.searchParams.delete("q");
  history[address.href === location.href ? "replaceState" : "pushState"]({ turns, lang }, "", address);
}

/** Show the conversation of an entry of the history; in the other language it is a page of its own, to be loaded. */
function go({ state }) {
  if (!state) return; // a place in the page
  if (state.lang === lang) show(state.turns ?? []);
  else location.reload();
}

/** Open the page in the other language with the conversation: a state stays with its address when that is loaded anew. */
function change(event) {
  const { turns } = chat;
  if (!turns.length) return;
  event.preventDefault();
  const address = new URL(event.currentTarget.href);
  address.searchParams.set("q", turns.at(-1).question);
  history.pushState({ turns, lang: event.currentTarget.lang }, "", address);
  location.reload();
}

if (chat) {
  await customElements.whenDefined(chat.localName);
  const asked = new URL(location.href).searchParams.get("q");
  chat.addEventListener("turns", keep);
  addEventListener("popstate", go);
  document.querySelector(".switch a").addEventListener("click", change);
  const kept = history.state?.turns;
  history.replaceState({ turns: kept, lang }, "");
  if (kept) show(kept);
  else if (asked) chat.ask(asked);
} else {
  history.replaceState(null, "", location.pathname);
}
