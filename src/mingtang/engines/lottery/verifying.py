"""Repeating a draw from its documents: what was proved, what does not hold, what cannot be known from here. No solver, no floats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from mingtang.engines.ledger.findings import Findings
from mingtang.engines.lottery.classes import Problem, problem_of
from mingtang.engines.lottery.distribution import Distribution
from mingtang.engines.lottery.model import Pool, may_draw
from mingtang.engines.lottery.randomness import KINDS, may_announce, may_reveal, seed_of
from mingtang.engines.lottery.record import ALGORITHM, FORMAT, as_document, digest, distribution_of, pool_of
from mingtang.engines.lottery.selection import select
from mingtang.kernel.decision import Decision

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


def check_draw(frozen: Mapping[str, Any], revealed: Mapping[str, Any] | None, *, logged: str = "") -> Findings:
    """Check a frozen draw, and its outcome if there is one. `logged`: the digest as the public log has it."""
    found = Findings()
    read = _reading(found, frozen)
    if read is None:
        return found
    pool, problem, distribution = read
    _digest(found, frozen, logged)
    if _fair_play(found, frozen, read) and revealed is not None:
        _outcome(found, frozen, revealed, lambda seed: select(seed, pool, problem, distribution))
    elif revealed is None:
        found.leaves_open("还没有公布结果。", "There is no outcome yet.")
    found.leaves_open(
        "没有重算是否还有更公平的分布：那要用求解器，`mingtang draw freeze` 可以重做。",
        "Whether a fairer distribution exists was not looked at: that takes a solver; `mingtang draw freeze` does it again.",
    )
    return found


def _reading(found: Findings, frozen: Mapping[str, Any]) -> tuple[Pool, Problem, Distribution] | None:
    try:
        known = (frozen["format"], frozen["kind"], frozen["algorithm"]) == (FORMAT, "freeze", ALGORITHM)
        pool = pool_of(frozen)
        sound = may_draw(pool)
        problem = problem_of(pool)
        distribution = distribution_of(frozen, problem)
        digest(frozen)
    except MALFORMED as problem_met:
        known, sound = False, Decision(allowed=False)
        found.breaks(f"文件缺项或写法不对：{problem_met}。", f"Something is missing or written wrongly: {problem_met}.")
        return None
    if not known or not sound:
        found.breaks(
            f"不是本程序能验证的抽签文件。{sound.reason.within('zh')}", f"Not a draw this program can verify. {sound.reason.within('en')}"
        )
        return None
    return pool, problem, distribution


def _digest(found: Findings, frozen: Mapping[str, Any], logged: str) -> None:
    name = digest(frozen)
    if logged:
        found.either(
            logged == name,
            (f"摘要与总账一致：{name}。", f"The digest is the logged one: {name}."),
            (f"摘要 {name} 与总账所记不同：公布后改过。", f"The digest {name} is not the logged one: it was changed after publication."),
        )
    else:
        found.leaves_open(f"请与总账比对摘要 {name}。", f"Compare this digest with the log: {name}.")


def _fair_play(found: Findings, frozen: Mapping[str, Any], read: tuple[Pool, Problem, Distribution]) -> bool:
    """Whether every panel that could come out keeps everything, and the document says of the chances what is true."""
    pool, problem, distribution = read
    people, panels = len(pool.people), len(distribution.panels)
    admitted = panels > 0 and all(problem.admits(each) for each in distribution.panels)
    found.either(
        admitted,
        (
            f"可能抽出的 {panels} 种组合都满足席位、名额和每户上限。",
            f"Each of the {panels} possible compositions keeps seats, quotas and households.",
        ),
        ("有的组合不满足席位、名额或每户上限。", "Some composition breaks seats, quotas or the limit on households."),
    )
    weights = distribution.weights
    summed = all(type(each) is int and each > 0 for each in weights) and sum(weights) == frozen["total"] <= 2**256
    found.either(
        summed and len(set(distribution.panels)) == panels,
        (f"权重为正整数，合计 {frozen['total']}。", f"The weights are whole and come to {frozen['total']}."),
        (
            "权重不是正整数、合计不对，或同一组合写了两次。",
            "Weights are not whole, do not come to their total, or a composition stands twice.",
        ),
    )
    if not admitted or not summed:
        return False
    apart = {each["number"] for each in frozen["excluded"]}.isdisjoint(each.number for each in pool.people)
    again = as_document(pool, problem, distribution, frozen["randomness"])
    same = apart and {**again, "excluded": frozen["excluded"]} == dict(frozen)
    least = min(distribution.chances(problem))
    found.either(
        same,
        (
            f"{people} 人的概率与所公布的一致，最低 {least}（约 {_percent(least)}）。",
            f"The chances of {people} people are as published, the least {least} (about {_percent(least)}).",
        ),
        ("公布的分组、概率或名单与重算的不同。", "Published classes, chances or lists differ from what was recomputed."),
    )
    return same & _announced(found, frozen)


def _percent(share: Fraction) -> str:
    hundredths = share.numerator * 10_000 // share.denominator
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def _announced(found: Findings, frozen: Mapping[str, Any]) -> bool:
    source = frozen["randomness"]
    decision = may_announce(source)
    if not decision:
        found.breaks(decision.reason.within("zh"), decision.reason.within("en"))
        return False
    label, day = KINDS[source["kind"]].label, source["day"]
    found.leaves_open(
        f"随机来源是{day}的{label.within('zh')}：这份文件须在那之前公布，请看总账的时间。",
        f"Randomness is {label.within('en')} ({day}): this document must be older; see the time in the log.",
    )
    return True


def _outcome(found: Findings, frozen: Mapping[str, Any], revealed: Mapping[str, Any], select_by: Callable[[bytes], Any]) -> None:
    try:
        values = [[str(each) for each in group] for group in revealed["values"]]
        fits = may_reveal(frozen["randomness"], values)
        belongs = (revealed["format"], revealed["kind"], revealed["freeze"]) == (FORMAT, "reveal", digest(frozen))
        published = (list(revealed["panel"]), {value: list(each) for value, each in revealed["reserves"].items()}, revealed["seed"])
    except MALFORMED as problem:
        found.breaks(f"结果文件缺项或写法不对：{problem}。", f"The outcome lacks something or is written wrongly: {problem}.")
        return
    if not belongs or not fits:
        found.breaks(
            f"结果与公布的方案不是一回事。{fits.reason.within('zh')}", f"The outcome is not of this draw. {fits.reason.within('en')}"
        )
        return
    seed = seed_of(frozen["randomness"], values, digest(frozen))
    outcome = select_by(seed)
    drawn = (list(outcome.panel), {value: list(each) for value, each in outcome.reserves.items()}, seed.hex())
    found.either(
        drawn == published,
        (
            f"由随机数重算，选出的 {len(outcome.panel)} 人和候补顺序与公布的完全一致。",
            f"Recomputed from the randomness: the {len(outcome.panel)} drawn and the order of reserves are as published.",
        ),
        ("由随机数重算的结果与公布的不同。", "What the randomness gives is not what was published."),
    )
    found.leaves_open(
        "随机数是否就是当天公布或掷出的，请与原出处核对。",
        "Whether the figures are those published or thrown that day: compare with their source.",
    )
