"""What a draw is about: people under numbers, quotas, seats, reserves, and who may not be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.text import Text, t

CONFLICT, REPEATED, UNFIT = "conflict", "repeated", "unfit"
WHY_LABELS: dict[str, Text] = {
    UNFIT: t("不符合公布的条件", "does not meet the published conditions"),
    CONFLICT: t("有利益冲突", "conflict of interest"),
    REPEATED: t("已多次入选", "has sat often enough"),
}
LEXIMIN, MAXIMIN = "leximin", "maximin"


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person under a number; nothing here names them. `household`: a code shared by those who live together."""

    number: str
    attributes: Mapping[str, str]
    household: str = ""
    past_seats: int = 0
    has_conflict: bool = False
    is_unfit: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Quota:
    """At least and at most so many of those drawn have `value` in `category`. An audience is a category like any other."""

    category: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Pool:
    """Everything the distribution depends on. `household_limit` and `past_limit`: 0 means no limit.

    `reserve_category`: reserves are listed for each value of this category; empty for one list of all.
    """

    title: str
    seats: int
    people: tuple[Applicant, ...]
    quotas: tuple[Quota, ...] = ()
    reserves: int = 0
    reserve_category: str = ""
    household_limit: int = 0
    past_limit: int = 0
    goal: str = LEXIMIN

    @cached_property
    def excluded(self) -> dict[str, str]:
        """Number → why, of everybody who applied but may not be drawn."""
        found = {}
        for each in self.people:
            if each.has_conflict:
                found[each.number] = CONFLICT
            elif each.is_unfit:
                found[each.number] = UNFIT
            elif self.past_limit and each.past_seats >= self.past_limit:
                found[each.number] = REPEATED
        return dict(sorted(found.items()))

    @cached_property
    def eligible(self) -> tuple[Applicant, ...]:
        """Who may be drawn, in the order of their numbers."""
        return tuple(sorted((each for each in self.people if each.number not in self.excluded), key=lambda each: each.number))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories that quotas or the lists of reserves speak of, sorted: only these enter the draw."""
        return tuple(sorted({each.category for each in self.quotas} | ({self.reserve_category} - {""})))


def may_draw(pool: Pool) -> Decision:
    """Whether the figures make sense at all; whether the quotas can be met together is the question of `feasibility`."""
    return all_of(_plain_numbers(pool), _distinct_numbers(pool), *(_sound_quota(each, pool.seats) for each in pool.quotas), _complete(pool))


def _plain_numbers(pool: Pool) -> Decision:
    if pool.seats < 1 or min(pool.reserves, pool.household_limit, pool.past_limit) < 0:
        return no(
            t("席位数须至少为 1，其他数不得为负。", "There must be at least one seat, and no figure may be negative."),
            "",
            t("改正席位数、候补数和各项上限。", "Correct seats, reserves and limits."),
            code="figures",
        )
    if pool.goal in {LEXIMIN, MAXIMIN}:
        return YES
    return no(
        t("不认识公平目标“{goal}”。", "The goal “{goal}” is not known.", goal=pool.goal),
        "",
        t("请用 leximin 或 maximin。", "Use leximin or maximin."),
        code="goal",
    )


def _distinct_numbers(pool: Pool) -> Decision:
    counts = Counter(each.number for each in pool.people)
    twice = sorted(number for number, times in counts.items() if times > 1 or not number)
    quotas = Counter((each.category, each.value) for each in pool.quotas)
    again = sorted(f"{category}={value}" for (category, value), times in quotas.items() if times > 1)
    if not twice and not again:
        return YES
    return no(
        t("编号重复或为空：{which}。", "Twice or empty: {which}.", which=(twice + again)[:10]),
        "",
        t("每人一个编号，每个类别值一条名额。", "Give each person one number and each value of a category one quota."),
        code="twice",
    )


def _sound_quota(quota: Quota, seats: int) -> Decision:
    if 0 <= quota.least <= quota.most:
        return YES
    return no(
        t(
            "“{c}：{v}”的名额 {a}–{b} 不成立。",
            "The quota {a}–{b} of “{c}: {v}” makes no sense.",
            c=quota.category,
            v=quota.value,
            a=quota.least,
            b=quota.most,
        ),
        "",
        t(
            "下限不得大于上限，也不得为负；共 {n} 席。",
            "The least may be neither negative nor above the most; there are {n} seats.",
            n=seats,
        ),
        code="quota",
    )


def _complete(pool: Pool) -> Decision:
    """Everybody has one of the listed values in every category that has quotas: a value without a quota would slip through."""
    listed: dict[str, set[str]] = {}
    for each in pool.quotas:
        listed.setdefault(each.category, set()).add(each.value)
    for person in pool.eligible:
        for category in pool.categories:
            value = person.attributes.get(category, "")
            if value in listed.get(category, {value} - {""}):
                continue
            return no(
                t(
                    "{who} 的“{c}”是“{v}”，名额中没有。",
                    "“{c}” of {who} is “{v}”, which no quota lists.",
                    who=person.number,
                    c=category,
                    v=value,
                ),
                "",
                t("改正此人的资料，或为这个值写一条名额。", "Correct the person's entry, or write a quota for that value."),
                code="value",
            )
    return YES
