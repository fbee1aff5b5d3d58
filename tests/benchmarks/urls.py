"""The product's addresses and the references: a trivial view, and the same answer in front of every middleware."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from mingtang.config import urls as product

TRIVIAL, BARE = "benchmark/trivial/", "/benchmark/bare/"
WORDS = "明堂".encode()


@csrf_exempt
def trivial(_request: HttpRequest) -> HttpResponse:
    """A view that does nothing, behind all of the product's middleware."""
    return HttpResponse(WORDS)


def bare(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The same answer before any middleware of the product: what server and Django cost alone."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        return HttpResponse(WORDS, headers={"Content-Length": len(WORDS)}) if request.path == BARE else get_response(request)

    return handle


handler400, handler403, handler404, handler500 = product.handler400, product.handler403, product.handler404, product.handler500
urlpatterns = [path(TRIVIAL, trivial), *product.urlpatterns]
