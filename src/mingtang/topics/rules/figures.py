"""Figures that bind a declaration and its five steps (law.md Appendix A)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mingtang.kernel.parameters import Bound, Level, Parameter, Unit
from mingtang.kernel.text import t

DECISIONS = t("《重大行政决策程序暂行条例》（国务院令第713号）", "Interim Regulation on Major Administrative Decisions (Decree 713)")
INFORMATION = t("《政府信息公开条例》（国务院令第711号）", "Regulation on Open Government Information (Decree 711)")
REGULATION = t("政府会议开放制度", "The regulation on open government meetings")
LOCAL = t("各地做法，本区可自定", "Local practice; each government may set its own")
SINCE_713 = date(2019, 9, 1)
SINCE_711 = date(2019, 5, 15)
SINCE_LOCAL = date(2026, 1, 1)

FIGURES: tuple[Parameter, ...] = (
    Parameter("expert.min_count", t("专家论证最少人数", "Fewest experts"), 5, Unit.COUNT, SINCE_LOCAL, LOCAL, Level.WARN),
    Parameter(
        "expert.min_count_major", t("重大事项专家最少人数", "Fewest experts, major matter"), 7, Unit.COUNT, SINCE_LOCAL, LOCAL, Level.WARN
    ),
    Parameter(
        "expert.odd",
        t("专家人数为单数", "Odd number of experts"),
        value=True,
        unit=Unit.YES_NO,
        since=SINCE_LOCAL,
        source=LOCAL,
        level=Level.WARN,
    ),
    Parameter(
        "expert.max_dept_ratio",
        t("主管部门专家最高比例", "Largest share of experts from the department"),
        Fraction(1, 3),
        Unit.RATIO,
        SINCE_LOCAL,
        LOCAL,
        Level.WARN,
    ),
    Parameter(
        "expert.no_conflict",
        t("专家无利害关系", "Experts without interest"),
        value=True,
        unit=Unit.YES_NO,
        since=SINCE_713,
        source=DECISIONS,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "risk.controllable_required",
        t("风险可控方可决策", "Decide only when the risk is controllable"),
        value=True,
        unit=Unit.YES_NO,
        since=SINCE_713,
        source=DECISIONS,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "legal.min_workdays",
        t("合法性审查最少工作日", "Least time for the legality review"),
        7,
        Unit.WORKDAYS,
        SINCE_713,
        DECISIONS,
        Level.HARD,
        floor=7,
        overridable=True,
    ),
    Parameter(
        "legal.pass_required",
        t("合法性审查通过方可上会", "Legality review must be passed"),
        value=True,
        unit=Unit.YES_NO,
        since=SINCE_713,
        source=DECISIONS,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "legal.normdoc_min_workdays",
        t("规范性文件审核最少工作日", "Normative documents: least review time"),
        5,
        Unit.WORKDAYS,
        SINCE_LOCAL,
        LOCAL,
        Level.WARN,
    ),
    Parameter(
        "legal.normdoc_max_workdays",
        t("规范性文件审核最多工作日", "Normative documents: longest review time"),
        15,
        Unit.WORKDAYS,
        SINCE_LOCAL,
        LOCAL,
        Level.WARN,
    ),
    Parameter(
        "agenda.openness_form_required",
        t("申报表须注明开放形式", "The declaration names the form of openness"),
        value=True,
        unit=Unit.YES_NO,
        since=SINCE_LOCAL,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "agenda.rep_category_required",
        t("申报表须注明代表类别", "The declaration names the audiences"),
        value=True,
        unit=Unit.YES_NO,
        since=SINCE_LOCAL,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter("rep.seats_default", t("每项议题列席席位", "Seats per matter"), 3, Unit.COUNT, SINCE_LOCAL, LOCAL, Level.INFO),
    Parameter("rep.seats_min", t("列席席位下限", "Fewest seats"), 2, Unit.COUNT, SINCE_LOCAL, LOCAL, Level.INFO),
    Parameter("rep.seats_max", t("列席席位上限", "Most seats"), 10, Unit.COUNT, SINCE_LOCAL, LOCAL, Level.INFO),
    Parameter(
        "disclosure.recheck_months",
        t("不公开信息复查周期", "Withheld information is re-examined every"),
        12,
        Unit.MONTHS,
        SINCE_711,
        INFORMATION,
        Level.WARN,
    ),
    Parameter(
        "plan.approval_days", t("申报报批预留", "Kept for approval of the declaration"), 3, Unit.DAYS, SINCE_LOCAL, LOCAL, Level.INFO
    ),
    Parameter(
        "plan.report_days", t("整理意见、公布采纳报告预留", "Kept for the adoption report"), 3, Unit.DAYS, SINCE_LOCAL, LOCAL, Level.INFO
    ),
    Parameter(
        "archive.dossier_due_days", t("案卷归档期限", "Dossier due after the decision"), 30, Unit.DAYS, SINCE_LOCAL, LOCAL, Level.WARN
    ),
    Parameter(
        "archive.transfer_years", t("移交档案馆年限", "Transfer to the archives after"), 10, Unit.YEARS, SINCE_LOCAL, LOCAL, Level.INFO
    ),
    Parameter(
        "posteval.opinion_threshold",
        t("决策后意见达到多少条建议后评估", "Opinions after a decision that suggest an evaluation"),
        20,
        Unit.COUNT,
        SINCE_713,
        DECISIONS,
        Level.INFO,
    ),
    Parameter(
        "posteval.evaluator_not_prior",
        t("后评估不得由决策前评估单位承担", "The evaluator is not the prior assessor"),
        value=True,
        unit=Unit.YES_NO,
        since=SINCE_713,
        source=DECISIONS,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
)
