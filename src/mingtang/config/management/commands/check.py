"""``mingtang check``: the installation and the promises of its data, looked over without changing anything."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import check
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mingtang.consultations.queries import inspecting as of_opinions
from mingtang.kernel.text import speaking
from mingtang.platform.audit import inspecting as of_acts
from mingtang.platform.files import inspecting as of_files
from mingtang.platform.inspections import INSPECTIONS
from mingtang.platform.ledger import inspecting as of_log
from mingtang.representatives.queries import inspecting as of_calls

LOOKED_OVER = (of_acts, of_calls, of_files, of_log, of_opinions)  # importing them registers their inspections
MOST_SHOWN = 20


class Command(check.Command):
    """Django's own checks first, then every promise that registered itself."""

    help = "Look over settings, migrations, files, counters and the record of acts; exit 1 when something is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--language", choices=["zh", "en"], default="zh")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        super().handle(*app_labels, **options)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("the database is not up to date: run `mingtang migrate`")
        with speaking(options["language"]):
            wrong = sum(self._look(name) for name in sorted(INSPECTIONS))
        if wrong:
            raise CommandError(f"{wrong} of these promises are not kept")

    def _look(self, name: str) -> bool:
        inspection = INSPECTIONS[name]
        problems = list(inspection.look())
        self.stdout.write(f"{'NOT' if problems else 'ok '}  {name:10} {inspection.title}")
        for each in problems[:MOST_SHOWN]:
            self.stdout.write(f"       {each}")
        if len(problems) > MOST_SHOWN:
            self.stdout.write(f"       … {len(problems)}")
        return bool(problems)
