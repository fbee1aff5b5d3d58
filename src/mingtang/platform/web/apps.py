"""Django's name for this package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web kit."""

    name = "mingtang.platform.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
