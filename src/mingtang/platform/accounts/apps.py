"""Django's name for this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Governments, departments, people, roles."""

    name = "mingtang.platform.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
