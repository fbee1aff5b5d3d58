"""The record of the grouping desk: undo and redo, the nearest groups of one opinion, all that match a filter at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse

from mingtang.consultations import actions, policy, queries
from mingtang.consultations.rules.stepping import AT_ONCE, UNDOABLE
from mingtang.consultations.workspace.grouping import filters_of, seen_of, steps_of
from mingtang.kernel.text import t
from mingtang.platform.codes import row_id
from mingtang.platform.documents.tables import table_lines
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell


def _desk(consultation_id: int, kept: str = "") -> str:
    url = reverse("workspace:grouping", args=[consultation_id])
    return f"{url}?{kept}" if kept else url


@staff_page
def steps(request: Request, consultation_id: int) -> HttpResponse:
    """Every step ever done at this desk, the newest first, each with its undoing."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    context = {
        "row": row,
        "page": queries.steps(row.pk, request.GET.get("after", "")),
        "undoable": UNDOABLE,
        **steps_of(request, row),
    }
    return page(request, "consultations/workspace/steps.html", context)


@staff_page
@require_POST
def turn(request: Request, consultation_id: int, step_id: int, way: str) -> HttpResponse:
    """Undo a step, or do it again; then back to where one was."""
    act = actions.undo_step if way == "undo" else actions.redo_step
    kept = request.POST.get("kept", "")
    back = reverse("workspace:grouping-steps", args=[consultation_id]) if "here" in request.POST else _desk(consultation_id, kept)
    said = t("已撤销。", "Undone.") if way == "undo" else t("已重做。", "Done again.")
    return perform(request, lambda: act(step_id, actor=request.actor, now=request.now), to=back, said=said)


@staff_page
def near(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """The three groups nearest to one opinion, as a piece of the desk; sent with an answer, the opinion goes there or nowhere."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    if request.method == "POST":
        return _near_answer(request, row.pk, opinion_id)
    context = {"row": row, "opinion_id": opinion_id, "found": queries.nearest_groups(row.pk, opinion_id)}
    return page(request, "consultations/workspace/near.html", context)


def _near_answer(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    back = _desk(consultation_id, request.POST.get("kept", ""))
    group = row_id(request.POST.get("near", ""))
    if group is not None:
        who: dict[str, Any] = {"actor": request.actor, "now": request.now, "group_id": group, "seen": seen_of(request)}
        said = t("已归组 1 条。", "1 grouped.")
        return perform(request, lambda: actions.group_opinions(consultation_id, [opinion_id], **who), to=back, said=said)
    groups = [pk for each in request.POST.getlist(f"offered-{opinion_id}") if (pk := row_id(each)) is not None]
    who = {"actor": request.actor, "now": request.now}
    said = t("记下了：不归入这几组。", "Noted: none of these groups.")
    return perform(request, lambda: actions.keep_out(consultation_id, opinion_id, groups, **who), to=back, said=said)


@staff_page
def matching(request: Request, consultation_id: int) -> HttpResponse:
    """All that match the filters: how many they are, some of them, and where they are to go."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    kept = request.POST.get("kept", request.GET.urlencode())
    filters = filters_of(QueryDict(kept))
    if request.method == "POST":
        asked = request.POST
        way = next((each for each in ("ungroup", "stance") if each in asked), "group")
        title, group, upto = asked.get("title", ""), row_id(asked.get("group", "")), row_id(asked.get("upto", "")) or 0
        where: dict[str, Any] = {"group_id": group if way == "group" else None, "title": title if way == "group" else "", "way": way}
        who: dict[str, Any] = {"actor": request.actor, "now": request.now}
        done = attempt(request, lambda: actions.move_matching(row.pk, filters, **who, **where, upto=upto))
        if done is not None:
            if done.finished_at is None:
                tell(request, t("已开始，进度见本页；可以离开。", "Under way; this page shows how far. You may leave."))
            else:
                tell(request, t("已移动 {n} 条。", "{n} moved.", n=done.opinions))
            return HttpResponseRedirect(_desk(row.pk))
    context = {
        "row": row,
        "kept": kept,
        "filters": filters,
        "number": queries.count_matching(row.pk, filters),
        "sample": queries.opinions_page(row.pk, filters).rows[:5],
        "upto": queries.newest(row.pk),
        "choices": queries.group_choices(row.pk),
        "title": request.POST.get("title", ""),
        "at_once": AT_ONCE,
        **steps_of(request, row),
    }
    return page(request, "consultations/workspace/matching.html", context)


@staff_page
def numbers(request: Request, consultation_id: int) -> HttpResponse:
    """The groups in charts, each drawn from its table: by size, by clause, over time, and a map."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    return page(request, "consultations/workspace/grouping_numbers.html", {"row": row, "found": queries.charts(row)})


@staff_page
def numbers_table(request: Request, consultation_id: int) -> HttpResponse:
    """All tables of the page of charts as one CSV."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    head = (
        t("统计项", "counted by"),
        t("名称", "name"),
        t("日期或最近的组", "day or nearest group"),
        t("人数", "people"),
        t("条数", "opinions"),
    )
    made = "".join(table_lines([*map(str, head), "x", "y"], queries.chart_lines(queries.charts(row))))
    answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="groups-{row.pk}.csv"'
    return answer


BASE = "consultations/<int:consultation_id>/grouping/"
urlpatterns = [
    path(f"{BASE}steps/", steps, name="grouping-steps"),
    path(f"{BASE}steps/<int:step_id>/<str:way>/", turn, name="grouping-turn"),
    path(f"{BASE}near/<int:opinion_id>/", near, name="grouping-near"),
    path(f"{BASE}numbers/", numbers, name="grouping-numbers"),
    path(f"{BASE}numbers.csv", numbers_table, name="grouping-numbers-csv"),
    path(f"{BASE}all/", matching, name="grouping-matching"),
]
