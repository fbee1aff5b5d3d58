"""``mingtang verify``: one receipt."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mingtang.engines.ledger.verifying import verify


class Command(BaseCommand):
    """Check a receipt."""

    help = "Check a receipt: the line in its QR code, or a file with it. Exit 0 good, 1 broken, 2 not checked."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("receipt", metavar="LINE|FILE")
        parser.add_argument("--text", metavar="FILE", help="the words as they were handed in")
        parser.add_argument("--keys", metavar="FILE", help="the published keys (keys.json) known from elsewhere")
        parser.add_argument("--log", metavar="URL", help="also ask the log at this address whether it holds the receipt")

    def handle(self, *_args: Any, **options: Any) -> None:
        given = [word for name in ("text", "keys", "log") if options[name] for word in (f"--{name}", options[name])]
        if code := verify(["receipt", options["receipt"], *given]):
            raise SystemExit(code)
