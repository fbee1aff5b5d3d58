"""``mingtang draw commit|freeze|reveal|verify``: a draw anyone can repeat.

Exit status: 0 done or proved, 1 the draw cannot be made or does not hold, 2 a file cannot be read.
"""

from __future__ import annotations

import json
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mingtang.engines.ledger.findings import Findings
from mingtang.engines.lottery import reading, record, verifying
from mingtang.engines.lottery.randomness import commitment
from mingtang.kernel.decision import Refused
from mingtang.kernel.text import speaking, t

UNREADABLE = 2


class Command(BaseCommand):
    """Freeze, reveal and verify a draw."""

    help = (
        "A draw anyone can repeat: freeze pool and chances, reveal by public randomness, verify. Exit 0, 1 refused or broken, 2 unreadable."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own interface

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
        commit = steps.add_parser("commit", help="a secret and its commitment for an office that commits and reveals")
        commit.add_argument("office", help="the office's name, as the draw will name it")
        freeze = steps.add_parser("freeze", help="find the fairest chances and write the document to publish before the randomness")
        freeze.add_argument(
            "file", type=Path, help="JSON: title, seats, reserves, people, quotas, randomness (see engines/lottery/README.md)"
        )
        reveal = steps.add_parser("reveal", help="draw, once the randomness is known")
        reveal.add_argument("file", type=Path, help="what freeze wrote")
        reveal.add_argument(
            "--value", action="append", default=[], help='figures of one source, dice or secret: --value "3 8 15", once for each source'
        )
        verify = steps.add_parser("verify", help="repeat the draw and say what was proved and what was not")
        verify.add_argument("file", type=Path, help="what freeze or reveal wrote")
        verify.add_argument("--logged", default="", help="the digest as the public log has it")
        for each in (commit, freeze, reveal, verify):
            each.add_argument("--json", action="store_true", help="one JSON object on standard output")
            each.add_argument("--language", choices=["zh", "en"], default="zh")
        for each in (freeze, reveal):
            each.add_argument("--out", type=Path, help="the file to write; without it the document goes to standard output")

    def handle(self, *_args: Any, **options: Any) -> None:
        with speaking(options["language"]):
            try:
                code: int = getattr(self, f"_{options['step']}")(options)
            except Refused as refused:
                self._refuse(refused, as_json=options["json"])
                code = UNREADABLE if refused.decision.code == "unreadable" else 1
        if code:
            sys.exit(code)

    def _commit(self, options: Mapping[str, Any]) -> int:
        secret = secrets.token_hex(32)
        sealed = commitment(options["office"], secret)
        told = {"name": options["office"], "commitment": sealed, "secret": secret}
        said = t(
            "承诺值（现在公布）：{c}\n原数（保密到当天）：{s}",
            "commitment (publish now): {c}\nsecret (keep until the day): {s}",
            c=sealed,
            s=secret,
        )
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else str(said))
        return 0

    def _freeze(self, options: Mapping[str, Any]) -> int:
        from mingtang.engines.lottery.freezing import freeze  # noqa: PLC0415 - only this step needs the solver

        pool, randomness = reading.read_pool(options["file"])
        frozen = freeze(pool, randomness)
        said = t("摘要（记入总账）：{d}", "digest (for the log): {d}", d=record.digest(frozen))
        self._write({"freeze": frozen}, options, {"digest": record.digest(frozen)}, str(said))
        return 0

    def _reveal(self, options: Mapping[str, Any]) -> int:
        frozen = _frozen(reading.read_json(options["file"]))
        try:
            revealed = record.reveal(frozen, [each.split() for each in options["value"]])
        except verifying.MALFORMED as problem:
            raise reading.unreadable(options["file"], problem) from problem
        numbers = "、".join(revealed["panel"])
        self._write({"freeze": frozen, "reveal": revealed}, options, revealed, str(t("选出：{who}", "drawn: {who}", who=numbers)))
        return 0

    def _verify(self, options: Mapping[str, Any]) -> int:
        told = reading.read_json(options["file"])
        found = verifying.check_draw(_frozen(told), told.get("reveal"), logged=options["logged"])
        self.stdout.write(_as_json(found) if options["json"] else "\n".join(found.lines()))
        return 0 if found.good else 1

    def _write(self, document: record.Document, options: Mapping[str, Any], told: Mapping[str, Any], said: str) -> None:
        words = json.dumps(document, ensure_ascii=False, sort_keys=True)
        if options["out"]:
            options["out"].write_text(words + "\n", encoding="utf-8")
            self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else said)
        else:
            self.stdout.write(words)

    def _refuse(self, refused: Refused, *, as_json: bool) -> None:
        for each in refused.decision.refusals:
            if as_json:
                self.stdout.write(
                    json.dumps({"error": str(each.reason), "remedy": str(each.remedy), "code": each.code}, ensure_ascii=False)
                )
            else:
                self.stderr.write(f"{each.reason} {each.remedy}".strip())


def _frozen(told: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = told.get("freeze", told)
    return inner if isinstance(inner, dict) else {}


def _as_json(found: Findings) -> str:
    said = [{"kind": each.kind, "zh": each.zh, "en": each.en} for each in found.all]
    return json.dumps({"good": found.good, "broken": found.broken, "findings": said}, ensure_ascii=False)
