"""Reading figures for the page of figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingtang.kernel.parameters import UNIT_LABELS, Level, Parameter
from mingtang.kernel.text import Text, t
from mingtang.platform.figures.lookup import figures_for, parameters
from mingtang.platform.figures.models import CalendarYear, FigureSetting

LEVEL_LABELS: dict[Level, Text] = {Level.HARD: t("必须", "Blocks"), Level.WARN: t("提醒", "Warns"), Level.INFO: t("参考", "Informs")}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with the value in force."""

    parameter: Parameter
    value: Text
    national: Text
    own: bool

    @property
    def unit(self) -> Text:
        """What it counts."""
        return UNIT_LABELS[self.parameter.unit]

    @property
    def level(self) -> Text:
        """How strongly it binds."""
        return LEVEL_LABELS[self.parameter.level]


def _written(value: object) -> Text:
    if isinstance(value, bool):
        return t("是", "yes") if value else t("否", "no")
    return Text(str(value), str(value))


def rows(government_id: int, day: date) -> list[FigureRow]:
    """Every figure, by key."""
    known = figures_for(government_id, day)
    return [
        FigureRow(each, _written(known[key]), _written(each.floor if each.floor is not None else each.value), known[key] != each.value)
        for key, each in sorted(parameters().items())
    ]


def row(government_id: int, day: date, key: str) -> FigureRow | None:
    """One figure."""
    return next((each for each in rows(government_id, day) if each.parameter.key == key), None)


def history(government_id: int, key: str) -> list[FigureSetting]:
    """A government's own values of a figure, newest first."""
    return list(FigureSetting.objects.filter(government_id=government_id, key=key).select_related("set_by").order_by("-since_on", "-id"))


def years() -> list[CalendarYear]:
    """The years imported."""
    return list(CalendarYear.objects.order_by("year"))
