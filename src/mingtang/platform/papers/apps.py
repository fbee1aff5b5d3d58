"""Django's name for this package."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Templates of official documents."""

    name = "mingtang.platform.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"
