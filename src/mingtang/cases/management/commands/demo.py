"""``mingtang demo``: the shipped cases, and who can sign in."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.utils.timezone import now

from mingtang.cases.cast import DEMO_PASSWORD
from mingtang.cases.faults import CaseError
from mingtang.cases.player import UnexpectedError, play
from mingtang.cases.reading import read_case
from mingtang.platform.accounts.models import Person
from mingtang.platform.clock import day_of

HERE = Path(__file__).resolve().parents[2]


def examples() -> Path:
    """The example cases: beside the package in the repository, inside it in the wheel."""
    inside = HERE / "examples"
    return inside if inside.exists() else HERE.parents[2] / "examples"


def shipped() -> list[Path]:
    """The three cases told whole, then the matters around them that fill desks and calendar."""
    return [each.parent for pattern in ("*/case.toml", "around/*/case.toml") for each in sorted(examples().glob(pattern))]


class Command(BaseCommand):
    """Build the demo; playing it again does no harm."""

    help = "Migrate and play the shipped cases; prints the demo logins. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--serve", action="store_true", help="serve the site afterwards")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        for folder in shipped():
            at = now()
            try:
                with transaction.atomic():
                    run = play(read_case(folder, day_of(at)), at, lambda _words: None)
            except (CaseError, UnexpectedError) as problem:
                raise CommandError(str(problem)) from problem
            self.stdout.write(f"· {folder.name}{'' if run else '  (already there)'}")
        self.stdout.write(f"demo logins, password {DEMO_PASSWORD}:")
        for person in Person.objects.filter(assignments__isnull=False).distinct().order_by("id")[:20].prefetch_related("assignments"):
            roles = ", ".join(sorted({each.role for each in person.assignments.all()}))
            self.stdout.write(f"  {person.username:12} {person.name}  {roles}")
        if options["serve"]:
            self._serve()

    def _serve(self) -> None:
        """Become a fresh `serve`: the server forks, and whatever set documents while playing left threads no fork inherits."""
        connections.close_all()
        self.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "django", "serve"])  # noqa: S606 - our own command, no shell
