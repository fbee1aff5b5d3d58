// Progressive only: every page works without this file.
const keepKey = (form) => `mingtang-draft:${form.dataset.keep}`;

function restore(form) {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(keepKey(form)) ?? "null"); } catch { return; }
  if (!kept) return;
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && !field.value && field.type !== "file") field.value = value;
  }
}

function remember(form) {
  const kept = {};
  for (const field of form.elements) {
    if (field.name && ["textarea", "text"].includes(field.type) && field.value) kept[field.name] = field.value;
  }
  try { localStorage.setItem(keepKey(form), JSON.stringify(kept)); } catch { /* nothing to keep it in */ }
}

function count(area) {
  const place = document.getElementById(`${area.id}_count`);
  if (place) place.textContent = `${[...area.value].length} / ${area.maxLength}`;
}

function prepare(scope) {
  for (const form of scope.querySelectorAll("form[data-keep]")) {
    restore(form);
    form.addEventListener("input", () => remember(form));
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

const sent = document.querySelector("[data-sent]");
if (sent) { try { localStorage.removeItem(`mingtang-draft:${sent.dataset.sent}`); } catch { /* nothing kept */ } }
prepare(document);
document.addEventListener("htmx:afterSwap", (event) => {
  prepare(event.target);
  const first = event.target.querySelector("textarea, input:not([type=hidden])");
  if (first) first.focus();
});
// Lists with checkboxes: j and k move, x or space selects, as the page says.
document.addEventListener("keydown", (event) => {
  const list = document.querySelector("[data-rows]");
  if (!list || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=text],input[type=search],textarea,select")) return;
  const boxes = [...list.querySelectorAll("tbody input[type=checkbox]")];
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
