"""The meeting day on a representative's phone: what is now, when it is my turn, the floor, my words, a written opinion."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, TypedDict

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.meetings import published as meetings
from mingtang.minutes import actions as minutes_actions
from mingtang.minutes import forms as minutes_forms
from mingtang.minutes import published as minutes
from mingtang.platform.actor import Actor, stranger
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, form_page, page, perform, require_POST, tell
from mingtang.representatives import actions as representatives


class Who(TypedDict):
    """Who acts and when, for an action's keywords."""

    actor: Actor
    now: datetime


def _url(token: str) -> str:
    return reverse("portal:my-day", args=[token])


def _who(request: Request) -> Who:
    return Who(actor=stranger(request.government.pk), now=request.now)


def _lost(request: Request) -> HttpResponse:
    return page(request, "representatives/portal/lost.html", status=404)


def _context(request: Request, row: Any) -> dict[str, Any]:
    now, live = request.now, meetings.live(request.government.pk, row.meeting_id, request.now)
    until = minutes.may_write_until(row.meeting.ended_at, figures_for(row.government_id, day_of(now)))
    return {
        "row": row,
        "live": live,
        "mine": next((each for each in live.items if each.id == row.item_id), None) if live else None,
        "here": row.state == "present" and row.out_at is None,
        "place": meetings.place_of(row.item_id, row.pk),
        "said": minutes.mine(row.pk),
        "until": until if until and day_of(now) <= until else None,
        "too_late": bool(until and day_of(now) > until),
    }


@form_page
def my_day(request: Request, token: str) -> HttpResponse:
    """Everything the holder of the link needs while the meeting runs, and the days after in which they may write."""
    row = representatives.open_link(token, now=request.now)
    if row is None or row.government_id != request.government.pk:
        return _lost(request)
    form, who = minutes_forms.WordingForm(request.POST or None, auto_id="op_%s"), _who(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(request, lambda: minutes_actions.write_opinion(token, text=data["text"], ground=data["ground"], **who)):
            tell(request, t("书面意见已收到。", "Your written opinion has arrived."))
            return HttpResponseRedirect(_url(token))
    return page(request, "portal/my_day.html", _context(request, row) | {"form": form})


@form_page
def my_day_now(request: Request, token: str) -> HttpResponse:
    """The part that changes by itself: what is now, when my item comes, my place on the list."""
    row = representatives.open_link(token, now=request.now)
    if row is None or row.government_id != request.government.pk:
        return _lost(request)
    return page(request, "portal/parts/my_day_now.html", _context(request, row))


@form_page
@require_POST
def my_floor(request: Request, token: str) -> HttpResponse:
    """Ask to speak, or take it back."""
    who = _who(request)
    if "back" in request.POST:
        said = t("已撤回发言要求。", "You no longer ask to speak.")
        return perform(request, lambda: representatives.take_back_request(token, **who), to=_url(token), said=said)
    said = t("已登记，等主持人请您发言。", "You are on the list; wait until you are called.")
    return perform(request, lambda: representatives.ask_to_speak(token, **who), to=_url(token), said=said)


@form_page
@require_POST
def my_words(request: Request, token: str, suggestion_id: int) -> HttpResponse:
    """Confirm the wording of what I said, or wish for another."""
    who = _who(request)
    if "confirm" in request.POST:
        said = t("已确认，就按这个写。", "Confirmed; it is written like this.")
        return perform(request, lambda: minutes_actions.confirm_suggestion(suggestion_id, token, **who), to=_url(token), said=said)
    row = representatives.open_link(token, now=request.now)
    if row is None or row.government_id != request.government.pk:
        return _lost(request)
    form = minutes_forms.WordingForm(request.POST, auto_id=f"w{suggestion_id}_%s")
    if form.is_valid():
        words = form.cleaned_data
        act = partial(minutes_actions.wish_wording, suggestion_id, token, text=words["text"], ground=words["ground"], **who)
        if attempt(request, act):
            tell(request, t("已告诉会务人员，请等他们处理。", "The operator sees your wording now."))
            return HttpResponseRedirect(_url(token))
    blank = minutes_forms.WordingForm(auto_id="op_%s")
    return page(request, "portal/my_day.html", _context(request, row) | {"form": blank, "wish": form, "wishing": suggestion_id})


D = "invitation/<str:token>/day/"
urlpatterns = [
    path(D, my_day, name="my-day"),
    path(f"{D}now/", my_day_now, name="my-day-now"),
    path(f"{D}floor/", my_floor, name="my-floor"),
    path(f"{D}words/<int:suggestion_id>/", my_words, name="my-words"),
]
