"""Django's name for this package."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    """Hearings and other listening."""

    name = "mingtang.hearings"
    label = "hearings"
    default_auto_field = "django.db.models.BigAutoField"
