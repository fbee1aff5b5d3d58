"""Django's name for this package."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    """Minutes."""

    name = "mingtang.minutes"
    label = "minutes"
    default_auto_field = "django.db.models.BigAutoField"
