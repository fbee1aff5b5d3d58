"""Django's name for this package; installs the reactions and the public acts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands and composition."""

    name = "mingtang.config"
    label = "config"

    def ready(self) -> None:
        """Name the listeners of every event and the acts of the public log, once."""
        from mingtang import reactions  # noqa: PLC0415 - models must be loaded first
        from mingtang.platform import events  # noqa: PLC0415 - see above
        from mingtang.platform.ledger import public  # noqa: PLC0415 - see above

        events.install(reactions.REACTIONS)
        public.install(reactions.LOGGED)
