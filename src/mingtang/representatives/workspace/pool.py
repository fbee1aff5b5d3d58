"""The pool at the desk: list, search and verify; one person; tables brought in; what was forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse

from mingtang.kernel.text import spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.documents.tables import table_lines
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell, ticked
from mingtang.representatives import actions, forms, policy, queries, rules
from mingtang.representatives.queries import Wanted
from mingtang.representatives.workspace.calls import DONE, who
from mingtang.topics import queries as topic_queries
from mingtang.topics.rules import AUDIENCE_LABELS

ENDING = "ending"
STATES = [
    ("listed", rules.POOL.label("listed")),
    ("waiting", rules.POOL.label("waiting")),
    (ENDING, t("已问续期，未答复", "Asked to renew, no answer yet")),
]
STATES += [(code, label) for code, label in rules.POOL.choices if code not in {"listed", "waiting"}]


def wanted(request: Request, *, state: str = "listed") -> Wanted:
    """What the address narrows the list to."""
    given = {name: request.GET.get(name, "").strip()[:40] for name in ("audience", "area", "trade")}
    asked = request.GET.get("state", state)
    return Wanted(state=asked if asked in dict(STATES) else state, words=request.GET.get("q", "").strip()[:40], **given)


@staff_page
def pool(request: Request) -> HttpResponse:
    """The pool, narrowed and searched; adding somebody; verifying those who wait."""
    policy.may_keep_pool(request.actor).require()
    form = forms.PersonForm(request.POST if "add" in request.POST else None)
    if "add" in request.POST and form.is_valid():
        made = attempt(request, lambda: actions.add_representative(**who(request), **form.cleaned_data))
        if made:
            tell(request, t("{name} 已入库。", "{name} is in the pool.", name=made.name))
            return HttpResponseRedirect(reverse("workspace:representatives"))
    asked = wanted(request)
    home, today, after = request.government.pk, day_of(request.now), request.GET.get("after", "")
    found = queries.ending(home, today, after=after) if asked.state == ENDING else queries.pool(home, asked, after=after)
    seats = queries.seats_in(today.year, [each.pk for each in found.rows])
    context = {
        "page": found,
        "form": form,
        "wanted": asked,
        "states": STATES,
        "audiences": AUDIENCE_LABELS.items(),
        "rows": [(each, seats.get(each.pk, 0)) for each in found.rows],
        "most": figures_for(home, today).number("rep.max_repeat_per_year"),
        "year": queries.year_so_far(home, today),
        "may_verify": policy.may_verify_any(request.actor),
        "narrowed": bool(asked.audience or asked.area or asked.trade or asked.words),
    }
    return page(request, "representatives/workspace/pool.html", context)


@staff_page
@require_POST
def verify(request: Request) -> HttpResponse:
    """Verify everybody ticked, all or nobody."""
    ids, said = ticked(request, t("已核验 {n} 人。", "{n} verified."))
    to = f"{reverse('workspace:representatives')}?state=waiting"
    return perform(request, lambda: actions.verify_people(ids, **who(request)), to=to, said=said)


@staff_page
def person(request: Request, representative_id: int) -> HttpResponse:
    """One person of the pool: facts, contact data for a purpose, verifying, renewing, correcting, a conflict, leaving."""
    policy.may_keep_pool(request.actor).require()
    row = queries.person(request.government.pk, representative_id)
    topics = [(each.pk, str(each).replace("|", "")) for each in topic_queries.approved_topics(request.government.pk)[:200]]
    declare = forms.DeclareForm(request.POST if "declare" in request.POST else None, topics=topics)
    said = {name: getattr(row, name) for name in ("name", "unit", "area", "trade", "specialities")}
    correct = forms.DeskCorrectForm(request.POST if "correct" in request.POST else None, initial=said)
    contact, looked, purpose = None, False, request.POST.get("purpose", "")[:300]
    if request.method == "POST" and "look" in request.POST:
        contact = attempt(request, lambda: actions.look_at_contact(representative_id, purpose=purpose, **who(request)))
        looked = request.refused is None
    elif request.method == "POST":
        act = _act(request, representative_id, correct, declare)
        if act and attempt(request, act):
            tell(request, DONE)
            return HttpResponseRedirect(reverse("workspace:representative", args=[representative_id]))
    today = day_of(request.now)
    figures = figures_for(request.government.pk, today)
    context = {
        "row": row,
        "contact": contact,
        "looked": looked,
        "purpose": purpose,
        "reason": request.POST.get("why", ""),
        "correct": correct,
        "declare": declare,
        "consents": queries.consents(representative_id),
        "conflicts": queries.conflicts(representative_id),
        "seats": queries.seats_in(today.year, [row.pk]).get(row.pk, 0),
        "most": figures.number("rep.max_repeat_per_year"),
        "may_contact": policy.may_see_contact(request.actor),
        "may_verify": policy.may_verify(request.actor, row),
        "may_renew": row.state == "lapsed" or (row.state == "listed" and bool(rules.may_renew(row.until_on, today, figures))),
        "live": row.state in rules.LIVE,
    }
    return page(request, "representatives/workspace/person.html", context)


def _act(
    request: Request, representative_id: int, correct: forms.DeskCorrectForm, declare: forms.DeclareForm
) -> Callable[[], object] | None:
    acts: dict[str, Callable[[], Any]] = {
        "verify": lambda: actions.verify_person(representative_id, **who(request)),
        "refuse": lambda: actions.refuse_person(representative_id, reason=request.POST.get("why", "")[:300], **who(request)),
        "renew": lambda: actions.renew_at_desk(representative_id, **who(request)),
        "leave": lambda: actions.leave_pool(representative_id, **who(request)),
    }
    if "correct" in request.POST:
        return (lambda: actions.correct_person(representative_id, correct.given(), **who(request))) if correct.is_valid() else None
    if "declare" in request.POST and declare.is_valid():
        topic = row_id(declare.cleaned_data["topic"]) or 0
        return lambda: actions.enter_conflict(representative_id, topic, reason=declare.cleaned_data["reason"], **who(request))
    return acts.get(next((each for each in acts if each in request.POST), ""))


@staff_page
@require_POST
def link(request: Request, representative_id: int) -> HttpResponse:
    """Send somebody their personal link, and show it as a letter to print."""
    row = attempt(request, lambda: actions.send_link(representative_id, **who(request)))
    if row is None:
        return person(request, representative_id)
    address = request.build_absolute_uri(reverse("portal:pool-mine", args=[row.token]))
    context = {"row": row, "link": address, "qr": segno.make(address, error="m").svg_inline(scale=4)}
    return page(request, "representatives/workspace/pool_link.html", context)


@staff_page
def imports(request: Request) -> HttpResponse:
    """Bring in a table of people; the rows that were not taken can be downloaded."""
    policy.may_keep_pool(request.actor).require()
    form = forms.TableForm(request.POST or None, request.FILES or None)
    batch = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["upload"]
        batch = attempt(request, lambda: actions.import_people(upload, upload.name, **who(request)))
    bad = [(each[-3], each[-1] if spoken_language() == "en" else each[-2]) for each in batch.rejected.get("rows", [])] if batch else []
    context = {
        "form": form,
        "batch": batch,
        "bad": bad[:50],
        "columns": actions.COLUMNS.values(),
        "imports": queries.imports(request.government.pk),
    }
    return page(request, "representatives/workspace/pool_import.html", context)


@staff_page
def rejected(request: Request, import_id: int) -> HttpResponse:
    """The rows of a table that were not taken, each with what is wrong, to mend and bring again."""
    policy.may_keep_pool(request.actor).require()
    batch = queries.one_import(request.government.pk, import_id)
    english = spoken_language() == "en"
    head = [*batch.rejected.get("head", []), str(t("行", "row")), str(t("问题", "problem"))]
    rows = ([*each[:-2], each[-1] if english else each[-2]] for each in batch.rejected.get("rows", []))
    answer = StreamingHttpResponse(table_lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejected-{batch.pk}.csv"'
    return answer  # type: ignore[return-value]  # a streaming response


@staff_page
def forgotten(request: Request) -> HttpResponse:
    """What was forgotten, how many and why."""
    policy.may_see(request.actor).require()
    figures = figures_for(request.government.pk, day_of(request.now))
    context = {
        "page": queries.forgotten(request.government.pk, after=request.GET.get("after", "")),
        "days": figures.number("pii.retain_days_unselected"),
        "years": figures.number("pii.retain_years_reps"),
    }
    return page(request, "representatives/workspace/forgotten.html", context)


R = "representatives/"
urlpatterns = [
    path(R, pool, name="representatives"),
    path(f"{R}verify/", verify, name="representatives-verify"),
    path(f"{R}import/", imports, name="representatives-import"),
    path(f"{R}import/<int:import_id>/rejected.csv", rejected, name="representatives-rejected"),
    path(f"{R}forgotten/", forgotten, name="representatives-forgotten"),
    path(f"{R}<int:representative_id>/", person, name="representative"),
    path(f"{R}<int:representative_id>/link/", link, name="representative-link"),
]
