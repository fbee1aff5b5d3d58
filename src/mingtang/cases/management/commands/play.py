"""``mingtang play``: a case folder through the same actions as people."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import get_resolver
from django.utils.timezone import now

from mingtang.cases.outside import outside, reader
from mingtang.cases.player import Play, UnexpectedError, play
from mingtang.cases.reading import CaseError, read_case
from mingtang.cases.summary import summary
from mingtang.kernel.decision import Refused
from mingtang.platform.clock import day_of


class Command(BaseCommand):
    """Play one case."""

    help = "Play the case folder CASE; opinions from outside come with --opinions FILE (CSV, JSONL). --database URL plays into another database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", type=Path)
        parser.add_argument(
            "--opinions", action="append", default=[], type=Path, help="a file of opinions from outside; may be given again"
        )
        parser.add_argument("--mapping", default="", help="name or path of the mapping of columns; found by itself when left out")
        parser.add_argument("--json", action="store_true", help="print one JSON object last")

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        call_command("migrate", verbosity=0)
        _ = get_resolver().url_patterns  # pages register the duties they carry
        try:
            sources = [outside(path, options["mapping"]) for path in options["opinions"]]
            run = _play(options["case"], _say, reader(sources) if sources else None)
        except (CaseError, UnexpectedError, Refused) as problem:
            raise CommandError(str(problem)) from problem
        for source in sources:
            for number, why in source.bad[:50]:
                _say(f"{source.path.name}:{number}: {why}")
        if run is None:
            return
        found = summary(run, date(run.today.year - 1, 1, 1), run.today)
        found |= {"seconds": round(time.monotonic() - began, 2), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
        self.stdout.write(
            json.dumps(found, ensure_ascii=False) if options["json"] else "\n".join(f"{key}: {value}" for key, value in found.items())
        )


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _play(folder: Path, say: Any, given: Any) -> Play | None:
    at = now()
    case = read_case(folder, day_of(at))
    say(f"{case.key}: {case.title} ({os.environ.get('MINGTANG_DATABASE_URL', 'SQLite').partition('@')[0].partition(':')[0]})")
    with transaction.atomic():
        return play(case, at, say, given)
