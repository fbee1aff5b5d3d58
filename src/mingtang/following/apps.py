"""Django's name for this package."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    """Following."""

    name = "mingtang.following"
    label = "following"
    default_auto_field = "django.db.models.BigAutoField"
