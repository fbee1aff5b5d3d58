"""The verifier: what anybody can run without this platform, to check what it promised."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mingtang.engines.ledger.archive import check_archive, is_archive
from mingtang.engines.ledger.checking import check_head, check_inclusion, check_lacking, check_receipt
from mingtang.engines.ledger.drawn import check_draw_file
from mingtang.engines.ledger.fetching import UnreachableError, over_http
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.keys import fingerprint
from mingtang.engines.ledger.mirror import compare_copies, compare_printed, follow
from mingtang.engines.ledger.packing import unpack
from mingtang.engines.ledger.receipts import leaf_of
from mingtang.engines.ledger.recount import check_export

NOT_FOUND, DAMAGED = 404, 410
GOOD, BAD, UNKNOWN = 0, 1, 2


def verify(words: Sequence[str]) -> int:
    """Run the verifier with these words: 0 when everything holds, 1 when something is broken, 2 when it could not be checked."""
    options = _parser().parse_args(words)
    try:
        found: Findings = options.run(options)
    except (UnreachableError, ValueError, OSError) as problem:
        print(f"没有查成：{problem}\nIt could not be checked: {problem}", file=sys.stderr)  # noqa: T201 - the verifier speaks to whoever runs it
        return UNKNOWN
    print("\n".join(found.lines()))  # noqa: T201 - as above
    verdict = "查过的都对。  All that was checked holds." if found.good else "有问题。  Something is broken."
    print(f"\n{verdict}")  # noqa: T201 - as above
    return GOOD if found.good else BAD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="查验回执、总账和公开数据 · Check receipts, the log and exports.",
        epilog="0: everything holds; 1: something is broken; 2: it could not be checked.",
    )
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    receipt = tasks.add_parser("receipt", help="一张回执 · a receipt: the line in its QR code, or a file with it")
    receipt.add_argument("receipt", metavar="LINE|FILE")
    receipt.add_argument("--text", type=Path, help="原文文件 · a file with the words as they were handed in")
    receipt.add_argument("--keys", type=Path, help="公布的密钥 · keys.json as published (offline)")
    receipt.add_argument("--log", metavar="URL", help="也问总账 · ask the log at this address whether it holds the receipt")
    receipt.set_defaults(run=_receipt)
    export = tasks.add_parser("export", help="一件事的公开数据 · the export of a matter: proofs and recount")
    export.add_argument("folder", type=Path)
    export.add_argument("--keys", type=Path, help="公布的密钥 · keys.json as published")
    export.set_defaults(run=_export)
    archive = tasks.add_parser("archive", help="一次会议的档案包 · the archive of a meeting: signature, every file, its place in the log")
    archive.add_argument("archive", type=Path, metavar="ZIP|FOLDER")
    archive.add_argument("--keys", type=Path, help="公布的密钥 · keys.json as published")
    archive.set_defaults(run=_archive)
    draw = tasks.add_parser("draw", help="一次抽签的全部数据 · the file of a draw: recomputed from the public figures")
    draw.add_argument("file", type=Path)
    draw.set_defaults(run=lambda options: check_draw_file(json.loads(options.file.read_text(encoding="utf-8"))))
    mirror = tasks.add_parser("mirror", help="抄录总账并逐条查验 · keep a checked copy of a log")
    mirror.add_argument("address", metavar="URL")
    mirror.add_argument("folder", type=Path)
    mirror.add_argument("--whole", action="store_true", help="整本重读 · read the whole log again")
    mirror.set_defaults(run=lambda options: follow(over_http(options.address), options.folder, whole=options.whole))
    compare = tasks.add_parser("compare", help="比较两份抄录 · compare two copies kept by different people")
    compare.add_argument("first", type=Path)
    compare.add_argument("second", type=Path)
    compare.set_defaults(run=lambda options: compare_copies(options.first, options.second))
    printed = tasks.add_parser("printed", help="把印在纸上的总账根与抄录比对 · hold a root from a paper against a copy")
    printed.add_argument("folder", type=Path)
    printed.add_argument("size", type=int, help="条数 · the number of entries on the paper")
    printed.add_argument("root", help="根 · the root on the paper")
    printed.set_defaults(run=lambda options: compare_printed(options.folder, options.size, options.root))
    return parser


def keys_in(given: Any) -> dict[str, bytes]:
    """Keys from published JSON: a list of objects with ``public``, or an object with such a list under ``keys``."""
    rows = given["keys"] if isinstance(given, dict) else given
    publics = [bytes.fromhex(each["public"]) for each in rows]
    return {fingerprint(public): public for public in publics}


def _receipt(options: argparse.Namespace) -> Findings:
    given: str = options.receipt
    line = Path(given).read_text(encoding="utf-8") if "~" not in given else given
    held = unpack(line)
    text = options.text.read_text(encoding="utf-8") if options.text else None
    trusted = keys_in(json.loads(options.keys.read_text(encoding="utf-8"))) if options.keys else None
    ask = over_http(options.log) if options.log else None
    if ask is None:
        found = check_receipt(held, text=text, trusted=trusted)
        found.leaves_open("没有问总账是否已记入（--log 网址）。", "The log was not asked whether it holds it (--log URL).")
        return found
    if trusted is None:
        trusted = keys_in(ask("/log/keys"))
    found = check_receipt(held, text=text, trusted=trusted)
    if urlsplit(options.log).hostname != held.signed["log"].partition(":")[0]:
        found.leaves_open(f"回执写的总账是 {held.signed['log']}。", f"The receipt names the log {held.signed['log']}.")
    try:
        answer = ask(f"/log/proof?leaf={leaf_of(held.signed).hex()}")
    except UnreachableError as problem:
        if problem.status == DAMAGED:
            found.breaks("总账缺了一块，给不出证明：有人从数据库里拿走了东西。", "Part of the log is gone: it cannot give the proof.")
            return found
        if problem.status != NOT_FOUND:
            raise
        check_lacking(found, held.signed, datetime.now(UTC))
        return found
    check_head(found, answer["head"], trusted, held.signed["log"])
    check_inclusion(found, held.signed, answer)
    return found


def _export(options: argparse.Namespace) -> Findings:
    return (
        check_archive(options.folder, _trusted(options)) if is_archive(options.folder) else check_export(options.folder, _trusted(options))
    )


def _archive(options: argparse.Namespace) -> Findings:
    return check_archive(options.archive, _trusted(options))


def _trusted(options: argparse.Namespace) -> dict[str, bytes] | None:
    return keys_in(json.loads(options.keys.read_text(encoding="utf-8"))) if options.keys else None
