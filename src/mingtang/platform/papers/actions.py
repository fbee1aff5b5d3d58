"""Writes on templates: a new version, an older one again, the standard one again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.kernel.decision import Decision, all_of, no
from mingtang.kernel.text import Text, t
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.documents.official.merging import KINDS, Checked, check_template
from mingtang.platform.files.keep import keep
from mingtang.platform.files.models import StoredFile
from mingtang.platform.papers.models import PaperTemplate
from mingtang.platform.papers.policy import may_change_templates

WORD = frozenset({"docx"})
NO_KIND = no(t("没有这种公文。", "There is no such document."), "", t("请从列表里选。", "Choose from the list."), code="gone")


NO_FILE = no(
    t("没有选择文件。", "No file was chosen."), "", t("选一个 .docx 文件再上传。", "Choose a .docx file and upload again."), code="no_file"
)


def template_faults(found: Checked) -> Decision:
    """Why a template cannot be used: every unknown and every missing field by name."""
    if not found.readable:
        return _no(t("这个文件不是能打开的 Word 文档。", "This is no Word document that can be opened."), "unreadable")
    said = [
        _no(t("没有这个字段：{{{{{name}}}}}。", "There is no field {{{{{name}}}}}.", name=each), "unknown_field") for each in found.unknown
    ]
    said += [
        _no(t("缺少必需的字段：{{{{{name}}}}}。", "The field {{{{{name}}}}} is needed and missing.", name=each), "missing_field")
        for each in found.missing
    ]
    said += [
        _no(t("{{{{{name}}}}} 要独占一段。", "{{{{{name}}}}} must stand alone in its paragraph.", name=each), "crowded")
        for each in found.crowded
    ]
    return all_of(*said)


def _no(what: Text, code: str) -> Decision:
    mend = t("下载标准模板对照，字段写在双花括号里。", "Compare with the standard template; fields stand in double braces.")
    return no(what, "", mend, code=code)


@transaction.atomic
def put_template(kind: str, *, actor: Actor, now: datetime, upload: Any, file_name: str = "") -> PaperTemplate:
    """Use an uploaded Word file as the template of a kind from now on; refused with every fault named.

    The file in use once more changes nothing.
    """
    may_change_templates(actor).require()
    if kind not in KINDS:
        NO_KIND.require()
    content = upload if isinstance(upload, bytes) else upload.read()
    name = file_name or getattr(upload, "name", "")
    stored = keep(content, name, government_id=actor.government_id, person_id=actor.person_id, now=now, allowed=WORD)
    template_faults(check_template(kind, content)).require()
    return _put(kind, stored, actor, now)


@transaction.atomic
def use_standard(kind: str, *, actor: Actor, now: datetime) -> PaperTemplate | None:
    """Go back to the standard template; the office's own stay among the versions."""
    may_change_templates(actor).require()
    if kind not in KINDS:
        NO_KIND.require()
    newest = _newest(kind, actor)
    return newest if newest is None or newest.file is None else _put(kind, None, actor, now)


@transaction.atomic
def use_version(template_id: int, *, actor: Actor, now: datetime) -> PaperTemplate:
    """Use an earlier version again, as a new one."""
    may_change_templates(actor).require()
    row = PaperTemplate.objects.select_related("file").filter(pk=template_id, government_id=actor.government_id).first()
    if row is None:
        NO_KIND.require()
    assert row is not None
    return _put(row.kind, row.file, actor, now)


def _newest(kind: str, actor: Actor) -> PaperTemplate | None:
    Government.objects.select_for_update().get(pk=actor.government_id)
    rows = PaperTemplate.objects.filter(government_id=actor.government_id, kind=kind).select_related("file")
    return rows.order_by("-version").first()


def _put(kind: str, stored: StoredFile | None, actor: Actor, now: datetime) -> PaperTemplate:
    newest = _newest(kind, actor)
    if newest and (newest.file.sha256 if newest.file else "") == (stored.sha256 if stored else ""):
        return newest
    made = PaperTemplate.objects.create(
        government_id=actor.government_id,
        kind=kind,
        version=(newest.version if newest else 0) + 1,
        file=stored,
        put_by_id=actor.person,
        put_at=now,
    )
    record("template.put", made, actor=actor, now=now, data={"kind": kind, "sha256": stored.sha256 if stored else ""})
    return made
