"""Drafting, reviewing, publishing releases."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.guard.looking import standing
from mingtang.platform.jobs.reads import letters
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.publishing import actions, forms, policy, queries, rules


def _url(release_id: int) -> str:
    return reverse("workspace:release", args=[release_id])


@staff_page
def release_list(request: Request) -> HttpResponse:
    """Releases, and what is owed."""
    policy.may_see(request.actor).require()
    state = request.GET.get("state", "")
    found = queries.releases(request.actor, state=state, after=request.GET.get("after", ""))
    return page(
        request,
        "publishing/workspace/list.html",
        {"page": found, "state": state, "states": rules.RELEASE.choices, "owed": queries.owed(request.government.pk)},
    )


@staff_page
def release_new(request: Request) -> HttpResponse:
    """Begin a release."""
    policy.may_see(request.actor).require()
    wanted = request.GET.get("corrects", "")
    old = queries.get(request.government.pk, int(wanted)) if wanted.isdecimal() else None
    initial = _initial(request, old)
    form = forms.NewReleaseForm(request.POST or None, topics=queries.topics_to_publish(request.actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "corrects_id": old.pk if old else None}
        topic = int(data.pop("topic"))
        made = attempt(request, lambda: actions.draft_release(topic, actor=request.actor, now=request.now, **data))
        if made:
            return HttpResponseRedirect(_url(made.pk))
    return page(request, "publishing/workspace/new.html", {"form": form, "old": old})


def _initial(request: Request, old: Any) -> dict[str, Any]:
    """What the form begins with: the release to be corrected, or the matter and kind that are owed."""
    if old is not None:
        return {"kind": old.kind, "topic": str(old.topic_id), "title": old.title, "number": old.number, "body": old.body}
    return {"kind": request.GET.get("kind", "result"), "topic": request.GET.get("topic", "")}


@staff_page
def release_page(request: Request, release_id: int) -> HttpResponse:
    """One release: text, reviews, what is next."""
    policy.may_see(request.actor).require()
    row = queries.get(request.government.pk, release_id)
    form = forms.ReleaseForm(
        request.POST or None, request.FILES or None, initial={"title": row.title, "number": row.number, "body": row.body}
    )
    if request.method == "POST" and form.is_valid() and attempt(request, lambda: _save(request, release_id, form.cleaned_data)):
        tell(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(_url(release_id))
    stage = rules.STAGES.get(row.state)
    context = {
        "row": row,
        "returned": standing_return(row, "release.return", "release.submit") if row.state == "drafting" else None,
        "form": form,
        "may_draft": policy.may_draft(request.actor, row.topic.department_id),
        "gate": rules.may_submit(queries.facts(row)),
        "may_review": policy.may_review(request.actor, row, stage, queries.reviewers(row)) if stage else None,
        "guard": standing(queries.material(request.government.pk, row.pk), request.now) if row.state != "withdrawn" else None,
        "may_withdraw": policy.may_withdraw(request.actor),
        "letters": letters("milestone", row.pk) if row.published_at else None,
    }
    return page(request, "publishing/workspace/release.html", context)


def _save(request: Request, release_id: int, data: dict[str, Any]) -> Any:
    saved = actions.save_release(
        release_id, actor=request.actor, now=request.now, title=data["title"], body=data["body"], number=data["number"]
    )
    if data.get("upload"):
        actions.attach_file(release_id, actor=request.actor, now=request.now, upload=data["upload"])
    return saved


@staff_page
def release_file(request: Request, release_id: int, file_id: int) -> HttpResponse:
    """A document of a release, for those who draft and review it."""
    policy.may_see(request.actor).require()
    found = queries.attached(request.government.pk, release_id, file_id)
    return file_response(found.file, inline=True)  # type: ignore[return-value]  # a streaming response


@staff_page
@require_POST
def file_remove(request: Request, release_id: int, file_id: int) -> HttpResponse:
    """Take a document off a draft."""
    return perform(
        request,
        lambda: actions.remove_file(release_id, file_id, actor=request.actor, now=request.now),
        to=_url(release_id),
        said=t("已移出。", "Removed."),
    )


STEPS: dict[str, tuple[Any, Text]] = {
    "submit": (actions.submit_release, t("已送审。", "Sent to review.")),
    "review": (actions.review_release, t("已通过这一道。", "Passed.")),
    "publish": (actions.publish_release, t("已发布。", "Published.")),
}
REASONED: dict[str, tuple[Any, Text]] = {
    "return": (actions.return_release, t("已退回。", "Returned.")),
    "withdraw": (actions.withdraw_release, t("已撤下，原处留有说明。", "Withdrawn; a note stays in its place.")),
}


@staff_page
@require_POST
def release_step(request: Request, release_id: int, step: str) -> HttpResponse:
    """Submit, review, publish; return or withdraw with a reason."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if step in REASONED:
        act, said = REASONED[step]
        return perform(
            request, lambda: act(release_id, reason=request.POST.get("reason", "")[:1000], **who), to=_url(release_id), said=said
        )
    act, said = STEPS[step]
    return perform(request, lambda: act(release_id, **who), to=_url(release_id), said=said)


urlpatterns = [
    path("releases/", release_list, name="releases"),
    path("releases/new/", release_new, name="release-new"),
    path("releases/<int:release_id>/", release_page, name="release"),
    path("releases/<int:release_id>/files/<int:file_id>/", release_file, name="release-file"),
    path("releases/<int:release_id>/files/<int:file_id>/remove/", file_remove, name="release-file-remove"),
    *[path(f"releases/<int:release_id>/{name}/", release_step, {"step": name}, name=f"release-{name}") for name in (*STEPS, *REASONED)],
]
