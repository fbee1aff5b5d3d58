// Large print and high contrast: remembered on this device only, set before the page is painted.
const root = document.documentElement;
const KEYS = { size: "large", contrast: "high" };
const read = (key) => { try { return localStorage.getItem(`mingtang-${key}`); } catch { return null; } };
const write = (key, value) => { try { value ? localStorage.setItem(`mingtang-${key}`, value) : localStorage.removeItem(`mingtang-${key}`); } catch { /* private window: the switch works for this page */ } };
const asked = new URLSearchParams(location.search);
for (const key of Object.keys(KEYS)) {
  if (asked.has(key)) write(key, asked.get(key) === KEYS[key] ? KEYS[key] : "");
  const kept = read(key);
  if (kept === KEYS[key]) root.dataset[key] = kept;
}
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("[data-view]")) {
    const key = link.dataset.view;
    const show = () => link.setAttribute("aria-pressed", String(root.dataset[key] === KEYS[key]));
    link.setAttribute("role", "button");
    show();
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const on = root.dataset[key] === KEYS[key];
      if (on) delete root.dataset[key]; else root.dataset[key] = KEYS[key];
      write(key, on ? "" : KEYS[key]);
      show();
    });
    link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); link.click(); } });
  }
});
