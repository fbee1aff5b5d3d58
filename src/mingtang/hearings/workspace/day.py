"""The day of a hearing and after: the door, the console, the record, the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from mingtang.hearings import actions, forms, policy, queries, rules
from mingtang.hearings.workspace.desk import DONE, H, one, succeeded, url, who
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell


@staff_page
def checkin(request: Request, hearing_id: int) -> HttpResponse:
    """The door: by code, number or name."""
    row = one(request, hearing_id)
    policy.may_check_in(request.actor, row.topic.department_id).require()
    if request.method == "POST":
        person = row_id(request.POST.get("person", ""))
        code = request.POST.get("code", "")[:200]
        act: Callable[[], Any] = (
            (lambda: actions.check_in(person, **who(request)))
            if person
            else (lambda: actions.check_in_by_code(hearing_id, code, **who(request)))
        )
        if done := attempt(request, act):
            tell(request, t("{name} 已签到。", "{name} is checked in.", name=done.name))
            return HttpResponseRedirect(url(hearing_id, "hearing-checkin"))
    here, seats = queries.attendance(row.pk)
    everybody = [each for each in queries.people(row.pk) if each.state in queries.SEATED]
    context = {"row": row, "people": everybody, "here": here, "seats": seats, "need": _quorum(row, seats, request)}
    return page(request, "hearings/workspace/checkin.html", context)


def _quorum(row: Any, seats: int, request: Request) -> int:
    return rules.quorum(seats, figures_for(row.government_id, day_of(request.now)))


@staff_page
def console(request: Request, hearing_id: int) -> HttpResponse:
    """Who speaks, who is next, points in two lines."""
    row = one(request, hearing_id)
    policy.may_run(request.actor, row.topic.department_id).require()
    speeches = queries.speeches(row.pk)
    current = next((each for each in speeches if each.began_at and not each.ended_at), None)
    present = [each for each in queries.seated(row.pk) if each.state in {"present", "signed", "refused"}]
    people = [(each.pk, f"{each.name}（{each.category_label}）") for each in present]
    first = {"person": str(current.participant_id) if current and current.participant_id else ""}
    point = forms.PointForm(request.POST if "point" in request.POST else None, people=people, initial=first, auto_id="point_%s")
    speech = forms.SpeechForm(request.POST if "speech" in request.POST else None, initial={"minutes": 5}, auto_id="speech_%s")
    if request.method == "POST":
        act = _console_act(request, hearing_id, point, speech)
        if act is not None and succeeded(request, act):
            return HttpResponseRedirect(url(hearing_id, "hearing-record" if "close" in request.POST else "hearing-console"))
    context = {
        "row": row,
        "speeches": speeches,
        "current": current,
        "following": next((each for each in speeches if not each.began_at), None),
        "points": queries.points_of(row.pk),
        "point_form": point,
        "speech_form": speech,
    }
    return page(request, "hearings/workspace/console.html", context)


def _console_act(request: Request, hearing_id: int, point: forms.PointForm, speech: forms.SpeechForm) -> Callable[[], object] | None:
    if "next" in request.POST:
        return lambda: actions.next_speech(hearing_id, **who(request), after=row_id(request.POST["next"]))
    if "close" in request.POST:
        return lambda: actions.close_hearing(hearing_id, **who(request))
    if "point" in request.POST and point.is_valid():
        data = dict(point.cleaned_data)
        person = row_id(data.pop("person")) or 0
        return lambda: actions.note_point(hearing_id, participant_id=person, **data, **who(request))
    if "speech" in request.POST and speech.is_valid():
        given = {**speech.cleaned_data, "minutes": speech.cleaned_data["minutes"] or 5}
        return lambda: actions.add_speech(hearing_id, **given, **who(request))
    return None


@staff_page
def record(request: Request, hearing_id: int) -> HttpResponse:
    """The record: written, circulated, confirmed person by person."""
    row = one(request, hearing_id)
    policy.may_run(request.actor, row.topic.department_id).require()
    form = forms.TextForm(request.POST if "save" in request.POST else None, initial={"text": row.record_text})
    if request.method == "POST":
        acts: dict[str, Callable[[], object]] = {
            "circulate": lambda: actions.circulate_record(hearing_id, **who(request)),
            "confirm": lambda: actions.confirm_record(hearing_id, **who(request)),
        }
        act = next((acts[each] for each in acts if each in request.POST), None)
        if "save" in request.POST and form.is_valid():
            act = lambda: actions.save_record(hearing_id, text=form.cleaned_data["text"], **who(request))  # noqa: E731 - handed on once
        if act is not None and succeeded(request, act):
            tell(request, DONE)
            return HttpResponseRedirect(url(hearing_id, "hearing-record"))
    came = [each for each in queries.seated(row.pk) if each.state in {"present", "signed", "refused"}]
    context = {"row": row, "form": form, "people": came, "unsigned": queries.unsigned(row.pk), "signed": queries.signed(row.pk)}
    return page(request, "hearings/workspace/record.html", context)


@staff_page
def report(request: Request, hearing_id: int) -> HttpResponse:
    """The report with every point, where it stands, and who was told."""
    row = one(request, hearing_id)
    policy.may_run(request.actor, row.topic.department_id).require()
    form = forms.TextForm(request.POST if "save" in request.POST else None, initial={"text": row.report_text})
    if request.method == "POST":
        act: Callable[[], object] | None = None
        if "publish" in request.POST:
            act = lambda: actions.publish_report(hearing_id, **who(request))  # noqa: E731 - handed on once
        elif form.is_valid():
            act = lambda: actions.save_report(hearing_id, text=form.cleaned_data["text"], **who(request))  # noqa: E731 - handed on once
        if act is not None and succeeded(request, act):
            tell(request, DONE)
            return HttpResponseRedirect(url(hearing_id, "hearing-report"))
    came = [each for each in queries.seated(row.pk) if each.state in {"signed", "refused"}]
    context = {"row": row, "form": form, "points": queries.points_of(row.pk), "people": came}
    return page(request, "hearings/workspace/report.html", context)


urlpatterns = [
    path(f"{H}checkin/", checkin, name="hearing-checkin"),
    path(f"{H}console/", console, name="hearing-console"),
    path(f"{H}record/", record, name="hearing-record"),
    path(f"{H}report/", report, name="hearing-report"),
]
