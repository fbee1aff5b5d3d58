"""A checked copy of a log, kept by somebody else: whoever keeps one sees every entry taken away, changed or slipped in."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mingtang.engines.ledger.checking import check_head
from mingtang.engines.ledger.covering import covered_root
from mingtang.engines.ledger.fetching import Ask
from mingtang.engines.ledger.findings import BROKEN, Findings
from mingtang.engines.ledger.keys import fingerprint, is_signed
from mingtang.engines.ledger.receipts import body_of, leaf_of

PAGE = 1000
READ_AGAIN_WHOLE = 20_000
SAMPLES = 5
NEW_KEY = "log.key"
MOST_LATE = timedelta(seconds=120)


@dataclass(slots=True)
class Copy:
    """What a mirror keeps: keys, entries in order, heads as they were seen."""

    folder: Path
    publics: dict[str, bytes] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, Any]] = field(default_factory=list)

    def root(self, size: int, algorithm: str) -> str:
        """The root of the first `size` entries, from the entries themselves."""
        leaves = {index: leaf_of(each) for index, each in enumerate(self.entries[:size])}
        return covered_root(algorithm, leaves, {}, size).hex() if len(leaves) == size else ""


def open_copy(folder: Path) -> Copy:
    """The copy in a folder, empty when there is none yet."""
    copy = Copy(folder)
    if (folder / "keys.json").exists():
        keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
        copy.publics = {name: bytes.fromhex(public) for name, public in keys.items()}
        copy.entries = _kept(folder / "entries.jsonl")
        copy.heads = _kept(folder / "heads.jsonl")
    return copy


def follow(ask: Ask, folder: Path, *, whole: bool = False) -> Findings:
    """Fetch what is new, check it against the copy, keep it only when all is well.

    A copy of up to 20,000 entries (or any, with `whole`) is compared entry by entry each time; of a longer one
    some pages are. What is broken is also written to ``ALARM.txt`` in the folder.
    """
    found, copy = Findings(), open_copy(folder)
    known = len(copy.entries)
    answer = ask("/log/head")
    head = answer["head"]
    if not copy.publics:
        copy.publics = {fingerprint(bytes.fromhex(each["public"])): bytes.fromhex(each["public"]) for each in answer["keys"]}
        found.leaves_open("第一次抄录：记下了公布的密钥。", "First copy: the published keys were taken as they are.")
    if int(head["size"]) < known:
        found.breaks(
            f"总账变短了：原有 {known} 条，现在 {head['size']} 条。", f"The log has shrunk: {known} entries before, {head['size']} now."
        )
    else:
        _compare(found, ask, copy, whole=whole or known <= READ_AGAIN_WHOLE)
        _take(found, ask, copy, int(head["size"]))
        _weigh(found, copy, head, known)
    if found.good:
        _keep(copy, known, head)
    else:
        _shout(folder, found)
    return found


def _compare(found: Findings, ask: Ask, copy: Copy, *, whole: bool) -> None:
    """What was copied before is still what the log shows."""
    pages = list(range(0, len(copy.entries), PAGE))
    if not whole:
        pages = sorted(random.sample(pages, min(SAMPLES, len(pages))))
    for begin in pages:
        end = min(begin + PAGE, len(copy.entries))
        shown = {int(row["index"]): row["entry"] for row in ask(f"/log/entries?from={begin}&to={end}")["entries"]}
        for index in range(begin, end):
            if index not in shown:
                found.breaks(f"总账第 {index} 条不见了。", f"Entry {index} of the log is gone.")
            elif shown[index] != copy.entries[index]:
                found.breaks(f"总账第 {index} 条被改了。", f"Entry {index} of the log was changed.")


def _take(found: Findings, ask: Ask, copy: Copy, size: int) -> None:
    """Read the entries up to `size`, accept new keys that an old key signed."""
    while len(copy.entries) < size:
        begin = len(copy.entries)
        rows = ask(f"/log/entries?from={begin}&to={min(begin + PAGE, size)}")["entries"]
        for expected, row in enumerate(rows, begin):
            entry = row["entry"]
            if int(row["index"]) != expected:
                found.breaks(f"总账缺第 {expected} 条。", f"The log lacks entry {expected}.")
                return
            if not is_signed(entry, copy.publics):
                found.breaks(f"总账第 {expected} 条的签名不对。", f"Entry {expected} is not signed by a known key.")
            elif entry["kind"] == NEW_KEY:
                public = bytes.fromhex(entry["facts"]["public"])
                copy.publics[fingerprint(public)] = public
            copy.entries.append(entry)
        if not rows:
            found.breaks(f"总账缺第 {begin} 条及以后。", f"The log lacks entry {begin} and what follows.")
            return


def _weigh(found: Findings, copy: Copy, head: Mapping[str, Any], known: int) -> None:
    """The head is signed, is the root of the copy, and the copy still begins with what was signed before."""
    log = copy.heads[0]["log"] if copy.heads else str(head["log"])
    check_head(found, head, copy.publics, log)
    size = int(head["size"])
    found.either(
        copy.root(size, head["algorithm"]) == head["root"],
        (f"抄录的 {size} 条正是签名的总账。", f"The {size} entries copied are the log that was signed; root {head['root']}."),
        ("抄录的各条与签名的总账对不上：总账被改写或分叉。", "The entries do not give the signed root: the log was rewritten or forked."),
    )
    if copy.heads:
        last = copy.heads[-1]
        found.either(
            copy.root(last["size"], last["algorithm"]) == last["root"],
            ("此前的总账原样包含在内。", "The log as it was before is contained unchanged."),
            ("此前的总账没有原样包含在内。", "The log as it was before is not contained unchanged."),
        )
        earliest = _moment(last["at"]) - MOST_LATE
        for index in range(known, len(copy.entries)):
            if _moment(copy.entries[index]["at"]) < earliest:
                found.breaks(
                    f"第 {index} 条写着 {copy.entries[index]['at']}，却晚于 {last['at']} 才出现：倒签。",
                    f"Entry {index} says {copy.entries[index]['at']} but appeared after {last['at']}: back-dated.",
                )


def compare_copies(first: Path, second: Path) -> Findings:
    """Whether two copies kept by different people are of one log: the shorter must be the beginning of the longer."""
    found = Findings()
    ours, theirs = open_copy(first).entries, open_copy(second).entries
    if not ours or not theirs:
        found.breaks("有一份抄录是空的，无从比较。", "One copy is empty; there is nothing to compare.")
        return found
    both = min(len(ours), len(theirs))
    differing = next((index for index in range(both) if body_of(ours[index]) != body_of(theirs[index])), None)
    found.either(
        differing is None,
        (f"两份抄录的前 {both} 条相同。", f"The first {both} entries of both copies are the same."),
        (
            f"从第 {differing} 条起不同：给不同的人看了不同的总账。",
            f"They differ from entry {differing} on: two people were shown two logs.",
        ),
    )
    return found


def compare_printed(folder: Path, size: int, root: str) -> Findings:
    """Whether a copy has the head that stands on a paper (minutes, a report): the root of its first `size` entries."""
    found, copy = Findings(), open_copy(folder)
    if not 0 < size <= len(copy.entries):
        found.breaks(
            f"抄录只有 {len(copy.entries)} 条，纸上写的是 {size} 条。", f"The copy has {len(copy.entries)} entries, the paper says {size}."
        )
        return found
    found.either(
        copy.root(size, str(copy.entries[0]["algorithm"])) == root.strip().lower(),
        (f"纸上的根正是抄录前 {size} 条的根。", f"The root on paper is that of the first {size} entries of the copy."),
        (
            "纸上的根与抄录不同：印纸的人和抄录的人看到的不是同一本总账。",
            "The root on paper is not that of the copy: who printed it and who copies were shown two logs.",
        ),
    )
    return found


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words)


def _kept(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def _keep(copy: Copy, known: int, head: Mapping[str, Any]) -> None:
    copy.folder.mkdir(parents=True, exist_ok=True)
    with (copy.folder / "entries.jsonl").open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in copy.entries[known:])
    with (copy.folder / "heads.jsonl").open("a", encoding="utf-8") as stream:
        if not copy.heads or copy.heads[-1] != head:
            stream.write(json.dumps(head, ensure_ascii=False) + "\n")
    keys = {name: public.hex() for name, public in copy.publics.items()}
    (copy.folder / "keys.json").write_text(json.dumps(keys, indent=1), encoding="utf-8")


def _shout(folder: Path, found: Findings) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ALARM.txt").open("a", encoding="utf-8") as stream:
        stream.writelines(f"{each.zh}\n{each.en}\n" for each in found.all if each.kind == BROKEN)
