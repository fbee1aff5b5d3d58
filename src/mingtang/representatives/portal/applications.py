"""The receipt of an application: where it stands, how it is printed, withdrawing it; shown under the common door ``/r/CODE``."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.platform.actor import stranger
from mingtang.platform.clock import CHINA
from mingtang.platform.codes import as_code
from mingtang.platform.documents.official import Slip
from mingtang.platform.slips import code_on_page, slip_of
from mingtang.platform.web.edges import Request, attempt, form_page, page
from mingtang.platform.web.throttle import may_pass
from mingtang.representatives import actions, published


@form_page
def application(request: Request, code: str) -> HttpResponse:
    """Where I stand, and withdrawing; with the receipt and nothing else."""
    view = published.application(request.government.pk, as_code(code))
    if view is None:
        raise Http404
    if request.method == "POST":
        done = attempt(request, lambda: _withdraw(request, code))
        if done:
            return HttpResponseRedirect(reverse("portal:receipt", args=[view.receipt]))
    context = {"view": view, "fresh": "new" in request.GET, **code_on_page(request, view.receipt, view.line)}
    return page(request, "representatives/portal/application.html", context)


def _withdraw(request: Request, code: str) -> Any:
    may_pass(request, "receipt", "opinion.receipt_per_hour", of=f"{request.government.pk}:{as_code(code)}").require()
    return actions.withdraw_application(code, actor=stranger(request.government.pk), now=request.now)


def slip(request: Request, code: str) -> Slip | None:
    """The receipt as it is printed; None when no application has this code. It names nobody: the number is what the list shows."""
    view = published.application(request.government.pk, as_code(code))
    if view is None:
        return None
    rows = [
        (t("您的编号", "Your number"), view.number),
        (t("征集", "Call"), view.call.replace("|", "")),
        *((label, str(word)) for label, word in view.said),
        (t("收到", "Received"), f"{view.applied_at.astimezone(CHINA):%Y-%m-%d %H:%M}"),
    ]
    foot = t(
        "公布的名单上只有编号。凭回执号随时可以查看是否入选、候补第几位，也可以撤回，不必登录。",
        "The published list has numbers only. With this receipt you can always see whether you were drawn, and withdraw; no account is needed.",
    )
    title = t("报名回执", "Receipt of an application")
    return slip_of(request, view.receipt, title, rows, foot, at=view.applied_at, line=view.line, fingerprint=view.fingerprint)


@form_page
def moved(_request: Request, code: str = "") -> HttpResponse:
    """The address of receipts printed earlier: what stands behind ``#`` goes along."""
    known = as_code(code)
    return HttpResponseRedirect(reverse("portal:receipt", args=[known]) if known else reverse("portal:receipt-find"))


urlpatterns = [
    path("applications/", moved, name="application-find"),
    path("applications/<str:code>/", moved, name="application"),
]
