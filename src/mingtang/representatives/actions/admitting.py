"""People from a table into the pool: each good row waits for the office; the others can be downloaded, mended and brought again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.documents.tables import Row, columns, read_table
from mingtang.platform.files.rules import TABLES, may_keep
from mingtang.representatives import policy
from mingtang.representatives.actions.keeping import enter
from mingtang.representatives.actions.pooling import PersonIn, is_known
from mingtang.representatives.models import PoolImport, Representative
from mingtang.representatives.rules import SOURCES
from mingtang.topics.rules import AUDIENCE_LABELS

COLUMNS: dict[str, Text] = {
    "name": t("姓名", "Name"),
    "audience": t("类别", "Audience"),
    "unit": t("单位", "Unit"),
    "phone": t("电话", "Phone"),
    "email": t("邮箱", "E-mail"),
    "area": t("区域", "Area"),
    "trade": t("行业", "Trade"),
    "specialities": t("专长", "Specialities"),
    "nominated_by": t("推荐单位", "Nominated by"),
    "source": t("来源", "Source"),
}
NEEDED = ("name", "audience")


@transaction.atomic
def import_people(upload: Any, name: str, *, actor: Actor, now: datetime) -> PoolImport:
    """Take a CSV, XLSX or JSONL table of people; who is in the pool already is passed over, the same file again takes nothing.

    The columns are called as in `COLUMNS` (either language). `Refused` when it is no table or name and audience are missing.
    """
    policy.may_keep_pool(actor).require()
    content = upload if isinstance(upload, bytes) else upload.read()
    may_keep(content, name, TABLES, settings.MINGTANG_MAX_UPLOAD_BYTES).require()
    digest = sha256(content).hexdigest()
    done = PoolImport.objects.filter(government_id=actor.government_id, sha256=digest).first()
    if done:
        return done
    head = columns(content, name)
    named = _named(head)
    batch = PoolImport(government_id=actor.government_id, name=name[:200], sha256=digest, made_by_id=actor.person, made_at=now)
    rejected = []
    for row in read_table(content, name):
        problem = _take(row, named, batch, actor, now)
        if problem:
            cells = [str(row.cells.get(each, "") or "") for each in head]
            rejected.append([*cells, row.number, problem.zh, problem.en])
    batch.rejected_count = len(rejected)
    batch.rejected = {"head": head, "rows": rejected} if rejected else {}
    batch.save()
    data = {"taken": batch.taken, "known": batch.known, "rejected": batch.rejected_count}
    record("representative.import", batch, actor=actor, now=now, data=data)
    return batch


def _named(head: list[str]) -> Mapping[str, str]:
    """Which column holds what."""
    words = {word.lower(): key for key, label in COLUMNS.items() for word in (label.zh, label.en, key)}
    named = {words[each.strip().lower()]: each for each in head if each.strip().lower() in words}
    lost = [COLUMNS[key] for key in NEEDED if key not in named]
    if lost:
        no(
            t("文件里没有这些列：{lost}。", "The file has no such columns: {lost}.", lost=tuple(lost)),
            "2.2a",
            t("第一行写列名，可以有：{all}。", "The first row names the columns, of these: {all}.", all=tuple(COLUMNS.values())),
            code="columns",
        ).require()
    return named


def _take(row: Row, named: Mapping[str, str], batch: PoolImport, actor: Actor, now: datetime) -> Text:
    """Take one row; gives what is wrong with it, or nothing."""
    if row.problem:
        return row.problem
    cells = {key: str(row.cells.get(column, "") or "").strip() for key, column in named.items()}
    audience, source = _key(AUDIENCE_LABELS, cells.pop("audience")), _key(SOURCES, cells.pop("source", ""))
    problem = _problem(cells, audience)
    if problem:
        return problem
    chosen = source or ("body" if cells.get("nominated_by") else "unit" if cells.get("unit") else "office")
    given = replace(PersonIn(cells.pop("name"), audience, source=chosen), **cells)  # type: ignore[arg-type]  # columns of text only
    if is_known(given, actor.government_id):
        batch.known += 1
        return NOTHING
    kept = {each: getattr(given, each) for each in ("name", "audience", "unit", "area", "trade", "specialities", "nominated_by", "source")}
    person = Representative(government_id=actor.government_id, state="waiting", added_at=now, added_by_id=actor.person, **kept)
    enter(person, now, phone=given.phone, email=given.email)
    batch.taken += 1
    return NOTHING


def _key(labels: Mapping[str, Text], typed: str) -> str:
    words = {word.lower(): key for key, label in labels.items() for word in (key, label.zh, label.en)}
    return words.get(typed.lower(), "")


def _problem(cells: Mapping[str, str], audience: str) -> Text:
    if not cells["name"]:
        return t("没有姓名。", "No name.")
    if not audience:
        return t("类别要写其中一个：{all}。", "The audience is one of: {all}.", all=tuple(AUDIENCE_LABELS.values()))
    if not (cells.get("phone") or cells.get("email")):
        return t("电话、邮箱至少要有一个。", "A phone number or an e-mail address is needed.")
    try:
        if cells.get("email"):
            validate_email(cells["email"])
    except ValidationError:
        return t("邮箱写得不对。", "This is no e-mail address.")
    for key, value in cells.items():
        limit = LIMITS.get(key, 200)
        if len(value) > limit:
            return t("“{column}”超过 {n} 字。", "“{column}” is longer than {n} characters.", column=COLUMNS[key], n=limit)
    return NOTHING


LIMITS = {"name": 60, "unit": 120, "area": 40, "trade": 40, "specialities": 200, "nominated_by": 120, "phone": 40, "email": 254}
