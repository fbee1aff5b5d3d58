"""Django's name for this package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "mingtang.platform.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
