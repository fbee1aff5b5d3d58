"""A draw recomputed from its one file, in the verifier's own words: digest, quotas, chances, seed, those drawn, reserves.

Written a second time on purpose (`engines/lottery/verifying.py` is the first): two programs that agree are harder to bend than one.
The bytes are those of engines/lottery/README.md; whole numbers and SHA-256, nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from math import gcd
from typing import Any

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.receipts import leaf_of

DRAW_TAG = b"mingtang-draw-1/"
DRAW_ZONE = timezone(timedelta(hours=8))  # days are those of China
DRAW_KNOWN = ("mingtang-draw-1", "freeze", "classes-column-generation-1")
DRAW_FROZEN = ("draw.frozen", "hearing_draw.frozen")
DRAW_FACES = 1000
Groups = list[tuple[tuple[str, ...], str, list[str]]]


def check_draw_file(told: Mapping[str, Any], *, proved: bool = False) -> Findings:
    """Check the file a draw is published as; ValueError when it is no such file. `proved`: the log is known to hold its entries."""
    found = Findings()
    try:
        frozen = told["freeze"]
        if (frozen["format"], frozen["kind"], frozen["algorithm"]) != DRAW_KNOWN:
            raise ValueError("format")
        name = sha256(canonical(frozen)).hexdigest()
        _draw_logged(found, told, frozen, name, proved=proved)
        groups = draw_groups(frozen)
        if _draw_fair(found, frozen, groups) and told.get("reveal") is not None:
            _draw_outcome(found, frozen, groups, told["reveal"], name)
        elif told.get("reveal") is None:
            found.leaves_open("还没有公布结果。", "There is no outcome yet.")
    except (KeyError, TypeError, AttributeError, IndexError) as problem:
        raise ValueError("not the file of a draw") from problem
    return found


def _draw_logged(found: Findings, told: Mapping[str, Any], frozen: Mapping[str, Any], name: str, *, proved: bool) -> None:
    entries = [each for each in told.get("log", []) if each["entry"]["kind"] in DRAW_FROZEN]
    same = [each for each in entries if each["entry"]["facts"]["digest"] == name and leaf_of(each["entry"]).hex() == each["leaf"]]
    if entries:
        found.either(
            len(same) == len(entries),
            (f"摘要与所附总账记录一致：{name}。", f"The digest is that of the log's entry: {name}."),
            (f"摘要 {name} 与所附总账记录不同：公布后改过。", f"The digest {name} is not that of the log's entry: it was changed."),
        )
    day = frozen["randomness"]["day"]
    for each in same:
        at = each["entry"]["at"]
        found.either(
            datetime.fromisoformat(at).astimezone(DRAW_ZONE).date().isoformat() < day,
            (f"冻结（{at}）早于随机数的日子（{day}）。", f"It was frozen ({at}) before the day of the randomness ({day})."),
            (f"冻结（{at}）不早于随机数的日子（{day}）。", f"It was not frozen ({at}) before the day of the randomness ({day})."),
        )
        if not proved:
            found.leaves_open(
                f"请向总账查这一条：/log/proof?leaf={each['leaf']}。", f"Ask the log whether it holds it: /log/proof?leaf={each['leaf']}."
            )
    if not entries:
        found.leaves_open(f"请与总账比对摘要 {name}。", f"Compare this digest with the log: {name}.")


def draw_groups(frozen: Mapping[str, Any]) -> Groups:
    """People who are alike: values, household where its limit binds, numbers."""
    names = sorted({each["category"] for each in frozen["quotas"]} | ({frozen["reserve_category"]} - {""}))
    living = Counter(each.get("household", "") for each in frozen["people"])
    limit = frozen["household_limit"]
    groups: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for each in sorted(frozen["people"], key=lambda one: str(one["number"])):
        home = each.get("household", "")
        tied = bool(home) and limit > 0 and living[home] > limit
        groups.setdefault((tuple(each["attributes"][name] for name in names), home if tied else ""), []).append(each["number"])
    return [(values, home, numbers) for (values, home), numbers in sorted(groups.items())]


def _draw_fair(found: Findings, frozen: Mapping[str, Any], groups: Groups) -> bool:
    panels = [dict(each["take"]) for each in frozen["panels"]]
    weights = [each["weight"] for each in frozen["panels"]]
    kept = found.either(
        bool(panels) and all(draw_keeps(frozen, groups, each) for each in panels),
        (
            f"可能抽出的 {len(panels)} 种组合都满足席位、名额和每户上限。",
            f"Each of the {len(panels)} possible compositions keeps seats, quotas and households.",
        ),
        ("有的组合不满足席位、名额或每户上限。", "Some composition breaks seats, quotas or the limit on households."),
    )
    total = frozen["total"]
    whole = found.either(
        all(type(each) is int and each > 0 for each in weights) and sum(weights) == total,
        (f"权重为正整数，合计 {total}。", f"The weights are whole and come to {total}."),
        ("权重不是正整数，或合计不对。", "Weights are not whole, or do not come to their total."),
    )
    if not kept or not whole:
        return False
    chances = []
    for place, (_values, _home, numbers) in enumerate(groups):
        share = sum(weight * panel.get(place, 0) for weight, panel in zip(weights, panels, strict=True))
        common = gcd(share, total * len(numbers))
        chances.append({"numbers": numbers, "chance": [share // common, total * len(numbers) // common]})
    people = len(frozen["people"])
    return found.either(
        chances == frozen["classes"],
        (f"{people} 人的概率与所公布的一致。", f"The chances of {people} people are as published."),
        ("公布的分组或概率与重算的不同。", "Published groups or chances differ from what was recomputed."),
    )


def draw_keeps(frozen: Mapping[str, Any], groups: Groups, panel: Mapping[int, int]) -> bool:
    """Whether so many of each group keep seats, quotas and the limit on households."""
    names = sorted({each["category"] for each in frozen["quotas"]} | ({frozen["reserve_category"]} - {""}))
    counts = [panel.get(place, 0) for place in range(len(groups))]
    fits = all(0 <= count <= len(numbers) for count, (_values, _home, numbers) in zip(counts, groups, strict=True))
    homes: Counter[str] = Counter()
    for count, (_values, home, _numbers) in zip(counts, groups, strict=True):
        homes[home] += count if home else 0
    if (
        not fits
        or not sum(counts) == sum(panel.values()) == frozen["seats"]
        or max(homes.values(), default=0) > (frozen["household_limit"] or frozen["seats"])
    ):
        return False
    for each in frozen["quotas"]:
        column = names.index(each["category"])
        have = sum(count for count, (values, _home, _numbers) in zip(counts, groups, strict=True) if values[column] == each["value"])
        if not each["least"] <= have <= each["most"]:
            return False
    return True


def _draw_fits(source: Mapping[str, Any], values: list[list[str]]) -> bool:
    """Whether the values are as many, and of the kind, as was announced."""
    if source["kind"] == "figures":
        named = source["sources"]
        whole = len(values) == len(named) and all(len(group) == each["count"] for each, group in zip(named, values, strict=True))
        return whole and all(re.fullmatch(r"[0-9]+(\.[0-9]+)?", each, re.ASCII) for group in values for each in group)
    if source["kind"] == "dice":
        faces = {str(face) for face in range(1, source["faces"] + 1)} if source["faces"] <= DRAW_FACES else set()
        return len(values) == 1 and len(values[0]) == source["throws"] and all(each in faces for each in values[0])
    sealed = [
        sha256(DRAW_TAG + f"commit\n{each['name']}\n{group[0]}\n".encode()).hexdigest() == each["commitment"] and len(group) == 1
        for each, group in zip(source["offices"], values, strict=False)
    ]
    return len(values) == len(sealed) == len(source["offices"]) and all(sealed)


def _draw_written(source: Mapping[str, Any], values: list[list[str]]) -> str:
    if source["kind"] != "figures":
        return "".join("".join(f"{each}," for each in group) + "/" for group in values)
    groups = []
    for named, group in zip(source["sources"], values, strict=True):
        plain = [_draw_plain(each) for each in group]
        if not named["order"]:
            plain.sort(key=lambda figure: (len(figure.partition(".")[0]), figure))
        groups.append("".join(f"{each}," for each in plain) + "/")
    return "".join(groups)


def _draw_plain(words: str) -> str:
    before, _, after = words.partition(".")
    after = after.rstrip("0")
    return (before.lstrip("0") or "0") + (f".{after}" if after else "")


def _draw_below(seed: bytes, limit: int) -> int:
    bits, place = (limit - 1).bit_length(), 0
    while True:
        block = sha256(DRAW_TAG + b"panel\n" + seed + place.to_bytes(8, "big")).digest()
        value = int.from_bytes(block, "big") >> (256 - bits)
        if value < limit:
            return value
        place += 1


def _draw_outcome(found: Findings, frozen: Mapping[str, Any], groups: Groups, told: Mapping[str, Any], name: str) -> None:
    source = frozen["randomness"]
    fits = told["freeze"] == name and _draw_fits(source, told["values"])
    if not fits:
        found.breaks("结果与公布的方案不是一回事。", "The outcome is not of this draw.")
        return
    words = f"seed/{source['kind']}\n{name}\n{_draw_written(source, told['values'])}\n"
    seed = sha256(DRAW_TAG + words.encode()).digest()
    left, chosen = _draw_below(seed, frozen["total"]), 0
    while left >= frozen["panels"][chosen]["weight"]:
        left -= frozen["panels"][chosen]["weight"]
        chosen += 1
    take = dict(frozen["panels"][chosen]["take"])

    def ticket(number: str) -> tuple[bytes, str]:
        return sha256(DRAW_TAG + b"ticket\n" + seed + number.encode()).digest(), number

    panel = sorted(number for place, group in enumerate(groups) for number in sorted(group[2], key=ticket)[: take.get(place, 0)])
    lists: dict[str, list[str]] = {}
    for person in sorted((each for each in frozen["people"] if each["number"] not in panel), key=lambda each: ticket(each["number"])):
        value = person["attributes"][frozen["reserve_category"]] if frozen["reserve_category"] else ""
        lists.setdefault(value, []).append(person["number"])
    reserves = {value: numbers[: frozen["reserves"]] for value, numbers in lists.items()}
    found.either(
        (seed.hex(), panel, reserves) == (told["seed"], told["panel"], told["reserves"]),
        (
            f"由随机数重算，选出的 {len(panel)} 人和候补顺序与公布的完全一致。",
            f"Recomputed from the randomness: the {len(panel)} drawn and the order of reserves are as published.",
        ),
        ("由随机数重算的结果与公布的不同。", "What the randomness gives is not what was published."),
    )
    figures = "；".join(" ".join(group) for group in told["values"])
    found.leaves_open(
        f"随机数 {figures} 是否就是当天公布或掷出的，请与原出处核对。",
        f"Whether the figures {figures} are those published or thrown that day: compare with their source.",
    )
