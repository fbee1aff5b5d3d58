"""Addresses: Chinese at the root, English under /en/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "mingtang.platform.web.errors.bad_request"
handler403 = "mingtang.platform.web.errors.forbidden"
handler404 = "mingtang.platform.web.errors.not_found"
handler500 = "mingtang.platform.web.errors.server_error"

urlpatterns = i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("workspace/", include("mingtang.workspace.urls", namespace="workspace")),
    path("", include("mingtang.portal.urls", namespace="portal")),
    prefix_default_language=False,
)
