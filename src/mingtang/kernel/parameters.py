"""Figures from the law: value, unit, first day, source, strength and the floor nobody may go below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t

Value = int | bool | str | Fraction


class Level(StrEnum):
    """How strongly a figure binds: H blocks, W warns, I informs (law.md Appendix A)."""

    HARD = "hard"
    WARN = "warn"
    INFO = "info"


class Unit(StrEnum):
    """What a figure counts."""

    DAYS = "days"
    WORKDAYS = "workdays"
    HOURS = "hours"
    MINUTES = "minutes"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    RATIO = "ratio"
    YES_NO = "yes_no"
    CHARACTERS = "characters"
    WORD = "word"


UNIT_LABELS: Mapping[Unit, Text] = {
    Unit.DAYS: t("日", "days"),
    Unit.WORKDAYS: t("个工作日", "working days"),
    Unit.HOURS: t("小时", "hours"),
    Unit.MINUTES: t("分钟", "minutes"),
    Unit.MONTHS: t("个月", "months"),
    Unit.YEARS: t("年", "years"),
    Unit.COUNT: t("个", ""),
    Unit.RATIO: t("（比例）", "(ratio)"),
    Unit.YES_NO: t("", ""),
    Unit.CHARACTERS: t("字", "characters"),
    Unit.WORD: t("", ""),
}


class Bound(StrEnum):
    """On which side of a national figure a government may go."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure of Appendix A.

    `floor` is the national figure that no government may go below (`bound` AT_LEAST), above
    (AT_MOST) or leave (EXACTLY); None where the law fixes none and a government is free.
    """

    key: str
    title: Text
    value: Value
    unit: Unit
    since: date
    source: Text
    level: Level
    floor: Value | None = None
    bound: Bound = Bound.AT_LEAST
    overridable: bool = False

    def permits(self, value: Value) -> Decision:
        """Whether a government may set `value`; the floor and the kind of value are checked."""
        if type(value) is not type(self.value) and not _both_numbers(value, self.value):
            return no(
                t("“{title}”的值不是所需的类型。", "The value of “{title}” is of the wrong kind.", title=self.title),
                self.key,
                t("现在的值是 {value}，请填同类的值。", "It is {value} now; enter the same kind.", value=self.value),
            )
        if _is_number(value) and value < 0:  # type: ignore[operator]  # narrowed by _is_number
            return no(
                t("“{title}”不能是负数。", "“{title}” cannot be negative.", title=self.title),
                self.key,
                t("请填零或正数。", "Enter zero or more."),
            )
        if self.floor is None or self._within_floor(value):
            return YES
        return no(
            t(
                "“{title}”的国家规定是 {floor}，地方不能放宽为 {value}。",
                "The national figure for “{title}” is {floor}; a government may not relax it to {value}.",
                title=self.title,
                floor=_plain(self.floor),
                value=_plain(value),
            ),
            self.key,
            t("请填不低于国家规定的值。依据：{source}", "Keep to the national figure. Basis: {source}", source=self.source),
            code="below_floor",
        )

    def _within_floor(self, value: Value) -> bool:
        if self.bound is Bound.AT_LEAST:
            return value >= self.floor  # type: ignore[operator]  # same kind as the floor, checked above
        if self.bound is Bound.AT_MOST:
            return value <= self.floor  # type: ignore[operator]  # same kind as the floor, checked above
        return value == self.floor


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def _both_numbers(one: object, other: object) -> bool:
    return _is_number(one) and _is_number(other)


def _plain(value: Value) -> object:
    if isinstance(value, bool):
        return t("是", "yes") if value else t("否", "no")
    return str(value)


def read_value(words: str, like: Value) -> Value:
    """Parse what a person typed into the kind of `like`; ValueError with a plain cause otherwise.

    Ratios accept "1/3", "0.4" and "40%".
    """
    words = words.strip()
    if isinstance(like, bool):
        if words.lower() in {"true", "yes", "1", "是", "on"}:
            return True
        if words.lower() in {"false", "no", "0", "否", "off"}:
            return False
        msg = f"not a yes or no: {words!r}"
        raise ValueError(msg)
    if isinstance(like, Fraction):
        return Fraction(Decimal(words[:-1])) / 100 if words.endswith("%") else Fraction(words)
    if isinstance(like, int):
        return int(words)
    return words


@dataclass(frozen=True, slots=True)
class Setting:
    """A government's own value of a figure from a day on."""

    key: str
    value: Value
    since: date


@dataclass(frozen=True)
class Figures:
    """The figures in force for one government on one day.

    Lookups give the newest setting whose first day has come, else the parameter's own value.
    KeyError on an unknown key.
    """

    parameters: Mapping[str, Parameter]
    day: date
    settings: tuple[Setting, ...] = ()
    _values: dict[str, Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values = {key: parameter.value for key, parameter in self.parameters.items()}
        for setting in sorted(self.settings, key=lambda each: each.since):
            if setting.since <= self.day and setting.key in values:
                values[setting.key] = setting.value
        object.__setattr__(self, "_values", values)

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def number(self, key: str) -> int:
        """A whole-number figure; TypeError if it is of another kind."""
        value = self._values[key]
        if isinstance(value, bool) or not isinstance(value, int):
            msg = f"{key} is not a whole number"
            raise TypeError(msg)
        return value

    def ratio(self, key: str) -> Fraction:
        """A ratio figure; TypeError if it is of another kind."""
        value = self._values[key]
        if not isinstance(value, Fraction):
            msg = f"{key} is not a ratio"
            raise TypeError(msg)
        return value

    def on(self, key: str) -> bool:
        """A yes-or-no figure; TypeError if it is of another kind."""
        value = self._values[key]
        if not isinstance(value, bool):
            msg = f"{key} is not a yes or no"
            raise TypeError(msg)
        return value

    def parameter(self, key: str) -> Parameter:
        """The figure's whole entry."""
        return self.parameters[key]


def table(*parameters: Parameter) -> dict[str, Parameter]:
    """Parameters by key; ValueError if a key stands twice."""
    by_key = {each.key: each for each in parameters}
    if len(by_key) != len(parameters):
        msg = "a figure stands twice in the table"
        raise ValueError(msg)
    return by_key


def national(parameters: Iterable[Parameter], day: date) -> Figures:
    """The figures as shipped, with no government's own settings: for rules tested alone."""
    return Figures(table(*parameters), day)
