"""Django's name for this package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Case folders."""

    name = "mingtang.cases"
    label = "cases"
