"""Public pages of calls: the list, one call with its draw, the form, the file for notaries."""

from __future__ import annotations

import secrets
from typing import Any

import segno
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.actor import stranger
from mingtang.platform.clock import day_of
from mingtang.platform.drawing.showing import json_file
from mingtang.platform.web.edges import Request, attempt, form_page, page, public_page
from mingtang.platform.web.throttle import may_pass
from mingtang.representatives import actions, forms, published


@page_for("2.2a", "3.2c", title=t("代表征集和抽签", "Calls and draws"), url_name="portal:calls")
@public_page("calls")
def call_list(request: Request) -> HttpResponse:
    """Every published call, newest first: the history of draws."""
    found, rows = published.calls(request.government.pk, day_of(request.now), after=request.GET.get("after", ""))
    return page(request, "representatives/portal/calls.html", {"page": found, "rows": rows})


@page_for(
    "3.2c", title=t("征集公告、名额、冻结的名单和抽签结果", "The call, its quotas, what was frozen, what came out"), url_name="portal:calls"
)
@public_page("call:{call_id}")
def call(request: Request, call_id: int) -> HttpResponse:
    """One call: quotas and applicants, what was frozen, the outcome with its explanation."""
    view = published.call(request.government.pk, call_id, day_of(request.now))
    if view is None:
        raise Http404
    return page(request, "representatives/portal/call.html", {"view": view, "draw": view.draw, "seats": published.seats_of(view.topic_id)})


@public_page("call:{call_id}")
def draw_file(request: Request, call_id: int, number: int) -> HttpResponse:
    """The draw as one file: what was frozen, its entries in the log, the outcome."""
    found = published.draw_file(request.government.pk, call_id, number)
    if found is None:
        raise Http404
    return json_file(found, f"draw-{call_id}-{number}.json")


@form_page
def apply_page(request: Request, call_id: int) -> HttpResponse:
    """Apply without an account; the receipt is the only key."""
    asked = published.open_call(request.government.pk, call_id, day_of(request.now))
    if asked is None:
        raise Http404
    form = forms.ApplyForm(request.POST or None, asked=asked, initial={"token": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        done = attempt(request, lambda: _apply(request, call_id, form))
        if done:
            return HttpResponseRedirect(f"{reverse('portal:receipt', args=[done.receipt])}?new=1")
    return page(request, "representatives/portal/apply.html", {"asked": asked, "form": form})


def _apply(request: Request, call_id: int, form: forms.ApplyForm) -> Any:
    may_pass(request, "apply", "rep.apply_per_hour").require()
    given = actions.ApplicationIn(**form.given())
    token = form.cleaned_data["token"]
    return actions.apply_for_seat(call_id, given, actor=stranger(request.government.pk), now=request.now, token=token)


@public_page("call:{call_id}")
def paper_form(request: Request, call_id: int) -> HttpResponse:
    """The same questions on paper, with the code that leads to the form; the desk keys it in."""
    asked = published.open_call(request.government.pk, call_id, day_of(request.now))
    if asked is None:
        raise Http404
    link = request.build_absolute_uri(reverse("portal:call-apply", args=[call_id]))
    context = {"asked": asked, "link": link, "qr": segno.make(link, error="m").svg_inline(scale=3), "consent": published.CONSENT_WORDS}
    return page(request, "representatives/portal/call_form.html", context)


urlpatterns = [
    path("calls/", call_list, name="calls"),
    path("calls/<int:call_id>/", call, name="call"),
    path("calls/<int:call_id>/apply/", apply_page, name="call-apply"),
    path("calls/<int:call_id>/form/", paper_form, name="call-form"),
    path("calls/<int:call_id>/draw-<int:number>.json", draw_file, name="draw-file"),
]
