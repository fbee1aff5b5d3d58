"""Django's name for this package."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """Matters."""

    name = "mingtang.topics"
    label = "topics"
    default_auto_field = "django.db.models.BigAutoField"
