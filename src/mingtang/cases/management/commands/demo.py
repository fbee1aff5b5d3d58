"""``mingtang demo``: the shipped cases, and who can sign in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
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

    def handle(self, *_args: Any, **_options: Any) -> None:
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
