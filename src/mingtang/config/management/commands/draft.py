"""``mingtang draft FILE``: a draft's chapters and clauses as recognised, and every block that was not.

Exit status: 0 everything recognised, 1 some blocks were not, 2 the file cannot be read.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mingtang.consultations.rules.drafting import KIND_LABELS, WHY_LABELS, Draft, as_data, recognise
from mingtang.kernel.decision import Decision, Refused, no
from mingtang.kernel.text import speaking, t
from mingtang.platform.documents.reading import read_blocks

UNREADABLE = 2


class Command(BaseCommand):
    """Print the structure of a draft."""

    help = "Read a draft (DOCX, ODT, PDF with text, Markdown, text) into chapters and clauses. Exit 0, 1 when blocks are left, 2 when unreadable."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own interface

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON object: title, chapters, clauses, blocks, unrecognised, counts")
        parser.add_argument("--language", choices=["zh", "en"], default="zh")

    def handle(self, *_args: Any, **options: Any) -> None:
        with speaking(options["language"]):
            try:
                found = recognise(read_blocks(_content(options["file"]), options["file"].name))
            except Refused as refused:
                self._refuse(refused.decision, as_json=options["json"])
                sys.exit(UNREADABLE)
            if options["json"]:
                self.stdout.write(json.dumps(as_data(found), ensure_ascii=False, indent=1))
            else:
                self._tell(found)
        sys.exit(1 if found.unrecognised else 0)

    def _refuse(self, decision: Decision, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": str(decision.reason), "remedy": str(decision.remedy)}, ensure_ascii=False))
        else:
            self.stderr.write(f"{decision.reason} {decision.remedy}")

    def _tell(self, found: Draft) -> None:
        counts = found.counts
        self.stdout.write(f"{found.title}  {found.number}".rstrip())
        said = t(
            "{chapters} 章节，{clauses} 条，{attachments} 个附件；{blocks} 段中 {left} 段未识别",
            "{chapters} chapters, {clauses} clauses, {attachments} attachments; {left} of {blocks} blocks not recognised",
            left=counts["unrecognised"],
            **{key: counts[key] for key in ("chapters", "clauses", "attachments", "blocks")},
        )
        self.stdout.write(str(said))
        before = ("", "", "")
        for each in found.clauses:
            place = (each.part, each.chapter, each.section)
            for name, old in zip(place, before, strict=True):
                if name and name != old:
                    self.stdout.write(name)
            before = place
            self.stdout.write("\u3000".join(part for part in (" ", each.label, each.heading, each.text.replace("\n", " ")[:60]) if part))
        for warning in found.warnings:
            self.stdout.write(f"! {warning}")
        for part in found.unrecognised:
            self.stdout.write(f"? {part.n}  {KIND_LABELS[part.kind]}：{part.words}  ({WHY_LABELS[part.why]})")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        no(
            t("没有“{name}”这个文件，或不能读。", "There is no “{name}”, or it cannot be read.", name=path.name),
            "",
            t("请核对文件名。", "Check the name."),
            code="missing",
        ).require()
        raise AssertionError from None
