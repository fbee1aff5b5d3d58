"""Django's name for this package; finds every capability's ``jobs`` module."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class JobsConfig(AppConfig):
    """Jobs."""

    name = "mingtang.platform.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the ``jobs`` modules so that they register themselves."""
        for app in apps.get_app_configs():
            if app.name.startswith("mingtang.") and app.name != self.name and find_spec(f"{app.name}.jobs"):
                import_module(f"{app.name}.jobs")
