// The Mingtang verifier for browsers: the same checks as mingtang_verify.py, with nothing from elsewhere.
// SHA-256 and SM3 are written out below; Ed25519 is the browser's own (WebCrypto). Licence: AGPL-3.0-or-later.
"use strict";
(function () {
  const PROMISED = 60e3; // milliseconds within which the log enters what was received
  const fault = (zh, en) => Object.assign(new Error(en), { ours: [zh, en] });
  // ── bytes ──
  const utf8 = (words) => new TextEncoder().encode(words);
  const hex = (bytes) => Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
  function unhex(words) {
    if (!/^([0-9a-f]{2})*$/.test(words)) throw new Error("not hexadecimal");
    return Uint8Array.from(words.match(/../g) || [], (each) => parseInt(each, 16));
  }
  function base64(words) {
    const plain = atob(words.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (each) => each.charCodeAt(0));
  }
  const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
  function join(...parts) {
    const whole = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
    let at = 0;
    for (const each of parts) { whole.set(each, at); at += each.length; }
    return whole;
  }
  function compare(a, b) {
    for (let n = 0; n < Math.min(a.length, b.length); n++) if (a[n] !== b[n]) return a[n] - b[n];
    return a.length - b.length;
  }

  // ── hashes: FIPS 180-4 and GB/T 32905 ──
  const left = (x, n) => ((x << (n % 32)) | (x >>> ((32 - n % 32) % 32))) >>> 0;
  function padded(data) {
    const whole = new Uint8Array(((data.length + 72) >> 6) << 6);
    whole.set(data);
    whole[data.length] = 0x80;
    const view = new DataView(whole.buffer);
    view.setUint32(whole.length - 8, Math.floor(data.length / 0x20000000));
    view.setUint32(whole.length - 4, (data.length << 3) >>> 0);
    return view;
  }
  function words(state) {
    const out = new DataView(new ArrayBuffer(32));
    state.forEach((each, n) => out.setUint32(4 * n, each));
    return new Uint8Array(out.buffer);
  }
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 0x100000000) >>> 0;
  const K = primes.map((p) => fraction(Math.cbrt(p)));
  const START = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
  const W = new Uint32Array(68);
  function sha256(data) {
    const view = padded(data), state = START.slice();
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let n = 0; n < 16; n++) W[n] = view.getUint32(at + 4 * n);
      for (let n = 16; n < 64; n++) {
        const x = W[n - 15], y = W[n - 2];
        const s0 = left(x, 25) ^ left(x, 14) ^ (x >>> 3), s1 = left(y, 15) ^ left(y, 13) ^ (y >>> 10);
        W[n] = W[n - 16] + s0 + W[n - 7] + s1;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let n = 0; n < 64; n++) {
        const s1 = left(e, 26) ^ left(e, 21) ^ left(e, 7), choice = (e & f) ^ (~e & g);
        const t1 = (h + s1 + choice + K[n] + W[n]) >>> 0;
        const s0 = left(a, 30) ^ left(a, 19) ^ left(a, 10), most = (a & b) ^ (a & c) ^ (b & c);
        h = g; g = f; f = e; e = (d + t1) >>> 0; d = c; c = b; b = a; a = (t1 + s0 + most) >>> 0;
      }
      [a, b, c, d, e, f, g, h].forEach((each, n) => { state[n] = (state[n] + each) >>> 0; });
    }
    return words(state);
  }
  const SM3_START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
  const p0 = (x) => (x ^ left(x, 9) ^ left(x, 17)) >>> 0;
  const p1 = (x) => (x ^ left(x, 15) ^ left(x, 23)) >>> 0;
  function sm3(data) {
    const view = padded(data), state = SM3_START.slice();
    for (let at = 0; at < view.byteLength; at += 64) {
      for (let n = 0; n < 16; n++) W[n] = view.getUint32(at + 4 * n);
      for (let n = 16; n < 68; n++) W[n] = p1(W[n - 16] ^ W[n - 9] ^ left(W[n - 3], 15)) ^ left(W[n - 13], 7) ^ W[n - 6];
      let [a, b, c, d, e, f, g, h] = state;
      for (let n = 0; n < 64; n++) {
        const s1 = left((left(a, 12) + e + left(n < 16 ? 0x79cc4519 : 0x7a879d8a, n)) >>> 0, 7), s2 = (s1 ^ left(a, 12)) >>> 0;
        const ff = n < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c), gg = n < 16 ? e ^ f ^ g : (e & f) | (~e & g);
        const t1 = (ff + d + s2 + (W[n] ^ W[n + 4])) >>> 0, t2 = (gg + h + s1 + W[n]) >>> 0;
        d = c; c = left(b, 9); b = a; a = t1; h = g; g = left(f, 19); f = e; e = p0(t2);
      }
      [a, b, c, d, e, f, g, h].forEach((each, n) => { state[n] = (state[n] ^ each) >>> 0; });
    }
    return words(state);
  }
  const HASHES = { sha256, sm3 };
  function digest(algorithm, data) {
    if (!HASHES[algorithm]) throw new Error("unknown hash algorithm " + algorithm);
    return HASHES[algorithm](data);
  }
  const LEAF = Uint8Array.of(0), NODE = Uint8Array.of(1);
  const nodeHash = (algorithm, a, b) => digest(algorithm, join(NODE, a, b));

  // ── one way to write a structure; leaves, commitments, signatures ──
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value !== null && typeof value === "object") {
      return "{" + Object.keys(value).sort().map((name) => JSON.stringify(name) + ":" + canonical(value[name])).join(",") + "}";
    }
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("only whole numbers have a canonical form");
    return JSON.stringify(value);
  }
  function without(given, ...names) {
    return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
  }
  const leafOf = (entry) => digest(entry.algorithm, join(LEAF, utf8(canonical(without(entry, "key", "signature")))));
  const fingerprint = (key) => hex(sha256(key)).slice(0, 32);
  const grouped = (name) => String(name).replace(/(.{4})(?=.)/g, "$1 ");
  const saltOf = (secret, purpose) => sha256(join(utf8("mingtang salt " + purpose), Uint8Array.of(0), secret)).slice(0, 16);
  const commitment = (algorithm, salt, content) => hex(digest(algorithm, join(salt, utf8(canonical(content)))));
  async function isSigned(whole, keys) {
    const key = keys[whole.key];
    if (!key || fingerprint(key) !== whole.key || typeof whole.signature !== "string") return false;
    try {
      const held = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return await crypto.subtle.verify({ name: "Ed25519" }, held, base64(whole.signature), utf8(canonical(without(whole, "signature"))));
    } catch (problem) {
      if (problem && problem.name === "NotSupportedError") throw new Error("this browser knows no Ed25519");
      return false;
    }
  }
  async function requireEd25519() {
    if (!globalThis.crypto || !crypto.subtle) throw fault("浏览器在这个网址上不提供密码功能：请用 https 打开，或下载本页到本地打开。", "The browser offers no cryptography at this address: open it over https, or download this page and open the file.");
    try {
      await crypto.subtle.importKey("raw", unhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), { name: "Ed25519" }, false, ["verify"]);
    } catch (problem) {
      throw fault("这个浏览器不支持 Ed25519 签名：请换较新的浏览器，或用查验程序 mingtang_verify.py。", "This browser knows no Ed25519 signatures: use a newer one, or mingtang_verify.py.");
    }
  }

  // ── proofs ──
  function includes(algorithm, leaf, index, size, proof, root) {
    if (!(0 <= index && index < size)) return false;
    let position = index, last = size - 1, value = leaf;
    for (const each of proof) {
      if (last === 0) return false;
      if (position % 2 === 1 || position === last) {
        value = nodeHash(algorithm, each, value);
        while (position % 2 === 0 && position > 0) { position = Math.floor(position / 2); last = Math.floor(last / 2); }
      } else value = nodeHash(algorithm, value, each);
      position = Math.floor(position / 2); last = Math.floor(last / 2);
    }
    return last === 0 && hex(value) === root;
  }
  function peaks(size) {
    const keys = [];
    for (let begin = 0; begin < size;) {
      const level = Math.floor(Math.log2(size - begin));
      keys.push(level + ":" + begin / 2 ** level);
      begin += 2 ** level;
    }
    return keys;
  }
  function coveredRoot(algorithm, leaves, given, size) {
    const tops = new Map(given);
    let known = leaves;
    for (let level = 0; known.size; level++) {
      const complete = Math.floor(size / 2 ** level), above = new Map();
      for (const [index, value] of known) {
        const other = index % 2 ? index - 1 : index + 1;
        if (other >= complete) { tops.set(level + ":" + index, value); continue; }
        if (index % 2 && known.has(other)) continue;
        const beside = known.get(other) || given.get(level + ":" + other);
        if (!beside) return "";
        above.set(Math.floor(index / 2), index % 2 ? nodeHash(algorithm, beside, value) : nodeHash(algorithm, value, beside));
      }
      known = above;
    }
    const hashes = peaks(size).map((key) => tops.get(key));
    if (!hashes.length) return hex(digest(algorithm, new Uint8Array()));
    if (hashes.some((each) => !each)) return "";
    return hex(hashes.reduceRight((value, each) => nodeHash(algorithm, each, value)));
  }

  // ── what was found ──
  class Findings {
    constructor() { this.all = []; this.broken = 0; }
    holds(zh, en) { this.all.push(["holds", zh, en]); }
    breaks(zh, en) { if (++this.broken <= 20) this.all.push(["broken", zh, en]); }
    open(zh, en) { this.all.push(["open", zh, en]); }
    either(good, holds, breaks) { good ? this.holds(...holds) : this.breaks(...breaks); return good; }
    get good() { return this.broken === 0; }
  }

  // ── a receipt ──
  const pairs = (given) => Object.fromEntries(given.split(",").filter((each) => each.includes("=")).map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]));
  function unpack(line) {
    const parts = line.trim().split("#").pop().split("~");
    if (parts.length !== 12 || parts[0] !== "1") throw fault("这不是回执的内容。", "This is not a receipt.");
    const [, code, log, kind, at, algorithm, facts, small, secret, content, key, signature] = parts;
    const hidden = base64(secret);
    const holder = commitment(algorithm, saltOf(hidden, "code"), { code });
    const signed = {
      v: 1, log, kind, at, algorithm, facts: { ...pairs(facts), holder, content: hex(base64(content)) },
      key: fingerprint(base64(key)), signature: toBase64(base64(signature)),
    };
    return { signed, code, secret: hidden, key: base64(key), content: pairs(small) };
  }
  async function checkReceipt(held, { text = null, trusted = null } = {}) {
    const found = new Findings(), name = fingerprint(held.key), said = grouped(name);
    found.either(await isSigned(held.signed, { [name]: held.key }),
      [`回执号 ${held.code} 由密钥 ${said} 签名，签于 ${held.signed.at}。`, `Receipt ${held.code} is signed by key ${said}, at ${held.signed.at}.`],
      ["签名不对：这张回执是伪造的，或抄错了。", "The signature is wrong: the receipt is forged or was copied wrongly."]);
    if (!trusted) found.open("请与印在纸上或信任页上的指纹比对。", "Compare that fingerprint with the one in print or on the trust page.");
    else found.either(Boolean(trusted[name]), ["这个密钥是公布的密钥。", "The key is one of the published keys."], ["这个密钥不在公布的密钥之中：回执不是这里发的。", "The key is none of the published keys: the receipt is not from here."]);
    if (text === null) found.open("没有比对原文。", "The words were not compared.");
    else found.either(
      commitment(held.signed.algorithm, saltOf(held.secret, "content"), { ...held.content, text: text.trim() }) === held.signed.facts.content,
      ["原文与回执一致，一字未改。", "The words are those of the receipt, to the letter."],
      ["原文与回执不一致：至少改了一个字。", "The words are not those of the receipt: at least one character differs."]);
    return found;
  }
  async function checkHead(found, head, keys, log) {
    return found.either((await isSigned(head, keys)) && head.log === log,
      [`总账 ${log} 到 ${head.at} 共 ${head.size} 条，已签名。`, `The log ${log} holds ${head.size} entries at ${head.at}, signed.`],
      ["总账的签名不对，或不是这本总账。", "The head of the log is not signed by a known key, or speaks of another log."]);
  }
  function keysIn(rows) {
    return Object.fromEntries((Array.isArray(rows) ? rows : rows.keys).map((each) => [fingerprint(unhex(each.public)), unhex(each.public)]));
  }
  async function ask(base, path) {
    // what a cache kept proves nothing about the log of now
    const answer = await fetch(base + path, { credentials: "omit", cache: "no-store", headers: { Accept: "application/json" } });
    return answer.ok ? answer.json() : { status: answer.status };
  }
  async function checkWithLog(held, base, text) {
    const trusted = keysIn(await ask(base, "/log/keys"));
    const found = await checkReceipt(held, { text, trusted });
    const answer = await ask(base, "/log/proof?leaf=" + hex(leafOf(held.signed)));
    if (answer.status === 404 && Date.now() < Date.parse(held.signed.at) + PROMISED) found.open("总账还没有记入：收到不到一分钟，请过一分钟再查。", "The log does not hold it yet: it is less than a minute old. Check again in a minute.");
    else if (answer.status === 404) found.breaks("总账里没有这张回执；收到超过一分钟的，就是被丢掉了。", "The log does not hold this receipt; if it is older than a minute, it was dropped.");
    else if (answer.status) found.breaks("总账给不出证明：有人从数据库里拿走了东西。", "The log cannot give the proof: part of it is gone.");
    else {
      await checkHead(found, answer.head, trusted, held.signed.log);
      const inside = includes(answer.head.algorithm, leafOf(held.signed), answer.index, answer.head.size, answer.proof.map(unhex), answer.head.root);
      found.either(inside, [`已记入总账，第 ${answer.index} 条。`, `The log holds it as entry ${answer.index}.`], ["证明不成立：总账里没有它。", "The proof fails: the log does not hold it."]);
    }
    return found;
  }

  // ── an export: files is a Map of name → Uint8Array ──
  const OPINIONS = ["no", "received_at", "channel", "clause", "stance", "state", "text", "masked", "withheld", "place", "group", "verdict", "reason", "reason_code", "legal_ref", "own_reply", "points", "landed_in", "quote", "proposed", "source_url", "on_behalf", "organisation", "clause_id", "salt", "leaf"];
  const BESIDES = ["quote", "proposed", "source_url", "on_behalf", "organisation"];
  const GROUPS = ["id", "title", "verdict", "reason", "legal_ref", "landed_in", "opinions", "people", "reason_code"];
  const PLACES = ["group", "single", "withheld"];
  function saidIn(row) {
    const content = { text: row.text, stance: row.stance, clause: String(row.clause_id) }, besides = {};
    for (const name of BESIDES) if (row[name]) besides[name] = row[name];
    return Object.keys(besides).length ? { ...content, besides: hex(sha256(utf8(canonical(besides)))) } : content;
  }
  function setDigest(algorithm, rows) {
    const lines = rows.map((row) => utf8(canonical(row))).sort(compare), parts = [];
    lines.forEach((line, n) => { if (n) parts.push(Uint8Array.of(10)); parts.push(line); });
    return hex(digest(algorithm, join(...parts)));
  }
  function placed(row) {
    const single = row.place === "single", also = {};
    for (const name of single ? ["reason_code", "legal_ref", "points"] : ["own_reply", "points"]) if (row[name]) also[name] = row[name];
    const line = [row.leaf, row.place, row.group, single ? row.verdict : "", single ? row.reason : ""];
    return Object.keys(also).length ? [...line, also] : line;
  }
  function groupLine(row) {
    const line = GROUPS.slice(0, -1).map((name) => row[name]);
    return row.reason_code ? [...line, row.reason_code] : line;
  }
  function csv(columns, rows) {
    const cell = (value) => {
      let said = String(value);
      if (typeof value === "string" && /^[=+\-@\t\r]/.test(said)) said = "'" + said;
      return /[",\r\n]/.test(said) ? '"' + said.replace(/"/g, '""') + '"' : said;
    };
    return "\ufeff" + [columns, ...rows.map((row) => columns.map((name) => row[name]))].map((row) => row.map(cell).join(",") + "\r\n").join("");
  }
  async function checkExport(files, trusted = null) {
    const found = new Findings();
    try { await recount(found, files, trusted); } catch (problem) { const [zh, en] = problem.ours || [problem.message, problem.message]; found.breaks("读不下去：" + zh, "It cannot be read: " + en); }
    found.open("没有查：总账是否对别人也是这一本（请把上面的总账条数和根与印在纸上的、镜像里的比对）。", "Not checked: whether others are shown the same log (compare its size and root with those in print and in mirrors).");
    return found;
  }
  async function recount(found, files, trusted) {
    const read = (name) => { if (!files.has(name)) throw fault(`缺 ${name}：请选中压缩包里的全部文件。`, `${name} is missing: choose all files of the archive.`); return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(files.get(name)); };
    const lines = (name) => read(name).split("\n").filter(Boolean).map((line, n) => { try { return JSON.parse(line); } catch (problem) { throw new Error(`${name}:${n + 1}: ${problem.message}`); } });
    const manifest = JSON.parse(read("manifest.json")), keys = keysIn(JSON.parse(read("keys.json")));
    const opinions = lines("opinions.jsonl"), groups = lines("groups.jsonl"), log = lines("log.jsonl"), algorithm = manifest.head.algorithm;
    found.either(manifest.form === "mingtang-export-1" && (await isSigned(manifest, keys)),
      [`清单由密钥 ${grouped(manifest.key)} 签名。`, `The manifest is signed by key ${grouped(manifest.key)}.`],
      ["manifest.json：签名不对，清单被改过。", "manifest.json: the signature is wrong; the manifest was changed."]);
    if (trusted) found.either(Boolean(trusted[manifest.key]), ["这个密钥是公布的密钥。", "The key is one of the published keys."], ["这个密钥不在公布的密钥之中。", "The key is none of the published keys."]);
    else found.open("请与印在纸上或信任页上的指纹比对。", "Compare that fingerprint with the one in print or on the trust page.");
    let same = true;
    for (const name of Object.keys(manifest.files).sort()) {
      const data = files.get(name), said = manifest.files[name];
      if (!data) { same = false; found.breaks(`${name}：文件不在了。`, `${name}: the file is missing.`); continue; }
      const ends = data.reduce((sum, each) => sum + (each === 10), 0), count = ends + (data.length && data[data.length - 1] !== 10 ? 1 : 0);
      if (count !== said.lines) { same = false; found.breaks(`${name}：有 ${count} 行，应有 ${said.lines} 行。`, `${name}: ${count} lines, should be ${said.lines}.`); }
      else if (hex(sha256(data)) !== said.sha256) { same = false; found.breaks(`${name}：内容被改过。`, `${name}: its content was changed.`); }
    }
    if (same) found.holds("每个文件都与清单一致。", "Every file is as the manifest says.");
    await checkHead(found, manifest.head, keys, manifest.log);
    const leaves = new Map(), entries = new Map(), indexes = new Map();
    for (const line of log) { const leaf = leafOf(line.entry); leaves.set(line.index, leaf); entries.set(hex(leaf), line.entry); indexes.set(hex(leaf), line.index); }
    const nodes = new Map(read("nodes.csv").replace(/^\ufeff/, "").split(/\r?\n/).slice(1).filter(Boolean).map((line) => { const [level, index, value] = line.split(","); return [level + ":" + index, unhex(value)]; }));
    const root = coveredRoot(algorithm, leaves, nodes, manifest.head.size);
    found.either(root === manifest.head.root && leaves.size === log.length && entries.size === log.length,
      [`log.jsonl 的 ${leaves.size} 条都在总账里，根 ${root}。`, `All ${leaves.size} entries of log.jsonl stand in the log; its root is ${root}.`],
      ["log.jsonl：与签名的总账对不上，有缺、有多或被改。", "log.jsonl: does not fit the signed log: entries lack, are added or changed."]);
    let before = found.broken, opened = 0;
    const known = new Set(groups.map((row) => row.id)), received = new Set(), tombs = new Set(), seen = new Set();
    for (const [leaf, entry] of entries) {
      if (entry.kind === "opinion.receive" && entry.facts.about === manifest.about) received.add(leaf);
      if (entry.kind === "opinion.withhold" || entry.kind === "opinion.withdraw") tombs.add(entry.facts.of + " " + entry.facts.code);
    }
    opinions.forEach((row, n) => {
      const where = `opinions.jsonl:${n + 1}`;
      if (row.points.split(";").some((each) => each && !known.has(Number(each.split(":")[0])))) found.breaks(`${where}：其中一点归入不存在的组。`, `${where}: a point of it is in a group that is not there.`);
      if (!received.has(row.leaf) || seen.has(row.leaf)) return found.breaks(`${where}：总账里没有收到这一条的记录，或重复。`, `${where}: the log has no receipt of this opinion, or it stands twice.`);
      seen.add(row.leaf);
      const entry = entries.get(row.leaf);
      if (row.text && !row.masked) {
        const fits = commitment(entry.algorithm, unhex(row.salt), saidIn(row)) === entry.facts.content;
        if (fits) opened++; else found.breaks(`${where}：原文与收到时不一致。`, `${where}: the words are not those handed in.`);
      }
      if (row.channel !== entry.facts.channel) found.breaks(`${where}：来源与总账不符。`, `${where}: the channel differs from the log.`);
      const tomb = tombs.has(row.leaf + " " + row.withheld) || entry.facts.withheld === row.withheld;
      if ((row.state === "withheld") !== Boolean(row.withheld) || (row.withheld && !tomb)) found.breaks(`${where}：不显示而总账里没有理由。`, `${where}: withheld, and the log names no such reason.`);
    });
    for (const leaf of received) if (!seen.has(leaf)) found.breaks(`总账第 ${indexes.get(leaf)} 条收到的意见不在 opinions.jsonl 里。`, `The opinion received as entry ${indexes.get(leaf)} is missing in opinions.jsonl.`);
    if (found.broken === before) found.holds(`${seen.size} 条意见与总账逐条对上，其中 ${opened} 条原文一字未改。`, `${seen.size} opinions match the log one by one; the words of ${opened} are those handed in.`);
    if (seen.size > opened) found.open(`${seen.size - opened} 条不公开原文或有遮盖，没有比对。`, `${seen.size - opened} show no words or masked ones; they were not compared.`);
    before = found.broken;
    const counts = { received: opinions.length, group: 0, single: 0, withheld: 0 }, members = new Map(), verdicts = new Map(groups.map((row) => [row.id, row.verdict]));
    opinions.forEach((row, n) => {
      counts[row.place] = (counts[row.place] || 0) + 1;
      if (row.place !== "group") return;
      members.set(row.group, (members.get(row.group) || 0) + 1);
      if (row.verdict !== verdicts.get(row.group)) found.breaks(`opinions.jsonl:${n + 1}：答复与所在组不同。`, `opinions.jsonl:${n + 1}: its verdict differs from its group's.`);
    });
    for (const row of groups) { if ((members.get(row.id) || 0) !== row.opinions) found.breaks(`groups.jsonl：第 ${row.id} 组的条数不符。`, `groups.jsonl: the size of group ${row.id} is wrong.`); members.delete(row.id); }
    if (members.size) found.breaks("有意见归入不存在的组。", "Opinions are in groups that are not there.");
    const sum = PLACES.reduce((all, name) => all + counts[name], 0);
    if (canonical(counts) !== canonical(manifest.counts) || sum !== opinions.length) found.breaks(`清点与公布的数不符：${canonical(counts)} ≠ ${canonical(manifest.counts)}`, `The recount differs from the published counts: ${canonical(counts)} ≠ ${canonical(manifest.counts)}`);
    const said = `${counts.received} = ${counts.group} + ${counts.single} + ${counts.withheld}`;
    if (found.broken === before) found.holds(`收到 = 归组 + 单独答复 + 依法不显示：${said}。`, `Received = grouped + answered singly + withheld: ${said}.`);
    const reports = log.map((line) => line.entry).filter((entry) => ["consultation.publish_report", "consultation.correct_report"].includes(entry.kind) && entry.facts.about === manifest.about);
    if (found.either(reports.length > 0, ["总账里有采纳情况报告的公布记录。", "The log records the publication of the adoption report."], ["总账里没有采纳情况报告的公布记录。", "The log does not record the publication of the adoption report."])) {
      const facts = reports[reports.length - 1].facts;
      found.either(["received", ...PLACES].every((name) => facts[name] === manifest.counts[name]) &&
        facts.placing === setDigest(algorithm, opinions.map(placed)) && facts.groups === setDigest(algorithm, groups.map(groupLine)),
        ["每条意见的归处、每组的结论和理由与总账里的报告一致。", "Every place, verdict and reason is as the report in the log says."],
        ["归处、结论、理由或条数与总账里的报告不一致。", "A place, verdict, reason or count is not as the report in the log says."]);
    }
    const { checkDraws, drawRows, DRAW_COLUMNS } = globalThis.Mingtang, tables = [["opinions", OPINIONS, opinions], ["groups", GROUPS, groups]];
    const draws = manifest.files["draws.jsonl"] ? lines("draws.jsonl") : [];
    checkDraws(found, draws, log.map((line) => line.entry));
    if (manifest.files["draws.csv"]) tables.push(["draws", DRAW_COLUMNS, drawRows(draws)]);
    for (const [name, columns, rows] of tables) {
      const there = read(name + ".csv"), want = csv(columns, rows);
      if (there === want) { found.holds(`${name}.csv 与 ${name}.jsonl 一致。`, `${name}.csv says the same as ${name}.jsonl.`); continue; }
      const ours = there.split("\r\n"), theirs = want.split("\r\n"), line = theirs.findIndex((each, n) => each !== ours[n]) + 1;
      found.breaks(`${name}.csv:${line}：与 ${name}.jsonl 不同。`, `${name}.csv:${line}: differs from ${name}.jsonl.`);
    }
  }

  globalThis.Mingtang = { sha256, sm3, hex, utf8, unhex, canonical, includes, coveredRoot, unpack, leafOf, checkReceipt, checkWithLog, checkExport, keysIn, requireEd25519, fault, findings: () => new Findings() };

  // ── the page ──
  if (typeof document === "undefined") return;
  const page = document.querySelector("[data-verify]");
  if (!page) return;
  const english = document.documentElement.lang === "en", both = page.dataset.verify === "both";
  const one = (id) => document.getElementById(id);
  const MARKS = { holds: ["对", "Holds"], broken: ["不对", "Broken"], open: ["未查", "Open"] };
  function show(place, found) {
    place.replaceChildren();
    const verdict = document.createElement("p"), list = document.createElement("ul");
    verdict.className = found.good ? "v-good" : "v-bad";
    verdict.textContent = say(found.good ? ["查过的都对。", "All that was checked holds."] : [`有问题，共 ${found.broken} 处。`, `Something is broken: ${found.broken} in all.`]);
    for (const [kind, zh, en] of found.all) {
      const line = document.createElement("li"), mark = document.createElement("b");
      mark.textContent = say(MARKS[kind]);
      line.className = "v-" + kind;
      line.append(mark, " ", say([zh, en]));
      list.append(line);
    }
    list.className = "v-list";
    place.append(verdict, list);
    place.focus();
  }
  const say = ([zh, en]) => (both ? `${zh} ${en}` : english ? en : zh);
  async function run(place, work) {
    place.textContent = say(["正在查……", "Checking …"]);
    try { await requireEd25519(); show(place, await work()); }
    catch (problem) { place.textContent = say(problem.ours || ["没有查成：" + problem.message, "It could not be checked: " + problem.message]); place.focus(); }
  }
  function receipt() {
    run(one("receipt-found"), async () => {
      const held = unpack(one("receipt-line").value), words = one("receipt-words").value, online = one("receipt-online").checked;
      const base = location.protocol.startsWith("http") ? location.origin : "https://" + held.signed.log;
      return online ? checkWithLog(held, base, words.trim() ? words : null) : checkReceipt(held, { text: words.trim() ? words : null });
    });
  }
  globalThis.Mingtang.run = run;
  one("receipt-form").addEventListener("submit", (event) => { event.preventDefault(); receipt(); });
  one("export-form").addEventListener("submit", (event) => {
    event.preventDefault();
    run(one("export-found"), async () => {
      const files = new Map();
      for (const file of one("export-files").files) files.set(file.name, new Uint8Array(await file.arrayBuffer()));
      return checkExport(files);
    });
  });
  if (location.hash.includes("~")) { one("receipt-line").value = decodeURIComponent(location.hash.slice(1)); receipt(); }
})();
