"""My desk, my account, and the pages of administration."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import queries as consultations
from mingtang.hearings import queries as hearings
from mingtang.kernel.decision import Decision, no
from mingtang.kernel.holidays import NOTICES
from mingtang.kernel.text import t
from mingtang.meetings import queries as meetings
from mingtang.minutes import queries as minutes
from mingtang.platform.accounts import actions as account_actions
from mingtang.platform.accounts import reads as accounts
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.actor import ROLE_LABELS, Role
from mingtang.platform.audit.reads import acts
from mingtang.platform.clock import day_of
from mingtang.platform.figures import actions as figure_actions
from mingtang.platform.figures import reads as figures
from mingtang.platform.jobs.reads import jobs as job_rows
from mingtang.platform.outbox import reads as outbox_reads
from mingtang.platform.outbox.deliver import resend
from mingtang.platform.web.design import design
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.publishing import queries as publishing
from mingtang.representatives import queries as representatives
from mingtang.topics import queries as topics
from mingtang.workspace import forms

DESKS = (topics.desk, consultations.desk, hearings.desk, meetings.desk, representatives.desk, minutes.desk, publishing.desk)


def _needs(request: Request, *roles: Role) -> Decision:
    if request.actor.holds(*roles):
        return Decision(allowed=True)
    return no(
        t("这一页供{role}使用。", "This page is for: {role}.", role=ROLE_LABELS[roles[0]]),
        "",
        t("如是您的工作，请与安全管理员核对岗位。", "Ask the security administrator if it is your work."),
        code="role",
    )


@staff_page
def desk(request: Request) -> HttpResponse:
    """What waits for me, what is late, what is next."""
    today = day_of(request.now)
    items = [item for part in DESKS for item in part(request.actor, request.now)]
    items.sort(key=lambda each: (each.due_on is None, each.due_on or today))
    late = [each for each in items if each.due_on and each.due_on < today and each.waits]
    waiting = [each for each in items if each.waits and each not in late]
    coming = [each for each in items if not each.waits and each.due_on and each.due_on <= today + timedelta(days=30)]
    inbox = outbox_reads.inbox(request.actor.person_id)
    return page(
        request,
        "workspace/desk.html",
        {"late": late, "waiting": waiting, "coming": coming, "inbox": inbox, "count": len(late) + len(waiting)},
    )


@staff_page
def me(request: Request) -> HttpResponse:
    """My account: roles, inbox, password, second factor."""
    return page(
        request,
        "workspace/me.html",
        {"roles": accounts.roles_of(request.actor.person_id), "inbox": outbox_reads.inbox(request.actor.person_id)},
    )


@staff_page
@require_POST
def inbox_read(request: Request) -> HttpResponse:
    """Mark my messages as read."""
    outbox_reads.mark_read(request.actor.person_id, request.now)
    return HttpResponseRedirect(reverse("workspace:desk"))


@staff_page
def people(request: Request) -> HttpResponse:
    """People and their roles."""
    _needs(request, Role.SECURITY_ADMIN).require()
    departments = departments_for(request.actor, everything=True)
    form = forms.PersonForm(request.POST or None, departments=departments)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data}
        department = data.pop("department")
        made = attempt(
            request, lambda: account_actions.add_person(actor=request.actor, now=request.now, department_id=int(department), **data)
        )
        if made:
            tell(request, t("已添加{name}，接着给岗位。", "{name} is added; give a role next.", name=made.name))
            return HttpResponseRedirect(reverse("workspace:person", args=[made.pk]))
    found = accounts.people(request.government.pk, words=request.GET.get("q", "").strip()[:40], after=request.GET.get("after", ""))
    return page(request, "workspace/people.html", {"page": found, "form": form, "words": request.GET.get("q", "")})


@staff_page
def person(request: Request, person_id: int) -> HttpResponse:
    """One person's roles: give, take, close the account."""
    _needs(request, Role.SECURITY_ADMIN).require()
    found = accounts.person(request.government.pk, person_id)
    if found is None:
        raise Http404
    form = forms.AssignForm(request.POST or None, departments=departments_for(request.actor, everything=True))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        department = int(data["department"]) if data["department"] else None
        if attempt(
            request,
            lambda: account_actions.give_role(
                person_id, Role(data["role"]), actor=request.actor, now=request.now, department_id=department
            ),
        ):
            tell(request, t("已给岗位。", "The role is given."))
            return HttpResponseRedirect(reverse("workspace:person", args=[person_id]))
    return page(request, "workspace/person.html", {"found": found, "assignments": accounts.assignments(person_id), "form": form})


@staff_page
@require_POST
def person_act(request: Request, person_id: int) -> HttpResponse:
    """Take a role back, or close and reopen an account."""
    to = reverse("workspace:person", args=[person_id])
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    take = request.POST.get("take", "")
    if take.isascii() and take.isdecimal():
        return perform(request, lambda: account_actions.take_role(int(take), **who), to=to, said=t("已收回。", "Taken back."))
    active = "open" in request.POST
    return perform(request, lambda: account_actions.set_active(person_id, active=active, **who), to=to, said=t("已更改。", "Changed."))


@staff_page
def figure_list(request: Request) -> HttpResponse:
    """Every figure of the law: value, level, source, floor, own values."""
    return page(
        request,
        "workspace/figures.html",
        {"rows": figures.rows(request.government.pk, day_of(request.now)), "may": figure_actions.may_set(request.actor)},
    )


@staff_page
def figure(request: Request, key: str) -> HttpResponse:
    """One figure and its history."""
    row = figures.row(request.government.pk, day_of(request.now), key)
    if row is None:
        raise Http404
    form = forms.FigureForm(request.POST or None, initial={"since_on": day_of(request.now)})
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data}
        value = data.pop("value")
        if attempt(request, lambda: figure_actions.set_figure(key, value, actor=request.actor, now=request.now, **data)):
            tell(request, t("已设定。", "It is set."))
            return HttpResponseRedirect(reverse("workspace:figure", args=[key]))
    return page(
        request,
        "workspace/figure.html",
        {"row": row, "form": form, "history": figures.history(request.government.pk, key), "may": figure_actions.may_set(request.actor)},
    )


@staff_page
def calendar(request: Request) -> HttpResponse:
    """Working days: the years known, and taking another notice."""
    form = forms.CalendarForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, lambda: _import(request, form.cleaned_data)):
        tell(request, t("已录入。有关期限会按新日历重算。", "Taken; deadlines are counted by it from now on."))
        return HttpResponseRedirect(reverse("workspace:calendar-years"))
    return page(
        request,
        "workspace/calendar.html",
        {"form": form, "years": figures.years(), "shipped": NOTICES, "may": figure_actions.may_set(request.actor)},
    )


def _import(request: Request, data: dict[str, Any]) -> Any:
    days = figure_actions.parse_lines(data["lines"])
    return figure_actions.import_year(data["year"], days, source=data["source"], actor=request.actor, now=request.now)


@staff_page
def audit(request: Request) -> HttpResponse:
    """The record of acts."""
    _needs(request, Role.AUDITOR).require()
    event = request.GET.get("event", "").strip()[:60]
    found = acts(request.government.pk, event=event, who=request.GET.get("who", "").strip()[:40], after=request.GET.get("after", ""))
    return page(request, "workspace/audit.html", {"page": found, "event": event, "who": request.GET.get("who", "")})


@staff_page
def outbox(request: Request) -> HttpResponse:
    """What goes out, what went, what did not."""
    _needs(request, Role.SYSTEM_ADMIN, Role.OFFICE, Role.OPERATOR).require()
    state = request.GET.get("state", "")
    found = outbox_reads.notices(request.government.pk, state=state, after=request.GET.get("after", ""))
    return page(request, "workspace/outbox.html", {"page": found, "state": state, "states": outbox_reads.STATES})


@staff_page
@require_POST
def outbox_resend(request: Request, notice_id: int) -> HttpResponse:
    """Queue a failed notice once more."""
    _needs(request, Role.SYSTEM_ADMIN, Role.OFFICE, Role.OPERATOR).require()
    return perform(
        request,
        lambda: resend(notice_id, actor=request.actor, now=request.now),
        to=reverse("workspace:outbox"),
        said=t("已重新排队。", "Queued again."),
    )


@staff_page
def jobs(request: Request) -> HttpResponse:
    """Work behind the pages: progress and failures."""
    _needs(request, Role.SYSTEM_ADMIN).require()
    return page(request, "workspace/jobs.html", {"rows": job_rows()})


urlpatterns = [
    path("", desk, name="desk"),
    path("me/", me, name="me"),
    path("inbox/read/", inbox_read, name="inbox-read"),
    path("people/", people, name="people"),
    path("people/<int:person_id>/", person, name="person"),
    path("people/<int:person_id>/act/", person_act, name="person-act"),
    path("figures/", figure_list, name="figures"),
    path("figures/calendar/", calendar, name="calendar-years"),
    path("figures/<str:key>/", figure, name="figure"),
    path("audit/", audit, name="audit"),
    path("outbox/", outbox, name="outbox"),
    path("outbox/<int:notice_id>/resend/", outbox_resend, name="outbox-resend"),
    path("jobs/", jobs, name="jobs"),
    path("design/", staff_page(design), name="design"),
]
