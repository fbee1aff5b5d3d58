"""The living page of the design system: every component in its states."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse

from mingtang.kernel.decision import all_of, no
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of
from mingtang.platform.paging import Page
from mingtang.platform.web import specimens
from mingtang.platform.web.dossier import StaffStage
from mingtang.platform.web.edges import Request, page

INKS = (
    ("ink", t("墨", "Ink"), "#1D2026", "15.5"),
    ("ink-2", t("次墨", "Second ink"), "#484C54", "8.2"),
    ("ink-3", t("淡墨", "Pale ink"), "#62656D", "5.5"),
    ("zhu", t("朱", "Vermilion"), "#B3301C", "5.9"),
    ("dai", t("黛", "Ink blue"), "#1C4B73", "8.7"),
    ("paper", t("纸", "Paper"), "#FAF9F5", ""),
)
LONG = t(
    "清河区关于进一步规范|城区共享单车停放秩序|和骨干道路|临时占道审批|衔接工作的|若干规定（征求意见稿）",
    "Provisions of Qinghe District on parking of shared bicycles in the urban area and on how permits to occupy trunk roads for a time fit together (draft for comment)",
)


def design(request: Request) -> HttpResponse:
    """Every component in its states: normal, empty, wrong, long."""
    today = day_of(request.now)
    wrong = specimens.Specimen(
        {"title": "", "stance": "loud", "closes_on": "2026-13-40", "text": t("太亮了。", "Too bright."), "shown": "on"}
    )
    wrong.is_valid()
    context = {
        "inks": INKS,
        "long_title": LONG,
        "fresh": specimens.Specimen(auto_id="a_%s", initial={"stance": "change", "shown": True}),
        "wrong": wrong,
        "one_refusal": specimens.NO_HOME.at("#forms"),
        "more_refusals": all_of(
            specimens.NO_HOME,
            no(
                t("合法性审查还差 2 个工作日。", "The legality review lacks 2 working days."),
                "713 Art.26",
                t("排到 {day} 或以后。", "Choose {day} or later.", day=today + timedelta(days=6)),
            ),
        ),
        "stages": specimens.stages_of(today, late=False),
        "late_stages": specimens.stages_of(today, late=True),
        "entries": specimens.entries_of(request.now),
        "no_entries": [],
        "tomb": specimens.tomb_of(today),
        "bars": (
            (t("网上", "Online"), 251),
            (t("电话", "Phone"), 47),
            (t("纸质", "Paper"), 31),
            (t("现场", "On site"), 13),
            (t("信函", "Letters"), 0),
        ),
        "counts": specimens.Counts(167, 88, 41, 93, 23),
        "no_counts": specimens.Counts(),
        "due": [(today + timedelta(days=n), today - timedelta(days=12)) for n in (9, 2, 0, -6)],
        "desk_items": specimens.desk_of(today),
        "days": specimens.days_of(today),
        "staff_stages": [StaffStage(each) for each in specimens.stages_of(today, late=True)],
        "page": Page([], after="WzEsMl0"),
        "numbers": specimens.DOCUMENTS,
        "plan": specimens.SamplePlan(today),
    }
    return page(request, "web/design.html", context)
