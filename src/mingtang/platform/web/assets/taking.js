// Taking part: drafts that survive, sending that waits for the network, quoting what is selected, the silent check for robots.
const draftKey = (name) => `mingtang-draft:${name}`;
const left = (form) => ["csrfmiddlewaretoken", "clause", ...(form.dataset.private ?? "name email phone").split(" ")];

function read(name) {
  try { return JSON.parse(localStorage.getItem(draftKey(name)) ?? "null"); } catch { return null; }
}

export function sent(name) {
  try { localStorage.removeItem(draftKey(name)); } catch { /* nothing kept */ }
}

// Words, choices and the token of the form: the same token sent again gives the same receipt.
function remember(form) {
  const kept = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "submit" || left(form).includes(field.name)) continue;
    if (field.type === "radio") { if (field.checked) kept[field.name] = field.value; }
    else if (field.type === "checkbox") kept[`${field.name}=${field.value}`] = field.checked;
    else if (field.value) kept[field.name] = field.value;
  }
  try { localStorage.setItem(draftKey(form.dataset.keep), JSON.stringify(kept)); } catch { /* nothing to keep it in */ }
}

function restore(form) {
  const kept = read(form.dataset.keep);
  if (!kept || form.querySelector(".errs, [role=alert]")) return;
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "submit" || left(form).includes(field.name)) continue;
    if (field.type === "radio") { if (field.name in kept) field.checked = kept[field.name] === field.value; }
    else if (field.type === "checkbox") { if (`${field.name}=${field.value}` in kept) field.checked = kept[`${field.name}=${field.value}`]; }
    else if (field.name in kept && (!field.value || field.name === "token")) field.value = kept[field.name];
  }
  for (const fold of form.querySelectorAll("details")) {
    if ([...fold.querySelectorAll("textarea, input[type=text], input[type=url], select")].some((each) => each.value)) fold.open = true;
  }
}

// Whether the server answers: a browser may call itself online with nothing behind it.
async function reachable() {
  if (!navigator.onLine) return false;
  try { return (await fetch("/r/", { method: "HEAD", cache: "no-store", credentials: "omit" })).status < 500; } catch { return false; }
}

function say(form, words) {
  const place = form.querySelector("[data-state]");
  if (place) place.textContent = words;
}

function send(form, submitter) {
  form.dataset.ready = "1";
  form.requestSubmit(submitter && submitter.isConnected ? submitter : undefined);
  delete form.dataset.ready;
}

// Waits until the server answers, then sends by itself; pressing the button again tries at once.
function wait(form, submitter) {
  say(form, form.dataset.offline);
  remember(form);
  clearInterval(form.waiting);
  form.waiting = setInterval(async () => {
    if (!form.isConnected) clearInterval(form.waiting);
    else if (await reachable()) { clearInterval(form.waiting); send(form, submitter); }
  }, 4000);
}

async function zeros(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return digest[0] === 0 && digest[1] < 4;
}

// Fourteen bits: some ten thousand digests, done while one types. Without WebCrypto it is sent without, and marked.
async function prove(form) {
  const asked = form.dataset.challenge;
  const field = form.elements.namedItem("proof");
  if (!asked || !field || !globalThis.crypto?.subtle) return;
  for (let number = 0; ; number += 64) {
    const tries = await Promise.all(Array.from({ length: 64 }, (_, n) => zeros(`${asked}:${number + n}`)));
    const hit = tries.indexOf(true);
    if (hit >= 0) { field.value = `${asked}:${number + hit}`; return; }
  }
}

function sending(form) {
  const proof = prove(form);
  window.addEventListener("offline", () => { if (form.isConnected) say(form, form.dataset.offline); });
  window.addEventListener("online", () => { if (form.isConnected && !form.waiting) say(form, ""); });
  form.addEventListener("submit", async (event) => {
    if (form.dataset.ready) return;
    event.preventDefault();
    const submitter = event.submitter;
    clearInterval(form.waiting);
    form.waiting = 0;
    say(form, form.dataset.checking);
    remember(form);
    await Promise.race([proof, new Promise((done) => { setTimeout(done, 8000); })]);
    if (await reachable()) send(form, submitter); else wait(form, submitter);
  });
}

// A sentence chosen from the list stands in the field, where it can be shortened.
function quoting(form) {
  const list = form.querySelector("[data-sentences]");
  const quote = form.elements.namedItem("quote");
  const start = form.elements.namedItem("quote_start");
  if (!list || !quote) return;
  list.addEventListener("change", () => {
    quote.value = list.value === "" ? "" : list.selectedOptions[0].textContent.replace(/…$/, "");
    if (start) start.value = "";
    if (list.value !== "" && list.selectedOptions[0].textContent.endsWith("…")) quote.value = "";
    const chosen = list.value;
    quote.dispatchEvent(new Event("input", { bubbles: true }));
    list.value = chosen;
    remember(form);
  });
  quote.addEventListener("input", () => { list.value = ""; });
}

export function keep(form) {
  restore(form);
  form.addEventListener("input", () => remember(form));
  form.addEventListener("change", () => remember(form));
  quoting(form);
  if (form.dataset.offline) sending(form);
}

// The words selected in a clause, without what only screen readers hear.
function selected(clause) {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const words = clause.querySelector("[data-clause-text]");
  if (!words || !words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
  const plain = (part) => { for (const each of part.querySelectorAll(".sr")) each.remove(); return part.textContent; };
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(range.startContainer, range.startOffset);
  const text = plain(range.cloneContents()).trim();
  return text ? { text, start: plain(before.cloneContents()).trimStart().length } : null;
}

function fill(form, passage) {
  const quote = form.elements.namedItem("quote");
  quote.value = passage.text;
  quote.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.namedItem("quote_start").value = passage.start;
  form.querySelector("[data-sentences]").value = "";
  form.querySelector("[data-quoting]").open = true;
  remember(form);
  form.elements.namedItem("proposed").focus();
}

const buttons = [...document.querySelectorAll("[data-quote]")];
let passage = null;
if (buttons.length) {
  document.addEventListener("selectionchange", () => {
    for (const button of buttons) {
      const found = selected(button.closest(".clause"));
      button.hidden = !found;
      if (found) passage = found;
    }
  });
  for (const button of buttons) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const clause = button.closest(".clause");
      const chosen = passage;
      const open = clause.querySelector("form.say");
      if (open) { fill(open, chosen); return; }
      const place = clause.querySelector("[id^=say-]");
      place.addEventListener("htmx:afterSettle", () => fill(clause.querySelector("form.say"), chosen), { once: true });
      clause.querySelector(".ca a[hx-get]").click();
    });
  }
}
