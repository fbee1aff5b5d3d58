"""``mingtang keys``: the keys of the log."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from mingtang.engines.ledger.checking import grouped
from mingtang.platform.accounts.models import Government
from mingtang.platform.ledger.keys import begin, place_of, rotate
from mingtang.platform.ledger.models import LedgerKey


class Command(BaseCommand):
    """List, make or change keys."""

    help = "Make the first keys of every log and list all with fingerprint, days and file; --new begins new keys, the old overlap 30 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="begin a new key; the old one signs the change")

    def handle(self, *_args: Any, **options: Any) -> None:
        at = now()
        for government in Government.objects.order_by("id"):
            ledger = begin(government.pk, at)
            if options["new"]:
                rotate(government.pk, at)
            self.stdout.write(f"{government}  {ledger.name}")
            for key in LedgerKey.objects.filter(ledger=ledger).order_by("since_on", "id"):
                path = place_of(ledger, key.fingerprint)
                there = path if path.exists() else f"{path} IS MISSING"
                self.stdout.write(f"  {grouped(key.fingerprint)}  {key.since_on} – {key.until_on or ''}  {there}")
