"""Django's name for this package."""

from django.apps import AppConfig


class DrawingConfig(AppConfig):
    """Draws anybody can repeat."""

    name = "mingtang.platform.drawing"
    label = "drawing"
    default_auto_field = "django.db.models.BigAutoField"
