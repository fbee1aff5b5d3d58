"""The other activities at the desk, and the page on which a department answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.hearings import actions, forms, policy, queries, rules
from mingtang.hearings.workspace.desk import DONE, succeeded, topic_choices, who
from mingtang.kernel.text import t
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.codes import row_id
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell


def _url(activity_id: int) -> str:
    return reverse("workspace:activity", args=[activity_id])


@staff_page
def activity_list(request: Request) -> HttpResponse:
    """All activities, and planning a new one."""
    policy.may_see(request.actor).require()
    form = forms.PlanForm(request.POST or None, topics=topic_choices(request), initial={"topic": request.GET.get("topic", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(request, lambda: actions.plan_activity(int(data["topic"]), kind=data["kind"], title=data["title"], **who(request)))
        if made:
            return HttpResponseRedirect(_url(made.pk))
    kind = request.GET.get("kind", "")
    context = {
        "page": queries.activities(request.actor, kind=kind, after=request.GET.get("after", "")),
        "form": form,
        "kind": kind,
        "kinds": rules.KIND_LABELS.items(),
        "requests": queries.requests_to(request.actor),
    }
    return page(request, "hearings/workspace/activities.html", context)


@staff_page
def activity(request: Request, activity_id: int) -> HttpResponse:
    """One activity: what it is, whom it hears, what they say, how it ends."""
    policy.may_see(request.actor).require()
    row: Any = queries.activity(request.government.pk, activity_id)
    given = _forms(request, row)
    if request.method == "POST":
        act = _act(request, row, given)
        if act is not None and succeeded(request, act):
            tell(request, DONE)
            return HttpResponseRedirect(_url(activity_id))
    context = {
        "row": row,
        "points": queries.activity_points(row.pk),
        "may_run": policy.may_run(request.actor, row.topic.department_id),
        "to_tell": [each for each in row.members.all() if each.said] if queries.answers_out(row.topic_id) else [],
        "gate": _gate(request, row),
        "reason": request.POST.get("reason", ""),
        "open": row.state in {"planned", "under_way", "done"},
        **given,
    }
    return page(request, "hearings/workspace/activity.html", context)


def _gate(request: Request, row: Any) -> Any:
    if row.state == "planned" and row.kind == "departments":
        return queries.starting(row, request.now)
    return queries.finishing(row, request.now) if row.state in {"planned", "under_way"} else None


def _forms(request: Request, row: Any) -> dict[str, Any]:
    posted = {name: request.POST if name in request.POST else None for name in ("save", "member", "ask", "point", "questions")}
    initial = {name: getattr(row, name) for name in forms.ActivityForm.base_fields}
    people = [(each.pk, each.name) for each in row.members.all()]
    return {
        "form": forms.ActivityForm(posted["save"], kind=row.kind, initial=initial, auto_id="act_%s"),
        "member_form": forms.MemberForm(posted["member"], kind=row.kind, auto_id="member_%s"),
        "department_form": forms.DepartmentForm(
            posted["ask"], departments=departments_for(request.actor, everything=True), auto_id="dep_%s"
        ),
        "point_form": forms.PointForm(posted["point"], people=people, auto_id="point_%s"),
        "questions_form": forms.QuestionsForm(posted["questions"], initial={"text": _as_text(row)}, auto_id="ques_%s"),
    }


def _as_text(row: Any) -> str:
    lines = []
    for each in row.questions.all():
        lines.append(each.words + ("（多选）" if each.several else ""))
        lines += [f"- {one.words} {one.count}" for one in each.options.all()]
    return "\n".join(lines)


def _act(request: Request, row: Any, given: dict[str, Any]) -> Callable[[], object] | None:
    reason, pk = request.POST.get("reason", "")[:1000], row.pk
    plain: dict[str, Callable[[], object]] = {
        "start": lambda: actions.start_activity(pk, **who(request)),
        "finish": lambda: actions.finish_activity(pk, **who(request)),
        "publish": lambda: actions.publish_activity(pk, **who(request)),
        "cancel": lambda: actions.cancel_activity(pk, reason=reason, **who(request)),
        "remove": lambda: actions.remove_member(row_id(request.POST.get("remove", "")) or 0, **who(request)),
    }
    filled: dict[str, tuple[Any, Callable[[dict[str, Any]], object]]] = {
        "save": (given["form"], lambda data: actions.save_activity(pk, **data, **who(request))),
        "member": (given["member_form"], lambda data: actions.add_member(pk, **data, **who(request))),
        "ask": (
            given["department_form"],
            lambda data: actions.add_member(pk, department_id=int(data["department"]), **who(request)),
        ),
        "point": (
            given["point_form"],
            lambda data: actions.add_point(
                pk,
                member_id=row_id(data["person"]),
                claim=data["claim"],
                ground=data["ground"],
                stance=data["stance"],
                **who(request),
            ),
        ),
        "questions": (given["questions_form"], lambda data: actions.save_questions(pk, data["text"], **who(request))),
    }
    for name, act in plain.items():
        if name in request.POST:
            return act
    for name, (form, does) in filled.items():
        if name in request.POST and form.is_valid():
            return lambda: does(form.cleaned_data)
    return None


@staff_page
def answer(request: Request, member_id: int) -> HttpResponse:
    """A department opens a request (its read receipt) and answers it: an opinion, or that it has none."""
    row = queries.member(request.government.pk, member_id)
    policy.may_reply(request.actor, row.department_id).require()
    row = actions.read_request(member_id, **who(request))
    form = forms.ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        none = "none" in request.POST
        if attempt(request, lambda: actions.reply_request(member_id, no_opinion=none, **form.cleaned_data, **who(request))):
            tell(request, t("已回复。", "Replied."))
            return HttpResponseRedirect(reverse("workspace:desk"))
    return page(request, "hearings/workspace/request.html", {"row": row, "form": form})


urlpatterns = [
    path("activities/", activity_list, name="activities"),
    path("activities/<int:activity_id>/", activity, name="activity"),
    path("requests/<int:member_id>/", answer, name="activity-request"),
]
