"""``mingtang verify-export``: every proof of an export, and a recount."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mingtang.engines.ledger.verifying import verify


class Command(BaseCommand):
    """Check an export."""

    help = "Check the export in DIR, or the archive of a meeting (ZIP or folder): every proof holds and the recount agrees. Exit 0 yes, 1 no (it says where), 2 not checked."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="the published keys (keys.json) known from elsewhere")

    def handle(self, *_args: Any, **options: Any) -> None:
        keys = ["--keys", str(options["keys"])] if options["keys"] else []
        if code := verify(["export", str(options["folder"]), *keys]):
            raise SystemExit(code)
