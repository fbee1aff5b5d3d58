"""The meeting-day console: one key for the next item, the floor, the statement, a suggestion, a position, the decision."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, TypedDict

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.meetings import actions, forms, policy, queries
from mingtang.meetings.rules import HEAD
from mingtang.minutes import actions as minutes_actions
from mingtang.minutes import forms as minutes_forms
from mingtang.minutes import policy as minutes_policy
from mingtang.minutes import queries as minutes
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.representatives import queries as representatives


class Who(TypedDict):
    """Who acts and when, for an action's keywords."""

    actor: Actor
    now: datetime


def _who(request: Request) -> Who:
    return Who(actor=request.actor, now=request.now)


def _url(meeting_id: int) -> str:
    return reverse("workspace:console", args=[meeting_id])


@staff_page
def console(request: Request, meeting_id: int) -> HttpResponse:
    """The day at a glance, everything by keyboard."""
    return _console(request, meeting_id)


def _console(request: Request, meeting_id: int, **typed: Any) -> HttpResponse:
    policy.may_plan(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    items, members = queries.items(meeting_id), queries.members(meeting_id)
    current = next((each for each in items if each.state == "running"), None)
    people = _people(meeting_id, current)
    figures = figures_for(row.government_id, day_of(request.now))
    writes = bool(minutes_policy.may_draft(request.actor))
    context = _floor(request, row, current) | {
        "turns": queries.turns(row, items, request.now),
        "following": next((each for each in items if each.state == "listed"), None),
        "pause": queries.pause_of(row),
        "consulted": bool(current and queries.consulted(current.topic_id)),
        "members": members,
        "quorum": queries.quorum_of(row, members),
        "suggestions": minutes.wordings(meeting_id),
        "may_write": writes,
        "people": people,
        "names": list(dict.fromkeys([*(each.name for each in members), *(name for _, name in people)])),
        "form": forms.DecisionForm(auto_id="de_%s"),
        "speech_form": forms.SpeechForm(initial={"kind": "member", "minutes": figures.number("meeting.speech_minutes")}, auto_id="sp_%s"),
        "statement_form": forms.StatementForm(auto_id="st_%s"),
        "break_form": forms.BreakForm(initial={"minutes": figures.number("meeting.break_minutes")}, auto_id="br_%s"),
        "suggestion_form": minutes_forms.SuggestionForm(people=people, auto_id="su_%s"),
        "record_form": _record_form(current) if writes else None,
    }
    return page(request, "workspace/console.html", context | typed)


def _floor(request: Request, row: Any, current: Any) -> dict[str, Any]:
    """The list of speakers of the running item."""
    speeches = queries.speeches(current.pk) if current else []
    return {
        "row": row,
        "now": request.now,
        "current": current,
        "speeches": speeches,
        "speaking": next((each for each in speeches if each.began_at and not each.ended_at), None),
        "next_speech": next(iter(sorted((each for each in speeches if each.waits), key=lambda each: each.kind == HEAD)), None),
    }


@staff_page
def console_floor(request: Request, meeting_id: int) -> HttpResponse:
    """The list of speakers alone: who asked by phone appears by itself."""
    policy.may_plan(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    current = next((each for each in queries.items(meeting_id) if each.state == "running"), None)
    return page(request, "workspace/parts/floor.html", _floor(request, row, current))


@staff_page
def console_said(request: Request, meeting_id: int) -> HttpResponse:
    """The suggestions alone: a confirmation, or a wish for other words, appears by itself."""
    policy.may_plan(request.actor).require()
    row = queries.get(request.government.pk, meeting_id)
    return page(request, "workspace/parts/said.html", {"row": row, "suggestions": minutes.wordings(meeting_id)})


def _people(meeting_id: int, current: Any) -> list[tuple[int, str]]:
    """Who may suggest: representatives present, those of the running item first."""
    here = [each for each in representatives.attendance(meeting_id) if each.present]
    here.sort(key=lambda each: current is None or each.item_id != current.pk)
    return [(each.invitation_id, each.name) for each in here]


def _record_form(current: Any, data: Any = None) -> Any:
    items = [(current.pk, str(current))] if current else []
    return minutes_forms.RecordForm(data, items=items, initial={"item": items[0][0] if items else ""}, auto_id="rc_%s")


@staff_page
@require_POST
def console_act(request: Request, meeting_id: int, item_id: int) -> HttpResponse:
    """Begin an item, record the statement, put somebody on the list, record the decision."""
    who, to = _who(request), _url(meeting_id)
    if "begin" in request.POST:
        return perform(request, lambda: actions.begin_item(item_id, **who), to=to)
    if "speech" in request.POST:
        form = forms.SpeechForm(request.POST, auto_id="sp_%s")
        return _filled(
            request, meeting_id, form, partial(actions.add_speech, item_id, **who), "speech_form", t("已登记发言。", "On the list.")
        )
    if "statement" in request.POST:
        given = forms.StatementForm(request.POST, auto_id="st_%s")
        told = t("已记录说明的时间。", "The statement's time is recorded.")
        return _filled(request, meeting_id, given, partial(actions.give_statement, item_id, **who), "statement_form", told)
    decided = forms.DecisionForm(request.POST, auto_id="de_%s")
    return _filled(
        request, meeting_id, decided, partial(actions.decide_item, item_id, **who), "form", t("已记录决定。", "The decision is recorded.")
    )


def _filled(request: Request, meeting_id: int, form: Any, act: Any, name: str, said: Any) -> HttpResponse:
    """Act with what a form holds; when it is refused the console comes again with what was typed."""
    if form.is_valid() and attempt(request, lambda: act(**form.cleaned_data)):
        tell(request, said)
        return HttpResponseRedirect(_url(meeting_id))
    return _console(request, meeting_id, **{name: form})


@staff_page
@require_POST
def console_speech(request: Request, meeting_id: int, speech_id: int) -> HttpResponse:
    """Give the floor, take it back, change the order, cross out."""
    who, to = _who(request), _url(meeting_id)
    acts = {
        "floor": partial(actions.give_floor, speech_id, **who),
        "ended": partial(actions.end_speech, speech_id, **who),
        "out": partial(actions.withdraw_speech, speech_id, **who),
        "up": partial(actions.move_speech, speech_id, up=True, **who),
        "down": partial(actions.move_speech, speech_id, up=False, **who),
    }
    act = next((act for name, act in acts.items() if name in request.POST), None)
    return perform(request, act, to=to) if act else HttpResponseRedirect(to)


@staff_page
@require_POST
def console_meeting(request: Request, meeting_id: int) -> HttpResponse:
    """A break, its end; a suggestion in two lines."""
    who = _who(request)
    if "resume" in request.POST:
        return perform(request, lambda: actions.resume_meeting(meeting_id, **who), to=_url(meeting_id), said=t("已复会。", "Resumed."))
    if "break" in request.POST:
        form = forms.BreakForm(request.POST, auto_id="br_%s")
        return _filled(
            request, meeting_id, form, partial(actions.take_break, meeting_id, **who), "break_form", t("已休会。", "On a break.")
        )
    said = minutes_forms.SuggestionForm(request.POST, people=_people(meeting_id, None), auto_id="su_%s")
    return _filled(request, meeting_id, said, partial(_suggest, who), "suggestion_form", t("已记录建议。", "Recorded."))


def _suggest(who: Who, *, invitation: str, text: str, ground: str) -> object:
    return minutes_actions.record_suggestion(int(invitation), text=text, ground=ground, **who)


C = "meetings/<int:meeting_id>/console/"
urlpatterns = [
    path(C, console, name="console"),
    path(f"{C}<int:item_id>/", console_act, name="console-act"),
    path(f"{C}speech/<int:speech_id>/", console_speech, name="console-speech"),
    path(f"{C}floor/", console_floor, name="console-floor"),
    path(f"{C}said/", console_said, name="console-said"),
    path(f"{C}now/", console_meeting, name="console-meeting"),
]
