"""The meeting day on a representative's phone: what is now, when it is my turn, the floor, my words, a written opinion."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, TypedDict

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.meetings import published as meetings
from mingtang.minutes import actions as minutes_actions
from mingtang.minutes import forms as minutes_forms
from mingtang.minutes import published as minutes
from mingtang.platform.actor import Actor, stranger
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, form_page, page
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


def _day(request: Request, row: Any, **typed: Any) -> HttpResponse:
    blank = minutes_forms.WordingForm(auto_id="op_%s")
    return page(request, "portal/my_day.html", _context(request, row) | {"form": blank} | typed)


def _mine(request: Request, token: str) -> Any:
    """The invitation behind the link, None when it is not of this government."""
    row = representatives.open_link(token, now=request.now)
    return row if row is not None and row.government_id == request.government.pk else None


@form_page
def my_day(request: Request, token: str) -> HttpResponse:
    """Everything the holder of the link needs while the meeting runs, and the days after in which they may write."""
    row = _mine(request, token)
    if row is None:
        return _lost(request)
    form = minutes_forms.WordingForm(request.POST or None, auto_id="op_%s")
    if request.method == "POST" and form.is_valid():
        act = partial(minutes_actions.write_opinion, token, **_who(request))
        if attempt(request, lambda: act(**form.cleaned_data)):
            return HttpResponseRedirect(_url(token))
    return _day(request, row, form=form)


@form_page
def my_day_now(request: Request, token: str) -> HttpResponse:
    """The part that changes by itself: what is now, when my item comes, my place on the list."""
    row = _mine(request, token)
    return _lost(request) if row is None else page(request, "portal/parts/my_day_now.html", _context(request, row))


@form_page
def my_floor(request: Request, token: str) -> HttpResponse:
    """Ask to speak, or take it back; the page says where one stands."""
    row = _mine(request, token)
    if row is None:
        return _lost(request)
    if request.method != "POST":
        return HttpResponseRedirect(_url(token))
    act = representatives.take_back_request if "back" in request.POST else representatives.ask_to_speak
    attempt(request, lambda: act(token, **_who(request)))
    return HttpResponseRedirect(_url(token)) if request.refused is None else _day(request, row)


@form_page
def my_words(request: Request, token: str, suggestion_id: int) -> HttpResponse:
    """Confirm the wording of what I said, or wish for another."""
    row = _mine(request, token)
    if row is None:
        return _lost(request)
    if request.method != "POST":
        return HttpResponseRedirect(_url(token))
    if "confirm" in request.POST:
        attempt(request, lambda: minutes_actions.confirm_suggestion(suggestion_id, token, **_who(request)))
        return HttpResponseRedirect(_url(token)) if request.refused is None else _day(request, row)
    form = minutes_forms.WordingForm(request.POST, auto_id=f"w{suggestion_id}_%s")
    act = partial(minutes_actions.wish_wording, suggestion_id, token, **_who(request))
    done = attempt(request, lambda: act(**form.cleaned_data)) if form.is_valid() else None
    return _day(request, row, wish=form, wishing=suggestion_id) if done is None else HttpResponseRedirect(_url(token))


D = "invitation/<str:token>/day/"
urlpatterns = [
    path(D, my_day, name="my-day"),
    path(f"{D}now/", my_day_now, name="my-day-now"),
    path(f"{D}floor/", my_floor, name="my-floor"),
    path(f"{D}words/<int:suggestion_id>/", my_words, name="my-words"),
]
