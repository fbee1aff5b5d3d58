"""``mingtang holidays``: take the State Council's notice for another year."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from mingtang.kernel.decision import Refused
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import system
from mingtang.platform.figures.actions import import_year, parse_lines


class Command(BaseCommand):
    """Import one year."""

    help = "Import days off and days worked of YEAR from FILE (lines: off 2027-01-01 2027-01-03 / work 2027-01-04)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="number and day of the notice")

    def handle(self, *_args: Any, **options: Any) -> None:
        first = Government.objects.order_by("id").first()
        if first is None:
            msg = "there is no government yet; run `mingtang demo` or create one first"
            raise CommandError(msg)
        try:
            days = parse_lines(options["file"].read_text(encoding="utf-8"))
            import_year(options["year"], days, source=options["source"], actor=system(first.pk), now=now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{options['year']}: {len(days)} days")
