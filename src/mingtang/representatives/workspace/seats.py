"""House rules, invitations, notices, check-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

import segno
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of, local
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
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
    form = _select_form(request, row, request.POST or None)
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
    return _invitations(request, row, form, forms.TellAllForm(auto_id="tell_%s"))


def _select_form(request: Request, row: Any, data: Any) -> forms.SelectForm:
    items = [(line.item_id, line.title) for line in queries.seat_lines(row.pk)]
    return forms.SelectForm(data, items=items, people=queries.choices(request.government.pk, row.year))


def _invitations(request: Request, row: Any, form: forms.SelectForm, tell_form: forms.TellAllForm) -> HttpResponse:
    policy.may_see(request.actor).require()
    figures = figures_for(request.government.pk, day_of(row.starts_at))
    found = queries.invitations(row.pk)
    context = {
        "row": row,
        "form": form,
        "tell_form": tell_form,
        "invitations": found,
        "lines": [
            {"line": line, "seats": [(AUDIENCE_LABELS[key], n) for key, n in line.seats.items()]} for line in queries.seat_lines(row.pk)
        ],
        "last": local(rules.last_notice_moment(row.starts_at, figures)),
        "lead": figures.number("rep.notice_lead_days"),
        "late": request.now >= rules.last_notice_moment(row.starts_at, figures),
        "to_invite": any(each.state == "selected" for each in found),
        "to_tell": any(each.state == "accepted" for each in found),
        "may_seat": rules.may_seat(row.state, "open"),
    }
    return page(request, "representatives/workspace/invitations.html", context)


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
        attempt(request, lambda: actions.notify_all(meeting_id, requirements=form.cleaned_data["requirements"], **who))
        if request.refused is None:
            tell(request, t("已告知并提供材料。", "Notified, papers handed over."))
            return HttpResponseRedirect(_url(meeting_id))
    return _invitations(request, row, _select_form(request, row, None), form)


@staff_page
def invitation(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """One seat with its proof, and what can be done with it."""
    row = queries.one(request.government.pk, invitation_id)
    policy.may_see(request.actor).require()
    notice, again = forms.NoticeForm(initial={"door": "email"}), forms.SeatAgainForm(initial={"method": row.method})
    if request.method == "POST":
        who = Who(actor=request.actor, now=request.now)
        acts = {
            "invite": lambda: actions.invite(invitation_id, **who),
            "confirm": lambda: actions.confirm_for(invitation_id, **who),
            "remind": lambda: actions.remind(invitation_id, **who),
            "revoke": lambda: actions.revoke(invitation_id, reason=request.POST.get("reason", "")[:300], **who),
            "reached": lambda: actions.record_delivery(invitation_id, door=request.POST.get("reached_by", ""), **who),
        }
        name = next((each for each in acts if each in request.POST), "")
        act = acts.get(name)
        if "notify" in request.POST:
            notice = forms.NoticeForm(request.POST)
            act = (lambda: actions.notify(invitation_id, **notice.cleaned_data, **who)) if notice.is_valid() else None
        elif "again" in request.POST:
            again = forms.SeatAgainForm(request.POST)
            act = (lambda: actions.seat_again(invitation_id, **again.cleaned_data, **who)) if again.is_valid() else None
        if act and attempt(request, act):
            tell(request, t("已记录。", "Recorded."))
            return HttpResponseRedirect(reverse("workspace:invitation", args=[meeting_id, invitation_id]))
    doors = [(key, rules.DOOR_LABELS[key]) for key in ("phone", "hand", "post")]
    context = {
        "row": row,
        "notice_form": notice,
        "again_form": again,
        "doors": doors,
        "confirms_anew": published.confirms_anew(row, request.now),
        "may": policy.may_select(request.actor, row.item.topic.department_id),
        "reason": request.POST.get("reason", ""),
    }
    return page(request, "representatives/workspace/invitation.html", context)


@staff_page
def letter(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """The invitation on paper, with its code for the door."""
    row = queries.one(request.government.pk, invitation_id)
    policy.may_select(request.actor, row.item.topic.department_id).require()
    if row.meeting_id != meeting_id:
        queries.GONE.require()
    link = request.build_absolute_uri(reverse("portal:invitation", args=[row.token]))
    return page(
        request, "representatives/workspace/letter.html", {"row": row, "link": link, "qr": segno.make(link, error="m").svg_inline(scale=4)}
    )


@staff_page
def checkin(request: Request, meeting_id: int) -> HttpResponse:
    """The check-in list; by name, or by typing or scanning a code."""
    policy.may_check_in(request.actor).require()
    row = meeting_queries.get(request.government.pk, meeting_id)
    if request.method == "POST":
        done = attempt(
            request, lambda: actions.check_in_by_code(meeting_id, request.POST.get("code", ""), actor=request.actor, now=request.now)
        )
        if done:
            tell(request, t("{name} 已签到。", "{name} is checked in.", name=done.representative.name))
            return HttpResponseRedirect(_url(meeting_id, "checkin"))
    return page(
        request,
        "representatives/workspace/checkin.html",
        {"row": row, "invitations": queries.invitations(meeting_id), "code": request.POST.get("code", "")},
    )


def _act(request: Request, meeting_id: int, act: Any, said: Text) -> HttpResponse:
    return perform(request, act, to=_url(meeting_id, "checkin"), said=said)


@staff_page
@require_POST
def checkin_act(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """Check one person in or out, or mark the rest absent."""
    who = Who(actor=request.actor, now=request.now)
    if "out" in request.POST:
        return _act(request, meeting_id, lambda: actions.check_out(invitation_id, **who), t("已记录离场。", "Left."))
    if "absent" in request.POST:
        return _act(
            request,
            meeting_id,
            lambda: actions.mark_absent(meeting_id, **who),
            t("未到的已记为缺席。", "Those who did not come are marked absent."),
        )
    return _act(request, meeting_id, lambda: actions.check_in(invitation_id, **who), t("已签到。", "Checked in."))


M = "meetings/<int:meeting_id>/"
urlpatterns = [
    path("house-rules/", house_rules, name="house-rules"),
    path(f"{M}invitations/", invitations, name="invitations"),
    path(f"{M}invitations/all/", invite_all, name="invite-all"),
    path(f"{M}invitations/<int:invitation_id>/", invitation, name="invitation"),
    path(f"{M}invitations/<int:invitation_id>/letter/", letter, name="invitation-letter"),
    path(f"{M}checkin/", checkin, name="checkin"),
    path(f"{M}checkin/<int:invitation_id>/", checkin_act, name="checkin-act"),
]
