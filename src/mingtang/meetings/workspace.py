"""Planning meetings, building agendas and their versions, who belongs to the body that meets."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.meetings import actions, forms, policy, published, queries, rules
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
    planning = row.state in actions.PLANNING
    items = queries.items(meeting_id)
    context = {
        "row": row,
        "form": form,
        "letter": rules.version_letter(row.version),
        "items": items,
        "standing": queries.standing(row, items) if planning else [],
        "turns": queries.turns(row, items, request.now),
        "may_plan": policy.may_plan(request.actor),
        "may_convene": policy.may_convene(request.actor),
        "may_waive": policy.may_waive(request.actor),
        "planning": planning,
        "warnings": queries.warnings(row, request.now) if planning else (),
        "changed": row.state == "frozen" and not queries.as_frozen(row),
        "versions": queries.versions_of(row),
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
@require_POST
def late(request: Request, meeting_id: int, item_id: int) -> HttpResponse:
    """Ask for a late item, or let it in."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if "approve" in request.POST:
        said = t("已批准临时增列，理由随议程公开。", "Let in; the reason is public with the agenda.")
        return perform(request, lambda: actions.approve_late_item(item_id, **who), to=_url(meeting_id), said=said)
    reason = request.POST.get("reason", "")[:300]
    said = t("已报分管领导批准。", "A leader is asked.")
    return perform(request, lambda: actions.ask_late_item(item_id, reason=reason, **who), to=_url(meeting_id), said=said)


@staff_page
def recording(request: Request, meeting_id: int) -> HttpResponse:
    """2.2d: where the recording is, and the moments of its items."""
    policy.may_plan(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    items = queries.recorded_items(meeting_id)
    by_clock = {each.pk: rules.mark(row.recording_offset, row.started_at, each.began_at, None) for each in items}
    lines = [(each.pk, str(each).replace("|", ""), "" if (at := by_clock[each.pk]) is None else rules.as_time(at)) for each in items]
    begun = {"url": row.recording_url, "offset": rules.as_time(row.recording_offset)}
    begun |= {f"mark_{each.pk}": rules.as_time(each.mark_seconds) for each in items if each.mark_seconds is not None}
    form = forms.RecordingForm(request.POST or None, items=lines, initial=begun)
    if request.method == "POST" and form.is_valid():
        act = partial(actions.save_recording, meeting_id, actor=request.actor, now=request.now)
        if attempt(request, lambda: act(**form.cleaned_data)):
            tell(request, t("已保存。", "Saved."))
            return HttpResponseRedirect(_url(meeting_id))
    return page(request, "meetings/workspace/recording.html", {"row": row, "form": form})


@staff_page
def versions(request: Request, meeting_id: int) -> HttpResponse:
    """Any two versions of the agenda, and what is different between them."""
    policy.may_see(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    rows = queries.versions_of(row)
    by_letter = {each.letter: each for each in rows}
    new = by_letter.get(request.GET.get("to", ""), rows[0] if rows else None)
    old = by_letter.get(request.GET.get("from", ""), rows[1] if len(rows) > 1 else None)
    titles = queries.titles_of(rows)
    found = queries.changes(old, new) if old and new else ()
    context = {
        "row": row,
        "rows": rows,
        "old": old,
        "new": new,
        "changes": [rules.in_words(published.said(each), titles.get(each.topic, ""), staff=True) for each in found],
    }
    return page(request, "meetings/workspace/versions.html", context)


@staff_page
def members(request: Request, meeting_id: int) -> HttpResponse:
    """The members of the body that meets, and who is here."""
    policy.may_plan(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    there = queries.members(meeting_id)
    known = there or queries.members_before(row)
    begun = {"members": "\n".join(f"{each.name}，{each.duty}" for each in known), "head": next((x.name for x in known if x.is_head), "")}
    form = forms.MembersForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = partial(actions.set_members, meeting_id, actor=request.actor, now=request.now)
        if attempt(request, lambda: act(members=data["members"], head=data["head"])) is not None:
            tell(request, t("组成人员名单已保存。", "The list of members is saved."))
            return HttpResponseRedirect(_url(meeting_id, "members"))
    context = {
        "row": row,
        "members": there,
        "form": form,
        "quorum": queries.quorum_of(row, there),
        "presences": rules.PRESENCE_LABELS.items(),
    }
    return page(request, "meetings/workspace/members.html", context)


@staff_page
@require_POST
def presence(request: Request, meeting_id: int, member_id: int) -> HttpResponse:
    """Note that a member is here, excused or gone."""
    said = request.POST.get("presence", "")
    act = partial(actions.note_presence, member_id, actor=request.actor, now=request.now, presence=said)
    return perform(request, act, to=_url(meeting_id, "members"))


urlpatterns = [
    path("meetings/", meeting_list, name="meetings"),
    path("meetings/new/", meeting_new, name="meeting-new"),
    path("meetings/<int:meeting_id>/", meeting_page, name="meeting"),
    path("meetings/<int:meeting_id>/edit/", meeting_edit, name="meeting-edit"),
    path("meetings/<int:meeting_id>/items/<int:item_id>/", item_act, name="meeting-item"),
    path("meetings/<int:meeting_id>/items/<int:item_id>/late/", late, name="meeting-late"),
    path("meetings/<int:meeting_id>/recording/", recording, name="meeting-recording"),
    path("meetings/<int:meeting_id>/versions/", versions, name="meeting-versions"),
    path("meetings/<int:meeting_id>/members/", members, name="members"),
    path("meetings/<int:meeting_id>/members/<int:member_id>/", presence, name="member-presence"),
    *[path(f"meetings/<int:meeting_id>/{name}/", meeting_step, {"step": name}, name=f"meeting-{name}") for name in (*STEPS, *REASONED)],
]
