"""One door for every receipt: opinions, applications for a seat, suggestions of representatives, proposals of a hearing. No account; the code is the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import published as consultations
from mingtang.consultations.portal.receipts import receipt as opinion
from mingtang.consultations.portal.receipts import slip as opinion_slip
from mingtang.hearings import portal as hearings
from mingtang.hearings import published as proposals
from mingtang.minutes import portal as suggestions
from mingtang.minutes import published as minutes
from mingtang.platform.codes import as_code
from mingtang.platform.documents.official import Slip, slip_pdf, slip_text
from mingtang.platform.web.edges import Request, form_page, page
from mingtang.representatives import published as representatives
from mingtang.representatives.portal.applications import application
from mingtang.representatives.portal.applications import slip as application_slip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of receipt: whether a code is one of these, its page, and the receipt as it is printed."""

    knows: Callable[[int, str], bool]
    show: Callable[[Request, str], HttpResponse]
    slip: Callable[[Request, str], Slip | None]


KINDS = (
    Kind(consultations.has_receipt, opinion, opinion_slip),
    Kind(representatives.has_receipt, application, application_slip),
    Kind(minutes.has_receipt, suggestions.suggestion, suggestions.slip),
    Kind(proposals.has_receipt, hearings.proposal, hearings.slip),
)


def _kind(request: Request, code: str) -> Kind | None:
    return next((each for each in KINDS if each.knows(request.government.pk, code)), None)


@form_page
def receipt_find(request: Request) -> HttpResponse:
    """Find a receipt of whatever kind by its code."""
    code = request.GET.get("code", "").strip()[:40]
    if code and _kind(request, as_code(code)):
        return HttpResponseRedirect(reverse("portal:receipt", args=[as_code(code)]))
    return page(request, "portal/receipt_find.html", {"code": code, "missing": bool(code)})


@form_page
def receipt(request: Request, code: str) -> HttpResponse:
    """What became of what was handed in; what may still be done with it."""
    kind = _kind(request, as_code(code))
    if kind is None:
        return page(request, "portal/receipt_find.html", {"code": code, "missing": True}, status=404)
    return kind.show(request, as_code(code))


@form_page
def download(request: Request, code: str, form: str) -> HttpResponse:
    """The receipt as a PDF whose code holds the whole of it, or as text that the verifier reads."""
    kind = _kind(request, as_code(code))
    slip = kind.slip(request, as_code(code)) if kind else None
    if slip is None:
        raise Http404
    if form == "pdf":
        answer = HttpResponse(slip_pdf(slip), content_type="application/pdf")
    else:
        answer = HttpResponse("\ufeff" + slip_text(slip), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slip.number}.{form}"'
    return answer


urlpatterns = [
    path("r/", receipt_find, name="receipt-find"),
    path("r/<str:code>/", receipt, name="receipt"),
    path("r/<str:code>/receipt.pdf", download, {"form": "pdf"}, name="receipt-pdf"),
    path("r/<str:code>/receipt.txt", download, {"form": "txt"}, name="receipt-txt"),
]
