// A draw recomputed in the browser from its one file: the same findings as mingtang_verify.py draw. Licence: AGPL-3.0-or-later.
"use strict";
(function () {
  const { sha256, hex, utf8, canonical, leafOf, fault } = globalThis.Mingtang;
  const TAG = "mingtang-draw-1/", KNOWN = ["mingtang-draw-1", "freeze", "classes-column-generation-1"];
  const notADraw = () => fault("没有查成：这不是抽签页下载的数据文件。", "It could not be checked: this is not the file from the page of a draw.");
  const hash = (words) => hex(sha256(utf8(words)));
  const same = (a, b) => canonical(a) === canonical(b);
  const bytes = (...parts) => Uint8Array.from(parts.flatMap((each) => Array.from(typeof each === "string" ? utf8(each) : each)));
  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const names = (frozen) => [...new Set([...frozen.quotas.map((each) => each.category), frozen.reserve_category].filter((each) => each))].sort(order);

  function checkDraw(found, told, proved = false) {
    const frozen = told.freeze;
    if (!frozen || !same([frozen.format, frozen.kind, frozen.algorithm], KNOWN)) throw notADraw();
    const name = hash(canonical(frozen));
    logged(found, told, frozen, name, proved);
    const groups = alike(frozen);
    if (fair(found, frozen, groups) && told.reveal) outcome(found, frozen, groups, told.reveal, name);
    else if (!told.reveal) found.open("还没有公布结果。", "There is no outcome yet.");
    return found;
  }

  function logged(found, told, frozen, name, proved) {
    const entries = (told.log || []).filter((each) => ["draw.frozen", "hearing_draw.frozen"].includes(each.entry.kind)), day = frozen.randomness.day;
    const good = entries.filter((each) => each.entry.facts.digest === name && hex(leafOf(each.entry)) === each.leaf);
    if (entries.length) {
      found.either(good.length === entries.length, [`摘要与所附总账记录一致：${name}。`, `The digest is that of the log's entry: ${name}.`],
        [`摘要 ${name} 与所附总账记录不同：公布后改过。`, `The digest ${name} is not that of the log's entry: it was changed.`]);
    }
    for (const each of good) {
      const at = each.entry.at, china = new Date(Date.parse(at) + 8 * 3600e3).toISOString().slice(0, 10);
      found.either(china < day, [`冻结（${at}）早于随机数的日子（${day}）。`, `It was frozen (${at}) before the day of the randomness (${day}).`],
        [`冻结（${at}）不早于随机数的日子（${day}）。`, `It was not frozen (${at}) before the day of the randomness (${day}).`]);
      if (!proved) found.open(`请向总账查这一条：/log/proof?leaf=${each.leaf}。`, `Ask the log whether it holds it: /log/proof?leaf=${each.leaf}.`);
    }
    if (!entries.length) found.open(`请与总账比对摘要 ${name}。`, `Compare this digest with the log: ${name}.`);
  }

  function alike(frozen) {
    const listed = names(frozen), living = new Map(), groups = new Map();
    for (const each of frozen.people) living.set(each.household || "", (living.get(each.household || "") || 0) + 1);
    for (const each of [...frozen.people].sort((a, b) => order(a.number, b.number))) {
      const home = each.household || "", tied = home && frozen.household_limit > 0 && living.get(home) > frozen.household_limit;
      const values = listed.map((name) => each.attributes[name]), key = JSON.stringify([values, tied ? home : ""]);
      if (!groups.has(key)) groups.set(key, { values, home: tied ? home : "", numbers: [] });
      groups.get(key).numbers.push(each.number);
    }
    const rank = (group) => [...group.values, group.home];
    return [...groups.values()].sort((a, b) => rank(a).reduce((so, word, n) => so || order(word, rank(b)[n]), 0));
  }

  function fair(found, frozen, groups) {
    const panels = frozen.panels.map((each) => new Map(each.take)), total = frozen.total;
    const kept = found.either(panels.length > 0 && panels.every((each) => keeps(frozen, groups, each)),
      [`可能抽出的 ${panels.length} 种组合都满足席位、名额和每户上限。`, `Each of the ${panels.length} possible compositions keeps seats, quotas and households.`],
      ["有的组合不满足席位、名额或每户上限。", "Some composition breaks seats, quotas or the limit on households."]);
    const weights = frozen.panels.map((each) => each.weight);
    const whole = found.either(weights.every((each) => Number.isSafeInteger(each) && each > 0) && weights.reduce((a, b) => a + b, 0) === total,
      [`权重为正整数，合计 ${total}。`, `The weights are whole and come to ${total}.`],
      ["权重不是正整数，或合计不对。", "Weights are not whole, or do not come to their total."]);
    if (!kept || !whole) return false;
    const common = (a, b) => (b ? common(b, a % b) : a);
    const chances = groups.map((group, place) => {
      const share = panels.reduce((sum, panel, n) => sum + BigInt(weights[n]) * BigInt(panel.get(place) || 0), 0n);
      const out = BigInt(total) * BigInt(group.numbers.length), by = common(share, out);
      return { numbers: group.numbers, chance: [Number(share / by), Number(out / by)] };
    });
    return found.either(same(chances, frozen.classes),
      [`${frozen.people.length} 人的概率与所公布的一致。`, `The chances of ${frozen.people.length} people are as published.`],
      ["公布的分组或概率与重算的不同。", "Published groups or chances differ from what was recomputed."]);
  }

  function keeps(frozen, groups, panel) {
    const counts = groups.map((_group, place) => panel.get(place) || 0), homes = new Map();
    const sum = (list) => list.reduce((a, b) => a + b, 0);
    if (!counts.every((count, place) => count >= 0 && count <= groups[place].numbers.length)) return false;
    if (sum(counts) !== frozen.seats || sum([...panel.values()]) !== frozen.seats) return false;
    groups.forEach((group, place) => { if (group.home) homes.set(group.home, (homes.get(group.home) || 0) + counts[place]); });
    if ([...homes.values()].some((count) => count > (frozen.household_limit || frozen.seats))) return false;
    const listed = names(frozen);
    return frozen.quotas.every((each) => {
      const column = listed.indexOf(each.category), have = sum(counts.filter((_count, place) => groups[place].values[column] === each.value));
      return each.least <= have && have <= each.most;
    });
  }

  function fits(source, values) {
    if (source.kind === "figures") {
      return values.length === source.sources.length && values.every((group, n) => group.length === source.sources[n].count && group.every((each) => /^[0-9]+(\.[0-9]+)?$/.test(each)));
    }
    if (source.kind === "dice") {
      return values.length === 1 && values[0].length === source.throws && source.faces <= 1000 && values[0].every((each) => /^[1-9][0-9]*$/.test(each) && Number(each) <= source.faces);
    }
    return values.length === source.offices.length && source.offices.every((each, n) => values[n].length === 1 && hash(`${TAG}commit\n${each.name}\n${values[n][0]}\n`) === each.commitment);
  }

  function plain(words) {
    const [before, after = ""] = words.split("."), rest = after.replace(/0+$/, "");
    return (before.replace(/^0+/, "") || "0") + (rest ? "." + rest : "");
  }

  function written(source, values) {
    const group = (each) => each.map((word) => word + ",").join("") + "/";
    if (source.kind !== "figures") return values.map(group).join("");
    return values.map((each, n) => {
      const figures = each.map(plain);
      if (!source.sources[n].order) figures.sort((a, b) => a.split(".")[0].length - b.split(".")[0].length || order(a, b));
      return group(figures);
    }).join("");
  }

  function below(seed, limit) {
    const bits = (limit - 1).toString(2).length * (limit > 1 ? 1 : 0);
    for (let place = 0; ; place++) {
      const counter = new Uint8Array(8);
      new DataView(counter.buffer).setUint32(4, place);
      const value = Number(BigInt("0x" + hex(sha256(bytes(TAG + "panel\n", seed, counter)))) >> BigInt(256 - bits));
      if (value < limit) return value;
    }
  }

  function outcome(found, frozen, groups, told, name) {
    const source = frozen.randomness;
    if (told.freeze !== name || !fits(source, told.values)) {
      found.breaks("结果与公布的方案不是一回事。", "The outcome is not of this draw.");
      return;
    }
    const seed = sha256(utf8(`${TAG}seed/${source.kind}\n${name}\n${written(source, told.values)}\n`));
    let left = below(seed, frozen.total), chosen = 0;
    while (left >= frozen.panels[chosen].weight) left -= frozen.panels[chosen++].weight;
    const take = new Map(frozen.panels[chosen].take), tickets = new Map();
    for (const each of frozen.people) tickets.set(each.number, hex(sha256(bytes(TAG + "ticket\n", seed, each.number))));
    const byTicket = (a, b) => order(tickets.get(a), tickets.get(b)) || order(a, b);
    const panel = groups.flatMap((group, place) => [...group.numbers].sort(byTicket).slice(0, take.get(place) || 0)).sort(order);
    const lists = {};
    for (const each of frozen.people.filter((one) => !panel.includes(one.number)).sort((a, b) => byTicket(a.number, b.number))) {
      const value = frozen.reserve_category ? each.attributes[frozen.reserve_category] : "";
      (lists[value] = lists[value] || []).push(each.number);
    }
    const reserves = Object.fromEntries(Object.entries(lists).map(([value, numbers]) => [value, numbers.slice(0, frozen.reserves)]));
    found.either(same([hex(seed), panel, reserves], [told.seed, told.panel, told.reserves]),
      [`由随机数重算，选出的 ${panel.length} 人和候补顺序与公布的完全一致。`, `Recomputed from the randomness: the ${panel.length} drawn and the order of reserves are as published.`],
      ["由随机数重算的结果与公布的不同。", "What the randomness gives is not what was published."]);
    const figures = told.values.map((group) => group.join(" ")).join("；");
    found.open(`随机数 ${figures} 是否就是当天公布或掷出的，请与原出处核对。`, `Whether the figures ${figures} are those published or thrown that day: compare with their source.`);
  }

  // ── the draws of an export: the same findings as engines/ledger/exported_draws.py ──
  const COLUMNS = ["call", "hearing", "draw", "annulled", "number", "said", "chance", "outcome", "replaces"];
  const named = (row) => ("hearing" in row
    ? { step: "hearing_draw", of: "hearing", place: `hearing:${row.hearing}`, about: `hearingdraw:${row.draw}` }
    : { step: "draw", of: "call", place: `call:${row.call}`, about: `draw:${row.draw}` });

  function drawRows(draws) {
    return draws.flatMap((each) => {
      const frozen = each.freeze, told = each.reveal || { panel: [], reserves: {} };
      const chances = new Map(), came = new Map(), seats = new Map(each.replaced.map((pair) => [pair.comes, pair.leaves]));
      for (const group of frozen.classes) for (const number of group.numbers) chances.set(number, group.chance.join("/"));
      for (const numbers of Object.values(told.reserves)) numbers.forEach((number, n) => came.set(number, `reserve ${n + 1}`));
      for (const number of told.panel) came.set(number, "drawn");
      const common = { call: each.call ?? "", hearing: each.hearing ?? "", draw: each.draw, annulled: each.annulled };
      const people = frozen.people.map((person) => {
        const said = Object.keys(person.attributes).sort(order).map((name) => `${name}：${person.attributes[name]}`).join("；");
        return { ...common, number: person.number, said, chance: chances.get(person.number) || "", outcome: came.get(person.number) || "", replaces: seats.get(person.number) || "" };
      });
      return [...people, ...frozen.excluded.map((gone) => ({ ...common, number: gone.number, said: "", chance: "", outcome: `excluded: ${gone.why}`, replaces: "" }))];
    });
  }

  function checkDraws(found, draws, entries) {
    const steps = entries.filter((each) => /^(hearing_)?draw\./.test(each.kind)), applied = new Map();
    for (const each of entries) if (each.kind === "application.receive") applied.set(each.facts.about, (applied.get(each.facts.about) || 0) + 1);
    draws.forEach((row, n) => {
      const { step, of, place } = named(row), before = found.broken, where = `draws.jsonl:${n + 1}`;
      const own = steps.filter((each) => each.kind.startsWith(`${step}.`) && each.facts[of] === place);
      documents(found, where, row, own);
      if (of === "call") applicants(found, where, row, applied.get(place) || 0);
      replaced(found, where, row, own);
      const seats = row.reveal ? row.reveal.panel.length : 0, moved = row.replaced.length;
      if (found.broken === before) found.holds(`${where}：抽签重算相同，选出 ${seats} 人，递补 ${moved} 次；各步都在总账里。`, `${where}: the draw comes out the same, ${seats} drawn, ${moved} moved up; every step is in the log.`);
    });
    const known = draws.map((row) => named(row).about);
    for (const about of [...new Set(steps.map((each) => each.facts.about))].filter((each) => !known.includes(each)).sort(order)) {
      found.breaks(`draws.jsonl：缺总账所记的抽签 ${about}。`, `draws.jsonl: ${about}, which the log knows, is missing.`);
    }
  }

  function documents(found, where, row, own) {
    const { step, about } = named(row), name = hash(canonical(row.freeze)), frozen = own.filter((each) => each.kind === `${step}.frozen` && each.facts.digest === name);
    if (!frozen.length) found.breaks(`${where}：总账里没有这份冻结的名单。`, `${where}: the log does not hold this frozen document.`);
    const steps = own.filter((each) => each.facts.about === about), outcome = row.reveal ? [hash(canonical(row.reveal))] : [];
    if (!same(steps.filter((each) => each.kind === `${step}.revealed`).map((each) => each.facts.outcome || ""), outcome)) found.breaks(`${where}：结果与总账所记的不同。`, `${where}: the outcome is not the one in the log.`);
    if (steps.some((each) => each.kind === `${step}.annulled`) !== Boolean(row.annulled)) found.breaks(`${where}：是否作废与总账所记的不同。`, `${where}: whether it was annulled is not as the log says.`);
    const inner = globalThis.Mingtang.findings(), log = frozen.map((each) => ({ leaf: hex(leafOf(each)), entry: each }));
    for (const [kind, zh, en] of checkDraw(inner, { freeze: row.freeze, reveal: row.reveal, log }, true).all) {
      if (kind === "broken") found.breaks(`${where}：${zh}`, `${where}: ${en}`);
      else if (kind === "open" && frozen.length) found.open(`${where}：${zh}`, `${where}: ${en}`);
    }
  }

  function applicants(found, where, row, receipts) {
    const listed = row.freeze.people.length + row.freeze.excluded.length, off = receipts - listed;
    if (off < 0) found.breaks(`${where}：名单有 ${listed} 人，总账里只有 ${receipts} 张报名回执。`, `${where}: ${listed} applicants are listed, the log holds ${receipts} receipts.`);
    if (off > 0) found.open(`${where}：${receipts} 张报名回执中有 ${off} 张不在名单上：撤回了，或被漏掉；本人凭回执可查。`, `${where}: ${off} of ${receipts} who applied are not listed: withdrawn, or left out; each can prove it by a receipt.`);
  }

  function replaced(found, where, row, own) {
    const told = row.replaced.map((each) => [each.leaves, each.comes]);
    const pairs = own.filter((each) => each.kind === "draw.replaced" && each.facts.about === `draw:${row.draw}`).map((each) => [each.facts.leaves, each.facts.comes]);
    if (!same(told.map(canonical).sort(order), pairs.map(canonical).sort(order))) found.breaks(`${where}：递补与总账所记的不同。`, `${where}: who moved up is not as the log says.`);
    if (!pairs.length || !row.reveal) return;
    const frozen = row.freeze, groups = alike(frozen), passed = [];
    const values = new Map(frozen.people.map((each) => [each.number, each.attributes[frozen.reserve_category] || ""]));
    const fitsIn = (rest, number) => keeps(frozen, groups, new Map(groups.map((group, place) => [place, group.numbers.filter((one) => one === number || rest.has(one)).length])));
    let seated = new Set(row.reveal.panel);
    for (const [leaves, comes] of pairs) {
      const line = row.reveal.reserves[values.get(leaves) || ""] || [], rest = new Set([...seated].filter((each) => each !== leaves));
      if (!seated.has(leaves) || seated.has(comes) || !line.includes(comes) || !fitsIn(rest, comes)) {
        found.breaks(`${where}：${comes} 不能递补 ${leaves} 的席位。`, `${where}: ${comes} may not take the seat of ${leaves}.`);
        return;
      }
      passed.push(...line.slice(0, line.indexOf(comes)).filter((each) => !seated.has(each) && fitsIn(rest, each)));
      seated = rest.add(comes);
    }
    const who = [...new Set(passed)].join("、");
    if (who) found.open(`${where}：排在前面而没有递补：${who}。请问清原因。`, `${where}: passed over though earlier on the list: ${who}; ask why.`);
  }

  Object.assign(globalThis.Mingtang, { checkDraw, checkDraws, drawRows, DRAW_COLUMNS: COLUMNS });
  const form = typeof document === "undefined" ? null : document.getElementById("draw-form");
  if (!form) return;
  const seal = document.getElementById("seal-form"), pair = document.getElementById("seal-found");
  seal.addEventListener("submit", (event) => {
    event.preventDefault();
    const english = document.documentElement.lang === "en", name = document.getElementById("seal-name").value.trim();
    if (!name) return;
    const secret = hex(crypto.getRandomValues(new Uint8Array(32))), list = document.createElement("dl");
    const said = english ? ["Commitment (publish now)", "Secret (keep until the day)"] : ["承诺值（现在公布）", "原数（保密到当天）"];
    [hash(`${TAG}commit\n${name}\n${secret}\n`), secret].forEach((value, n) => {
      const label = document.createElement("dt"), word = document.createElement("dd");
      label.textContent = said[n];
      word.textContent = value;
      word.className = "hash";
      list.append(label, word);
    });
    list.className = "facts";
    pair.replaceChildren(list);
    pair.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    globalThis.Mingtang.run(document.getElementById("draw-found"), async () => {
      let told;
      try { told = JSON.parse(await document.getElementById("draw-file").files[0].text()); } catch { throw notADraw(); }
      return checkDraw(globalThis.Mingtang.findings(), told || {});
    });
  });
})();
