"""Reaching people: a poster, a form on paper, a card for other sites, a page that offers all of it."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt

from mingtang.consultations import published
from mingtang.consultations.published.consulting import ConsultationView
from mingtang.consultations.published.drafting import versions
from mingtang.consultations.published.posters import plain_card_of, poster_of, sheet_of
from mingtang.consultations.published.reaching import sheet_code
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.documents.official import PaperSize, plain_pdf, poster_pdf, sheet_pdf
from mingtang.platform.web.edges import Request, page, public_page

SIZES: dict[str, PaperSize] = {"a4": "a4", "a3": "a3"}


def _view(request: Request, consultation_id: int, *, still_open: bool = False) -> ConsultationView:
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None or view.cancelled_at or (still_open and not view.row.is_open):
        raise Http404
    return view


@page_for("2.1c", title=t("海报、纸质意见表和订阅", "Poster, paper form and feeds"), url_name="portal:consultations")
@public_page("consultation:{consultation_id}")
def spread(request: Request, consultation_id: int) -> HttpResponse:
    """What helps others to hear of it: poster, form, a card for other sites."""
    view = _view(request, consultation_id)
    card = request.build_absolute_uri(reverse("portal:consultation-card", args=[consultation_id]))
    title = escape(view.row.title.replace("|", ""))
    code = f'<iframe src="{card}" title="{title}" width="360" height="260" loading="lazy"></iframe>'
    context = {"view": view, "code": code, "card": card, "sheet": sheet_code(request.government.code_prefix, consultation_id)}
    return page(request, "consultations/portal/spread.html", context)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # the library types its values narrower than it takes them
@public_page("consultation:{consultation_id}")
def card(request: Request, consultation_id: int) -> HttpResponse:
    """A small page other sites may frame: no script, no cookie, nothing to type."""
    return page(request, "consultations/portal/card.html", {"view": _view(request, consultation_id)})


@public_page("consultation:{consultation_id}")
def poster(request: Request, consultation_id: int, size: str) -> HttpResponse:
    """The poster as PDF on A4 or A3, while opinions are taken."""
    if size not in SIZES:
        raise Http404
    view = _view(request, consultation_id, still_open=True)
    link = request.build_absolute_uri(reverse("portal:consultation", args=[consultation_id]))
    made = poster_of(view, str(request.government), link)
    return _pdf(poster_pdf(made, SIZES[size]), f"poster-{consultation_id}-{size}.pdf")


@public_page("consultation:{consultation_id}")
def plain(request: Request, consultation_id: int) -> HttpResponse:
    """The draft in plain words on one sheet as PDF; it stays after the closing, as what was told then."""
    view = _view(request, consultation_id)
    link = request.build_absolute_uri(reverse("portal:consultation", args=[consultation_id]))
    newest = max((each.number for each in versions(consultation_id)), default=1)
    return _pdf(plain_pdf(plain_card_of(view, str(request.government), newest, link)), f"plain-{consultation_id}-v{newest}.pdf")


@public_page("consultation:{consultation_id}")
def sheet(request: Request, consultation_id: int) -> HttpResponse:
    """The form on paper as PDF: a box for each clause and stance, lines to write on, the code of this draft."""
    view = _view(request, consultation_id, still_open=True)
    link = request.build_absolute_uri(reverse("portal:opinion-new", args=[consultation_id]))
    made = sheet_of(view, str(request.government), sheet_code(request.government.code_prefix, consultation_id), link)
    return _pdf(sheet_pdf(made), f"form-{consultation_id}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


C = "consultations/<int:consultation_id>/"
urlpatterns = [
    path(f"{C}spread/", spread, name="consultation-spread"),
    path(f"{C}card/", card, name="consultation-card"),
    path(f"{C}poster-<slug:size>.pdf", poster, name="consultation-poster"),
    path(f"{C}plain.pdf", plain, name="consultation-plain"),
    path(f"{C}form.pdf", sheet, name="consultation-form"),
]
