"""``mingtang mirror``: a checked copy of somebody's log."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mingtang.engines.ledger.verifying import verify


class Command(BaseCommand):
    """Follow a log."""

    help = "Keep a checked copy of the log at URL in DIR; run it from a clock. Exit 0 good, 1 ALARM (see DIR/ALARM.txt), 2 not reached."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="URL")
        parser.add_argument("folder", metavar="DIR")
        parser.add_argument("--whole", action="store_true", help="read the whole log again, not only some pages of a long copy")
        parser.add_argument("--printed", nargs=2, metavar=("SIZE", "ROOT"), help="then hold it against the head on a paper")
        parser.add_argument("--compare", metavar="OTHER", help="then compare with another copy, kept by somebody else")

    def handle(self, *_args: Any, **options: Any) -> None:
        code = verify(["mirror", options["address"], options["folder"], *(["--whole"] if options["whole"] else [])])
        if options["compare"] and not code:
            code = verify(["compare", options["folder"], options["compare"]])
        if options["printed"] and not code:
            code = verify(["printed", options["folder"], *options["printed"]])
        if code:
            raise SystemExit(code)
