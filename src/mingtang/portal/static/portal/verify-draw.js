// A draw recomputed in the browser from its one file: the same findings as mingtang_verify.py draw. Licence: AGPL-3.0-or-later.
"use strict";
(function () {
  const { sha256, hex, utf8, canonical, leafOf } = globalThis.Mingtang;
  const TAG = "mingtang-draw-1/", KNOWN = ["mingtang-draw-1", "freeze", "classes-column-generation-1"];
  const hash = (words) => hex(sha256(utf8(words)));
  const same = (a, b) => canonical(a) === canonical(b);
  const bytes = (...parts) => Uint8Array.from(parts.flatMap((each) => Array.from(typeof each === "string" ? utf8(each) : each)));
  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const names = (frozen) => [...new Set([...frozen.quotas.map((each) => each.category), frozen.reserve_category].filter((each) => each))].sort(order);

  function checkDraw(found, told) {
    const frozen = told.freeze;
    if (!frozen || !same([frozen.format, frozen.kind, frozen.algorithm], KNOWN)) throw new Error("not the file of a draw");
    const name = hash(canonical(frozen));
    logged(found, told, frozen, name);
    const groups = alike(frozen);
    if (fair(found, frozen, groups) && told.reveal) outcome(found, frozen, groups, told.reveal, name);
    else if (!told.reveal) found.open("还没有公布结果。", "There is no outcome yet.");
    return found;
  }

  function logged(found, told, frozen, name) {
    const entries = (told.log || []).filter((each) => each.entry.kind === "draw.frozen"), day = frozen.randomness.day;
    const good = entries.filter((each) => each.entry.facts.digest === name && hex(leafOf(each.entry)) === each.leaf);
    if (entries.length) {
      found.either(good.length === entries.length, [`摘要与所附总账记录一致：${name}。`, `The digest is that of the log's entry: ${name}.`],
        [`摘要 ${name} 与所附总账记录不同：公布后改过。`, `The digest ${name} is not that of the log's entry: it was changed.`]);
    }
    for (const each of good) {
      const at = each.entry.at, china = new Date(Date.parse(at) + 8 * 3600e3).toISOString().slice(0, 10);
      found.either(china < day, [`冻结（${at}）早于随机数的日子（${day}）。`, `It was frozen (${at}) before the day of the randomness (${day}).`],
        [`冻结（${at}）不早于随机数的日子（${day}）。`, `It was not frozen (${at}) before the day of the randomness (${day}).`]);
      found.open(`请向总账查这一条：/log/proof?leaf=${each.leaf}。`, `Ask the log whether it holds it: /log/proof?leaf=${each.leaf}.`);
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

  globalThis.Mingtang.checkDraw = checkDraw;
  const form = typeof document === "undefined" ? null : document.getElementById("draw-form");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    globalThis.Mingtang.run(document.getElementById("draw-found"), async () => {
      const told = JSON.parse(await document.getElementById("draw-file").files[0].text());
      return checkDraw(globalThis.Mingtang.findings(), told);
    });
  });
})();
