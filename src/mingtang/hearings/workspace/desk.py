"""Hearings before their day: decision, notice, enrolment, choice, list, papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.hearings import actions, forms, policy, queries, rules
from mingtang.hearings.workspace.lots import lots_of
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, require_POST, staff_page, tell
from mingtang.topics import queries as topic_queries

DONE = t("已记录。", "Recorded.")


class Who(TypedDict):
    """Who acts and when, for an action's keywords."""

    actor: Actor
    now: datetime


def who(request: Request) -> Who:
    """The actor and the moment of a request."""
    return Who(actor=request.actor, now=request.now)


def url(hearing_id: int, name: str = "hearing") -> str:
    """The address of a page of one hearing."""
    return reverse(f"workspace:{name}", args=[hearing_id])


def succeeded(request: Request, act: Callable[[], object]) -> bool:
    """Run an action; whether it was not refused (the refusal is kept for the page)."""
    attempt(request, act)
    return request.refused is None


def one(request: Request, hearing_id: int) -> Any:
    """The hearing, for those who may see it."""
    policy.may_see(request.actor).require()
    return queries.get(request.government.pk, hearing_id)


def topic_choices(request: Request) -> list[tuple[int, str]]:
    """Approved matters to choose from, newest first."""
    return [(row.pk, str(row).replace("|", "")) for row in topic_queries.approved_topics(request.government.pk)[:200]]


@staff_page
def hearing_list(request: Request) -> HttpResponse:
    """All hearings, and deciding on a new one."""
    policy.may_see(request.actor).require()
    asked = request.GET.get("topic", "")
    form = forms.DecideForm(request.POST or None, topics=topic_choices(request), initial={"topic": asked})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(request, lambda: actions.decide_hearing(int(data["topic"]), why=data["why"], preset=data["preset"], **who(request)))
        if made:
            return HttpResponseRedirect(url(made.pk))
    state = request.GET.get("state", "")
    context = {
        "page": queries.hearings(request.actor, state=state, after=request.GET.get("after", "")),
        "state": state,
        "states": rules.HEARING.choices,
        "form": form,
        "asked": asked,
    }
    return page(request, "hearings/workspace/list.html", context)


@staff_page
def hearing(request: Request, hearing_id: int) -> HttpResponse:
    """One hearing: where it stands, what is missing, what is next."""
    row = one(request, hearing_id)
    return _show(request, row)


def _show(request: Request, row: Any, **forms_given: Any) -> HttpResponse:
    today = day_of(request.now)
    figures = figures_for(row.government_id, today)
    here, seats = queries.attendance(row.pk)
    context = {
        "row": row,
        "may_run": policy.may_run(request.actor, row.topic.department_id),
        "may_decide": policy.may_decide(request.actor, row.topic.department_id),
        "gate": queries.announcement(row, request.now) if row.state == "decided" else None,
        "periods": rules.periods_for(row.preset, figures),
        "lines": queries.quota_lines(row),
        "total": row.seat_sum(),
        "over": row.enrol_until is not None and today > row.enrol_until,
        "undecided": queries.undecided(row.pk),
        "here": here,
        "seats": seats,
        "need": rules.quorum(seats, figures),
        "unsigned": queries.unsigned(row.pk) if row.state == "held" else [],
        "points": len(queries.points_of(row.pk)),
        "steps": _steps(row),
        "new_day": forms_given.get("new_day") or forms.NewDayForm(auto_id="day_%s"),
        "reason": forms_given.get("reason", ""),
        **lots_of(request, row, today),
    }
    return page(request, "hearings/workspace/hearing.html", context)


def _steps(row: Any) -> list[tuple[Text, Any]]:
    """The main line with the moments at which it was reached."""
    label = rules.HEARING.label
    return [
        (label("decided"), row.decided_at),
        (label("announced"), row.announced_at),
        (label("drawn"), row.settled_at),
        (label("listed"), row.listed_at),
        (label("served"), row.served_at),
        (label("held"), row.closed_at),
        (label("confirmed"), row.confirmed_at),
        (label("reported"), row.reported_at),
    ]


@staff_page
@require_POST
def hearing_act(request: Request, hearing_id: int) -> HttpResponse:
    """The next step of a hearing, as the button says; a refusal is shown on its page with what was typed."""
    row = one(request, hearing_id)
    reason = request.POST.get("reason", "")[:1000]
    acts: dict[str, Callable[[], object]] = {
        "announce": lambda: actions.announce(hearing_id, **who(request)),
        "settle": lambda: actions.settle(hearing_id, reason=reason, **who(request)),
        "publish_list": lambda: actions.publish_list(hearing_id, **who(request)),
        "serve_all": lambda: actions.serve_all(hearing_id, **who(request)),
        "finish_serving": lambda: actions.finish_serving(hearing_id, **who(request)),
        "open": lambda: actions.open_hearing(hearing_id, **who(request)),
        "postpone": lambda: actions.postpone(hearing_id, reason=reason, **who(request)),
        "cancel": lambda: actions.cancel(hearing_id, reason=reason, **who(request)),
        "seat_in_order": lambda: actions.seat_in_order(hearing_id, **who(request)),
        "annul": lambda: actions.annul_seats(hearing_id, reason=reason, **who(request)),
        "confirm_record": lambda: actions.confirm_record(hearing_id, **who(request)),
        "publish_report": lambda: actions.publish_report(hearing_id, **who(request)),
    }
    name = next((each for each in acts if each in request.POST), "")
    new_day = forms.NewDayForm(request.POST, auto_id="day_%s") if "reschedule" in request.POST or "extend" in request.POST else None
    act = acts.get(name) or _with_day(request, hearing_id, new_day, reason)
    if act is not None and succeeded(request, act):
        tell(request, DONE)
        return HttpResponseRedirect(url(hearing_id, "hearing-console" if name == "open" else "hearing"))
    return _show(request, queries.get(row.government_id, hearing_id), new_day=new_day, reason=reason)


def _with_day(request: Request, hearing_id: int, form: forms.NewDayForm | None, reason: str) -> Callable[[], object] | None:
    if form is None:
        return None
    if "extend" in request.POST:
        form.fields["starts_at"].required = False
        form.fields["enrol_until"].required = True
    if not form.is_valid():
        return None
    data = form.cleaned_data
    if "extend" in request.POST:
        return lambda: actions.extend_enrolment(hearing_id, enrol_until=data["enrol_until"], reason=reason, **who(request))
    return lambda: actions.reschedule(hearing_id, **data, **who(request))


@staff_page
def notice(request: Request, hearing_id: int) -> HttpResponse:
    """The notice and the seats by category."""
    row = one(request, hearing_id)
    policy.may_run(request.actor, row.topic.department_id).require()
    quotas = {each.category: each for each in row.quotas.all()}
    initial = {name: getattr(row, name) for name in forms.NoticeForm.base_fields}
    initial["seats_stated"] = initial["seats_stated"] or None
    for key, each in quotas.items():
        initial |= {f"seats_{key}": each.seats, f"how_{key}": each.method}
    form = forms.NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seats, data = form.split()
        if attempt(request, lambda: actions.save_notice(hearing_id, seats=seats, **data, **who(request))):
            tell(request, t("已保存。", "Saved."))
            return HttpResponseRedirect(url(hearing_id))
    return page(request, "hearings/workspace/notice.html", {"row": row, "form": form})


@staff_page
def people(request: Request, hearing_id: int) -> HttpResponse:
    """The enrolment desk: everybody enrolled, keying in, nominating."""
    row = one(request, hearing_id)
    policy.may_run(request.actor, row.topic.department_id).require()
    quotas = list(row.quotas.all())
    seats = [(key, rules.SEAT_LABELS[key]) for key in rules.SEAT_LABELS]
    categories = [(each.category, each.category_label) for each in quotas if each.method != "nomination"]
    least = rules.least_age(figures_for(row.government_id, day_of(request.now)))
    key_in = forms.KeyInForm(
        request.POST if "key_in" in request.POST else None, seats=seats, categories=categories, least_age=least, auto_id="key_%s"
    )
    every = [(each.category, each.category_label) for each in quotas]
    nominate = forms.NominateForm(request.POST if "nominate" in request.POST else None, categories=every, auto_id="nom_%s")
    if request.method == "POST":
        act = _adding(request, hearing_id, key_in, nominate)
        if act is not None and (made := attempt(request, act)):
            tell(request, t("报名号 {n}，{name}。", "Number {n}, {name}.", n=made.number, name=made.name))
            return HttpResponseRedirect(url(hearing_id, "hearing-people"))
    state, category = request.GET.get("state", ""), request.GET.get("category", "")
    context = {
        "row": row,
        "page": queries.enrolled_page(hearing_id, state=state, category=category, after=request.GET.get("after", "")),
        "lines": queries.quota_lines(row),
        "key_in": key_in,
        "nominate": nominate,
        "state": state,
        "category": category,
        "states": rules.PARTICIPANT.choices,
        "categories": every,
    }
    return page(request, "hearings/workspace/people.html", context)


def _adding(request: Request, hearing_id: int, key_in: forms.KeyInForm, nominate: forms.NominateForm) -> Callable[[], Any] | None:
    if "key_in" in request.POST and key_in.is_valid():
        data = {name: value for name, value in key_in.cleaned_data.items() if name != "token"}
        return lambda: actions.enrol(hearing_id, actions.EnrolmentIn(**data), **who(request))
    if "nominate" in request.POST and nominate.is_valid():
        given = dict(nominate.cleaned_data)
        reason = given.pop("reason")
        return lambda: actions.nominate(hearing_id, actions.EnrolmentIn(**given), reason=reason, **who(request))
    return None


@staff_page
def person(request: Request, hearing_id: int, participant_id: int) -> HttpResponse:
    """One person: choice with reasons, papers with proof, signature, contact data for a purpose."""
    row = queries.person(request.government.pk, participant_id)
    policy.may_run(request.actor, row.hearing.topic.department_id).require()
    if row.hearing_id != hearing_id:
        queries.gone(t("参加人", "participant"))
    reason, door = request.POST.get("reason", "")[:300], request.POST.get("door", "")
    scan = forms.ScanForm(request.POST if "signature" in request.POST else None, request.FILES or None, auto_id="scan_%s")
    acts: dict[str, Callable[[], object]] = {
        "choose": lambda: actions.choose(participant_id, reason=reason, **who(request)),
        "reserve": lambda: actions.hold_in_reserve(participant_id, **who(request)),
        "pass_over": lambda: actions.pass_over(participant_id, reason=reason, **who(request)),
        "withdraw": lambda: actions.withdraw(participant_id, reason=reason, **who(request)),
        "serve": lambda: actions.serve(participant_id, door=door, **who(request)),
        "reached": lambda: actions.record_delivery(participant_id, door=door, **who(request)),
        "told": lambda: actions.record_told(participant_id, door=door, **who(request)),
        "signature": lambda: _sign(request, participant_id, scan),
    }
    act = next((acts[each] for each in acts if each in request.POST), None)
    if act is not None and succeeded(request, act):
        tell(request, DONE)
        return HttpResponseRedirect(reverse("workspace:hearing-person", args=[hearing_id, participant_id]))
    purpose, contact = request.POST.get("purpose", "")[:300], None
    looked = "look" in request.POST
    if looked:
        contact = attempt(request, lambda: actions.look_at_contact(participant_id, purpose=purpose, **who(request)))
    figures = figures_for(row.government_id, day_of(request.now))
    context = {
        "row": row,
        "scan": scan,
        "reason": reason,
        "contact": contact,
        "looked": looked and request.refused is None,
        "purpose": purpose,
        "may_contact": policy.may_see_contact(request.actor, row.hearing.topic.department_id),
        "warning": rules.civil_servant(row.category, figures, serving=row.civil_servant),
        "link": request.build_absolute_uri(reverse("portal:hearing-mine", args=[row.token])),
    }
    return page(request, "hearings/workspace/person.html", context)


def _sign(request: Request, participant_id: int, scan: forms.ScanForm) -> object:
    scan.is_valid()
    return actions.record_signature(
        participant_id, upload=request.FILES.get("upload"), reason=request.POST.get("reason", "")[:300], **who(request)
    )


H = "hearings/<int:hearing_id>/"
urlpatterns = [
    path("hearings/", hearing_list, name="hearings"),
    path(H, hearing, name="hearing"),
    path(f"{H}act/", hearing_act, name="hearing-act"),
    path(f"{H}notice/", notice, name="hearing-notice"),
    path(f"{H}people/", people, name="hearing-people"),
    path(f"{H}people/<int:participant_id>/", person, name="hearing-person"),
]
