"""The library of results and decisions."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.web.edges import Request, page, public_page
from mingtang.publishing import published
from mingtang.publishing.rules import KIND_LABELS


@page_for("2.3a", "2.3e", title=t("结果与决定库", "Results and decisions"), url_name="portal:results")
@public_page("results")
def results(request: Request) -> HttpResponse:
    """Everything published after meetings, newest first."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:80]
    found, rows = published.results(request.government.pk, kind=kind, words=words, after=request.GET.get("after", ""))
    return page(
        request, "publishing/portal/results.html", {"page": found, "rows": rows, "kind": kind, "words": words, "kinds": KIND_LABELS.items()}
    )


@page_for(
    "2.3a",
    "2.3c",
    "2.3e",
    "2.3f",
    title=t("结果、决定、解读和改进", "Result, decision, interpretation, improvement"),
    url_name="portal:results",
)
@public_page("release:{release_id}", "results")
def release(request: Request, release_id: int) -> HttpResponse:
    """One release."""
    found = published.release(request.government.pk, release_id)
    if found is None:
        raise Http404
    return page(request, "publishing/portal/release.html", {"view": found})


@public_page("release:{release_id}")
def release_file(request: Request, release_id: int, file_id: int) -> HttpResponse:
    """A document of a release."""
    found = published.release_file(request.government.pk, release_id, file_id)
    if found is None:
        raise Http404
    return file_response(found, inline=True)  # type: ignore[return-value]  # a streaming response


urlpatterns = [
    path("results/", results, name="results"),
    path("results/<int:release_id>/", release, name="release"),
    path("results/<int:release_id>/files/<int:file_id>/", release_file, name="release-file"),
]
