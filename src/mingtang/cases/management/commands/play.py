"""``mingtang play``: a case folder through the same actions as people."""

from __future__ import annotations

import json
import resource
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.urls import get_resolver
from django.utils.timezone import now

from mingtang.cases.documents import write_documents
from mingtang.cases.faults import CaseError
from mingtang.cases.mapping import mapping_names
from mingtang.cases.outside import Outside, outside, reader
from mingtang.cases.player import Play, UnexpectedError, play, played
from mingtang.cases.reading import Case, read_case
from mingtang.cases.summary import summary
from mingtang.consultations.published.exporting import of_matter, write_export
from mingtang.consultations.queries import ids_by_outside
from mingtang.kernel.decision import Refused
from mingtang.kernel.text import speaking, t
from mingtang.platform.clock import day_of
from mingtang.platform.ledger.sequencing import sequence_all

EXAMPLES = """examples:
  mingtang play examples/elevator
  mingtang play examples/elevator --opinions comments.jsonl --opinions signatures.jsonl --json
  mingtang play examples/elevator --opinions letters.csv --mapping my-mapping.toml
  mingtang play examples/elevator --documents papers/
  mingtang play examples/elevator --database postgres://app@127.0.0.1:5432/mingtang

Everything is checked before anything is written, and written in one transaction: a fault, a refusal or a
kill leaves the database as it was. The same command again changes nothing and prints the same figures.
The folder, the verbs and the mapping file are described in docs/cases.md."""


class Command(BaseCommand):
    """Play one case."""

    help = "Play the case folder CASE from declaration to publication, every act by its own person at its own date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        parser.add_argument("case", type=Path, metavar="CASE", help="a folder with case.toml")
        parser.add_argument(
            "--opinions",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="a file of opinions from outside (CSV, TSV, XLSX, JSONL; UTF-8, GB18030 or Big5); may be given again",
        )
        parser.add_argument(
            "--mapping",
            default="",
            metavar="NAME",
            help=f"which column means what: a name ({', '.join(mapping_names())}) or a file; found by the columns when left out",
        )
        parser.add_argument("--skip-bad", action="store_true", help="name faulty lines and take the others; otherwise nothing is taken")
        parser.add_argument(
            "--export", type=Path, metavar="DIR", help="then write the public data of the matter into DIR, for `verify-export`"
        )
        parser.add_argument(
            "--documents", type=Path, metavar="DIR", help="then write every official document of the case into DIR, as DOCX and PDF/A"
        )
        parser.add_argument("--database", metavar="URL", help="postgres://… or sqlite:///… instead of MINGTANG_DATABASE_URL")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
        parser.add_argument("--language", choices=["zh", "en"], default="zh", help="of messages (default zh)")

    def handle(self, *_args: Any, **options: Any) -> None:
        with speaking(options["language"]):
            self._handle(options)

    def _handle(self, options: dict[str, Any]) -> None:
        began = time.monotonic()
        try:
            run = _run(options)
        except (CaseError, UnexpectedError, Refused) as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            what = t("数据库用不了：{what}", "The database cannot be used: {what}", what=str(problem).strip())
            raise CommandError(str(what)) from problem
        if options["export"]:
            _export(run, options["export"])
        if options["documents"]:
            _say(f"{options['documents']}: {', '.join(write_documents(run, options['documents']))}")
        found = summary(run, date(run.today.year - 1, 1, 1), run.today)
        found |= {"seconds": round(time.monotonic() - began, 2), "peak_mb": _peak_mb()}
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"{key}: {value}" for key, value in _short(found).items()))


def _run(options: dict[str, Any]) -> Play:
    if options["database"]:
        wrong = t("数据库地址应是 postgres://… 或 sqlite:///…", "A database address is postgres://… or sqlite:///…")
        raise CaseError([wrong])
    at = now()
    case = read_case(options["case"], day_of(at))
    sources = outside(options["opinions"], options["mapping"], skip_bad=options["skip_bad"], say=_say)
    call_command("migrate", verbosity=0)
    _ = get_resolver().url_patterns  # pages register the duties they carry
    _say(f"{case.key}: {case.title.replace('|', '')} ({connection.vendor})")
    with transaction.atomic():
        run = play(case, at, _say, reader(sources, _say) if sources else None)
        return run or _again(case, at, sources)


def _export(run: Play, folder: Path) -> None:
    try:
        consultation = of_matter(run.government.pk, run.ids["topic"])
    except Refused as refused:
        raise CommandError(str(refused)) from refused
    at = now()
    sequence_all(at)
    write_export(consultation, folder, now=at)
    _say(f"{folder}: mingtang verify-export {folder}")


def _again(case: Case, at: Any, sources: list[Outside]) -> Play:
    """The earlier run, if it had the same opinions; `CaseError` otherwise."""
    run = played(case, at)
    assert run is not None
    known = ids_by_outside(run.ids.get("consultation", 0))
    for source in sources:
        new = sum(given.outside_id not in known for given in source.opinions())
        if new:
            raise CaseError(
                [
                    t(
                        "{file}：这件事先前演过，当时没有这个文件里的 {n} 条意见；事已办完，不能补收。请用一个新的数据库（--database）。",
                        "{file}: the case was played before without {n} of these opinions; it is done and takes no more. "
                        "Use a new database (--database).",
                        file=source.path.name,
                        n=new,
                    )
                ]
            )
    return run


def _short(found: dict[str, Any]) -> dict[str, Any]:
    """For people: the list of duties is left to ``mingtang obligations``."""
    return found | {"obligations": {name: found["obligations"][name] for name in ("kept", "broken")}}


def _peak_mb() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def _say(words: object) -> None:
    print(words, file=sys.stderr, flush=True)
