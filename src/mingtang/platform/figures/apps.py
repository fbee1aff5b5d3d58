"""Django's name for this package."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Figures and calendar."""

    name = "mingtang.platform.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
