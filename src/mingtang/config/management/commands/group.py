"""``mingtang group IN OUT``: opinions that say the same thing.

Exit status: 0 done, 1 decisions contradict one another, 2 a file cannot be read or written.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mingtang.engines.grouping import reading
from mingtang.engines.grouping.deciding import ContradictionError
from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.model import CUTS, Config, Decisions, Result
from mingtang.engines.grouping.vectors import MissingError
from mingtang.kernel.decision import Refused
from mingtang.kernel.text import speaking, t

WIDTH = 30


class Command(BaseCommand):
    """Group opinions."""

    help = "Group opinions that say the same thing: CSV or JSONL in, one line for each point out. Exit 0, 1 contradiction, 2 unreadable."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own interface

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", type=Path, metavar="IN", help="CSV or JSONL: id, text, and if known author, clause, stance, submission"
        )
        parser.add_argument("out", type=Path, metavar="OUT", help="CSV or JSONL by its name: id, unit, group, layer, medoid")
        parser.add_argument("--decisions", type=Path, help="JSON: together, apart (pairs of points), fixed (point → group)")
        parser.add_argument("--previous", type=Path, help="what an earlier run wrote, so that groups keep their ids")
        parser.add_argument("--draft", type=Path, help="the draft's clauses (id, text): where an opinion names no clause it is guessed")
        parser.add_argument("--points", choices=["lists", "sentences", "whole"], default="lists", help="how submissions are taken apart")
        parser.add_argument("--meaning", choices=["auto", "lexical", "semantic", "off"], default="auto", help="off: copies only")
        parser.add_argument("--cut", choices=list(CUTS), default="medium")
        parser.add_argument("--json", action="store_true", help="one object: rows, units, groups, by_layer, seconds_cpu, peak_mb, config")
        parser.add_argument("--quiet", action="store_true", help="no progress bar")
        parser.add_argument("--language", choices=["zh", "en"], default="zh")

    def handle(self, *_args: Any, **options: Any) -> None:
        with speaking(options["language"]):
            try:
                result = self._group(options)
                reading.write_result(result, options["out"])
            except Refused as refused:
                self._refuse(f"{refused.decision.reason} {refused.decision.remedy}", as_json=options["json"])
                sys.exit(2)
            except OSError as problem:
                self._refuse(
                    str(t("{path} 写不了：{why}", "{path} cannot be written: {why}", path=str(options["out"]), why=str(problem))),
                    as_json=options["json"],
                )
                sys.exit(2)
            except MissingError as problem:
                self._refuse(
                    str(
                        t(
                            "语义方式需要安装 mingtang[semantic]（{name}）",
                            "the semantic mode needs mingtang[semantic] ({name})",
                            name=str(problem),
                        )
                    ),
                    as_json=options["json"],
                )
                sys.exit(2)
            except ContradictionError as problem:
                self._refuse(
                    str(t("决定互相矛盾：{why}", "decisions contradict one another: {why}", why=str(problem))), as_json=options["json"]
                )
                sys.exit(1)
            if options["json"]:
                self.stdout.write(json.dumps(result.as_data(), ensure_ascii=False))
            else:
                self.stdout.write(_said(result))

    def _group(self, options: Mapping[str, Any]) -> Result:
        rows = reading.read_rows(options["source"])
        decisions = reading.read_decisions(options["decisions"]) if options["decisions"] else Decisions()
        previous = reading.read_previous(options["previous"]) if options["previous"] else {}
        config = Config(points=options["points"], meaning=options["meaning"], cut=options["cut"])
        draft = reading.read_draft(options["draft"]) if options["draft"] else {}
        told = None if options["quiet"] else self._progress
        return group(rows, config, decisions, previous, told, _work(options["out"]), draft=draft)

    def _progress(self, stage: str, share: float) -> None:
        """A bar on the error stream where a person looks at it."""
        if self.stderr.isatty():
            done = round(share * WIDTH)
            self.stderr.write(f"\r[{'█' * done}{'·' * (WIDTH - done)}] {share:4.0%} {stage:24}", ending="\n" if share >= 1 else "")

    def _refuse(self, said: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": said}, ensure_ascii=False))
        else:
            self.stderr.write(said)


def _work(out: Path) -> Path:
    """Where what costs long is kept until the run is over, so that a run that was stopped goes on."""
    return out.with_name(out.name + ".work")


def _said(result: Result) -> str:
    layers = "，".join(f"{layer} {count}" for layer, count in result.by_layer.items() if count)
    return str(
        t(
            "{rows} 条意见，{units} 个要点，{groups} 组（{layers}）；{seconds} 秒处理器时间，{peak} MB",
            "{rows} opinions, {units} points, {groups} groups ({layers}); {seconds} s of processor time, {peak} MB",
            rows=result.rows,
            units=len(result.points),
            groups=len(result.groups),
            layers=layers,
            seconds=f"{result.seconds_cpu:.1f}",
            peak=f"{result.peak_mb:.0f}",
        )
    )
