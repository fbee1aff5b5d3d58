"""The archive of one meeting as a single file: documents, proofs of notice, excerpts of the log; signed as a whole.

A ZIP with ``archive.json``: the hash of every other file, the head of the log, the signature of the log's key over both.
Whoever holds it can check it offline, years later: one changed byte is found and the file it stands in is named.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingtang.engines.ledger.checking import Publics, check_head, grouped
from mingtang.engines.ledger.covering import covered_root
from mingtang.engines.ledger.export import NODE_COLUMNS, csv_lines, json_lines
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.keys import SigningKey, fingerprint, is_signed
from mingtang.engines.ledger.receipts import leaf_of

ARCHIVE_FORM = "mingtang-archive-1"
ARCHIVE_LIST, ARCHIVE_LOG, ARCHIVE_NODES, ARCHIVE_KEYS = "archive.json", "log/entries.jsonl", "log/nodes.csv", "log/keys.json"
ARCHIVE_DAY = (1980, 1, 1, 0, 0, 0)
MOST_UNPACKED = 2_000_000_000


def log_files(
    entries: Iterable[tuple[int, Mapping[str, Any]]], nodes: Iterable[Mapping[str, Any]], keys: list[dict[str, str]]
) -> dict[str, bytes]:
    """The excerpt of the log as files of an archive: entries with their places, the nodes that prove them, the public keys."""
    lines = json_lines({"index": index, "entry": entry} for index, entry in entries)
    return {
        ARCHIVE_LOG: "".join(lines).encode(),
        ARCHIVE_NODES: "".join(csv_lines(NODE_COLUMNS, nodes)).encode(),
        ARCHIVE_KEYS: (json.dumps(keys, indent=1) + "\n").encode(),
    }


def seal(files: Mapping[str, bytes], facts: Mapping[str, Any], key: SigningKey) -> bytes:
    """The archive of `files` (path → bytes) with a signed list; `facts` (log, head, title …) stand in the list.

    The same files, facts and key give the same bytes.
    """
    body = {"form": ARCHIVE_FORM, **facts, "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())}}
    listed = (json.dumps(key.sign(body), ensure_ascii=False, indent=1) + "\n").encode()
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in [(ARCHIVE_LIST, listed), *sorted(files.items())]:
            place = zipfile.ZipInfo(name, ARCHIVE_DAY)
            place.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(place, content)
    return box.getvalue()


def check_archive(path: Path, trusted: Publics | None = None) -> Findings:
    """Everything that can be checked about an archive, packed or unpacked, without asking anybody."""
    found = Findings()
    try:
        files = _archive_files(path)
        listed = json.loads(files.pop(ARCHIVE_LIST))
        publics = {fingerprint(raw): raw for raw in (bytes.fromhex(each["public"]) for each in json.loads(files[ARCHIVE_KEYS]))}
        _check_archive_list(found, listed, publics, trusted)
        _check_archive_files(found, listed, files)
        _check_archive_log(found, listed, files, publics)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, EOFError, RuntimeError) as problem:
        said = f"{type(problem).__name__}: {problem}"
        found.breaks(f"读不下去：{said}", f"It cannot be read: {said}")
    found.leaves_open(
        "没有查：总账是否对别人也是这一本（请把总账条数和根与印在纸上的、镜像里的比对）。",
        "Not checked: whether others are shown the same log (compare its size and root with those in print and in mirrors).",
    )
    return found


def is_archive(path: Path) -> bool:
    """Whether a file or folder is such an archive, whole or damaged, and not the export of a matter."""
    return (path / ARCHIVE_LIST).is_file() if path.is_dir() else path.suffix.lower() == ".zip" and path.is_file()


def _archive_files(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return {each.relative_to(path).as_posix(): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}
    with zipfile.ZipFile(path) as whole:
        if sum(each.file_size for each in whole.infolist()) > MOST_UNPACKED:
            raise ValueError("too large to be one of ours")
        names = [each for each in whole.namelist() if not each.endswith("/")]
        if len(names) != len(set(names)):
            raise ValueError("a name stands twice in the archive")
        return {name: _archived(whole, name) for name in names}


def _archived(whole: zipfile.ZipFile, name: str) -> bytes:
    try:
        return whole.read(name)
    except zipfile.BadZipFile:
        return b""  # its own sum is wrong already; the comparison of hashes names it


def _check_archive_list(found: Findings, listed: dict[str, Any], publics: Mapping[str, bytes], trusted: Publics | None) -> None:
    name = str(listed.get("key"))
    found.either(
        listed.get("form") == ARCHIVE_FORM and is_signed(listed, publics),
        (f"清单由密钥 {grouped(name)} 签名。", f"The list is signed by key {grouped(name)}."),
        (f"{ARCHIVE_LIST}：签名不对，清单被改过。", f"{ARCHIVE_LIST}: the signature is wrong; the list was changed."),
    )
    if trusted is None:
        found.leaves_open("请与印在纸上或信任页上的指纹比对。", "Compare that fingerprint with the one in print or on the trust page.")
    else:
        found.either(
            trusted.get(name) is not None and trusted[name] == publics.get(name),
            ("这个密钥是公布的密钥。", "The key is one of the published keys."),
            ("这个密钥不在公布的密钥之中。", "The key is none of the published keys."),
        )


def _check_archive_files(found: Findings, listed: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    before, wanted = found.broken, listed["files"]
    for name in sorted(set(wanted) - set(files)):
        found.breaks(f"{name}：文件不在了。", f"{name}: the file is missing.")
    for name in sorted(set(files) - set(wanted)):
        found.breaks(f"{name}：清单里没有这个文件。", f"{name}: the list does not have this file.")
    for name in sorted(set(files) & set(wanted)):
        if sha256(files[name]).hexdigest() != wanted[name]:
            found.breaks(f"{name}：内容被改过。", f"{name}: its content was changed.")
    if found.broken == before:
        found.holds(f"{len(files)} 个文件都与清单一致。", f"All {len(files)} files are as the list says.")


def _check_archive_log(found: Findings, listed: Mapping[str, Any], files: Mapping[str, bytes], publics: Mapping[str, bytes]) -> None:
    head = listed["head"]
    check_head(found, head, publics, listed["log"])
    lines = [json.loads(line) for line in files[ARCHIVE_LOG].decode().splitlines()]
    leaves = {int(line["index"]): leaf_of(line["entry"]) for line in lines}
    table = csv.DictReader(io.StringIO(files[ARCHIVE_NODES].decode("utf-8-sig"), newline=""))
    nodes = {(int(row["level"]), int(row["index"])): bytes.fromhex(row["hash"]) for row in table}
    try:
        top = covered_root(head["algorithm"], leaves, nodes, head["size"]).hex()
    except KeyError:
        top = ""
    found.either(
        top == head["root"] and len(leaves) == len(lines),
        (f"{ARCHIVE_LOG} 的 {len(lines)} 条都在总账里。", f"All {len(lines)} entries of {ARCHIVE_LOG} stand in the log."),
        (f"{ARCHIVE_LOG}：与签名的总账对不上。", f"{ARCHIVE_LOG}: does not fit the signed log."),
    )
