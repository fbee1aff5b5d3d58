"""Django's name for this package."""

from django.apps import AppConfig


class RepresentativesConfig(AppConfig):
    """Representatives."""

    name = "mingtang.representatives"
    label = "representatives"
    default_auto_field = "django.db.models.BigAutoField"
