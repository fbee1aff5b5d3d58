"""House rules, invitations, notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of, local
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell, ticked
from mingtang.representatives import actions, forms, policy, published, queries, rules
from mingtang.topics.rules import AUDIENCE_LABELS


class Who(TypedDict):
    """Who acts and when, for an action's keywords."""

    actor: Actor
    now: datetime


def _url(meeting_id: int, name: str = "invitations") -> str:
    return reverse(f"workspace:{name}", args=[meeting_id])


@staff_page
def house_rules(request: Request) -> HttpResponse:
    """The house rules of the departments and their versions."""
    departments = [each for each in departments_for(request.actor) if policy.may_publish_rules(request.actor, each[0])]
    chosen = request.POST.get("department") or (str(departments[0][0]) if departments else "")
    form = forms.RulesForm(request.POST or None, initial={"in_force_on": day_of(request.now)})
    valid = request.method == "POST" and form.is_valid() and chosen.isdigit()
    if valid:
        made = attempt(request, lambda: actions.publish_house_rules(int(chosen), actor=request.actor, now=request.now, **form.cleaned_data))
        if made:
            tell(request, t("已公布新版本。", "The new version is published."))
            return HttpResponseRedirect(reverse("workspace:house-rules"))
    return page(
        request,
        "representatives/workspace/rules.html",
        {"form": form, "departments": departments, "chosen": chosen, "versions": queries.all_rules(request.government.pk)},
    )


@staff_page
def invitations(request: Request, meeting_id: int) -> HttpResponse:
    """Seats, invitations and their proof for one meeting; selecting somebody for a seat."""
    row = meeting_queries.get(request.government.pk, meeting_id)
    lines = queries.seat_lines(row.pk)
    form = _select_form(request, row, lines, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(
            request,
            lambda: actions.select_representative(
                int(data["item"]),
                int(data["representative"]),
                actor=request.actor,
                now=request.now,
                method=data["method"],
                reason=data["reason"],
            ),
        )
        if made:
            tell(request, t("已选定{name}。", "{name} is selected.", name=made.representative.name))
            return HttpResponseRedirect(_url(meeting_id))
    return _invitations(request, row, lines, form, forms.TellAllForm(auto_id="tell_%s"))


def _select_form(request: Request, row: Any, lines: list[queries.SeatLine], data: Any) -> forms.SelectForm:
    items = [(line.item_id, line.title) for line in lines]
    return forms.SelectForm(data, items=items, people=queries.choices(request.government.pk, row.year, meeting_id=row.pk, items=len(items)))


def _invitations(
    request: Request, row: Any, lines: list[queries.SeatLine], form: forms.SelectForm, tell_form: forms.TellAllForm
) -> HttpResponse:
    policy.may_see(request.actor).require()
    figures = figures_for(request.government.pk, day_of(row.starts_at))
    last = rules.last_notice_moment(row.starts_at, figures, work_calendar())
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:40]
    counts = queries.by_state(row.pk)
    context = {
        "row": row,
        "form": form,
        "tell_form": tell_form,
        "page": queries.invitation_page(row.pk, state=state, words=words, after=request.GET.get("after", "")),
        "total": sum(counts.values()),
        "counts": [(key, rules.INVITATION.label(key), counts[key]) for key in rules.INVITATION.codes if key in counts],
        "state": state,
        "words": words,
        "lines": [{"line": line, "seats": [(AUDIENCE_LABELS[key], n) for key, n in line.seats.items()]} for line in lines],
        "last": local(last),
        "lead": figures.number("rep.notice_lead_days"),
        "in_workdays": figures.on("rep.notice_in_workdays"),
        "late": request.now >= last,
        "empty": published.empty_seats(row.pk),
        "calls": queries.calls_at(row.pk),
        "to_invite": counts.get("selected", 0),
        "to_tell": counts.get("accepted", 0),
        "to_reach": counts.get("noticed", 0),
        "may_seat": rules.may_seat(row.state, "open"),
    }
    return page(request, "representatives/workspace/invitations.html", context)


@staff_page
@require_POST
def reached(request: Request, meeting_id: int) -> HttpResponse:
    """Note for everybody ticked that notice and papers reached them, all or nobody."""
    meeting_queries.get(request.government.pk, meeting_id)
    ids, said = ticked(request, t("已记录送达 {n} 人。", "{n} recorded as reached."))
    door, who = request.POST.get("door", ""), Who(actor=request.actor, now=request.now)
    return perform(request, lambda: actions.record_deliveries(meeting_id, ids, door=door, **who), to=_url(meeting_id), said=said)


@staff_page
@require_POST
def invite_all(request: Request, meeting_id: int) -> HttpResponse:
    """Invite everybody selected, or notify everybody who accepted: all or nobody."""
    row = meeting_queries.get(request.government.pk, meeting_id)
    who = Who(actor=request.actor, now=request.now)
    if "notify" not in request.POST:
        return perform(request, lambda: actions.invite_all(meeting_id, **who), to=_url(meeting_id), said=t("邀请已发出。", "Invited."))
    form = forms.TellAllForm(request.POST, auto_id="tell_%s")
    if form.is_valid():
        attempt(request, lambda: actions.notify_all(meeting_id, **form.cleaned_data, **who))
        if request.refused is None:
            tell(request, t("已告知并提供材料。", "Notified, papers handed over."))
            return HttpResponseRedirect(_url(meeting_id))
    lines = queries.seat_lines(row.pk)
    return _invitations(request, row, lines, _select_form(request, row, lines, None), form)


@staff_page
def invitation(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """One seat with its proof, and what can be done with it."""
    row = queries.one(request.government.pk, invitation_id)
    policy.may_see(request.actor).require()
    notice, again = forms.NoticeForm(initial={"door": "email"}), forms.SeatAgainForm(initial={"method": row.method})
    answer = forms.RecordAnswerForm()
    if request.method == "POST":
        who = Who(actor=request.actor, now=request.now)
        act = _plain_act(request, invitation_id, who)
        if "notify" in request.POST:
            notice = forms.NoticeForm(request.POST)
            act = (lambda: actions.notify(invitation_id, **notice.cleaned_data, **who)) if notice.is_valid() else None
        elif "again" in request.POST:
            again = forms.SeatAgainForm(request.POST)
            act = (lambda: actions.seat_again(invitation_id, **again.cleaned_data, **who)) if again.is_valid() else None
        elif "answered" in request.POST:
            answer = forms.RecordAnswerForm(request.POST)
            act = (lambda: _record_answer(invitation_id, answer.cleaned_data, who)) if answer.is_valid() else None
        if act and attempt(request, act):
            tell(request, t("已记录。", "Recorded."))
            return HttpResponseRedirect(reverse("workspace:invitation", args=[meeting_id, invitation_id]))
    context = {
        "row": row,
        "notice_form": notice,
        "again_form": again,
        "answer_form": answer,
        "doors": forms.ANSWERED_BY,
        "confirms_anew": published.confirms_anew(row, request.now),
        "may": policy.may_select(request.actor, row.item.topic.department_id),
        "reason": request.POST.get("reason", ""),
        "bounce": request.POST.get("bounce_words", ""),
    }
    return page(request, "representatives/workspace/invitation.html", context)


def _plain_act(request: Request, invitation_id: int, who: Who) -> Callable[[], object] | None:
    """The act of the button that was pressed, of those without a form of their own."""
    post = request.POST
    acts: dict[str, Callable[[], object]] = {
        "invite": lambda: actions.invite(invitation_id, **who),
        "remind": lambda: actions.remind(invitation_id, **who),
        "revoke": lambda: actions.revoke(invitation_id, reason=post.get("reason", "")[:300], fill="fill" in post, **who),
        "reached": lambda: actions.record_delivery(invitation_id, door=post.get("reached_by", ""), **who),
        "bounced": lambda: actions.record_bounce(invitation_id, words=post.get("bounce_words", ""), **who),
    }
    return next((acts[name] for name in acts if name in post), None)


def _record_answer(invitation_id: int, said: dict[str, Any], who: Who) -> object:
    given = {name: said[name] for name in ("door", "accepted_rules", "reason")}
    return actions.record_answer(invitation_id, accept=said["answer"] == "accept", **given, **who)


M = "meetings/<int:meeting_id>/"
urlpatterns = [
    path("house-rules/", house_rules, name="house-rules"),
    path(f"{M}invitations/", invitations, name="invitations"),
    path(f"{M}invitations/all/", invite_all, name="invite-all"),
    path(f"{M}invitations/reached/", reached, name="invitations-reached"),
    path(f"{M}invitations/<int:invitation_id>/", invitation, name="invitation"),
]
