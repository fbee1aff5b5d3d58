"""Django's name for this package."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Consultations."""

    name = "mingtang.consultations"
    label = "consultations"
    default_auto_field = "django.db.models.BigAutoField"
