"""Figures that bind hearings (law.md 1.7–1.12), and the presets of other places; those of experts stand in topics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingtang.kernel.parameters import Bound, Figures, Level, Parameter, Unit
from mingtang.kernel.text import Text, t

ART16 = t("《重大行政决策程序暂行条例》第十六条", "Decree 713 Art. 16")
ART17 = t("《重大行政决策程序暂行条例》第十七条", "Decree 713 Art. 17")
LOCAL = t("各地做法，本区可自定", "Local practice; each government may set its own")
PRICE = t("政府制定价格听证的通行做法", "Practice of hearings on prices set by government")
S713, LOC = date(2019, 9, 1), date(2026, 1, 1)


def _days(key: str, title: Text, value: int, level: Level = Level.WARN, source: Text = LOCAL) -> Parameter:
    return Parameter(key, title, value, Unit.DAYS, LOC, source, level)


FIGURES: tuple[Parameter, ...] = (
    Parameter(
        "hearing.materials_min_days",
        t("听证材料提前送达", "Hearing papers ahead"),
        7,
        Unit.DAYS,
        S713,
        ART16,
        Level.HARD,
        floor=7,
    ),
    _days("hearing.notice_min_days", t("听证公告提前", "Hearing announced ahead"), 30),
    _days("hearing.list_publish_min_days", t("参加人名单提前公布", "List published ahead"), 15),
    _days("hearing.draw_min_days", t("抽签提前", "Draw ahead"), 20, Level.INFO, PRICE),
    Parameter("hearing.min_participants", t("听证参加人不少于", "Participants at least"), 15, Unit.COUNT, LOC, LOCAL, Level.WARN),
    Parameter(
        "hearing.min_affected_ratio",
        t("利害关系人和公众所占比例不低于", "Affected parties and the public at least"),
        Fraction(1, 3),
        Unit.RATIO,
        LOC,
        LOCAL,
        Level.WARN,
    ),
    Parameter(
        "hearing.min_consumer_ratio",
        t("价格听证消费者所占比例不低于", "Price hearings: consumers at least"),
        Fraction(2, 5),
        Unit.RATIO,
        LOC,
        PRICE,
        Level.HARD,
        floor=Fraction(2, 5),
    ),
    Parameter("hearing.quorum_ratio", t("到会人数不少于", "Quorum"), Fraction(2, 3), Unit.RATIO, LOC, LOCAL, Level.HARD),
    Parameter(
        "hearing.exclude_civil_servants",
        t("现职公务员不任听证参加人", "No serving civil servants as participants"),
        True,
        Unit.YES_NO,
        LOC,
        LOCAL,
        Level.WARN,
    ),
    Parameter(
        "hearing.record_signature_required",
        t("笔录由参加人确认签字", "The record is confirmed by the participants"),
        True,
        Unit.YES_NO,
        S713,
        ART17,
        Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter("hearing.min_age", t("报名年龄下限", "Youngest age for enrolment"), 18, Unit.YEARS, LOC, LOCAL, Level.HARD),
    Parameter(
        "hearing.enrol_per_hour", t("同一来源每小时报名上限", "Enrolments an hour from one address"), 20, Unit.COUNT, LOC, LOCAL, Level.INFO
    ),
)


@dataclass(frozen=True, slots=True)
class Periods:
    """How many days before the hearing each step is due."""

    notice: int
    listing: int
    draw: int
    papers: int


@dataclass(frozen=True, slots=True)
class Preset:
    """The periods of one kind of hearing as places practise them; `figures` reads the government's own."""

    title: Text
    periods: Periods | None
    is_price: bool = False


PRESETS: dict[str, Preset] = {
    "national": Preset(t("国家底线", "National floor"), Periods(1, 1, 0, 7)),
    "price": Preset(t("价格听证式 30/15", "Price hearing 30/15"), Periods(30, 15, 20, 7), is_price=True),
    "ten_day": Preset(t("10 日式", "Ten-day"), Periods(10, 1, 0, 5)),
    "local": Preset(t("本区规定", "This district's own"), None),
}


def periods_for(preset: str, figures: Figures) -> Periods:
    """The stricter of preset and national floor: "in advance" is a day at least, papers as the figure says (713 Art.16)."""
    own = PRESETS[preset].periods or Periods(
        figures.number("hearing.notice_min_days"),
        figures.number("hearing.list_publish_min_days"),
        figures.number("hearing.draw_min_days"),
        figures.number("hearing.materials_min_days"),
    )
    return Periods(max(own.notice, 1), max(own.listing, 1), max(own.draw, 0), max(own.papers, figures.number("hearing.materials_min_days")))
