"""Django's name for this package."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files."""

    name = "mingtang.platform.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
