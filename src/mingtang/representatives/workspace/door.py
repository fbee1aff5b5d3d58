"""The letter and the door: check-in by list, code and camera, with or without network; on paper; without an invitation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse

from mingtang.kernel.decision import Refused
from mingtang.kernel.text import Text, spoken_language, t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.clock import day_of, local
from mingtang.platform.documents.official import Letter, Paper, Section, Table, letter_pdf, to_pdf
from mingtang.platform.documents.official.papers import day_words
from mingtang.platform.files.keep import own_response
from mingtang.platform.outbox.post import whole_link
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.representatives import actions, forms, policy, queries
from mingtang.representatives.workspace.seats import Who


def _url(meeting_id: int) -> str:
    return reverse("workspace:checkin", args=[meeting_id])


@staff_page
def letter(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """The invitation on paper, with its code for the door."""
    row = queries.one(request.government.pk, invitation_id)
    policy.may_select(request.actor, row.item.topic.department_id).require()
    if row.meeting_id != meeting_id:
        queries.GONE.require()
    return own_response(letter_pdf(_letter(request, row)), f"invitation-{row.pk}.pdf")


def _letter(request: Request, row: Any) -> Letter:
    meeting, language = row.meeting, spoken_language()
    link = whole_link(row.government_id, reverse("portal:invitation", args=[row.token]))
    asks = t(
        "现邀请您作为{who}列席{meeting}，议题为“{topic}”。请扫码或输入下面的链接，阅读责任义务和会议纪律后答复能否参加；也可以打电话 {phone} 答复。",
        "You are invited to sit in as one of “{who}” at {meeting}, for the matter “{topic}”. Please scan the code or type the link, "
        "read the duties and the discipline, and answer; or call {phone}.",
        who=row.audience_label,
        meeting=meeting.title,
        topic=row.item.topic,
        phone=request.government.phone or "—",
    )
    facts = (
        (t("时间", "When"), f"{local(meeting.starts_at):%Y-%m-%d %H:%M}"),
        (t("地点", "Where"), meeting.place),
        (t("议程", "Item"), t("第 {n} 项", "Item {n}", n=row.item.position)),
    )
    return Letter(
        title=str(t("列席邀请函", "Invitation to sit in")),
        issuer=str(request.government),
        greeting=str(t("{name}：", "{name},", name=row.representative.name)),
        paragraphs=(str(asks), *((row.requirements,) if row.requirements else ())),
        facts=[(str(label), str(words)) for label, words in facts],
        code_label=str(t("签到码", "Code for the door")),
        code=row.code,
        how=str(t("扫码答复；到会时出示此码，或报出这八位签到。", "Scan to answer; show the code at the door, or say its eight signs.")),
        link=link,
        scanned=f"{link}#{row.code}",
        issued_on=day_of(request.now),
        day=day_words(day_of(request.now), language),
        language=language,
    )


@staff_page
def checkin(request: Request, meeting_id: int) -> HttpResponse:
    """The door: by name, by code, by camera; who is inside, who waits outside."""
    policy.may_check_in(request.actor).require()
    row = meeting_queries.get(request.government.pk, meeting_id)
    form = _walk_in_form(request, meeting_id)
    who = Who(actor=request.actor, now=request.now)
    if request.method == "POST" and "walk_in" in request.POST:
        if form.is_valid():
            given = {**form.cleaned_data}
            item_id = int(given.pop("item"))
            made = attempt(request, lambda: actions.walk_in(item_id, **given, **who))
            if made:
                return _done(request, meeting_id, t("{name} 已登记到会。", "{name} is entered as present.", name=made.representative.name))
    elif request.method == "POST":
        done = attempt(request, lambda: actions.check_in_by_code(meeting_id, request.POST.get("code", ""), **who))
        if done:
            return _done(request, meeting_id, t("{name} 已签到。", "{name} is checked in.", name=done.representative.name))
    words, counts = request.GET.get("q", "").strip()[:40], queries.by_state(meeting_id)
    context = {
        "row": row,
        "page": queries.door_list(meeting_id, words=words, after=request.GET.get("after", "")),
        "words": words,
        "expected": sum(counts.get(state, 0) for state in ("accepted", "noticed", "present", "absent")),
        "present": counts.get("present", 0),
        "inside": queries.inside_count(meeting_id),
        "outside": len(queries.waiting_outside(meeting_id)),
        "running": queries.running_item(meeting_id),
        "code": request.POST.get("code", ""),
        "form": form,
    }
    return page(request, "representatives/workspace/checkin.html", context)


def _walk_in_form(request: Request, meeting_id: int) -> forms.WalkInForm:
    items = [(line.item_id, line.title) for line in queries.seat_lines(meeting_id)]
    return forms.WalkInForm(request.POST if "walk_in" in request.POST else None, items=items)


def _done(request: Request, meeting_id: int, said: Text) -> HttpResponse:
    tell(request, said)
    return HttpResponseRedirect(_url(meeting_id))


@staff_page
def roster(request: Request, meeting_id: int) -> HttpResponse:
    """Names and codes for the device at the door, so that it can say who came while it has no network; kept in its memory only."""
    policy.may_check_in(request.actor).require()
    meeting_queries.get(request.government.pk, meeting_id)
    people = [
        {"code": each.code, "name": each.representative.name, "who": str(each.audience_label), "item": each.item.position}
        for each in queries.roster(meeting_id)
    ]
    return JsonResponse({"people": people})


@staff_page
@require_POST
def sync(request: Request, meeting_id: int) -> HttpResponse:
    """Take in what a device at the door saw, at once or later; each scan is answered for itself."""
    scans = forms.read_scans(request.body)
    if scans is None:
        return JsonResponse({"reason": str(t("读不懂这次同步的内容。", "This hand-in cannot be read."))}, status=400)
    try:
        done = actions.sync_scans(meeting_id, scans, actor=request.actor, now=request.now)
    except Refused as refused:
        return JsonResponse(refused.decision.as_dict(spoken_language()), status=409)
    return JsonResponse(
        {
            "done": [
                {"key": each.key, "name": each.name, "reason": str(each.refusal or ""), "remedy": str(each.remedy or "")} for each in done
            ]
        }
    )


@staff_page
@require_POST
def checkin_act(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """Check one person in, out or back; everybody out or back; mark the rest absent."""
    who = Who(actor=request.actor, now=request.now)
    acts: dict[str, tuple[Any, Text]] = {
        "out": (lambda: actions.check_out(invitation_id, **who), t("已记录离场。", "Left.")),
        "back": (lambda: actions.check_back(invitation_id, **who), t("已记录返回。", "Back in.")),
        "all_out": (lambda: actions.send_out(meeting_id, **who), t("全部代表已离场。", "Everybody is out.")),
        "all_back": (lambda: actions.call_back(meeting_id, **who), t("在外等候的代表已请回。", "Those waiting outside are back in.")),
        "absent": (lambda: actions.mark_absent(meeting_id, **who), t("未到的已记为缺席。", "Those who did not come are marked absent.")),
        "in": (lambda: actions.check_in(invitation_id, **who), t("已签到。", "Checked in.")),
    }
    act, said = acts[next((name for name in acts if name in request.POST), "in")]
    return perform(request, act, to=_url(meeting_id), said=said)


@staff_page
def paper_list(request: Request, meeting_id: int) -> HttpResponse:
    """The list for the door on paper: name, audience, item, code, a place to sign."""
    policy.may_check_in(request.actor).require()
    row, language = meeting_queries.get(request.government.pk, meeting_id), spoken_language()
    heads = (t("序", "No."), t("姓名", "Name"), t("类别", "Audience"), t("议程项", "Item"), t("签到码", "Code"), t("签名", "Signature"))
    lines = tuple(
        (str(n), each.representative.name, str(each.audience_label), str(each.item.position), each.code, "")
        for n, each in enumerate(queries.roster(meeting_id), 1)
    )
    where = t("{at}　{place}", "{at}  {place}", at=f"{local(row.starts_at):%Y-%m-%d %H:%M}", place=row.place)
    table = Table(tuple(str(each) for each in heads), lines, (2, 4, 5, 2, 5, 6))
    paper = Paper(
        mark=str(t("列席签到表", "Check-in list")),
        number="",
        title=str(row.title),
        issuer=str(request.government),
        issued_on=day_of(request.now),
        sections=(Section(paragraphs=(str(where),), table=table),),
        language=language,
    )
    return own_response(to_pdf(paper), f"checkin-{row.pk}.pdf")


M = "meetings/<int:meeting_id>/"
urlpatterns = [
    path(f"{M}invitations/<int:invitation_id>/letter/", letter, name="invitation-letter"),
    path(f"{M}checkin/", checkin, name="checkin"),
    path(f"{M}checkin/roster/", roster, name="checkin-roster"),
    path(f"{M}checkin/sync/", sync, name="checkin-sync"),
    path(f"{M}checkin/list/", paper_list, name="checkin-list"),
    path(f"{M}checkin/<int:invitation_id>/", checkin_act, name="checkin-act"),
]
