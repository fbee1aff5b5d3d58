"""``mingtang obligations``: the 36 duties and how they stand."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import get_resolver
from django.utils.timezone import now

from mingtang.kernel.text import speaking
from mingtang.oversight.queries import matrix, tally
from mingtang.platform.accounts.models import Government
from mingtang.platform.clock import day_of


class Command(BaseCommand):
    """Print the matrix."""

    help = "Print the 36 duties of the regulation with their state, computed from what happened."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, default=None)
        parser.add_argument("--language", choices=["zh", "en"], default="zh")

    def handle(self, *_args: Any, **options: Any) -> None:
        _ = get_resolver().url_patterns  # the pages register themselves when the addresses are read
        today = day_of(now())
        year = options["year"] or today.year
        last = today if year == today.year else date(year, 12, 31)
        for government in Government.objects.order_by("id"):
            with speaking(options["language"]):
                duties = matrix(government.pk, date(year, 1, 1), last)
                self.stdout.write(f"{government}  {year}")
                for duty in duties:
                    self.stdout.write(
                        f"{duty.obligation.id:5} {duty.state.value:10} {duty.evidence.kept:4} {duty.evidence.broken:3}  {duty.obligation.duty}"
                    )
                self.stdout.write("  ".join(f"{key} {n}" for key, n in tally(duties).items()))
