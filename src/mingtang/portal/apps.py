"""Django's name for this package; puts the public links in the head."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public site."""

    name = "mingtang.portal"
    label = "portal"

    def ready(self) -> None:
        """Install the navigation."""
        from mingtang.platform.web.navigation import install_nav  # noqa: PLC0415 - after the apps are loaded
        from mingtang.portal.nav import nav  # noqa: PLC0415 - as above

        install_nav(nav)
