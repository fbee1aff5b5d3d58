"""Planning meetings, building agendas, the meeting-day console."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.meetings import actions, forms, policy, queries, rules
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.topics.rules import KIND_LABELS


def _url(meeting_id: int, name: str = "meeting") -> str:
    return reverse(f"workspace:{name}", args=[meeting_id])


@staff_page
def meeting_list(request: Request) -> HttpResponse:
    """Meetings with filters."""
    policy.may_see(request.actor).require()
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    found = queries.meetings(request.government.pk, kind=kind, state=state, after=request.GET.get("after", ""))
    context = {"page": found, "kind": kind, "state": state, "kinds": KIND_LABELS.items(), "states": rules.MEETING.choices}
    return page(request, "meetings/workspace/list.html", context)


@staff_page
def meeting_new(request: Request) -> HttpResponse:
    """Plan a meeting."""
    policy.may_plan(request.actor).require()
    form = forms.MeetingForm(request.POST or None, initial={"kind": "executive"})
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: actions.plan_meeting(actor=request.actor, now=request.now, **form.cleaned_data))
        if made:
            tell(request, t("已建立，接着列议题。", "Planned; put matters on its agenda."))
            return HttpResponseRedirect(_url(made.pk))
    return page(request, "meetings/workspace/new.html", {"form": form})


@staff_page
def meeting_edit(request: Request, meeting_id: int) -> HttpResponse:
    """Change day, place, chair."""
    policy.may_plan(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    names = ("kind", "number", "name", "starts_at", "place", "chair", "broadcast_url")
    form = forms.MeetingForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("starts_at", "place", "chair", "broadcast_url")}
        if attempt(request, lambda: actions.change_meeting(meeting_id, actor=request.actor, now=request.now, **data)):
            tell(request, t("已保存。", "Saved."))
            return HttpResponseRedirect(_url(meeting_id))
    return page(request, "meetings/workspace/new.html", {"form": form, "row": row})


@staff_page
def meeting_page(request: Request, meeting_id: int) -> HttpResponse:
    """One meeting: agenda, gates, what is next."""
    policy.may_see(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    form = forms.ItemForm(request.POST or None, topics=queries.candidates(row), initial={"attendance": "open", "minutes": 30})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        added = attempt(
            request,
            lambda: actions.add_item(
                meeting_id,
                int(data["topic"]),
                actor=request.actor,
                now=request.now,
                attendance=data["attendance"],
                minutes=data["minutes"],
                closing_ground=data["closing_ground"],
            ),
        )
        if added:
            tell(request, t("已列入议程第 {n} 项。", "On the agenda as item {n}.", n=added.position))
            return HttpResponseRedirect(_url(meeting_id))
    context = {
        "row": row,
        "form": form,
        "letter": rules.version_letter(row.version),
        "items": queries.items(meeting_id),
        "may_plan": policy.may_plan(request.actor),
        "may_convene": policy.may_convene(request.actor),
        "may_waive": policy.may_waive(request.actor),
        "planning": row.state in actions.PLANNING,
        "warnings": queries.warnings(row, request.now) if row.state in actions.PLANNING else (),
        "changed": row.state == "frozen" and not queries.as_frozen(row),
        "versions": [(rules.version_letter(each.number), each) for each in row.versions.all()],
    }
    return page(request, "meetings/workspace/meeting.html", context)


@staff_page
@require_POST
def item_act(request: Request, meeting_id: int, item_id: int) -> HttpResponse:
    """Move an item up or down, or take it off."""
    if "remove" in request.POST:
        return perform(
            request,
            lambda: actions.remove_item(item_id, actor=request.actor, now=request.now),
            to=_url(meeting_id),
            said=t("已移出议程。", "Off the agenda."),
        )
    up = "up" in request.POST
    return perform(request, lambda: actions.move_item(item_id, actor=request.actor, now=request.now, up=up), to=_url(meeting_id))


STEPS: dict[str, tuple[Any, Text]] = {
    "freeze": (actions.freeze_agenda, t("议程已冻结。", "The agenda is frozen.")),
    "convene": (actions.convene_meeting, t("会议已召集。", "The meeting is convened.")),
    "start": (actions.start_meeting, t("会议开始。", "The meeting has begun.")),
    "end": (actions.end_meeting, t("会议结束。", "The meeting has ended.")),
    "close": (actions.close_meeting, t("会议已办结。", "The meeting is closed.")),
}
REASONED: dict[str, tuple[Any, Text]] = {
    "emergency": (actions.record_emergency, t("已记录，理由会公开。", "Recorded; the reason is public.")),
    "postpone": (actions.postpone_meeting, t("已延期。", "Postponed.")),
    "cancel": (actions.cancel_meeting, t("已取消。", "Cancelled.")),
}


@staff_page
@require_POST
def meeting_step(request: Request, meeting_id: int, step: str) -> HttpResponse:
    """Freeze, convene, start, end; or postpone, cancel, waive with a reason."""
    back = "console" if step in {"start", "end"} else "meeting"
    if step in REASONED:
        act, said = REASONED[step]
        reason = request.POST.get("reason", "")[:1000]
        return perform(
            request, lambda: act(meeting_id, actor=request.actor, now=request.now, reason=reason), to=_url(meeting_id), said=said
        )
    act, said = STEPS[step]
    return perform(request, lambda: act(meeting_id, actor=request.actor, now=request.now), to=_url(meeting_id, back), said=said)


@staff_page
def console(request: Request, meeting_id: int) -> HttpResponse:
    """Meeting day: one click for the next item, the statement, the decision."""
    return _console(request, meeting_id, forms.DecisionForm())


def _console(request: Request, meeting_id: int, form: forms.DecisionForm) -> HttpResponse:
    policy.may_plan(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    items = queries.items(meeting_id)
    current = next((each for each in items if each.state == "running"), None)
    following = next((each for each in items if each.state == "listed"), None)
    context = {
        "row": row,
        "items": items,
        "current": current,
        "following": following,
        "form": form,
        "consulted": bool(current and queries.consulted(current.topic_id)),
    }
    return page(request, "meetings/workspace/console.html", context)


@staff_page
@require_POST
def console_act(request: Request, meeting_id: int, item_id: int) -> HttpResponse:
    """Begin an item, record the statement, record the decision."""
    to = _url(meeting_id, "console")
    if "begin" in request.POST:
        return perform(request, lambda: actions.begin_item(item_id, actor=request.actor, now=request.now), to=to)
    if "statement" in request.POST:
        return perform(
            request,
            lambda: actions.give_statement(item_id, actor=request.actor, now=request.now, by=request.POST.get("by", "")[:60]),
            to=to,
            said=t("已记录说明的时间。", "The statement's time is recorded."),
        )
    form = forms.DecisionForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        done = attempt(
            request, lambda: actions.decide_item(item_id, actor=request.actor, now=request.now, outcome=data["outcome"], text=data["text"])
        )
        if done:
            tell(request, t("已记录决定。", "The decision is recorded."))
            return HttpResponseRedirect(to)
    return _console(request, meeting_id, form)


urlpatterns = [
    path("meetings/", meeting_list, name="meetings"),
    path("meetings/new/", meeting_new, name="meeting-new"),
    path("meetings/<int:meeting_id>/", meeting_page, name="meeting"),
    path("meetings/<int:meeting_id>/edit/", meeting_edit, name="meeting-edit"),
    path("meetings/<int:meeting_id>/items/<int:item_id>/", item_act, name="meeting-item"),
    path("meetings/<int:meeting_id>/console/", console, name="console"),
    path("meetings/<int:meeting_id>/console/<int:item_id>/", console_act, name="console-act"),
    *[path(f"meetings/<int:meeting_id>/{name}/", meeting_step, {"step": name}, name=f"meeting-{name}") for name in (*STEPS, *REASONED)],
]
