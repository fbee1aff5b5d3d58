"""The settings of the journeys: the product's own, with a clock that can be moved and mail that lands in a folder."""

from __future__ import annotations

import os

from mingtang.config.settings import *  # noqa: F403 - Django reads names from this module
from mingtang.config.settings import DATA
from mingtang.platform.identity.provider import provider_of

MINGTANG_CLOCK = "tests.journeys.clock.now"
MINGTANG_IDLE_MINUTES = 10**6  # the clock jumps by weeks; being signed out when idle is tested without a browser
MINGTANG_OIDC = provider_of(  # one on this machine, which the product's own settings refuse
    {name.removeprefix("JOURNEY_"): value for name, value in os.environ.items() if name.startswith("JOURNEY_")}, loopback=True
)
ROOT_URLCONF = "tests.journeys.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
if "JOURNEY_SMTP" in os.environ:  # mail goes to a server the journey listens at
    EMAIL_BACKEND, EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", int(os.environ["JOURNEY_SMTP"])
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
