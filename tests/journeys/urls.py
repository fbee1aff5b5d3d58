"""The product's addresses and one that fails, so that the page for our own faults can be looked at."""

from __future__ import annotations

from typing import NoReturn

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest
from django.urls import path

from mingtang.config import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def fault(_request: HttpRequest) -> NoReturn:
    """A fault of ours."""
    msg = "a fault on purpose"
    raise RuntimeError(msg)


urlpatterns = [*i18n_patterns(path("fault/", fault), prefix_default_language=False), *urls.urlpatterns]
