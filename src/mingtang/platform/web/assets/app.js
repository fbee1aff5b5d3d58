// Progressive only: every page works without this file.
import "./keys.js";
import "./desk.js";
import { keep, sent as forgetDraft } from "./taking.js";

function count(area) {
  const place = document.getElementById(`${area.id}_count`);
  if (place) place.textContent = `${[...area.value].length} / ${area.maxLength}`;
}

function prepare(scope) {
  for (const form of scope.querySelectorAll("form[data-keep]")) {
    keep(form);
  }
  for (const area of scope.querySelectorAll("textarea[maxlength]")) {
    count(area);
    area.addEventListener("input", () => count(area));
  }
  for (const button of scope.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const box of scope.querySelectorAll("input[data-all]")) {
    box.addEventListener("change", () => {
      for (const each of document.querySelectorAll(`input[name="${box.dataset.all}"]`)) each.checked = box.checked;
    });
  }
}

// On a phone the long folds begin closed; without this file they stay open.
if (window.matchMedia("(max-width: 760px)").matches) {
  for (const fold of document.querySelectorAll("details[data-phone]")) fold.open = false;
}
// On paper every fold stands open; afterwards each is as it was.
const shut = [];
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) { shut.push(fold); fold.open = true; }
});
window.addEventListener("afterprint", () => { for (const fold of shut.splice(0)) fold.open = false; });
const wrong = document.querySelector("[data-focus]");
if (wrong) wrong.focus();

// Ask before an act that cannot be taken back. The question stands in the form; the two answers are ours.
const english = document.documentElement.lang === "en";
function ask(question) {
  return new Promise((answer) => {
    const box = document.createElement("dialog");
    const words = document.createElement("p");
    const row = document.createElement("p");
    const yes = document.createElement("button");
    const nay = document.createElement("button");
    words.textContent = question;
    words.id = "ask-words";
    box.setAttribute("aria-labelledby", words.id);
    row.className = "btns s-xs";
    yes.className = "btn btn--go";
    nay.className = "btn";
    yes.textContent = english ? "Yes, do it" : "是，现在做";
    nay.textContent = english ? "No" : "先不做";
    row.append(yes, nay);
    box.append(words, row);
    document.body.append(box);
    const end = (value) => { box.close(); box.remove(); answer(value); };
    yes.addEventListener("click", () => end(true));
    nay.addEventListener("click", () => end(false));
    box.addEventListener("cancel", () => end(false));
    box.showModal();
    nay.focus();
  });
}
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.asked) return;
  event.preventDefault();
  if (await ask(question)) {
    form.dataset.asked = "1";
    form.requestSubmit(event.submitter ?? undefined);
    delete form.dataset.asked;
  }
});
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("dialog[data-keys]");
  if (box && event.key === "?" && !event.target.matches("input:not([type=checkbox]),textarea,select")) { event.preventDefault(); box.showModal(); }
});

// Entry of papers: Ctrl+Enter sends from any field, one press one sending; the first field of the next paper has the focus.
const entry = document.querySelector("form[data-enter]");
if (entry) {
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); if (!event.repeat) entry.requestSubmit(); }
    else if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault();
  });
  if (!wrong) entry.elements.number?.focus(); // the same form below a mail has no number
}
const sent = document.querySelector("[data-sent]");
if (sent) forgetDraft(sent.dataset.sent);
prepare(document);
// A form opened inside a clause can be folded away again; the focus goes back to the link that opened it.
function closable(place) {
  const button = place.querySelector("[data-close]");
  if (!button || !place.id.startsWith("say-")) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    place.replaceChildren();
    document.querySelector(`[hx-target="#${place.id}"]`)?.focus();
  });
}
document.addEventListener("htmx:afterSwap", (event) => {
  prepare(event.target);
  closable(event.target);
  const first = event.target.querySelector("textarea, input:not([type=hidden])");
  if (first && !event.target.contains(document.activeElement)) first.focus();
});
// Lists with checkboxes: j and k move, x or space selects, as the page says.
document.addEventListener("keydown", (event) => {
  const boxes = [...document.querySelectorAll("[data-rows] tbody input[type=checkbox]")];
  if (!boxes.length || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=text],input[type=search],textarea,select")) return;
  const at = boxes.indexOf(document.activeElement);
  if (event.key === "j" || event.key === "k") {
    const next = boxes[Math.max(0, Math.min(boxes.length - 1, at + (event.key === "j" ? 1 : -1)))];
    if (next) { event.preventDefault(); next.focus(); next.scrollIntoView({ block: "nearest" }); }
  } else if (event.key === "x" && at >= 0) {
    event.preventDefault(); boxes[at].click();
  } else if (event.key === "g") {
    const field = document.querySelector("[data-group-field]");
    if (field) { event.preventDefault(); field.focus(); }
  }
});
// The index of a draft marks the clause being read: the last one whose head has passed the upper third.
const toc = document.querySelector("[data-toc]");
if (toc) {
  const lines = [...toc.querySelectorAll("a[href^='#']")].map((link) => [link.parentElement, document.getElementById(link.hash.slice(1))]);
  let waits = false;
  const mark = () => {
    waits = false;
    const passed = lines.filter(([, clause]) => clause && clause.getBoundingClientRect().top < innerHeight / 3);
    const now = passed.length ? passed.at(-1)[0] : null;
    for (const [line] of lines) {
      if (line === now) line.setAttribute("aria-current", "true"); else line.removeAttribute("aria-current");
    }
    if (now && toc.closest(".stay")) {
      const box = toc.closest(".stay");
      if (now.offsetTop < box.scrollTop || now.offsetTop + now.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = now.offsetTop - box.clientHeight / 2;
    }
  };
  addEventListener("scroll", () => { if (!waits) { waits = true; requestAnimationFrame(mark); } }, { passive: true });
  mark();
}
