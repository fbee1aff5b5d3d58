"""``mingtang export``: the public data of one matter, for anyone to recount."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from mingtang.consultations.published.exporting import of_matter, write_export
from mingtang.kernel.decision import Refused
from mingtang.kernel.text import speaking
from mingtang.platform.accounts.models import Government
from mingtang.platform.ledger.sequencing import sequence_all

EXAMPLES = """examples:
  mingtang export 1 out/
  mingtang export 1 out/ --government qinghe.example && mingtang verify-export out/

DIR gets opinions, groups, draws and entries of the public log as CSV and JSON Lines, the nodes that prove them, the
keys and a signed manifest. Nothing personal is in it. What waits for the log is appended first.
Exit code 0: written; 1: refused, nothing written."""


class Command(BaseCommand):
    """Write an export."""

    help = "Write the public data of matter MATTER (its number in the address of its page) into the new folder DIR."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("matter", type=int, metavar="MATTER")
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--government", default="", metavar="HOST", help="whose matter, when several are served")
        parser.add_argument("--language", choices=["zh", "en"], default="zh")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty; choose another folder")
        found = list(Government.objects.filter(**({"host": options["government"]} if options["government"] else {})).order_by("id")[:2])
        if len(found) != 1:
            raise CommandError("name the government with --government HOST" if found else "there is no such government")
        at = now()
        with speaking(options["language"]):
            try:
                consultation = of_matter(found[0].pk, options["matter"])
            except Refused as refused:
                raise CommandError(str(refused)) from refused
            sequence_all(at)
            counts = write_export(consultation, folder, now=at)
        self.stdout.write(f"{folder}: " + ", ".join(f"{name} {number}" for name, number in counts.items()))
