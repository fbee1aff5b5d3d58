// The door of a meeting: codes typed or seen by the camera, noted at once, handed in when there is network.
// Without this file the form checks in by code, and the list by name. The queue outlives a reload: it holds code, way and moment, no name.
import decodeQR from "qr/decode.js";

const door = document.querySelector("[data-door]");
const english = document.documentElement.lang === "en";
const say = (zh, en) => (english ? en : zh);
const at = (name) => door.querySelector(`[data-door-${name}]`);
const place = `mt-door-${door.dataset.door}`;
const AGAIN = 4000; // a code counts once as long as the camera sees it, and again when it was away for so long
const EVERY = 12000;
const names = new Map();
let queue = read();
let busy = false;
const seen = new Map();

function read() {
  try { return JSON.parse(localStorage.getItem(place)) ?? []; } catch { return []; }
}
function write() {
  try { localStorage.setItem(place, JSON.stringify(queue)); } catch { /* then the page itself keeps it while it is open */ }
  at("waits").textContent = queue.length
    ? say(`${queue.length} 条待同步，有网络时自动上传；关掉本页也不会丢`, `${queue.length} to be handed in as soon as there is network; closing this page loses none`)
    : "";
}

function codeOf(scanned) {
  const words = scanned.trim();
  const plain = words.slice(words.lastIndexOf("#") + 1).replace(/[\s\-－]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(plain) ? `${plain.slice(0, 4)}-${plain.slice(4)}` : "";
}

function tell(words, kind) {
  at("said").textContent = words;
  at("said").dataset.kind = kind;
}

function log(words, kind) {
  const line = document.createElement("li");
  line.textContent = `${new Date().toTimeString().slice(0, 5)}　${words}`;
  line.dataset.kind = kind;
  at("log").prepend(line);
  while (at("log").children.length > 8) at("log").lastElementChild.remove();
}

function take(scanned, typed = "") {
  const code = codeOf(scanned);
  const words = code || scanned.trim();
  const now = Date.now();
  if (!words) return;
  const inward = door.querySelector("[name=way]:checked").value === "in";
  const still = now - (seen.get(`${inward} ${words}`) ?? 0) < AGAIN;
  seen.set(`${inward} ${words}`, now);
  if (still && !typed) return;
  queue.push({ key: crypto.randomUUID?.() ?? `${now}-${Math.random()}`, scanned: words, inward, typed, at: new Date(now).toISOString() });
  write();
  const who = names.get(code);
  if (who) tell(inward ? say(`${who.name}　已记下`, `${who.name}: noted`) : say(`${who.name}　离场，已记下`, `${who.name}: out, noted`), "kept");
  else tell(say(`${words}　已记下，核对后显示姓名`, `${words}: noted, to be checked`), "kept");
  navigator.vibrate?.(60);
  handIn();
}

async function handIn() {
  if (busy || !queue.length) return;
  busy = true;
  const scans = queue.slice(0, 200);
  try {
    const answer = await fetch(door.dataset.sync, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": door.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ scans }),
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) signIn();
    else if (answer.ok) settle((await answer.json()).done);
    else tell((await answer.json()).reason, "no");
  } catch {
    tell(say(`没有网络：已存 ${queue.length} 条，可以继续扫码`, `No network: ${queue.length} kept, go on scanning`), "kept");
  }
  busy = false;
}

function settle(done) {
  const keys = new Set(done.map((each) => each.key));
  const typed = new Map(queue.filter((each) => each.typed).map((each) => [each.key, each.typed]));
  queue = queue.filter((each) => !keys.has(each.key));
  write();
  for (const each of done) {
    const words = each.reason ? `${each.reason}${each.remedy}` : say(`${each.name}　已登记`, `${each.name}: entered`);
    log(words, each.reason ? "no" : "yes");
    const box = at("form").elements.code;
    if (each.reason && typed.has(each.key) && !box.value) box.value = typed.get(each.key);
    tell(words, each.reason ? "no" : "yes");
  }
  if (queue.length) setTimeout(handIn, 200);
  else renew();
}

// Numbers and list as they stand now, unless somebody is typing there.
async function renew() {
  try {
    const answer = await fetch(window.location.href, { redirect: "manual" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of ["door-now", "door-list"]) {
      const old = document.getElementById(name);
      if (!old.contains(document.activeElement)) old.replaceWith(fresh.getElementById(name));
    }
  } catch { /* the next hand-in brings them */ }
}

function signIn() {
  const link = document.createElement("a");
  link.href = door.dataset.login;
  link.textContent = say("重新登录", "Sign in again");
  tell(say(`登录已过期，${queue.length} 条还在本机。`, `You were signed out; ${queue.length} are kept here. `), "no");
  at("said").append(link);
}

async function learn() {
  try {
    const answer = await fetch(door.dataset.roster, { redirect: "manual" });
    if (answer.ok) for (const each of (await answer.json()).people) names.set(each.code, each);
  } catch { /* names come with the next hand-in */ }
}

let stream = null;
async function look() {
  const eye = at("eye");
  if (stream) {
    for (const track of stream.getTracks()) track.stop();
    stream = null;
    eye.hidden = true;
    at("camera").textContent = say("用摄像头扫码", "Scan with the camera");
    return;
  }
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    tell(say("打不开摄像头：请在浏览器里允许使用，或输入八位签到码。", "The camera cannot be opened: allow it in the browser, or type the code."), "no");
    return;
  }
  eye.srcObject = stream;
  eye.hidden = false;
  at("camera").textContent = say("关闭摄像头", "Stop the camera");
  await eye.play();
  watch(eye, await seeing());
}

async function seeing() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (eye) => (await detector.detect(eye))[0]?.rawValue;
  }
  const board = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return async (eye) => {
    const scale = Math.min(1, 720 / eye.videoWidth);
    board.canvas.width = eye.videoWidth * scale;
    board.canvas.height = eye.videoHeight * scale;
    board.drawImage(eye, 0, 0, board.canvas.width, board.canvas.height);
    try { return decodeQR(board.getImageData(0, 0, board.canvas.width, board.canvas.height)); } catch { return ""; }
  };
}

async function watch(eye, see) {
  while (stream) {
    if (eye.videoWidth) {
      let found = "";
      try { found = await see(eye); } catch { /* a frame that is not ready */ }
      if (found) take(found);
    }
    await new Promise((done) => setTimeout(done, 180));
  }
}

at("way").hidden = false;
if (navigator.mediaDevices?.getUserMedia) at("camera").hidden = false;
at("camera").addEventListener("click", look);
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const box = event.target.elements.code;
  if (!box.value.trim()) { box.focus(); return; }
  take(box.value, box.value);
  box.value = "";
  box.focus();
});
window.addEventListener("online", handIn);
setInterval(handIn, EVERY);
write();
learn().then(handIn);
