"""The deadline planner: the earliest lawful meeting day, and backwards from a wished day (law.md App. B)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from mingtang.kernel.days import ONE_DAY, WorkCalendar
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t

CONSULT_FIGURE = {
    "major": ("consult.min_days_major", "713 Art.15"),
    "market": ("consult.min_days_market", "2.1"),
    "rule_draft": ("consult.min_days_rule_draft", "2.1"),
    "normdoc": ("consult.min_workdays_normdoc", "2.1"),
    "other": ("consult.min_days_other", "2.1"),
}
PX, LEFT, RIGHT, TOP, ROW = 1176, 132, 1176, 72, 49


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One step: its days at the earliest pace, and the last lawful days for the wished meeting."""

    code: str
    label: Text
    first: date
    last: date
    law: Text
    clause: str
    latest_first: date | None = None
    latest_last: date | None = None
    blocked: bool = False
    provisional: bool = False


@dataclass(frozen=True)
class Plan:
    """The rows in order, the earliest lawful meeting day, and whether the wished day can be kept."""

    start: date
    rows: tuple[PlanRow, ...]
    earliest: date
    wished: date | None = None
    provisional: bool = False
    weekends: tuple[date, ...] = field(default=(), compare=False)

    @property
    def feasible(self) -> bool:
        """Whether the wished day is lawful; true when none is wished."""
        return self.wished is None or self.wished >= self.earliest

    @property
    def blockers(self) -> tuple[PlanRow, ...]:
        """The rows that cannot end before the wished day."""
        return tuple(row for row in self.rows if row.blocked)

    @property
    def spare(self) -> int:
        """Days between the earliest lawful day and the wished one; negative when it is too soon."""
        return (self.wished - self.earliest).days if self.wished else 0

    def drawing(self) -> dict[str, object]:
        """Coordinates for the drawing: 1176 units wide, one row of 49 units a step."""
        ends = max(self.earliest, self.wished or self.earliest) + timedelta(days=7)
        scale = (RIGHT - LEFT) / max((ends - self.start).days, 1)

        def x(day: date) -> float:
            return round(LEFT + (day - self.start).days * scale, 1)

        return {
            "height": TOP + ROW * (len(self.rows) + 1) + 30,
            "bottom": TOP + ROW * (len(self.rows) + 1),
            "width": PX,
            "earliest_x": x(self.earliest),
            "wished_x": x(self.wished) if self.wished else None,
            "meet_y": TOP + ROW * len(self.rows) + 30,
            "ticks": [{"x": x(day), "label": day.strftime("%m-%d")} for day in self._mondays(ends)],
            "weekends": [{"x": x(day), "width": round(scale * 2, 1)} for day in self.weekends if day <= ends],
            "rows": [self._drawn(index, row, x) for index, row in enumerate(self.rows)],
        }

    def _mondays(self, ends: date) -> list[date]:
        day = self.start + timedelta(days=-self.start.weekday() % 7)
        every = 7 if (ends - self.start).days <= 90 else 14  # noqa: PLR2004 - room for the labels
        found = []
        while day <= ends:
            found.append(day)
            day += timedelta(days=every)
        return found

    def _drawn(self, index: int, row: PlanRow, x: object) -> dict[str, object]:
        place = x if callable(x) else None
        begin, end = place(row.first), place(row.last + ONE_DAY)  # type: ignore[misc]  # always callable here
        cut = place(self.wished) if self.wished else None  # type: ignore[misc]  # as above
        split = cut is not None and begin < cut < end
        y = TOP + ROW * index
        right = end < 800  # noqa: PLR2004 - where the words still fit to the right of the bar
        return {
            "y": y,
            "bar_y": y + 14,
            "text_y": y + 30,
            "line_y": y + ROW,
            "label": row.label,
            "begin": begin,
            "width": round(max((cut if split else end) - begin, 2), 1),
            "rest_x": cut if split else None,
            "rest_width": round(end - cut, 1) if split else 0,
            "blocked": row.blocked and not split,
            "words": row.law,
            "late": row.blocked,
            "words_x": end + 8 if right else begin - 8,
            "anchor": "start" if right else "end",
        }


@dataclass(frozen=True, slots=True)
class Needs:
    """What the matter still has to pass."""

    approval: bool = True
    consultation: str = "major"
    hearing: bool = False
    report: bool = True
    legality: bool = True
    attendance: bool = True


@carries("3.4b", "3.2d", title=t("期限倒排", "The deadline planner"))
def plan(start: date, wished: date | None, needs: Needs, figures: Figures, calendar: WorkCalendar) -> Plan:
    """The steps at their earliest lawful pace from `start`, and their last lawful days before `wished`."""
    spans = _spans(needs, figures)
    rows: list[PlanRow] = []
    day, shaky = start, False
    for place, (code, label, law, clause, amount, workdays) in enumerate(spans):
        first = rows[-1].first if _beside(spans, place) else day
        last, provisional = _end(first, amount, calendar, workdays=workdays)
        shaky = shaky or provisional
        rows.append(PlanRow(code, label, first, last, law, clause, provisional=shaky))
        day = max(day, last + ONE_DAY)
    meeting = calendar.working_day_on_or_after(day)
    rows = _backwards(rows, spans, wished, calendar)
    weekends = tuple(start + timedelta(days=n) for n in range(400) if (start + timedelta(days=n)).weekday() == 5)  # noqa: PLR2004 - Saturday
    return Plan(start, tuple(rows), meeting.day, wished, shaky or meeting.provisional, weekends)


Span = tuple[str, Text, Text, str, int, bool]


def _spans(needs: Needs, figures: Figures) -> list[Span]:
    spans: list[Span] = []
    if needs.approval:
        n = figures.number("plan.approval_days")
        spans.append(("approval", t("申报报批", "Approval"), t("{n} 日，制度 3.2", "{n} days, Regulation 3.2", n=n), "3.2", n, False))
    if needs.consultation:
        key, clause = CONSULT_FIGURE[needs.consultation]
        n = figures.number(key)
        by_workdays = "workdays" in key
        law = _consultation_law(needs.consultation, n, workdays=by_workdays)
        spans.append(("consultation", t("征求意见", "Consultation"), law, clause, n + (0 if by_workdays else 1), by_workdays))
    if needs.hearing:
        spans.append(_hearing(figures))
    if needs.report:
        n = figures.number("plan.report_days")
        spans.append(
            (
                "report",
                t("公布采纳报告", "Adoption report"),
                t("采纳情况须先公布，制度 2.1", "Adoption is published first, Regulation 2.1"),
                "2.1e",
                n,
                False,
            )
        )
    if needs.legality:
        n = figures.number("legal.min_workdays")
        spans.append(
            (
                "legality",
                t("合法性审查", "Legality review"),
                t("不少于 {n} 个工作日，《决策条例》第二十六条", "At least {n} working days, Decree 713 Art. 26", n=n),
                "713 Art.26",
                n,
                True,
            )
        )
    lead = max(figures.number("agenda.materials_lead_days"), figures.number("rep.notice_lead_days") if needs.attendance else 0)
    spans.append(
        (
            "materials",
            t("材料送达、告知", "Papers and notice"),
            t("会前 {n} 日，制度 3.2", "{n} days before, Regulation 3.2", n=lead),
            "3.2d",
            lead,
            False,
        )
    )
    return spans


def _beside(spans: list[Span], place: int) -> bool:
    """Whether a span runs beside the one before: a hearing beside the consultation whose draft it hears."""
    return place > 0 and spans[place][0] == "hearing" and spans[place - 1][0] == "consultation"


def _hearing(figures: Figures) -> Span:
    """From the notice to the day of the hearing: the notice itself, or a day of enrolment, the list and the papers, if that is longer."""
    notice, papers = figures.number("hearing.notice_min_days"), figures.number("hearing.materials_min_days")
    n = max(notice, figures.number("hearing.list_publish_min_days") + 1, papers + 1)
    law = t("提前 {n} 日公告，《决策条例》第十六条", "{n} days' notice, Decree 713 Art. 16", n=n)
    return ("hearing", t("听证", "Hearing"), law, "713 Art.16", n + 1, False)


def _consultation_law(kind: str, n: int, *, workdays: bool) -> Text:
    """Only the major decision's period stands in the decree; the others are indicators or local practice."""
    if kind == "major":
        return t("满 {n} 日，《决策条例》第十五条", "{n} full days, Decree 713 Art. 15", n=n)
    if workdays:
        return t("满 {n} 个工作日", "{n} full working days", n=n)
    return t("满 {n} 日", "{n} full days", n=n)


def _end(first: date, amount: int, calendar: WorkCalendar, *, workdays: bool) -> tuple[date, bool]:
    if workdays:
        counted = calendar.add_working_days(first, amount)  # the day it begins does not count (民法典 art. 201)
        return counted.day, counted.provisional
    return first + timedelta(days=amount - 1), False


def _begin(last: date, amount: int, calendar: WorkCalendar, *, workdays: bool) -> date:
    if workdays:
        return calendar.add_working_days(last + ONE_DAY, -amount).day - ONE_DAY
    return last - timedelta(days=amount - 1)


def _backwards(rows: list[PlanRow], spans: list[Span], wished: date | None, calendar: WorkCalendar) -> list[PlanRow]:
    if wished is None:
        return rows
    last = wished - ONE_DAY
    done: list[PlanRow] = []
    earlier = wished
    for place in reversed(range(len(rows))):
        row, span = rows[place], spans[place]
        first = _begin(last, span[4], calendar, workdays=span[5])
        earlier = min(earlier, first)
        done.append(
            PlanRow(
                row.code, row.label, row.first, row.last, row.law, row.clause, first, last, row.last > wished - ONE_DAY, row.provisional
            )
        )
        last = last if _beside(spans, place) else earlier - ONE_DAY
    return list(reversed(done))
