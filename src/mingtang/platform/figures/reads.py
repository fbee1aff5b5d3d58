"""Reading figures for the page of figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingtang.kernel.parameters import UNIT_LABELS, Level, Parameter
from mingtang.kernel.text import Text, same, t
from mingtang.platform.figures.lookup import figures_for, parameters
from mingtang.platform.figures.models import CalendarYear, FigureSetting

LEVEL_LABELS: dict[Level, Text] = {Level.HARD: t("必须", "Blocks"), Level.WARN: t("提醒", "Warns"), Level.INFO: t("参考", "Informs")}


AREAS: dict[str, Text] = {
    "agenda": t("议程", "Agenda"),
    "archive": t("归档", "Archive"),
    "consult": t("征求意见", "Consultation"),
    "correction": t("网站纠错", "Corrections"),
    "dept_consult": t("征求部门意见", "Asking departments"),
    "disclosure": t("不公开", "Withholding"),
    "expert": t("专家论证", "Experts"),
    "followup": t("督办", "Follow-up"),
    "interpret": t("政策解读", "Interpretation"),
    "legal": t("合法性审查", "Legality review"),
    "live": t("直播", "Streaming"),
    "meeting": t("会议", "Meetings"),
    "minutes": t("纪要", "Minutes"),
    "opinion": t("意见", "Opinions"),
    "pii": t("个人信息", "Personal data"),
    "plan": t("期限倒排", "Planning"),
    "posteval": t("后评估", "Later evaluation"),
    "publish": t("审核发布", "Publication"),
    "rep": t("列席代表", "Representatives"),
    "result": t("结果", "Results"),
    "risk": t("风险评估", "Risk assessment"),
    "secrecy": t("保密审查", "Secrecy review"),
    "site": t("网站", "The site"),
}
WORDS: dict[str, Text] = {
    "next_day": t("次日", "the next day"),
    "plenary,executive": t("全体会议、常务会议", "plenary and executive meetings"),
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with the value in force."""

    parameter: Parameter
    value: Text
    national: Text
    own: bool

    @property
    def area(self) -> Text:
        """What it belongs to, by the first part of its key."""
        first = self.parameter.key.partition(".")[0]
        return AREAS.get(first, same(first))

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
    return WORDS.get(str(value), same(str(value)))


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
