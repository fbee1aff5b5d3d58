"""Figures that bind consultations and answers (law.md Appendix A)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mingtang.kernel.parameters import Bound, Level, Parameter, Unit
from mingtang.kernel.text import t

DECISIONS = t("《重大行政决策程序暂行条例》第十五条", "Decree 713 Art. 15")
INDICATORS = t("市县法治政府建设示范指标第24项", "Indicator 24 of the model rule-of-law government")
REGULATION = t("政府会议开放制度 2.1", "The regulation on open government meetings, 2.1")
OURS = t("本平台的做法，各区可自定并写明理由", "This platform's own practice; a government may set its own, with its reason")
LOCAL = t("各地做法，本区可自定", "Local practice; each government may set its own")
S713, LOC = date(2019, 9, 1), date(2026, 1, 1)

FIGURES: tuple[Parameter, ...] = (
    Parameter(
        "analysis.least_cell",
        t("按身份统计时不足多少不公布具体数", "Counts by audience below this are not published"),
        3,
        Unit.COUNT,
        LOC,
        OURS,
        Level.INFO,
        overridable=True,
    ),
    Parameter(
        "consult.min_days_major",
        t("重大行政决策征求意见最短", "Major decision: shortest consultation"),
        30,
        Unit.DAYS,
        S713,
        DECISIONS,
        Level.HARD,
        floor=30,
        overridable=True,
    ),
    Parameter(
        "consult.min_workdays_normdoc",
        t("规范性文件征求意见最短", "Normative document: shortest consultation"),
        7,
        Unit.WORKDAYS,
        LOC,
        INDICATORS,
        Level.HARD,
        overridable=True,
    ),
    Parameter(
        "consult.min_days_market",
        t("涉企规范性文件征求意见最短", "Document on business: shortest consultation"),
        30,
        Unit.DAYS,
        LOC,
        INDICATORS,
        Level.HARD,
        overridable=True,
    ),
    Parameter(
        "consult.min_days_rule_draft",
        t("规章草案征求意见最短", "Draft rule: shortest consultation"),
        30,
        Unit.DAYS,
        LOC,
        INDICATORS,
        Level.HARD,
        overridable=True,
    ),
    Parameter(
        "consult.min_days_other",
        t("其他事项征求意见最短", "Other matters: shortest consultation"),
        15,
        Unit.DAYS,
        LOC,
        LOCAL,
        Level.HARD,
        overridable=True,
    ),
    Parameter(
        "consult.count_from", t("期限从公布次日起算", "Periods count from the day after"), "next_day", Unit.WORD, LOC, LOCAL, Level.INFO
    ),
    Parameter(
        "consult.require_draft",
        t("必须公布草案", "The draft must be public"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "consult.require_basis",
        t("必须公布依据", "The basis must be public"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "consult.require_explanation",
        t("必须公布起草说明", "The explanation must be public"),
        value=True,
        unit=Unit.YES_NO,
        since=S713,
        source=DECISIONS,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter("consult.min_channels", t("公布渠道不少于", "Fewest channels of publication"), 2, Unit.COUNT, S713, DECISIONS, Level.WARN),
    Parameter("consult.feedback_due_days", t("截止后公布采纳情况", "Adoption report after closing"), 30, Unit.DAYS, LOC, LOCAL, Level.WARN),
    Parameter(
        "consult.low_response_alert",
        t("期限过半提意见的不到多少人提醒", "Warn at half time below so many people"),
        5,
        Unit.COUNT,
        LOC,
        LOCAL,
        Level.WARN,
    ),
    Parameter("consult.min_activities_per_year", t("每年征集次数", "Consultations a year"), 6, Unit.COUNT, LOC, LOCAL, Level.WARN),
    Parameter("opinion.concentrated_people", t("相对集中：人数达到", "Concentrated: people"), 5, Unit.COUNT, LOC, LOCAL, Level.WARN),
    Parameter(
        "opinion.concentrated_ratio",
        t("相对集中：占提意见人数", "Concentrated: share of the people"),
        Fraction(1, 10),
        Unit.RATIO,
        LOC,
        LOCAL,
        Level.WARN,
    ),
    Parameter(
        "opinion.nonadopt_reason_required",
        t("集中意见不采纳须说明理由", "Concentrated and not adopted: a reason"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "opinion.one_to_one_mapping",
        t("意见与答复一一对应", "Every opinion has its answer"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter("opinion.max_characters", t("一条意见字数上限", "Longest opinion"), 2000, Unit.CHARACTERS, LOC, LOCAL, Level.INFO),
    Parameter(
        "opinion.rate_per_hour", t("同一来源每小时意见上限", "Opinions an hour from one address"), 60, Unit.COUNT, LOC, LOCAL, Level.INFO
    ),
    Parameter(
        "opinion.receipt_per_hour", t("一个回执每小时操作上限", "Acts an hour with one receipt"), 20, Unit.COUNT, LOC, LOCAL, Level.INFO
    ),
    Parameter(
        "opinion.check_per_hour",
        t("同一来源每小时超过多少条需校验", "Check for robots: an hour from one address above"),
        5,
        Unit.COUNT,
        LOC,
        LOCAL,
        Level.INFO,
    ),
    Parameter(
        "opinion.burst_per_hour",
        t("一次征求意见每小时超过多少条算集中", "A burst: opinions an hour above"),
        120,
        Unit.COUNT,
        LOC,
        LOCAL,
        Level.INFO,
    ),
    Parameter("opinion.campaign_same", t("文字相同多少条起标记", "Same words: marked from"), 5, Unit.COUNT, LOC, LOCAL, Level.INFO),
    Parameter(
        "opinion.real_name",
        t("提意见须留姓名（不公开）", "A name is asked (not published)"),
        value=False,
        unit=Unit.YES_NO,
        since=LOC,
        source=LOCAL,
        level=Level.INFO,
    ),
    Parameter("opinion.moderation_workdays", t("意见审核时限", "Moderation within"), 1, Unit.WORKDAYS, LOC, LOCAL, Level.INFO),
    Parameter(
        "moderation.four_eyes",
        t("不显示一条意见须经几人", "People it takes to withhold an opinion"),
        2,
        Unit.COUNT,
        LOC,
        OURS,
        Level.HARD,
        floor=1,
        overridable=True,
    ),
    Parameter(
        "moderation.confirm_hours",
        t("先行隐藏须在多久内确认", "An opinion hidden at once is confirmed within"),
        24,
        Unit.HOURS,
        LOC,
        OURS,
        Level.WARN,
    ),
    Parameter("moderation.appeal_days", t("不显示后可以申诉", "An appeal is possible for"), 15, Unit.DAYS, LOC, OURS, Level.HARD),
    Parameter("moderation.appeal_workdays", t("申诉答复", "An appeal is decided within"), 5, Unit.WORKDAYS, LOC, OURS, Level.WARN),
    Parameter("opinion.reason_min_characters", t("理由最少字数", "Shortest reason"), 8, Unit.CHARACTERS, LOC, LOCAL, Level.WARN),
    Parameter("dept_consult.min_workdays", t("征求部门意见最短", "Departments have at least"), 5, Unit.WORKDAYS, LOC, LOCAL, Level.WARN),
    Parameter("correction.reply_workdays", t("纠错答复", "Reply to a correction"), 3, Unit.WORKDAYS, LOC, LOCAL, Level.WARN),
    Parameter(
        "pii.retain_days_mails",
        t("放在一边的邮件保存", "Mails set aside are kept"),
        180,
        Unit.DAYS,
        LOC,
        t(
            "个人信息保护法第 19 条：保存期限为实现目的的最短时间；本区可自定",
            "PIPL Art.19: no longer than needed; each government may set its own",
        ),
        Level.INFO,
    ),
    Parameter(
        "pii.retain_days_unselected", t("未入选报名信息保存", "Data of people not selected are kept"), 90, Unit.DAYS, LOC, LOCAL, Level.INFO
    ),
)
