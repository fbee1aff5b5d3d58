"""Public randomness: announced before anybody can know it, written one way, hashed to the seed. README.md has the bytes.

figures   published figures of a named later day, in the manner of RFC 3797
dice      throws before witnesses
offices   two or more offices commit to a secret each and reveal it afterwards
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from mingtang.engines.lottery.selection import TAG
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t

FIGURES, DICE, OFFICES = "figures", "dice", "offices"
LEAST_OUTCOMES = 2**64
LEAST_OFFICES = 2
SECRET = re.compile(r"[0-9a-f]{64}")
FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
Values = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of source is announced and how its values are written."""

    label: Text
    announced: Callable[[Mapping[str, Any]], Decision]
    fits: Callable[[Mapping[str, Any], Values], Decision]
    written: Callable[[Mapping[str, Any], Values], str]


def may_announce(source: Mapping[str, Any]) -> Decision:
    """Whether the announcement leaves nothing to choose once the values are known."""
    kind = KINDS.get(str(source.get("kind", "")))
    if kind is None:
        return _no(
            t("不认识随机来源“{kind}”。", "The source of randomness “{kind}” is not known.", kind=source.get("kind", "")),
            t("请用 figures、dice 或 offices。", "Use figures, dice or offices."),
        )
    try:
        date.fromisoformat(str(source.get("day", "")))
    except ValueError:
        return _no(
            t("没有写明哪一天。", "It is not said on which day."),
            t("“day”写成 2026-12-01 这样的日期。", "Write “day” as a date like 2026-12-01."),
        )
    return kind.announced(source)


def may_reveal(source: Mapping[str, Any], values: Values) -> Decision:
    """Whether the values are what was announced."""
    return KINDS[source["kind"]].fits(source, values)


def written(source: Mapping[str, Any], values: Values) -> str:
    """The values in their one form."""
    return KINDS[source["kind"]].written(source, values)


def seed_of(source: Mapping[str, Any], values: Values, frozen: str) -> bytes:
    """SHA-256 of tag, kind, the digest of what was frozen and the written values, a line each."""
    return sha256(TAG + f"seed/{source['kind']}\n{frozen}\n{written(source, values)}\n".encode()).digest()


def commitment(office: str, secret: str) -> str:
    """What an office publishes before: SHA-256 of tag, its name and its secret, in hexadecimal digits."""
    return sha256(TAG + f"commit\n{office}\n{secret}\n".encode()).hexdigest()


def plain_figure(words: str) -> str:
    """A figure without leading zeros, and without trailing zeros after the point."""
    before, _, after = words.partition(".")
    after = after.rstrip("0")
    return (before.lstrip("0") or "0") + (f".{after}" if after else "")


def _no(reason: Text, remedy: Text) -> Decision:
    return no(reason, "", remedy, code="randomness")


def _figures_announced(source: Mapping[str, Any]) -> Decision:
    named = source.get("sources")
    fine = isinstance(named, list) and named and all(_is_source(each) for each in named)
    return (
        YES
        if fine
        else _no(
            t("没有写明看哪些数字。", "It is not said which figures count."),
            t(
                "“sources”逐项写 name（名称和期号）、count（几个数）、order（true 按公布顺序，false 从小到大）。",
                "In “sources” give each its name with the issue, count (how many numbers) and order (true: as published; false: sorted).",
            ),
        )
    )


def _is_source(each: Any) -> bool:
    return (
        isinstance(each, dict)
        and isinstance(each.get("name"), str)
        and bool(each["name"].strip())
        and type(each.get("count")) is int
        and each["count"] > 0
        and isinstance(each.get("order"), bool)
    )


def _figures_fit(source: Mapping[str, Any], values: Values) -> Decision:
    named = source["sources"]
    if len(values) != len(named):
        return _no(
            t("应有 {n} 组数字，给了 {m} 组。", "{n} groups of figures are expected; there are {m}.", n=len(named), m=len(values)),
            t("按公布的顺序逐组填写。", "Give one group for each source, in the order announced."),
        )
    for each, group in zip(named, values, strict=True):
        if len(group) != each["count"] or not all(FIGURE.fullmatch(figure) for figure in group):
            return _no(
                t("“{name}”应是 {n} 个数字。", "“{name}” has {n} figures.", name=each["name"], n=each["count"]),
                t("只写数字和小数点，不写千分位。", "Write digits and a decimal point only, no thousands separators."),
            )
    return YES


def _figures_written(source: Mapping[str, Any], values: Values) -> str:
    groups = []
    for each, group in zip(source["sources"], values, strict=True):
        plain = [plain_figure(figure) for figure in group]
        if not each["order"]:
            plain.sort(key=lambda figure: (len(figure.partition(".")[0]), figure))
        groups.append("".join(f"{figure}," for figure in plain))
    return "".join(f"{group}/" for group in groups)


def _dice_announced(source: Mapping[str, Any]) -> Decision:
    faces, throws, place, witnesses = (source.get(name) for name in ("faces", "throws", "place", "witnesses"))
    if not place or not isinstance(witnesses, list) or not any(witnesses):
        return _no(
            t("掷骰要写明地点和见证人。", "Dice need a place and witnesses."),
            t("填写 place 和 witnesses。", "Give place and witnesses."),
        )
    if (
        type(faces) is int
        and type(throws) is int
        and 1 < faces <= LEAST_OUTCOMES
        and throws > 0
        and faces ** min(throws, 64) >= LEAST_OUTCOMES
    ):
        return YES
    return _no(
        t("掷得太少，结果可以一一试算。", "So few throws can be tried out one by one."),
        t("六面的骰子至少掷 25 次，二十面的至少 15 次。", "Throw a die of six faces 25 times or more, one of twenty 15 times or more."),
    )


def _dice_fit(source: Mapping[str, Any], values: Values) -> Decision:
    throws = list(values[0]) if len(values) == 1 else []
    faces = {str(face) for face in range(1, source["faces"] + 1)} if source["faces"] <= 1000 else set()  # noqa: PLR2004 - no die has more
    if len(throws) == source["throws"] and all(each in faces for each in throws):
        return YES
    return _no(
        t(
            "应是 {n} 次、每次 1 到 {f} 的点数。",
            "There must be {n} throws of 1 to {f}.",
            n=source["throws"],
            f=source["faces"],
        ),
        t("按掷出的顺序填写。", "Give them in the order in which they fell."),
    )


def _dice_written(_source: Mapping[str, Any], values: Values) -> str:
    return "".join(f"{each}," for each in values[0]) + "/"


def _offices_announced(source: Mapping[str, Any]) -> Decision:
    offices = source.get("offices")
    listed = offices if isinstance(offices, list) and all(isinstance(each, dict) for each in offices) else []
    names = {each.get("name") for each in listed if isinstance(each.get("name"), str) and each["name"].strip()}
    sealed = {each.get("commitment") for each in listed if SECRET.fullmatch(str(each.get("commitment", "")))}
    if len(names) == len(sealed) == len(listed) >= LEAST_OFFICES:
        return YES
    return _no(
        t("至少要两个不同的机构，各有一个承诺值。", "At least two different offices are needed, with a commitment each."),
        t("用 `mingtang draw commit 机构名` 得到承诺值。", "`mingtang draw commit NAME` gives a commitment."),
    )


def _offices_fit(source: Mapping[str, Any], values: Values) -> Decision:
    offices = source["offices"]
    for place, each in enumerate(offices):
        secret = values[place][0] if len(values) == len(offices) and len(values[place]) == 1 else ""
        if not SECRET.fullmatch(secret) or commitment(each["name"], secret) != each["commitment"]:
            return _no(
                t("“{name}”公开的数与它的承诺不符。", "What “{name}” revealed is not what it committed to.", name=each["name"]),
                t(
                    "请该机构出示原数；拿不出的，重新公布来源再抽。",
                    "Ask for the original; if it is lost, announce a new source and draw from that.",
                ),
            )
    return YES


def _offices_written(_source: Mapping[str, Any], values: Values) -> str:
    return "".join(f"{group[0]},/" for group in values)


KINDS: dict[str, Kind] = {
    FIGURES: Kind(t("指定日期公布的数字", "published figures of a named day"), _figures_announced, _figures_fit, _figures_written),
    DICE: Kind(t("当众掷骰", "dice before witnesses"), _dice_announced, _dice_fit, _dice_written),
    OFFICES: Kind(t("机构先承诺后公开", "offices that commit and reveal"), _offices_announced, _offices_fit, _offices_written),
}
