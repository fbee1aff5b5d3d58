"""The moderation queue: showing, proposing, confirming, appeals; parts blacked out on an opinion's own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, published, queries
from mingtang.consultations.rules import CHANNEL_LABELS, VERDICT_LABELS, WITHHOLD_LABELS
from mingtang.consultations.rules.masking import sentences
from mingtang.consultations.rules.moderation import confirm_by, takes_two
from mingtang.consultations.rules.opinions import ERASE_CLAUSES, may_restore
from mingtang.consultations.rules.pointing import takes_points
from mingtang.consultations.rules.replies import may_add_words
from mingtang.kernel.text import Text, t
from mingtang.platform.clock import day_of
from mingtang.platform.codes import as_code
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell, ticked_ids

SAID: dict[str, Callable[[int], Text]] = {
    "show": lambda n: t("已显示 {n} 条。", "{n} shown.", n=n),
    "propose": lambda n: t("{n} 条已提出不显示，等另一人确认。", "{n} proposed to be withheld; somebody else confirms.", n=n),
    "alone": lambda n: t("{n} 条不显示，原处留有说明。", "{n} withheld; a note stands in their place.", n=n),
    "hide": lambda n: t("{n} 条已先行隐藏，等另一人确认。", "{n} hidden at once; somebody else confirms.", n=n),
    "confirm": lambda n: t("{n} 条不显示，原处留有说明。", "{n} withheld; a note stands in their place.", n=n),
    "dismiss": lambda n: t("驳回 {n} 条，照常显示。", "{n} rejected and shown.", n=n),
}


def _filters(request: Request) -> queries.QueueFilters:
    given = request.POST if request.method == "POST" else request.GET
    first = "received" if policy.may_moderate_any(request.actor) else "appeals"
    state, code, channel = given.get("state", first), given.get("reason", ""), given.get("channel", "")
    return queries.QueueFilters(
        state if state in queries.QUEUES else first,
        code if code in WITHHOLD_LABELS else "",
        channel if channel in CHANNEL_LABELS else "",
        flagged=bool(given.get("flagged")),
        marked=bool(given.get("marked")),
        words=given.get("q", "").strip()[:80],
    )


@staff_page
def moderation(request: Request, consultation_id: int) -> HttpResponse:
    """The queue: what waits, what was proposed, what is appealed against, what is shown and withheld."""
    return _queue(request, consultation_id, forms.WithholdForm())


def _queue(request: Request, consultation_id: int, form: forms.WithholdForm, ticked: Sequence[int] = ()) -> HttpResponse:
    policy.may_see_queue(request.actor).require()
    row, filters = queries.get(request.actor.government_id, consultation_id), _filters(request)
    figures = figures_for(row.government_id, day_of(request.now))
    found = queries.queue(row.pk, filters, after=request.GET.get("after", ""))
    sizes = queries.queue_sizes(queries.tallies(row.pk))
    late = {each.pk for each in found if each.state == "hidden" and request.now > confirm_by(each.withholding.proposed_at, figures)}
    context = {
        "row": row,
        "filters": filters,
        "queues": [(key, label, sizes[key]) for key, label in queries.QUEUES.items()],
        "reasons": WITHHOLD_LABELS.items(),
        "channels": CHANNEL_LABELS.items(),
        "page": found,
        "form": form,
        "ticked": ticked,
        "late": late,
        "by_two": takes_two(figures),
        "hours": figures.number("moderation.confirm_hours"),
        "may": bool(policy.may_moderate_any(request.actor)),
        "needs_verdict": not may_restore(row.state),
        "verdicts": VERDICT_LABELS.items(),
        "typed": request.POST,
    }
    return page(request, "consultations/workspace/moderation.html", context)


@staff_page
@require_POST
def moderate(request: Request, consultation_id: int) -> HttpResponse:
    """Show, propose, hide, confirm or reject the chosen opinions; a refusal keeps what was ticked and typed."""
    ids = ticked_ids(request, "opinion")
    url = f"{reverse('workspace:opinions', args=[consultation_id])}?state={_filters(request).state}"
    if not ids:
        tell(request, t("没有选中意见。请先勾选。", "Nothing is selected. Tick some first."))
        return HttpResponseRedirect(url)
    queries.get(request.actor.government_id, consultation_id)
    done = attempt(request, lambda: _decide(request, consultation_id, ids))
    if done is None:
        return _queue(request, consultation_id, forms.WithholdForm(initial=request.POST.dict()), ids)
    return HttpResponseRedirect(url)


def _decide(request: Request, consultation_id: int, ids: list[int]) -> int:
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    given = request.POST
    if "show" in given:
        step, n = "show", actions.show_opinions(consultation_id, ids, **who)
    elif "confirm" in given:
        step, n = "confirm", actions.confirm_withholding(consultation_id, ids, **who)
    elif "dismiss" in given:
        step, n = "dismiss", actions.dismiss_withholding(consultation_id, ids, reason=given.get("why", "")[:300], **who)
    else:
        at_once = "hide" in given
        kept = as_code(given.get("kept", "")[:40])
        reason: dict[str, Any] = {"code": given.get("code", ""), "note": given.get("note", "")[:300], "kept": kept}
        n = actions.propose_withholding(consultation_id, ids, at_once=at_once, **reason, **who)
        two = takes_two(figures_for(request.actor.government_id, day_of(request.now)))
        step = ("hide" if at_once else "propose") if two else "alone"
    tell(request, SAID[step](n))
    return n


@staff_page
@require_POST
def restore(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Show again what was withheld."""
    url = reverse("workspace:opinions", args=[consultation_id]) + "?state=withheld"
    return perform(
        request,
        lambda: actions.restore_opinion(opinion_id, actor=request.actor, now=request.now, reason=request.POST.get("reason", "")[:300]),
        to=url,
        said=t("已恢复显示。", "Shown again."),
    )


@staff_page
@require_POST
def erase(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Destroy the words of a withheld opinion that may not be kept."""
    return perform(
        request,
        lambda: actions.erase_opinion(opinion_id, actor=request.actor, now=request.now, reason=request.POST.get("reason", "")[:300]),
        to=reverse("workspace:opinions", args=[consultation_id]) + "?state=withheld",
        back=reverse("workspace:opinion", args=[consultation_id, opinion_id]),
        said=t("原文已清除，总账里留有说明。", "The words are erased; the log keeps a note of it."),
    )


@staff_page
@require_POST
def appeal(request: Request, consultation_id: int, appeal_id: int) -> HttpResponse:
    """Decide an appeal; a refusal keeps the reason."""
    given, restores = request.POST, "grant" in request.POST
    queries.get(request.actor.government_id, consultation_id)
    done = attempt(
        request,
        lambda: actions.decide_appeal(
            appeal_id,
            actor=request.actor,
            now=request.now,
            restore=restores,
            reason=given.get("why", "")[:1000],
            verdict=given.get("verdict", ""),
        ),
    )
    if done is None:
        return _queue(request, consultation_id, forms.WithholdForm())
    tell(request, t("申诉已答复，提出人会看到理由。", "The appeal is decided; its author sees the reason."))
    return HttpResponseRedirect(reverse("workspace:opinions", args=[consultation_id]) + "?state=appeals")


def opinion_page(request: Request, found: Any) -> HttpResponse:
    """One opinion as it was given: what was blacked out, every proposal on it, other opinions by the same person."""
    department = found.consultation.topic.department_id
    context = {
        "row": found.consultation,
        "opinion": found,
        "may_contact": policy.may_see_contact(request.actor, department),
        "may_erase": found.text and found.withheld_code in ERASE_CLAUSES and policy.may_moderate(request.actor, found),
        "passage": published.passage_of(found),
        "may_moderate": policy.may_moderate(request.actor, found),
        "history": queries.history(found),
        "placed": queries.history_of(found.pk),
        "same": queries.same_person(found),
        "sentences": sentences(found.text),
        "chosen": request.POST.getlist("sentence"),
        "form": forms.MaskForm(initial=request.POST.dict()),
        "may_prepare": policy.may_prepare(request.actor, department),
        "points": queries.points_at(found),
        "point_form": {name: request.POST.get(name, "") for name in ("point_quote", "point_title", "point_group")},
        "seen": queries.last_number(found.consultation_id),
        "groups": [each for each in queries.group_choices(found.consultation_id) if each[0] != found.group_id],
        "may_point": takes_points(found.consultation.state, found.state),
        "own": may_add_words(found.consultation.state, "", grouped=found.group_id is not None),
        "own_form": forms.OwnReplyForm(initial={"text": request.POST.get("text", found.own_reply)}, auto_id="own_%s"),
    }
    return page(request, "consultations/workspace/opinion.html", context)


@staff_page
@require_POST
def mask(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Black out the chosen sentences and the quoted words."""
    quotes = [*request.POST.getlist("sentence"), request.POST.get("quote", "")]
    act: dict[str, Any] = {"actor": request.actor, "now": request.now, "code": request.POST.get("code", "")}
    found = queries.opinion(request.actor, consultation_id, opinion_id)
    done = attempt(request, lambda: actions.mask_parts(found.pk, quotes, **act))
    if done is None:
        return opinion_page(request, found)
    tell(request, t("已遮盖 {n} 处，原文保留。", "{n} parts blacked out; the original stays.", n=len(done)))
    return HttpResponseRedirect(reverse("workspace:opinion", args=[consultation_id, opinion_id]))


@staff_page
@require_POST
def unmask(request: Request, consultation_id: int, opinion_id: int, mask_id: int) -> HttpResponse:
    """Take one blacking out back."""
    return perform(
        request,
        lambda: actions.unmask_part(mask_id, actor=request.actor, now=request.now),
        to=reverse("workspace:opinion", args=[consultation_id, opinion_id]),
        said=t("已取消遮盖。", "Shown again."),
    )


urlpatterns = [
    path("consultations/<int:consultation_id>/opinions/", moderation, name="opinions"),
    path("consultations/<int:consultation_id>/opinions/moderate/", moderate, name="opinions-moderate"),
    path("consultations/<int:consultation_id>/opinions/appeals/<int:appeal_id>/", appeal, name="opinion-appeal"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/restore/", restore, name="opinion-restore"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/erase/", erase, name="opinion-erase"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/mask/", mask, name="opinion-mask"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/masks/<int:mask_id>/undo/", unmask, name="opinion-unmask"),
]
