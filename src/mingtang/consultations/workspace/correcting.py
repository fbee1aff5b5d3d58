"""Correcting a published report: asking for a change, approving or refusing it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries
from mingtang.kernel.text import t
from mingtang.platform.codes import row_id
from mingtang.platform.guard.looking import standing
from mingtang.platform.jobs.reads import letters
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell


@staff_page
def correction_new(request: Request, consultation_id: int) -> HttpResponse:
    """A published answer of a group or of one opinion, to be changed in the open."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    group_id, opinion_id = row_id(request.GET.get("group", "")), row_id(request.GET.get("opinion", ""))
    target = queries.answered(row.pk, group_id, opinion_id)
    if target is None:
        tell(request, t("没有这样的答复。", "There is no such answer."))
        return HttpResponseRedirect(reverse("workspace:report", args=[row.pk]))
    form = forms.CorrectionForm(request.POST or None, initial=queries.answer_of(target))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        why, of = data.pop("why"), {"group_id": group_id, "opinion_id": opinion_id}
        answer = actions.AnswerIn(**data)
        made = attempt(request, lambda: actions.ask_correction(row.pk, actor=request.actor, now=request.now, answer=answer, why=why, **of))
        if made:
            tell(request, t("更正已送区政府办批准，批准前公众页面不变。", "Sent to the office; the public page stays as it is until then."))
            return HttpResponseRedirect(reverse("workspace:correction", args=[row.pk, made.pk]))
    return page(request, "consultations/workspace/correction_new.html", {"row": row, "target": target, "form": form})


@staff_page
def correction(request: Request, consultation_id: int, correction_id: int) -> HttpResponse:
    """One correction: old and new side by side, the decision on it."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    made = queries.correction(row.pk, correction_id)
    if made is None:
        tell(request, t("没有这项更正。", "There is no such correction."))
        return HttpResponseRedirect(reverse("workspace:report", args=[row.pk]))
    waiting = made.state == "waiting"
    context = {
        "row": row,
        "made": made,
        "may": policy.may_decide_correction(request.actor, made) if waiting else None,
        "letters": letters("corrected", made.pk) if made.state == "published" else None,
        "guard": standing(queries.correction_material(row.government_id, made.pk), request.now) if waiting else None,
    }
    return page(request, "consultations/workspace/correction.html", context)


@staff_page
@require_POST
def correction_publish(request: Request, consultation_id: int, correction_id: int) -> HttpResponse:
    """Approve and publish."""
    return perform(
        request,
        lambda: actions.publish_correction(correction_id, actor=request.actor, now=request.now),
        to=reverse("workspace:correction", args=[consultation_id, correction_id]),
        said=t("更正已公布，报告有了新版本。", "Published; the report has a new version."),
    )


@staff_page
@require_POST
def correction_refuse(request: Request, consultation_id: int, correction_id: int) -> HttpResponse:
    """Refuse with a reason."""
    reason = request.POST.get("reason", "")[:500]
    return perform(
        request,
        lambda: actions.refuse_correction(correction_id, actor=request.actor, now=request.now, reason=reason),
        to=reverse("workspace:correction", args=[consultation_id, correction_id]),
        said=t("未批准，原答复不变。", "Refused; the answer stands."),
    )


BASE = "consultations/<int:consultation_id>/report/"
urlpatterns = [
    path(f"{BASE}correct/", correction_new, name="correction-new"),
    path(f"{BASE}corrections/<int:correction_id>/", correction, name="correction"),
    path(f"{BASE}corrections/<int:correction_id>/publish/", correction_publish, name="correction-publish"),
    path(f"{BASE}corrections/<int:correction_id>/refuse/", correction_refuse, name="correction-refuse"),
]
