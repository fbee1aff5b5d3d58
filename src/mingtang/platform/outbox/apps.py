"""Django's name for this package."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The outbox."""

    name = "mingtang.platform.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
