"""Django's name for this package."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Oversight."""

    name = "mingtang.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
