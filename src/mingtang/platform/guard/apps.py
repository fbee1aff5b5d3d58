"""Django's name for this package."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """The publish guard."""

    name = "mingtang.platform.guard"
    label = "guard"
    default_auto_field = "django.db.models.BigAutoField"
