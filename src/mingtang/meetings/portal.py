"""The calendar of meetings; what happens in one right now, as the room screen and as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path, reverse

from mingtang.hearings.published import hearings_of_month
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.meetings import published
from mingtang.platform.clock import day_of, local
from mingtang.platform.figures.lookup import work_calendar
from mingtang.platform.papers.writing import MEDIA, as_file
from mingtang.platform.web.edges import Request, fleeting_page, page, public_page
from mingtang.topics.rules import KIND_LABELS

YEARS = range(2000, 2200)


@page_for("1.1a", title=t("会议日历，按类型", "Calendar of meetings by kind"), url_name="portal:calendar")
@public_page("calendar")
def calendar(request: Request) -> HttpResponse:
    """One month of meetings."""
    today = day_of(request.now)
    first, bad = _month(request.GET.get("month", ""), today)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in {*KIND_LABELS, "hearing"} else ""
    rows = published.month(request.government.pk, first, kind)
    heard = hearings_of_month(request.government.pk, first, today) if kind in {"", "hearing"} else []
    context = {
        "first": first,
        "rows": rows,
        "weeks": published.grid(first, rows, work_calendar(), today, heard),
        "heard": heard,
        "kind": kind,
        "kinds": KIND_LABELS.items(),
        "before": published.shift(first, -1),
        "after": published.shift(first, 1),
        "bad": bad,
        "last": None if rows or heard else published.last_held(request.government.pk),
    }
    return page(request, "meetings/portal/calendar.html", context)


def _month(asked: str, today: date) -> tuple[date, str]:
    if not asked:
        return today.replace(day=1), ""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return today.replace(day=1), asked[:20]
    return (first, "") if first.year in YEARS else (today.replace(day=1), asked[:20])


@page_for("2.2d", title=t("会议录像，跳到每一项", "The recording, item by item"), url_name="portal:calendar")
@public_page("meeting:{meeting_id}")
def recording(request: Request, meeting_id: int) -> HttpResponse:
    """The recording of a meeting; `item` names the position at which it begins."""
    view = published.recording(request.government.pk, meeting_id, request.GET.get("item", ""))
    if view is None:
        raise Http404
    answer = page(request, "meetings/portal/recording.html", {"view": view})
    if view.played:
        allowed = {"media-src": [view.origin, "blob:"], "connect-src": [view.origin]} if view.pieces else {"media-src": [view.origin]}
        answer._csp_update = allowed  # type: ignore[attr-defined]  # noqa: SLF001 - what django-csp's decorator sets
    return answer


SECONDS = 5


def _live(request: Request, meeting_id: int) -> published.LiveView:
    found = published.live(request.government.pk, meeting_id, request.now)
    if found is None:
        raise Http404
    return found


@page_for("2.2c", title=t("会场屏幕", "Room screen"), url_name="portal:calendar")
@fleeting_page(SECONDS)
def room(request: Request, meeting_id: int) -> HttpResponse:
    """The screen in the room: what is now, what is next, the statement; renews itself."""
    return page(request, "meetings/portal/room.html", {"live": _live(request, meeting_id)})


@fleeting_page(SECONDS)
def room_now(request: Request, meeting_id: int) -> HttpResponse:
    """The part of the room screen that changes."""
    return page(request, "meetings/portal/room_now.html", {"live": _live(request, meeting_id)})


@fleeting_page(SECONDS)
def live_json(request: Request, meeting_id: int) -> HttpResponse:
    """The state of a meeting for machines; instants in ISO 8601 with the offset of China."""
    view = _live(request, meeting_id)
    return JsonResponse(_as_json(view), json_dumps_params={"ensure_ascii": False})


@public_page("meeting:{meeting_id}")
def agenda_file(request: Request, meeting_id: int, form: str) -> HttpResponse:
    """The agenda that is public, as an official document."""
    paper = published.agenda_paper(request.government.pk, meeting_id, day_of(request.now))
    if paper is None:
        raise Http404
    answer = HttpResponse(as_file(request.government.pk, "agenda", paper, form), content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="agenda-{meeting_id}.{form}"'
    return answer


def _at(value: datetime | None) -> str | None:
    return local(value).isoformat(timespec="seconds") if value else None


def _as_json(view: published.LiveView) -> dict[str, Any]:
    return {
        "meeting": view.id,
        "title": str(view.title),
        "state": view.state,
        "starts_at": _at(view.starts_at),
        "started_at": _at(view.started_at),
        "ended_at": _at(view.ended_at),
        "pause_until": _at(view.pause_until),
        "current": view.current.position if view.current else None,
        "next": view.following.position if view.following else None,
        "speaking": str(view.speaking) or None,
        "statement_at": _at(view.statement_at),
        "items": [
            {
                "position": each.position,
                "title": each.title or None,
                "state": each.state,
                "planned_minutes": each.minutes,
                "taken_minutes": each.taken,
                "planned_at": _at(each.planned_at),
                "expected_at": _at(each.expected_at),
                "began_at": _at(each.began_at),
                "decided_at": _at(each.decided_at),
                "outcome": str(each.outcome) or None,
            }
            for each in view.items
        ],
        "as_of": _at(view.as_of),
        "page": reverse("portal:meeting", args=[view.id]),
    }


urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("meetings/<int:meeting_id>/recording/", recording, name="recording"),
    path("meetings/<int:meeting_id>/room/", room, name="room"),
    path("meetings/<int:meeting_id>/room/now/", room_now, name="room-now"),
    path("meetings/<int:meeting_id>/live.json", live_json, name="meeting-live"),
    *[path(f"meetings/<int:meeting_id>/agenda.{form}", agenda_file, {"form": form}, name=f"agenda-{form}") for form in MEDIA],
]
