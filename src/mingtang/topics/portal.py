"""Public pages of matters: the list, and published documents. The matter page is composed by the portal."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.web.edges import Request, page, public_page
from mingtang.topics import published
from mingtang.topics.rules import FOCUS_LABELS


@page_for("1.2a", title=t("议题目录，按重点领域", "Matters by focus area"), url_name="portal:matters")
@public_page("matters")
def matters(request: Request) -> HttpResponse:
    """All public matters, newest first."""
    words, area = request.GET.get("q", "").strip()[:80], request.GET.get("area", "")
    found, rows = published.matters(request.government.pk, words=words, area=area, after=request.GET.get("after", ""))
    context = {"page": found, "rows": rows, "words": words, "area": area, "areas": FOCUS_LABELS.items()}
    return page(request, "topics/portal/list.html", context)


@public_page("document:{document_id}")
def document(request: Request, document_id: int) -> HttpResponse:
    """Download a published document."""
    found = published.document_file(request.government.pk, document_id)
    if found is None:
        raise Http404
    return file_response(found, inline=True)  # type: ignore[return-value]  # a streaming response


urlpatterns = [
    path("matters/", matters, name="matters"),
    path("documents/<int:document_id>/", document, name="document"),
]
