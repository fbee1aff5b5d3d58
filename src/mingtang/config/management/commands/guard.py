"""``mingtang guard``: look through files before they go public."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mingtang.kernel.text import Language, t
from mingtang.platform.guard.core.clean import CannotCleanError, clean
from mingtang.platform.guard.core.kinds import Finding
from mingtang.platform.guard.core.scan import UnreadableError, scan_file

CLEAN, FOUND, UNREADABLE = 0, 1, 2
CANNOT_OPEN = t(
    "打不开：可能已损坏、加了密码，或不是认识的格式（PDF、DOCX、XLSX、PPTX、ODT、ODS、TXT、MD、CSV、HTML、PNG、JPG）。",
    "Cannot be opened: damaged, locked with a password, or no known format (PDF, DOCX, XLSX, PPTX, ODT, ODS, TXT, MD, CSV, HTML, PNG, JPG).",
)
MISSING = t("没有这个文件。", "There is no such file.")
CANNOT_CLEAN = t(
    "做不出公开副本：有修订痕迹要先决定（或加 --accept-changes），有电子签章的不能改，或格式不支持。",
    "No public copy can be made: decide the tracked changes first (or give --accept-changes); a signed file must not change; or the format has none.",
)


class Command(BaseCommand):
    """Print what was found; exit 0 when clean, 1 with findings, 2 when a file cannot be read."""

    help = "Look for personal data and hidden content in files; exit 0 clean, 1 findings, 2 unreadable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        parser.add_argument("--titles", type=Path, help="a text file with titles that must not appear, one a line")
        parser.add_argument("--clean", type=Path, metavar="FOLDER", help="also write a public copy of each file into this folder")
        parser.add_argument("--accept-changes", action="store_true", help="accept tracked changes in the public copy")
        parser.add_argument("--language", choices=["zh", "en"], default="zh")

    def handle(self, *_args: Any, **options: Any) -> None:
        titles = options["titles"].read_text(encoding="utf-8").splitlines() if options["titles"] else ()
        results = [_looked_at(each, titles) for each in options["files"]]
        if options["clean"]:
            for each in results:
                _copy(each, options["clean"], accept_changes=options["accept_changes"])
        language: Language = options["language"]
        codes = [_code(each) for each in results]
        if options["json"]:
            shown = {"files": [_as_json(each, language) for each in results], "exit": max(codes)}
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            for each in results:
                self.stdout.write("\n".join(_as_lines(each, language)))
        if max(codes):
            sys.exit(max(codes))


def _looked_at(path: Path, titles: Any) -> dict[str, Any]:
    try:
        return {"path": path, "findings": scan_file(path.read_bytes(), path.name, titles=titles), "problem": None}
    except OSError:
        return {"path": path, "findings": [], "problem": MISSING}
    except UnreadableError:
        return {"path": path, "findings": [], "problem": CANNOT_OPEN}


def _copy(result: dict[str, Any], folder: Path, *, accept_changes: bool) -> None:
    path: Path = result["path"]
    if result["problem"] is not None:
        return
    try:
        made = clean(path.read_bytes(), path.suffix.lstrip(".").lower(), accept_changes=accept_changes)
    except CannotCleanError:
        result["problem"] = CANNOT_CLEAN
        return
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    if target.resolve() != path.resolve():
        target.write_bytes(made)
        result["copy"] = str(target)


def _code(result: dict[str, Any]) -> int:
    if result["problem"] is not None:
        return UNREADABLE
    return FOUND if result["findings"] else CLEAN


def _as_json(result: dict[str, Any], language: Language) -> dict[str, Any]:
    shown: dict[str, Any] = {"file": str(result["path"]), "findings": [_finding(each, language) for each in result["findings"]]}
    if result["problem"] is not None:
        shown["error"] = result["problem"].within(language)
    if "copy" in result:
        shown["copy"] = result["copy"]
    return shown


def _finding(each: Finding, language: Language) -> dict[str, Any]:
    page = {"page": each.place.n} if each.place.code == "page" else {}
    return {
        "kind": each.kind,
        "label": each.label.within(language),
        "level": each.level,
        **page,
        "place": each.place.label.within(language),
        "excerpt": each.excerpt,
        "clause": each.what.clause,
        "why": each.what.why.within(language),
        "remedy": each.what.remedy.within(language),
    }


def _as_lines(result: dict[str, Any], language: Language) -> list[str]:
    lines = [str(result["path"])]
    if result["problem"] is not None:
        lines.append(f"  {result['problem'].within(language)}")
    for each in result["findings"]:
        mark = "■" if each.level == "block" else "□"
        lines.append(f"  {mark} {each.place.label.within(language)}　{each.label.within(language)}　{each.excerpt}")
    if result["problem"] is None and not result["findings"]:
        lines.append(f"  {t('没有发现问题。', 'Nothing found.').within(language)}")
    return lines
