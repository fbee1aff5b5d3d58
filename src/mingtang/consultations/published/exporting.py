"""The public export of one consultation: everything anybody needs to recount it and to check it against the log."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from mingtang.consultations.models import Consultation, Opinion
from mingtang.consultations.published.logged import OPINION_ROW, besides, groups, place_of, with_leaves
from mingtang.consultations.rules import blacked
from mingtang.engines.ledger.export import FORM, GROUP_COLUMNS, NODE_COLUMNS, OPINION_COLUMNS, PLACES, csv_lines, json_lines
from mingtang.engines.ledger.exported_draws import DRAW_COLUMNS, draw_rows
from mingtang.engines.ledger.receipts import moment, salt_of
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.ledger import published as ledger
from mingtang.platform.ledger.belonging import Subject, belonging
from mingtang.platform.ledger.keys import signing
from mingtang.platform.sparing import small_cache
from mingtang.topics import published as topics_published
from mingtang.topics.rules import named

README = """明堂公开数据：{title}

opinions  每条意见：编号、时间、来源、条款、态度、是否显示、原文、归处、答复；leaf 是它在总账里的记录
groups    每个意见组：名称、结论、理由、落在哪里、条数、人数
draws     每次抽签：冻结的名单、名额和概率，结果，递补；表格里一人一行（只有编号）
log       这件事在总账里的每条记录及其位置
nodes     证明这些记录都在总账里所需的其余节点
keys      公布的密钥；manifest 是签名的清单，有总账的签名和各归处的条数

同一内容有 CSV（表格）和 JSON Lines（程序）两种。查验：
    mingtang verify-export 本文件夹
    python3 mingtang_verify.py export 本文件夹
或在“可查验的承诺”页选中全部文件。

Mingtang public data. Each opinion with its place and answer, each group, each draw (what was frozen, what came out, who
moved up; people under numbers), each entry of this matter in the public log, the nodes that prove them, the published keys, and a signed manifest with the head of the log and the counts.
Check it with `mingtang verify-export`, with mingtang_verify.py, or in the browser on the trust page.
"""
LICENCE = """公开数据，可以自由使用、复制、加工，须注明来源：{source}。
按“知识共享 署名 4.0 国际”许可发布。
Open data: use, copy and adapt it freely, naming the source: {source}.
Licensed under Creative Commons Attribution 4.0 International (CC BY 4.0).
"""


def of_matter(government_id: int, topic_id: int) -> int:
    """The consultation of a matter whose report is published; `Refused` when there is none."""
    row = Consultation.objects.filter(government_id=government_id, topic_id=topic_id, **named("topic__"), state="reported").first()
    if row is None:
        no(
            t("这件事还没有公布采纳情况报告。", "No adoption report of this matter is published yet."),
            "2.1e",
            t("公布之后才能导出。", "It can be exported once the report is published."),
            code="not_reported",
        ).require()
    assert row is not None
    return row.pk


def write_export(consultation_id: int, folder: Path, *, now: datetime) -> dict[str, int]:
    """Write the export of a reported consultation, with what else belongs to its matter, into `folder`; gives the counts.

    What is not in the log yet is missing, and the verifier will say so: run the sequencer first.
    """
    row = Consultation.objects.select_related("topic__department", "government").get(pk=consultation_id, state="reported")
    head = ledger.newest_head(row.government_id)
    if head is None:
        raise LookupError("the log has no signed head yet")
    folder.mkdir(parents=True, exist_ok=True)
    with small_cache():
        return _written(row, folder, head, now)


def _written(row: Consultation, folder: Path, head: dict[str, Any], now: datetime) -> dict[str, int]:
    files = _Files(folder)
    counts: Counter[str] = Counter({"received": 0, **dict.fromkeys(PLACES, 0)})
    files.write_both("opinions", OPINION_COLUMNS, _counted(_opinions(row.pk), counts))
    files.write_both("groups", GROUP_COLUMNS, groups(row.pk))
    part = belonging(row.topic_id)
    files.write("draws.jsonl", json_lines(part.draws))
    files.write("draws.csv", csv_lines(DRAW_COLUMNS, draw_rows(part.draws)))
    indexes: list[int] = []
    files.write("log.jsonl", json_lines(_entries(row, int(head["size"]), part.subjects, indexes)))
    files.write("nodes.csv", csv_lines(NODE_COLUMNS, ledger.completing(row.government_id, indexes, int(head["size"]))))
    files.write("keys.json", [json.dumps(ledger.keys(row.government_id), indent=1) + "\n"])
    title = topics_published.title_of(row.topic)
    files.write("README.md", README.format(title=title).splitlines(keepends=True))
    files.write("LICENCE.txt", LICENCE.format(source=row.government.name).splitlines(keepends=True))
    _sign(row, folder, files, head, dict(counts), title, now)
    return dict(counts)


def archive_of(consultation_id: int) -> Path:
    """Where the archive of an export lies, made or not."""
    return Path(settings.MEDIA_ROOT) / "exports" / f"{consultation_id}.zip"


def archive(consultation_id: int, *, now: datetime) -> Path:
    """The export in one ZIP file, for the download on its page; the old one stays until the new one is whole."""
    target = archive_of(consultation_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as room:
        folder, packed = Path(room) / f"mingtang-{consultation_id}", Path(room) / "export.zip"
        write_export(consultation_id, folder, now=now)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
            for path in sorted(folder.iterdir()):
                whole.write(path, f"{folder.name}/{path.name}")
        packed.replace(target)
    return target


def _sign(row: Consultation, folder: Path, files: _Files, head: dict[str, Any], counts: dict[str, int], title: str, now: datetime) -> None:
    log, key = signing(row.government_id, now)
    body = {
        "form": FORM,
        "log": log.name,
        "matter": f"topic:{row.topic_id}",
        "about": f"consultation:{row.pk}",
        "title": title,
        "government": row.government.name,
        "made_at": moment(now),
        "head": head,
        "counts": counts,
        "files": files.written,
    }
    manifest = json.dumps(key.sign(body), ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(manifest + "\n", encoding="utf-8")


def _counted(rows: Iterator[dict[str, Any]], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        counts.update(["received", row["place"]])
        yield row


def _opinions(consultation_id: int) -> Iterator[dict[str, Any]]:
    for number, (row, leaf, secret) in enumerate(with_leaves(consultation_id), 1):
        yield _opinion(number, row, leaf, secret)


def _opinion(number: int, row: Opinion, leaf: str, secret: str | None) -> dict[str, Any]:
    """One line; nothing personal. The salt is given only with words that are public as they came."""
    public = row.is_public
    text = row.masked_text if public else ""
    also = {name: blacked(value, (mask.quote for mask in row.standing_masks)) if public else "" for name, value in besides(row).items()}
    hidden = bool(text) and (text != row.text or also != besides(row))
    answer = row.group or row
    return {
        "no": number,
        "received_at": row.received_at.isoformat(timespec="seconds"),
        "channel": row.channel,
        "clause": row.clause.label if row.clause else "",
        "stance": row.stance,
        "state": row.state,
        "text": text,
        "masked": int(hidden),
        "withheld": row.withheld_code if row.state == "withheld" else "",
        "place": place_of(row.state, row.group_id),
        "group": row.group_id or 0,
        "verdict": answer.verdict,
        "reason": answer.reason,
        "reason_code": answer.reason_code,
        "legal_ref": answer.legal_ref,
        "own_reply": row.own_reply,
        "points": row.points,
        "landed_in": answer.landed_in,
        **also,
        "clause_id": row.clause_id or 0,
        "salt": salt_of(bytes.fromhex(secret), "content").hex() if secret and text and not hidden else "",
        "leaf": leaf,
    }


def _entries(row: Consultation, size: int, also: Iterable[Subject], indexes: list[int]) -> Iterator[dict[str, Any]]:
    ids = Opinion.objects.filter(consultation=row).values("pk")
    subjects = [(OPINION_ROW, ids), ("consultations.consultation", [row.pk]), ("topics.topic", [row.topic_id]), *also]
    for index, entry in ledger.entries_about(row.government_id, subjects, size):
        indexes.append(index)
        yield {"index": index, "entry": entry}


class _Files:
    """The files of an export, hashed while they are written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.written: dict[str, dict[str, Any]] = {}

    def write(self, name: str, lines: Iterable[str]) -> None:
        """Write a file; its lines are counted by their line feeds."""
        whole, count = sha256(), 0
        with (self._folder / name).open("wb") as stream:
            for line in lines:
                data = line.encode()
                whole.update(data)
                count += data.count(b"\n")
                stream.write(data)
        self.written[name] = {"sha256": whole.hexdigest(), "lines": count}

    def write_both(self, name: str, columns: Sequence[str], rows: Iterator[dict[str, Any]]) -> None:
        """The same rows as JSON Lines and as CSV, in one pass."""
        self.write(f"{name}.jsonl", json_lines(rows))
        with (self._folder / f"{name}.jsonl").open(encoding="utf-8") as stream:
            self.write(f"{name}.csv", csv_lines(columns, map(json.loads, stream)))
