"""Checking an export of one matter: every proof, and a recount of everything received and placed."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingtang.engines.ledger.checking import Publics, check_head, grouped
from mingtang.engines.ledger.covering import pieced_root
from mingtang.engines.ledger.export import (
    FORM,
    GROUP_COLUMNS,
    OPINION_COLUMNS,
    PLACES,
    RECEIVED,
    REPORTED,
    WITHHELD,
    csv_lines,
    groups_digest,
    placed_line,
    said_in,
)
from mingtang.engines.ledger.exported_draws import APPLIED, DRAW_COLUMNS, DRAW_STEPS, check_draws, draw_rows
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.keys import fingerprint, is_signed
from mingtang.engines.ledger.receipts import commitment, leaf_of
from mingtang.engines.ledger.spool import Known, Spool

Row = dict[str, Any]
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, sqlite3.Error)


@dataclass(slots=True)
class Export:
    """An export as it lies on disk; its long files are read line by line, never whole."""

    folder: Path
    manifest: Row
    publics: dict[str, bytes]
    groups: list[Row]
    draws: list[Row] = field(default_factory=list)
    about_draws: list[Row] = field(default_factory=list)
    spool: Spool = field(default_factory=Spool)
    report: Row | None = None
    places: Counter[str] = field(default_factory=Counter)
    members: Counter[int] = field(default_factory=Counter)

    def rows(self, name: str) -> Iterator[Row]:
        """The objects of a file, one a line; ValueError names file and line of what is none."""
        with (self.folder / f"{name}.jsonl").open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                try:
                    yield json.loads(line)
                except ValueError as problem:
                    raise ValueError(f"{name}.jsonl:{number}: {problem}") from problem


def check_export(folder: Path, trusted: Publics | None = None) -> Findings:
    """Everything that can be checked about an export without asking anybody. `trusted`: the keys known from elsewhere."""
    found = Findings()
    try:
        export = _open_export(folder)
    except UNREADABLE as problem:
        _unreadable(found, problem)
    else:
        _check_opened(found, export, trusted)
    found.leaves_open(
        "没有查：总账是否对别人也是这一本（请把上面的总账条数和根与印在纸上的、镜像里的比对）。",
        "Not checked: whether others are shown the same log (compare its size and root with those in print and in mirrors).",
    )
    return found


def _check_opened(found: Findings, export: Export, trusted: Publics | None) -> None:
    try:
        _check_manifest(found, export, trusted)
        _check_files(found, export)
        _check_log(found, export)
        _check_opinions(found, export)
        _recount(found, export)
        _check_report(found, export)
        check_draws(found, export.draws, export.about_draws)
        _check_tables(found, export)
    except UNREADABLE as problem:
        _unreadable(found, problem)
    finally:
        export.spool.close()


def _unreadable(found: Findings, problem: Exception) -> None:
    said = f"{type(problem).__name__}: {problem}"
    found.breaks(f"读不下去：{said}", f"It cannot be read: {said}")


def _open_export(folder: Path) -> Export:
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    publics = {fingerprint(bytes.fromhex(each["public"])): bytes.fromhex(each["public"]) for each in keys}
    export = Export(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")), publics, [])
    export.groups = list(export.rows("groups"))
    if "draws.jsonl" in export.manifest["files"]:  # older exports had none
        export.draws = list(export.rows("draws"))
    return export


def _check_manifest(found: Findings, export: Export, trusted: Publics | None) -> None:
    manifest = export.manifest
    name = str(manifest.get("key"))
    found.either(
        manifest.get("form") == FORM and is_signed(manifest, export.publics),
        (f"清单由密钥 {grouped(name)} 签名。", f"The manifest is signed by key {grouped(name)}."),
        ("manifest.json：签名不对，清单被改过。", "manifest.json: the signature is wrong; the manifest was changed."),
    )
    if trusted is None:
        found.leaves_open("请与印在纸上或信任页上的指纹比对。", "Compare that fingerprint with the one in print or on the trust page.")
    else:
        found.either(
            trusted.get(name) is not None and trusted[name] == export.publics.get(name),
            ("这个密钥是公布的密钥。", "The key is one of the published keys."),
            ("这个密钥不在公布的密钥之中。", "The key is none of the published keys."),
        )


def _check_files(found: Findings, export: Export) -> None:
    same = True
    for name, said in sorted(export.manifest["files"].items()):
        path = export.folder / name
        if not path.is_file():
            same = False
            found.breaks(f"{name}：文件不在了。", f"{name}: the file is missing.")
            continue
        whole, lines = sha256(), 0
        with path.open("rb") as stream:
            for line in stream:
                whole.update(line)
                lines += 1
        if lines != said["lines"]:
            same = False
            found.breaks(f"{name}：有 {lines} 行，应有 {said['lines']} 行。", f"{name}: {lines} lines, should be {said['lines']}.")
        elif whole.hexdigest() != said["sha256"]:
            same = False
            found.breaks(f"{name}：内容被改过。", f"{name}: its content was changed.")
    if same:
        found.holds("每个文件都与清单一致。", "Every file is as the manifest says.")


def _check_log(found: Findings, export: Export) -> None:
    """Reads the entries, remembers what is asked later, says whether they stand in the log under the signed head."""
    head, about = export.manifest["head"], export.manifest["about"]
    check_head(found, head, export.publics, export.manifest["log"])
    spool, count = export.spool, 0
    for line in export.rows("log"):
        count += 1
        entry, leaf, index = line["entry"], leaf_of(line["entry"]), int(line["index"])
        spool.piece(0, index, leaf)
        facts = entry["facts"]
        if entry["kind"] in WITHHELD:
            spool.bury(facts.get("of"), facts.get("code"))
        elif facts.get("about") == about and entry["kind"] == RECEIVED:
            spool.receive(leaf.hex(), index, Known(entry["algorithm"], facts["content"], facts["channel"], facts.get("withheld", "")))
        elif facts.get("about") == about and entry["kind"] in REPORTED:
            export.report = facts
        elif entry["kind"] == APPLIED or entry["kind"].startswith(DRAW_STEPS):
            export.about_draws.append(entry)
    spool.sort()
    top = _top(export, head)
    found.either(
        top == head["root"],
        (f"log.jsonl 的 {count} 条都在总账里，根 {top}。", f"All {count} entries of log.jsonl stand in the log; its root is {top}."),
        (
            "log.jsonl：与签名的总账对不上，有缺、有多或被改。",
            "log.jsonl: does not fit the signed log: entries lack, are added or changed.",
        ),
    )


def _top(export: Export, head: Row) -> str:
    with (export.folder / "nodes.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            export.spool.piece(int(row["level"]), int(row["index"]), bytes.fromhex(row["hash"]))
    try:
        return pieced_root(head["algorithm"], export.spool.pieces(), head["size"]).hex()
    except KeyError:
        return ""


def _check_opinions(found: Findings, export: Export) -> None:
    """Each opinion against its entry in the log; counts places on the way."""
    before, opened, verdicts = found.broken, 0, {row["id"]: row["verdict"] for row in export.groups}
    number = 0
    for number, row in enumerate(export.rows("opinions"), 1):
        where = f"opinions.jsonl:{number}"
        export.places.update(["received", row["place"]])
        export.spool.place(placed_line(row))
        if any(int(each.split(":")[0]) not in verdicts for each in row["points"].split(";") if each):
            found.breaks(f"{where}：其中一点归入不存在的组。", f"{where}: a point of it is in a group that is not there.")
        if row["place"] == "group":
            export.members[row["group"]] += 1
            if row["verdict"] != verdicts.get(row["group"]):
                found.breaks(f"{where}：答复与所在组不同。", f"{where}: its verdict differs from its group's.")
        known = export.spool.take(row["leaf"])
        if known is None:
            found.breaks(
                f"{where}：总账里没有收到这一条的记录，或重复。", f"{where}: the log has no receipt of this opinion, or it stands twice."
            )
            continue
        opened += _fits(found, where, row, known, export.spool)
    for index in export.spool.not_taken():
        said = f"The opinion received as entry {index} is missing in opinions.jsonl."
        found.breaks(f"总账第 {index} 条收到的意见不在 opinions.jsonl 里。", said)
    if found.broken == before:
        said = f"{number} 条意见与总账逐条对上，其中 {opened} 条原文一字未改。"
        found.holds(said, f"{number} opinions match the log one by one; the words of {opened} are those handed in.")
    if hidden := number - opened:
        found.leaves_open(f"{hidden} 条不公开原文或有遮盖，没有比对。", f"{hidden} show no words or masked ones; they were not compared.")


def _fits(found: Findings, where: str, row: Row, known: Known, spool: Spool) -> bool:
    """Channel, reason of withholding and words against the log; gives whether the words were opened."""
    if row["channel"] != known.channel:
        found.breaks(f"{where}：来源与总账不符。", f"{where}: the channel differs from the log.")
    tomb = known.withheld == row["withheld"] or spool.buried(row["leaf"], row["withheld"])
    if (row["state"] == "withheld") != bool(row["withheld"]) or (row["withheld"] and not tomb):
        found.breaks(f"{where}：不显示而总账里没有理由。", f"{where}: withheld, and the log names no such reason.")
    if not row["text"] or row["masked"]:
        return False
    fits: bool = commitment(known.algorithm, bytes.fromhex(row["salt"]), said_in(row)) == known.content
    if not fits:
        found.breaks(f"{where}：原文与收到时不一致。", f"{where}: the words are not those handed in.")
    return fits


def _recount(found: Findings, export: Export) -> None:
    before, members = found.broken, export.members.copy()
    for row in export.groups:
        if members.pop(row["id"], 0) != row["opinions"]:
            found.breaks(f"groups.jsonl：第 {row['id']} 组的条数不符。", f"groups.jsonl: the size of group {row['id']} is wrong.")
    if members:
        found.breaks("有意见归入不存在的组。", "Opinions are in groups that are not there.")
    counted = {name: export.places[name] for name in ("received", *PLACES)}
    if counted != export.manifest["counts"] or sum(counted[name] for name in PLACES) != counted["received"]:
        said = f"{counted} ≠ {export.manifest['counts']}"
        found.breaks(f"清点与公布的数不符：{said}", f"The recount differs from the published counts: {said}")
    if found.broken == before:
        said = f"{counted['received']} = {counted['group']} + {counted['single']} + {counted['withheld']}"
        found.holds(f"收到 = 归组 + 单独答复 + 依法不显示：{said}。", f"Received = grouped + answered singly + withheld: {said}.")


def _check_report(found: Findings, export: Export) -> None:
    """The report that was logged when it was published commits to the same opinions, places, groups and counts."""
    algorithm, facts = export.manifest["head"]["algorithm"], export.report
    if not found.either(
        facts is not None,
        ("总账里有采纳情况报告的公布记录。", "The log records the publication of the adoption report."),
        ("总账里没有采纳情况报告的公布记录。", "The log does not record the publication of the adoption report."),
    ):
        return
    assert facts is not None
    same = {name: facts.get(name) for name in ("received", *PLACES)} == export.manifest["counts"]
    found.either(
        same and facts["placing"] == export.spool.placing_digest(algorithm) and facts["groups"] == groups_digest(algorithm, export.groups),
        (
            "每条意见的归处、每组的结论和理由与总账里的报告一致。",
            "Every place, verdict and reason is as the report in the log says.",
        ),
        ("归处、结论、理由或条数与总账里的报告不一致。", "A place, verdict, reason or count is not as the report in the log says."),
    )


def _check_tables(found: Findings, export: Export) -> None:
    tables: list[tuple[str, Sequence[str], Iterable[Row]]] = [
        ("opinions", OPINION_COLUMNS, export.rows("opinions")),
        ("groups", GROUP_COLUMNS, export.groups),
    ]
    if "draws.csv" in export.manifest["files"]:
        tables.append(("draws", DRAW_COLUMNS, draw_rows(export.draws)))
    for name, columns, rows in tables:
        line = _differing(export.folder / f"{name}.csv", csv_lines(columns, rows))
        if line == 0:
            found.holds(f"{name}.csv 与 {name}.jsonl 一致。", f"{name}.csv says the same as {name}.jsonl.")
        else:
            found.breaks(f"{name}.csv:{line}：与 {name}.jsonl 不同。", f"{name}.csv:{line}: differs from {name}.jsonl.")


def _differing(path: Path, rows: Iterable[str]) -> int:
    """The number of the first row of a table that is not as it should be; 0 when all are."""
    with path.open(encoding="utf-8", newline="") as stream:
        number = 0
        for number, row in enumerate(rows, 1):
            if stream.read(len(row)) != row:
                return number
        return number + 1 if stream.read(1) else 0
