// One key for one act: a button is pressed, a fold opens, a field gets the focus; never while somebody types.
const typing = "input:not([type=radio]):not([type=checkbox]),textarea,select";

function act(place) {
  if (place.matches("button,a")) { place.click(); return; }
  if (place.matches("summary")) place.parentElement.open = true;
  const field = (place.matches("summary") ? place.parentElement : place).querySelector("input:not([type=hidden]),textarea,select");
  if (field) { field.focus(); field.scrollIntoView({ block: "nearest" }); }
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form[data-send]");
  if (event.key === "Escape" && event.target.matches(typing)) { event.target.blur(); return; }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    if (!event.repeat) form.requestSubmit(form.querySelector("button[type=submit]"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches(typing) || document.querySelector("dialog[open]")) return;
  const place = /^[a-z]$/.test(event.key) ? document.querySelector(`[data-key="${event.key}"]`) : null;
  if (place) { event.preventDefault(); act(place); }
});

for (const button of document.querySelectorAll("[data-show-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.querySelector("dialog[data-keys]").showModal());
}

// What is left of a speaker's time, by the server's clock at the moment the page came.
const english = document.documentElement.lang === "en";
const two = (n) => String(n).padStart(2, "0");
const loaded = new WeakMap();
function left(place) {
  if (!loaded.has(place)) loaded.set(place, Date.parse(place.dataset.now) - performance.now());
  const seconds = Math.round(place.dataset.minutes * 60 - (loaded.get(place) + performance.now() - Date.parse(place.dataset.since)) / 1000);
  const clock = `${Math.floor(Math.abs(seconds) / 60)}:${two(Math.abs(seconds) % 60)}`;
  place.classList.toggle("over", seconds < 0);
  place.querySelector("[data-left]").textContent = seconds < 0 ? (english ? `${clock} over` : `超时 ${clock}`) : (english ? `${clock} left` : `还有 ${clock}`);
}
if (document.querySelector("#floor")) setInterval(() => document.querySelectorAll("[data-since]").forEach(left), 1000);
