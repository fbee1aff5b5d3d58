"""Applications under their numbers: the list, keying in from paper, one of them with what names it behind a recorded look."""

from __future__ import annotations

import secrets

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.platform.clock import day_of
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell
from mingtang.representatives import actions, forms, policy, published, queries, rules
from mingtang.representatives.workspace.calls import DONE, one, who


@staff_page
def applications(request: Request, call_id: int) -> HttpResponse:
    """Who applied, under numbers, and keying in from paper."""
    row = one(request, call_id)
    asked = published.open_call(request.government.pk, call_id, day_of(request.now))
    form = forms.KeyInForm(request.POST or None, asked=asked, initial={"token": secrets.token_urlsafe(16)}) if asked else None
    if request.method == "POST" and form is not None and form.is_valid():
        given, token = actions.ApplicationIn(**form.given()), form.cleaned_data["token"]
        made = attempt(request, lambda: actions.apply_for_seat(call_id, given, token=token, **who(request)))
        if made:
            tell(request, t("已录入 {n} 号，回执号 {code}。", "Keyed in as number {n}, receipt {code}.", n=made.number, code=made.receipt))
            return HttpResponseRedirect(reverse("workspace:applications", args=[call_id]))
    state = request.GET.get("state", "")
    context = {
        "row": row,
        "page": queries.applications(call_id, state=state, after=request.GET.get("after", "")),
        "state": state,
        "states": rules.APPLICATION.choices,
        "form": form if row.state == "open" else None,
        "may_run": policy.may_run_call(request.actor, row.topic.department_id),
    }
    return page(request, "representatives/workspace/applications.html", context)


@staff_page
def application(request: Request, call_id: int, application_id: int) -> HttpResponse:
    """One application: its answers, whether it is in the draw, and who it is for a stated purpose."""
    policy.may_see(request.actor).require()
    row = queries.application(request.government.pk, application_id)
    form = forms.LeaveOutForm(request.POST if "leave_out" in request.POST else None)
    contact, looked, purpose = None, False, request.POST.get("purpose", "")[:300]
    if request.method == "POST":
        if "look" in request.POST:
            contact = attempt(request, lambda: actions.look_at_applicant(application_id, purpose=purpose, **who(request)))
            looked = request.refused is None
        elif "take_in" in request.POST:
            attempt(request, lambda: actions.take_in(application_id, **who(request)))
        elif form.is_valid():
            attempt(request, lambda: actions.leave_out(application_id, **form.cleaned_data, **who(request)))
        if request.refused is None and not looked and not form.errors:
            tell(request, DONE)
            return HttpResponseRedirect(reverse("workspace:application", args=[call_id, application_id]))
    context = {
        "row": row,
        "form": form,
        "contact": contact,
        "looked": looked,
        "purpose": purpose,
        "past": queries.past_seats([row.pk], request.now.year).get(row.pk, 0),
        "may_run": policy.may_run_call(request.actor, row.call.topic.department_id),
        "may_look": policy.may_see_applicant(request.actor, row.call.topic.department_id),
    }
    return page(request, "representatives/workspace/application.html", context)


urlpatterns = [
    path("calls/<int:call_id>/applications/", applications, name="applications"),
    path("calls/<int:call_id>/applications/<int:application_id>/", application, name="application"),
]
