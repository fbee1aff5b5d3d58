"""Django's name for this package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The public log."""

    name = "mingtang.platform.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
