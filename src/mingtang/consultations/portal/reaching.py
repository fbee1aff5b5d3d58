"""Reaching people: a poster, a form on paper, a card for other sites, a page that offers all of it."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from mingtang.consultations import published
from mingtang.consultations.published.consulting import ConsultationView
from mingtang.consultations.published.reaching import asks, sheet_code, ways_in
from mingtang.consultations.rules import STANCE_LABELS
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import PaperSize, Poster, Sheet, poster_pdf, sheet_pdf
from mingtang.platform.web.edges import Request, page, public_page

SIZES: dict[str, PaperSize] = {"a4": "a4", "a3": "a3"}
TICKED = ("for", "against", "change")


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
    title = view.row.title.replace("|", "").replace("&", "&amp;").replace('"', "&quot;")
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
    made = Poster(
        kind=str(t("征求意见", "Have your say")),
        title=view.row.title,
        issuer=f"{request.government}　{view.row.department}",
        words=view.summary,
        asks_label=str(t("想听您说说", "We would like to hear")),
        asks=asks(view.questions)[:3],
        scan=str(t("扫码看草案、提意见，不用注册", "Scan to read the draft and say what you think; no account needed")),
        until=str(t("{day} 24:00 截止", "Until {day} 24:00", day=view.row.closes_on)),
        ways_label=str(t("也可以这样提", "Or in one of these ways")),
        ways=ways_in(view.ways, view.contact)[:4],
        foot=str(
            t(
                "每条意见都有回执号；采不采纳、为什么，{day} 前公布。",
                "Every opinion gets a receipt. What was adopted and why not is published by {day}.",
                day=view.row.report_due,
            )
        ),
        link=link,
        issued_on=day_of(view.opened_at),
        language=spoken_language(),
    )
    return _pdf(poster_pdf(made, SIZES[size]), f"poster-{consultation_id}-{size}.pdf")


@public_page("consultation:{consultation_id}")
def sheet(request: Request, consultation_id: int) -> HttpResponse:
    """The form on paper as PDF: a box for each clause and stance, lines to write on, the code of this draft."""
    view = _view(request, consultation_id, still_open=True)
    made = Sheet(
        title=str(t("意见表：{x}", "Opinion form: {x}", x=view.row.title.replace("|", ""))),
        issuer=f"{request.government}　{view.row.department}",
        code=sheet_code(request.government.code_prefix, consultation_id),
        how=str(
            t("填好后交到下列任一处；扫右边的码也可以在手机上提。", "Hand it in at any place below, or scan the code to use your phone.")
        ),
        clauses_label=str(t("逐条勾选（可不填）", "Clause by clause (optional)")),
        clause_label=str(t("条款", "Clause")),
        clauses=tuple((each.label, each.heading or each.text[:18]) for each in view.clauses),
        stances=tuple(str(STANCE_LABELS[each]) for each in TICKED),
        asks_label=str(t("想听您说说", "We would like to hear")),
        asks=asks(view.questions),
        words_label=str(t("我的意见", "What I think")),
        words_hint=str(t("写清哪一条、怎样改、为什么。", "Say which clause, what to change and why.")),
        who_label=str(t("联系方式（可不填）", "How to reach you (optional)")),
        who_hint=str(
            t(
                "只用于回执和答复，不公开，办结后删除；请勿写身份证号。",
                "Used for receipt and answer only, never published, deleted afterwards; please give no ID number.",
            )
        ),
        who=(str(t("姓名　", "Name  ")), str(t("电话或邮箱　", "Phone or e-mail  "))),
        consent=str(t("同意公开意见文字（不公开姓名）", "My words may be published (my name is not)")),
        until=str(t("{day} 24:00 截止", "Until {day} 24:00", day=view.row.closes_on)),
        ways=ways_in(view.ways, view.contact),
        office=str(
            t(
                "（工作人员填写）表号：　　　　　　回执号：　　　　　　　　录入人：　　　　　　　　日期：",
                "(Office) form number:                receipt:                    keyed in by:                    on:",
            )
        ),
        link=request.build_absolute_uri(reverse("portal:opinion-new", args=[consultation_id])),
        issued_on=day_of(view.opened_at),
        language=spoken_language(),
    )
    return _pdf(sheet_pdf(made), f"form-{consultation_id}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


C = "consultations/<int:consultation_id>/"
urlpatterns = [
    path(f"{C}spread/", spread, name="consultation-spread"),
    path(f"{C}card/", card, name="consultation-card"),
    path(f"{C}poster-<slug:size>.pdf", poster, name="consultation-poster"),
    path(f"{C}form.pdf", sheet, name="consultation-form"),
]
