"""Django's name for this package."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Levels of sign-off."""

    name = "mingtang.platform.signing"
    label = "signing"
    default_auto_field = "django.db.models.BigAutoField"
