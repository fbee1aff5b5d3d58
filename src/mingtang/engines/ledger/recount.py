"""Checking an export of one matter: every proof, and a recount of everything received and placed."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingtang.engines.ledger.checking import Publics, check_head, grouped
from mingtang.engines.ledger.covering import covered_root
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
    placing_digest,
)
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.keys import fingerprint, is_signed
from mingtang.engines.ledger.receipts import commitment, leaf_of

Row = dict[str, Any]


@dataclass(slots=True)
class Export:
    """An export as it lies on disk, read."""

    folder: Path
    manifest: Row
    publics: dict[str, bytes]
    opinions: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    log: list[Row] = field(default_factory=list)


def check_export(folder: Path, trusted: Publics | None = None) -> Findings:
    """Everything that can be checked about an export without asking anybody. `trusted`: the keys known from elsewhere."""
    found = Findings()
    try:
        export = _read_export(folder)
        _check_manifest(found, export, trusted)
        _check_files(found, export)
        entries = _check_log(found, export)
        _check_opinions(found, export, entries)
        _recount(found, export)
        _check_report(found, export)
        _check_tables(found, export)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        said = f"{type(problem).__name__}: {problem}"
        found.breaks(f"读不下去：{said}", f"It cannot be read: {said}")
    found.leaves_open(
        "没有查：总账是否对别人也是这一本（请把上面的总账条数和根与印在纸上的、镜像里的比对）。",
        "Not checked: whether others are shown the same log (compare its size and root with those in print and in mirrors).",
    )
    return found


def _read_export(folder: Path) -> Export:
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    publics = {fingerprint(bytes.fromhex(each["public"])): bytes.fromhex(each["public"]) for each in keys}
    export = Export(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")), publics)
    for name in ("opinions", "groups", "log"):
        setattr(export, name, list(_lines(folder / f"{name}.jsonl")))
    return export


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield json.loads(line)
            except ValueError as problem:
                raise ValueError(f"{path.name}:{number}: {problem}") from problem


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


def _check_log(found: Findings, export: Export) -> dict[str, Row]:
    """The entries by leaf; says whether they stand in the log under the signed head."""
    head = export.manifest["head"]
    check_head(found, head, export.publics, export.manifest["log"])
    leaves, entries = {}, {}
    for line in export.log:
        leaf = leaf_of(line["entry"])
        leaves[int(line["index"])] = leaf
        entries[leaf.hex()] = line["entry"]
    with (export.folder / "nodes.csv").open(encoding="utf-8-sig", newline="") as stream:
        nodes = {(int(row["level"]), int(row["index"])): bytes.fromhex(row["hash"]) for row in csv.DictReader(stream)}
    try:
        top = covered_root(head["algorithm"], leaves, nodes, head["size"]).hex()
    except KeyError:
        top = ""
    found.either(
        top == head["root"] and len(leaves) == len(entries) == len(export.log),
        (f"log.jsonl 的 {len(leaves)} 条都在总账里。", f"All {len(leaves)} entries of log.jsonl stand in the log; its root is {top}."),
        (
            "log.jsonl：与签名的总账对不上，有缺、有多或被改。",
            "log.jsonl: does not fit the signed log: entries lack, are added or changed.",
        ),
    )
    return entries


def _check_opinions(found: Findings, export: Export, entries: Mapping[str, Row]) -> None:
    about, before = export.manifest["about"], found.broken
    received = {leaf for leaf, entry in entries.items() if entry["kind"] == RECEIVED and entry["facts"].get("about") == about}
    tombs = {(entry["facts"].get("of"), entry["facts"].get("code")) for entry in entries.values() if entry["kind"] == WITHHELD}
    seen: set[str] = set()
    opened = 0
    for number, row in enumerate(export.opinions, 1):
        where, leaf = f"opinions.jsonl:{number}", row["leaf"]
        if leaf not in received or leaf in seen:
            found.breaks(
                f"{where}：总账里没有收到这一条的记录，或重复。", f"{where}: the log has no receipt of this opinion, or it stands twice."
            )
            continue
        seen.add(leaf)
        entry = entries[leaf]
        if row["text"] and not row["masked"]:
            opened += _opens(found, where, row, entry)
        if row["channel"] != entry["facts"]["channel"]:
            found.breaks(f"{where}：来源与总账不符。", f"{where}: the channel differs from the log.")
        tomb = (leaf, row["withheld"]) in tombs or entry["facts"].get("withheld") == row["withheld"]
        if (row["state"] == "withheld") != bool(row["withheld"]) or (row["withheld"] and not tomb):
            found.breaks(f"{where}：不显示而总账里没有理由。", f"{where}: withheld, and the log names no such reason.")
    for leaf in sorted(received - seen):
        index = next(line["index"] for line in export.log if leaf_of(line["entry"]).hex() == leaf)
        found.breaks(
            f"总账第 {index} 条收到的意见不在 opinions.jsonl 里。", f"The opinion received as entry {index} is missing in opinions.jsonl."
        )
    if found.broken == before:
        said = f"{len(seen)} 条意见与总账逐条对上，其中 {opened} 条原文一字未改。"
        found.holds(said, f"{len(seen)} opinions match the log one by one; the words of {opened} are those handed in.")
    if hidden := len(seen) - opened:
        found.leaves_open(f"{hidden} 条不公开原文或有遮盖，没有比对。", f"{hidden} show no words or masked ones; they were not compared.")


def _opens(found: Findings, where: str, row: Row, entry: Row) -> bool:
    content = {"text": row["text"], "stance": row["stance"], "clause": str(row["clause_id"])}
    fits: bool = commitment(entry["algorithm"], bytes.fromhex(row["salt"]), content) == entry["facts"]["content"]
    if not fits:
        found.breaks(f"{where}：原文与收到时不一致。", f"{where}: the words are not those handed in.")
    return fits


def _recount(found: Findings, export: Export) -> None:
    places = Counter(row["place"] for row in export.opinions)
    members = Counter(row["group"] for row in export.opinions if row["place"] == "group")
    verdicts = {row["id"]: row["verdict"] for row in export.groups}
    before = found.broken
    for row in export.groups:
        if members.pop(row["id"], 0) != row["opinions"]:
            found.breaks(f"groups.jsonl：第 {row['id']} 组的条数不符。", f"groups.jsonl: the size of group {row['id']} is wrong.")
    if members:
        found.breaks("有意见归入不存在的组。", "Opinions are in groups that are not there.")
    for number, row in enumerate(export.opinions, 1):
        if row["place"] == "group" and row["verdict"] != verdicts.get(row["group"]):
            found.breaks(f"opinions.jsonl:{number}：答复与所在组不同。", f"opinions.jsonl:{number}: its verdict differs from its group's.")
    counted = {"received": len(export.opinions), **{name: places[name] for name in PLACES}}
    if counted != export.manifest["counts"] or sum(places[name] for name in PLACES) != len(export.opinions):
        said = f"{counted} ≠ {export.manifest['counts']}"
        found.breaks(f"清点与公布的数不符：{said}", f"The recount differs from the published counts: {said}")
    if found.broken == before:
        said = f"{counted['received']} = {counted['group']} + {counted['single']} + {counted['withheld']}"
        found.holds(f"收到 = 归组 + 单独答复 + 依法不显示：{said}。", f"Received = grouped + answered singly + withheld: {said}.")


def _check_report(found: Findings, export: Export) -> None:
    """The report that was logged when it was published commits to the same opinions, places, groups and counts."""
    about, algorithm = export.manifest["about"], export.manifest["head"]["algorithm"]
    logged = [line["entry"] for line in export.log if line["entry"]["kind"] == REPORTED and line["entry"]["facts"].get("about") == about]
    if not found.either(
        bool(logged),
        ("总账里有采纳情况报告的公布记录。", "The log records the publication of the adoption report."),
        ("总账里没有采纳情况报告的公布记录。", "The log does not record the publication of the adoption report."),
    ):
        return
    facts = logged[-1]["facts"]
    same = {name: facts.get(name) for name in ("received", *PLACES)} == export.manifest["counts"]
    found.either(
        same
        and facts["placing"] == placing_digest(algorithm, export.opinions)
        and facts["groups"] == groups_digest(algorithm, export.groups),
        (
            "每条意见的归处、每组的结论和理由与公布报告时一致。",
            "Every place, verdict and reason is as it was when the report was published.",
        ),
        ("归处、结论、理由或条数与公布报告时不一致。", "A place, verdict, reason or count is not as it was when the report was published."),
    )


def _check_tables(found: Findings, export: Export) -> None:
    for name, columns in (("opinions", OPINION_COLUMNS), ("groups", GROUP_COLUMNS)):
        with (export.folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            there = stream.read()
        want = "".join(csv_lines(columns, getattr(export, name)))
        if there == want:
            found.holds(f"{name}.csv 与 {name}.jsonl 一致。", f"{name}.csv says the same as {name}.jsonl.")
            continue
        pairs = zip(there.split("\r\n"), want.split("\r\n"), strict=False)
        line = next((number for number, (ours, theirs) in enumerate(pairs, 1) if ours != theirs), 0)
        found.breaks(f"{name}.csv:{line}：与 {name}.jsonl 不同。", f"{name}.csv:{line}: differs from {name}.jsonl.")
