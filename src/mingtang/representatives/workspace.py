"""Pool, house rules, invitations, notices, check-in."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.representatives import actions, forms, policy, queries, rules
from mingtang.topics.rules import AUDIENCE_LABELS


def _url(meeting_id: int, name: str = "invitations") -> str:
    return reverse(f"workspace:{name}", args=[meeting_id])


@staff_page
def pool(request: Request) -> HttpResponse:
    """The pool, and adding to it."""
    policy.may_keep_pool(request.actor).require()
    form = forms.PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: actions.add_representative(actor=request.actor, now=request.now, **form.cleaned_data))
        if made:
            tell(request, t("{name} 已入库。", "{name} is in the pool.", name=made.name))
            return HttpResponseRedirect(reverse("workspace:representatives"))
    audience, words = request.GET.get("audience", ""), request.GET.get("q", "").strip()[:40]
    found = queries.pool(request.government.pk, audience=audience, words=words, after=request.GET.get("after", ""))
    return page(request, "representatives/workspace/pool.html", {"page": found, "form": form, "audience": audience, "words": words, "audiences": AUDIENCE_LABELS.items()})


@staff_page
def house_rules(request: Request) -> HttpResponse:
    """The house rules of the departments and their versions."""
    departments = [each for each in departments_for(request.actor) if policy.may_publish_rules(request.actor, each[0])]
    chosen = request.POST.get("department") or (str(departments[0][0]) if departments else "")
    form = forms.RulesForm(request.POST or None, initial={"in_force_on": day_of(request.now)})
    if request.method == "POST" and form.is_valid() and chosen.isdigit():
        if attempt(request, lambda: actions.publish_house_rules(int(chosen), actor=request.actor, now=request.now, **form.cleaned_data)):
            tell(request, t("已公布新版本。", "The new version is published."))
            return HttpResponseRedirect(reverse("workspace:house-rules"))
    return page(request, "representatives/workspace/rules.html", {"form": form, "departments": departments, "chosen": chosen, "versions": queries.all_rules(request.government.pk)})


@staff_page
def invitations(request: Request, meeting_id: int) -> HttpResponse:
    """Seats, invitations and their proof for one meeting."""
    row = meeting_queries.get(request.government.pk, meeting_id)
    lines = queries.seat_lines(meeting_id)
    items, people = [(line.item_id, line.title) for line in lines], queries.choices(request.government.pk)
    form = forms.SelectForm(request.POST or None, items=items, people=people)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(request, lambda: actions.select_representative(int(data["item"]), int(data["representative"]), actor=request.actor, now=request.now, method=data["method"], reason=data["reason"]))
        if made:
            tell(request, t("已选定{name}。", "{name} is selected.", name=made.representative.name))
            return HttpResponseRedirect(_url(meeting_id))
    figures = figures_for(request.government.pk, day_of(row.starts_at))
    context = {
        "row": row, "lines": [{"line": line, "seats": [(AUDIENCE_LABELS[key], n) for key, n in line.seats.items()]} for line in lines], "form": form,
        "invitations": queries.invitations(meeting_id), "last": rules.last_notice_moment(row.starts_at, figures), "lead": figures.number("rep.notice_lead_days"),
        "notice_form": forms.NoticeForm(initial={"door": "email"}),
    }
    return page(request, "representatives/workspace/invitations.html", context)


def _act(request: Request, meeting_id: int, act: Any, said: Text, name: str = "invitations") -> HttpResponse:
    return perform(request, act, to=_url(meeting_id, name), said=said)


@staff_page
@require_POST
def invitation_act(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """Invite, notify or revoke one person."""
    who = {"actor": request.actor, "now": request.now}
    if "invite" in request.POST:
        return _act(request, meeting_id, lambda: actions.invite(invitation_id, **who), t("邀请已发出。", "Invited."))
    if "revoke" in request.POST:
        reason = request.POST.get("reason", "")[:300]
        return _act(request, meeting_id, lambda: actions.revoke(invitation_id, reason=reason, **who), t("已撤销。", "Revoked."))
    words, door = request.POST.get("requirements", "")[:3000], request.POST.get("door", "email")
    return _act(request, meeting_id, lambda: actions.notify(invitation_id, requirements=words, door=door if door in rules.DOOR_LABELS else "email", **who), t("已告知并提供材料。", "Notified, papers handed over."))


@staff_page
@require_POST
def invite_all(request: Request, meeting_id: int) -> HttpResponse:
    """Invite everybody selected, or notify everybody who accepted."""
    who = {"actor": request.actor, "now": request.now}
    rows = queries.invitations(meeting_id)
    words = request.POST.get("requirements", "")[:3000]

    def act() -> None:
        for each in rows:
            if "notify" in request.POST and each.state == "accepted":
                actions.notify(each.pk, requirements=words, **who)
            elif "notify" not in request.POST and each.state == "selected":
                actions.invite(each.pk, **who)

    return _act(request, meeting_id, act, t("已办。", "Done."))


@staff_page
def letter(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """The invitation on paper, with its code for the door."""
    row = queries.one(request.government.pk, invitation_id)
    policy.may_see_contact(request.actor).require()
    link = request.build_absolute_uri(reverse("portal:invitation", args=[row.token]))
    return page(request, "representatives/workspace/letter.html", {"row": row, "link": link, "qr": segno.make(link, error="m").svg_inline(scale=4)})


@staff_page
def checkin(request: Request, meeting_id: int) -> HttpResponse:
    """The check-in list; by name, or by typing or scanning a code."""
    policy.may_check_in(request.actor).require()
    row = meeting_queries.get(request.government.pk, meeting_id)
    if request.method == "POST":
        done = attempt(request, lambda: actions.check_in_by_code(meeting_id, request.POST.get("code", ""), actor=request.actor, now=request.now))
        if done:
            tell(request, t("{name} 已签到。", "{name} is checked in.", name=done.representative.name))
            return HttpResponseRedirect(_url(meeting_id, "checkin"))
    return page(request, "representatives/workspace/checkin.html", {"row": row, "invitations": queries.invitations(meeting_id), "code": request.POST.get("code", "")})


@staff_page
@require_POST
def checkin_act(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """Check one person in or out, or mark the rest absent."""
    who = {"actor": request.actor, "now": request.now}
    if "out" in request.POST:
        return _act(request, meeting_id, lambda: actions.check_out(invitation_id, **who), t("已记录离场。", "Left."), "checkin")
    if "absent" in request.POST:
        return _act(request, meeting_id, lambda: actions.mark_absent(meeting_id, **who), t("未到的已记为缺席。", "Those who did not come are marked absent."), "checkin")
    return _act(request, meeting_id, lambda: actions.check_in(invitation_id, **who), t("已签到。", "Checked in."), "checkin")


M = "meetings/<int:meeting_id>/"
urlpatterns = [
    path("representatives/", pool, name="representatives"),
    path("house-rules/", house_rules, name="house-rules"),
    path(f"{M}invitations/", invitations, name="invitations"),
    path(f"{M}invitations/all/", invite_all, name="invite-all"),
    path(f"{M}invitations/<int:invitation_id>/", invitation_act, name="invitation-act"),
    path(f"{M}invitations/<int:invitation_id>/letter/", letter, name="invitation-letter"),
    path(f"{M}checkin/", checkin, name="checkin"),
    path(f"{M}checkin/<int:invitation_id>/", checkin_act, name="checkin-act"),
]
