"""The grouping desk: opinions without a place, the groups, what is done with them. Keyboard first; nothing loads whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries, rules
from mingtang.consultations.queries import GroupFilters
from mingtang.consultations.rules.stepping import WORKING
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell, ticked_ids

if TYPE_CHECKING:
    from mingtang.consultations.models import Consultation

ANSWER = ("verdict", "reason", "reason_code", "legal_ref", "landed_in")


def _url(consultation_id: int, name: str) -> str:
    return reverse(f"workspace:{name}", args=[consultation_id])


def filters_of(asked: QueryDict) -> GroupFilters:
    """The filters as the address names them."""
    clause = asked.get("clause", "")
    return GroupFilters(
        home=asked.get("home", "none"),
        clause_id=row_id(clause),
        stance=asked.get("stance", ""),
        channel=asked.get("channel", ""),
        words=asked.get("q", "").strip()[:80],
    )


def seen_of(request: Request) -> int | None:
    """The newest step the page knew of that was sent."""
    return row_id(request.POST.get("seen", ""))


@staff_page
def grouping(request: Request, consultation_id: int) -> HttpResponse:
    """Opinions without a place, the groups, and the counter that must reach 0."""
    return desk_page(request, consultation_id, request.GET, forms.AnswerForm(auto_id="single_%s"), [])


def desk_page(request: Request, consultation_id: int, asked: QueryDict, form: forms.AnswerForm, ticked: list[int]) -> HttpResponse:
    """The desk as it stands, with what was ticked and typed."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    filters, by, words = filters_of(asked), asked.get("by", "people"), asked.get("gq", "").strip()[:80]
    groups = queries.groups(row.pk, asked.get("groups", ""), by=by, words=words)
    context = {
        "row": row,
        "filters": filters,
        "places": queries.places(row.pk),
        "people": queries.people(row.pk),
        "kept": asked.urlencode(),
        "ticked": ticked,
        "typed": request.POST,
        "page": queries.opinions_page(row.pk, filters, asked.get("after", "")),
        "groups": groups,
        "lines": queries.group_lines(row, groups),
        "by": by,
        "gq": words,
        **steps_of(request, row),
        "run": queries.last_run(row.pk),
        "proposals": queries.proposals(row.pk, asked.get("proposals", "")),
        "choices": queries.group_choices(row.pk),
        "stances": rules.STANCE_LABELS.items(),
        "channels": rules.CHANNEL_LABELS.items(),
        "form": form,
        "may": policy.may_prepare(request.actor, row.topic.department_id),
    }
    return page(request, "consultations/workspace/grouping.html", context)


def steps_of(request: Request, row: Consultation) -> dict[str, Any]:
    """What every page of the desk knows of its record: the newest step, one's own to undo and redo, what is under way."""
    person, can = request.actor.person_id, row.state in WORKING
    return {
        "can": can and policy.may_prepare(request.actor, row.topic.department_id),
        "seen": queries.last_number(row.pk),
        "undo": queries.next_undo(row.pk, person) if can else None,
        "redo": queries.next_redo(row.pk, person) if can else None,
        "running": queries.running(row.pk),
    }


@staff_page
@require_POST
def group_act(request: Request, consultation_id: int) -> HttpResponse:
    """Group, take out, set down as stance only, or answer singly what is ticked; a refusal keeps what was ticked and typed."""
    ids, kept = ticked_ids(request, "opinion"), request.POST.get("kept", "")
    form = forms.AnswerForm(request.POST if "answer" in request.POST else None, auto_id="single_%s")
    if not ids:
        tell(request, t("没有选中意见。请先勾选。", "Nothing is selected. Tick some first."))
    elif _is_done(request, consultation_id, ids, form):
        url = _url(consultation_id, "grouping")
        return HttpResponseRedirect(f"{url}?{kept}" if kept else url)
    return desk_page(request, consultation_id, QueryDict(kept), form, ids)


def _is_done(request: Request, consultation_id: int, ids: list[int], form: forms.AnswerForm) -> bool:
    """Do what was asked with the ticked opinions and say so, or say why not."""
    if form.is_bound and not form.is_valid():
        return False
    act, said = _answered_singly(request, consultation_id, ids, form) if form.is_bound else _asked(request, consultation_id, ids)
    if attempt(request, act) is None:
        return False
    tell(request, said)
    return True


def _asked(request: Request, consultation_id: int, ids: list[int]) -> tuple[Callable[[], object], Text]:
    """What the pressed button does with the ticked opinions, and what is said when it worked."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now, "seen": seen_of(request)}
    if "ungroup" in request.POST:
        return lambda: actions.remove_from_group(consultation_id, ids, **who), t("已移出。", "Taken out.")
    if "stance" in request.POST:
        said = t("{n} 条列为只表态。", "{n} set down as stance only.", n=len(ids))
        return lambda: actions.mark_stance_only(consultation_id, ids, **who), said
    group, title = row_id(request.POST.get("group", "")), request.POST.get("title", "")
    said = t("已归组 {n} 条。", "{n} grouped.", n=len(ids))
    return lambda: actions.group_opinions(consultation_id, ids, **who, group_id=group, title=title), said


def _answered_singly(request: Request, consultation_id: int, ids: list[int], form: forms.AnswerForm) -> tuple[Callable[[], object], Text]:
    """Answer each of the ticked opinions alone, and what is said then."""
    data = {name: form.cleaned_data[name] for name in ANSWER}
    who: dict[str, Any] = {"actor": request.actor, "now": request.now, "seen": seen_of(request)}
    said = t("已单独答复 {n} 条。", "{n} answered singly.", n=len(ids))
    return lambda: actions.answer_opinions(consultation_id, ids, **who, **data), said


@staff_page
def group_page(request: Request, consultation_id: int, group_id: int) -> HttpResponse:
    """One group: its opinions, its answer, merging and renaming."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    found = row.groups.filter(pk=group_id).first()
    if found is None:
        tell(request, t("这一组已经不在了，可能被合并或清空。", "This group is gone; it was merged or emptied."))
        return HttpResponseRedirect(_url(consultation_id, "grouping"))
    form = forms.AnswerForm(request.POST or None, initial=queries.answer_of(found))
    if request.method == "POST" and form.is_valid():
        data, seen = form.cleaned_data, seen_of(request)
        saved = attempt(request, lambda: actions.answer_group(group_id, actor=request.actor, now=request.now, seen=seen, **data))
        if saved:
            tell(request, t("已保存答复。", "The answer is saved."))
            return HttpResponseRedirect(request.path if queries.answered_alike(saved) else _url(consultation_id, "grouping"))
    figures = figures_for(row.government_id, day_of(request.now))
    points_page, points = queries.points_in(found, request.GET.get("points", ""))
    context = {
        "row": row,
        "group": found,
        "points_page": points_page,
        "points": points,
        "alike": queries.answered_alike(found),
        "form": form,
        "page": queries.opinions_page(row.pk, GroupFilters(home=str(group_id)), request.GET.get("after", "")),
        "choices": [each for each in queries.group_choices(row.pk) if each[0] != group_id],
        "line": queries.group_lines(row, [found])[0],
        "may": policy.may_prepare(request.actor, row.topic.department_id),
        **steps_of(request, row),
        "hot": rules.concentrated(found.people_count, queries.people(row.pk), figures),
    }
    return page(request, "consultations/workspace/group.html", context)


@staff_page
@require_POST
def group_change(request: Request, consultation_id: int, group_id: int) -> HttpResponse:
    """Rename a group, merge it into another, or say that it is not one opinion."""
    here, desk = reverse("workspace:group", args=[consultation_id, group_id]), _url(consultation_id, "grouping")
    who: dict[str, Any] = {"actor": request.actor, "now": request.now, "seen": seen_of(request)}
    into = row_id(request.POST.get("into", ""))
    if "part" in request.POST:
        said: Text = t("已拆散，这些意见又没有着落了。", "Taken apart; these opinions have no place again.")
        return perform(request, lambda: actions.part_group(group_id, **who), to=desk, back=here, said=said)
    if "merge" in request.POST and into is not None:
        said = t("已合并。", "Merged.")
        return perform(request, lambda: actions.merge_groups(group_id, into, **who), to=desk, back=here, said=said)
    title = request.POST.get("title", "")
    return perform(request, lambda: actions.rename_group(group_id, title, **who), to=here, said=t("已改名。", "Renamed."))


BASE = "consultations/<int:consultation_id>/grouping/"
urlpatterns = [
    path(BASE, grouping, name="grouping"),
    path(f"{BASE}act/", group_act, name="grouping-act"),
    path(f"{BASE}<int:group_id>/", group_page, name="group"),
    path(f"{BASE}<int:group_id>/change/", group_change, name="group-change"),
]
