// The grouping desk by keyboard: a key presses the button that names it, the row one was at has the focus again after the page comes back.
const PLACE = `desk-row:${location.pathname}`;
const boxes = () => [...document.querySelectorAll("table[data-desk] tbody input[type=checkbox]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input:not([type=checkbox]),textarea,select")) return;
  if (event.key === "/") {
    const field = document.querySelector("[data-find]");
    if (field) { event.preventDefault(); field.focus(); }
    return;
  }
  const button = [...document.querySelectorAll("button[data-key]")].find((each) => each.dataset.key === event.key);
  if (button) { event.preventDefault(); button.click(); }
});

// The nearest groups stand below one row at a time. Those of the row one leaves go when a press is over: if the page moved under the
// pointer between pressing and letting go, the click would meet another row.
let pressed = false;
function onlyOwn() {
  const own = document.activeElement?.matches("table[data-desk] tbody input[type=checkbox]") && document.activeElement.getAttribute("hx-target");
  for (const each of own ? document.querySelectorAll(".near-place") : []) {
    if (`#${each.id}` !== own) each.replaceChildren();
  }
}
document.addEventListener("pointerdown", () => { pressed = true; });
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => { pressed = false; setTimeout(onlyOwn); }); // after the click
}
document.addEventListener("focusin", (event) => {
  if (!event.target.matches("table[data-desk] tbody input[type=checkbox]")) return;
  sessionStorage.setItem(PLACE, String(boxes().indexOf(event.target)));
  if (!pressed) onlyOwn();
});

// What comes late for a row that was left is not shown.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.matches(".near-place") && document.activeElement?.getAttribute("hx-target") !== `#${event.target.id}`) event.detail.shouldSwap = false;
});

function comeBack() {
  const rows = boxes();
  const at = Number.parseInt(sessionStorage.getItem(PLACE) ?? "", 10);
  if (!rows.length || !Number.isFinite(at) || location.hash || document.querySelector("[data-focus]")) return;
  rows[Math.max(0, Math.min(at, rows.length - 1))].focus();
}

window.addEventListener("load", comeBack);
