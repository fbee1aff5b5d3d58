"""Django's settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from csp.constants import NONE, SELF

from mingtang.config.environment import data_folder, database, link_port, secret_key
from mingtang.platform.identity.provider import provider_of
from mingtang.platform.mailbox.boxes import boxes_in

DATA = data_folder()
SECRET_KEY = secret_key(DATA)
DEBUG = os.environ.get("MINGTANG_DEBUG") == "1"
HTTPS = os.environ.get("MINGTANG_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("MINGTANG_HOSTS", "localhost,127.0.0.1,[::1],.localhost").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if HTTPS]

MINGTANG_LINK_PORT = link_port(os.environ)  # in the links of mails; `mingtang serve --port` changes it

try:
    MINGTANG_RELEASE = version("mingtang")
except PackageNotFoundError:
    MINGTANG_RELEASE = "0"
MINGTANG_IDLE_MINUTES = int(os.environ.get("MINGTANG_IDLE_MINUTES", "30"))
MINGTANG_MAX_UPLOAD_BYTES = int(os.environ.get("MINGTANG_MAX_UPLOAD_BYTES", str(20 * 1024 * 1024)))
MINGTANG_KEYS = Path(os.environ.get("MINGTANG_KEYS", DATA / "keys"))
MINGTANG_LEDGER_ALGORITHM = os.environ.get("MINGTANG_LEDGER_ALGORITHM", "sha256")
MINGTANG_OIDC = provider_of(os.environ)  # who can prove that somebody is one real person; None: nobody is asked
MINGTANG_CLOCK = "django.utils.timezone.now"  # what every request and job takes as now; no environment variable can move it

INSTALLED_APPS = [
    "mingtang.config",
    "mingtang.workspace",
    "mingtang.portal",
    "mingtang.cases",
    "mingtang.oversight",
    "mingtang.following",
    "mingtang.publishing",
    "mingtang.minutes",
    "mingtang.representatives",
    "mingtang.meetings",
    "mingtang.hearings",
    "mingtang.consultations",
    "mingtang.topics",
    "mingtang.platform.accounts",
    "mingtang.platform.audit",
    "mingtang.platform.drawing",
    "mingtang.platform.figures",
    "mingtang.platform.files",
    "mingtang.platform.guard",
    "mingtang.platform.outbox",
    "mingtang.platform.papers",
    "mingtang.platform.web",
    "mingtang.platform.jobs",
    "mingtang.platform.ledger",
    "mingtang.platform.signing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "mingtang.platform.web.middleware.context",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mingtang.platform.web.middleware.actor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mingtang.platform.web.middleware.RefusedMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "mingtang.config.urls"
WSGI_APPLICATION = "mingtang.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(os.environ.get("MINGTANG_DATABASE_URL", ""), DATA)}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "mingtang.platform.web.context.common",
            ],
            "builtins": ["mingtang.platform.web.templatetags.mingtang"],
        },
    },
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o640

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:desk"  # a name, so that whoever signs in in English stays in English
LOGOUT_REDIRECT_URL = "portal:home"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mingtang.platform.web.errors.forbidden"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("MINGTANG_PROXY") == "1" else None
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

EMAIL_BACKEND = os.environ.get("MINGTANG_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("MINGTANG_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("MINGTANG_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MINGTANG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MINGTANG_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("MINGTANG_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MINGTANG_MAIL_FROM", "mingtang@localhost")

MINGTANG_MESSENGER = os.environ.get("MINGTANG_MESSENGER", "")  # text messages: the class of a provider; none when empty
MINGTANG_MESSENGER_FOLDER = Path(os.environ.get("MINGTANG_MESSENGER_FOLDER", DATA / "messages"))  # for the one that writes files

MINGTANG_MAILBOXES = boxes_in(os.environ.get("MINGTANG_IMAP_URL", ""))  # opinions by e-mail; a box prints itself without its password

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MINGTANG_LOG", "WARNING")},
}

# Sign-in: the rest of django-allauth's settings (password rules, lockout, MFA) stands in signin.py.
from mingtang.config.signin import *  # noqa: E402, F403 - Django reads names from this module
