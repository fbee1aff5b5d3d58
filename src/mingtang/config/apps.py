"""Django's name for this package; installs the reactions, the public acts and what belongs to an export."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands and composition."""

    name = "mingtang.config"
    label = "config"

    def ready(self) -> None:
        """Name the listeners of every event, the acts of the public log and what belongs to an export, once."""
        from mingtang import reactions  # noqa: PLC0415 - models must be loaded first
        from mingtang.platform import events  # noqa: PLC0415 - see above
        from mingtang.platform.ledger import belonging, public  # noqa: PLC0415 - see above

        events.install(reactions.REACTIONS)
        public.install(reactions.LOGGED)
        belonging.install(reactions.BELONGING)
