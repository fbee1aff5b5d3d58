"""Django's name for this package; puts the links in the rail and the stages on the dossier."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """The staff site."""

    name = "mingtang.workspace"
    label = "workspace"

    def ready(self) -> None:
        """Install the rail, and the stages on the dossier."""
        from mingtang.platform.web.dossier import install_stages  # noqa: PLC0415 - as above
        from mingtang.platform.web.navigation import install_rail  # noqa: PLC0415 - after the apps are loaded
        from mingtang.workspace.rail import rail  # noqa: PLC0415 - as above
        from mingtang.workspace.stages import stages  # noqa: PLC0415 - as above

        install_rail(rail)
        install_stages(stages)
