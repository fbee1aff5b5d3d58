"""The dossier of a meeting: one signed archive that is checked offline, to the byte."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest

from mingtang.engines.ledger.archive import check_archive
from mingtang.engines.ledger.verifying import keys_in, verify
from mingtang.minutes import actions
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.ledger import published as ledger
from mingtang.platform.ledger.sequencing import sequence_all
from tests.factories.held import STARTS, Held, held
from tests.factories.platform import actor
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(hours=2)


@pytest.fixture
def over() -> Held:
    made = held()
    row = actions.record_suggestion(made.invitations[0].pk, actor=made.operator, now=NOW, text="=写明补偿")
    actions.judge_suggestion(row.pk, actor=made.clerk, now=NOW, reasonable=True)
    actions.compose_minutes(made.meeting.pk, actor=made.operator, now=NOW)
    actions.circulate_minutes(made.meeting.pk, actor=made.operator, now=NOW)
    actions.issue_minutes(made.meeting.pk, actor=made.office, now=NOW)
    sequence_all(NOW)
    return made


def packed(over: Held) -> bytes:
    return actions.export_dossier(over.meeting.pk, actor=over.office, now=NOW)


def repacked(content: bytes, change: dict[str, bytes | None]) -> bytes:
    """The archive with files replaced, added, or (None) taken out."""
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(box, "w") as new:
        files = {name: old.read(name) for name in old.namelist()} | change
        for name, data in files.items():
            if data is not None:
                new.writestr(name, data)
    return box.getvalue()


def broken(tmp_path, content: bytes) -> list[str]:
    place = tmp_path / "meeting.zip"
    place.write_bytes(content)
    return [each.zh for each in check_archive(place).all if each.kind == "broken"]


def test_the_archive_holds_documents_proofs_and_log_and_verifies_offline(over, tmp_path, capsys):
    content = packed(over)
    assert packed(over) == content
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    for name in (
        "archive.json",
        "index.html",
        "index.md",
        "documents/minutes-v1.pdf",
        "documents/agenda.docx",
        "proofs/notices.csv",
        "log/entries.jsonl",
    ):
        assert name in names
    suggestions = zipfile.ZipFile(io.BytesIO(content)).read("proofs/suggestions.csv").decode()
    assert "'=写明补偿" in suggestions
    kinds = {json.loads(line)["entry"]["kind"] for line in zipfile.ZipFile(io.BytesIO(content)).read("log/entries.jsonl").splitlines()}
    assert {"meeting.convene", "minutes.issue", "invitation.notice", "suggestion.receive"} <= kinds
    place = tmp_path / "meeting.zip"
    place.write_bytes(content)
    trusted = keys_in(ledger.keys(over.home.pk))
    assert check_archive(place, trusted).good
    assert verify(["export", str(place)]) == 0
    with zipfile.ZipFile(place) as whole:
        whole.extractall(tmp_path / "unpacked")
    assert verify(["archive", str(tmp_path / "unpacked")]) == 0
    assert "都与清单一致" in capsys.readouterr().out
    assert Act.objects.filter(event="minutes.export").count() == 2


def test_one_changed_byte_is_named(over, tmp_path):
    content = packed(over)
    paper = bytearray(zipfile.ZipFile(io.BytesIO(content)).read("documents/minutes-v1.pdf"))
    paper[len(paper) // 2] ^= 1
    assert broken(tmp_path, repacked(content, {"documents/minutes-v1.pdf": bytes(paper)})) == ["documents/minutes-v1.pdf：内容被改过。"]
    assert broken(tmp_path, repacked(content, {"documents/agenda.pdf": None})) == ["documents/agenda.pdf：文件不在了。"]
    assert broken(tmp_path, repacked(content, {"documents/extra.pdf": b"x"})) == ["documents/extra.pdf：清单里没有这个文件。"]


def test_a_list_made_to_fit_is_not_signed_and_a_foreign_key_is_not_known(over, tmp_path):
    content = packed(over)
    listed = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("archive.json"))
    forged = json.dumps(listed | {"title": "另一次会议"}).encode()
    assert broken(tmp_path, repacked(content, {"archive.json": forged})) == ["archive.json：签名不对，清单被改过。"]
    place = tmp_path / "meeting.zip"
    place.write_bytes(content)
    assert not check_archive(place, {"ab" * 16: b"x" * 32}).good
    place.write_bytes(content[: len(content) // 2])
    assert not check_archive(place).good


def test_entries_left_out_of_the_log_are_noticed(over, tmp_path):
    content = packed(over)
    lines = zipfile.ZipFile(io.BytesIO(content)).read("log/entries.jsonl").splitlines(keepends=True)
    said = broken(tmp_path, repacked(content, {"log/entries.jsonl": b"".join(lines[1:])}))
    assert said == ["log/entries.jsonl：内容被改过。", "log/entries.jsonl：与签名的总账对不上。"]


def test_there_is_no_archive_before_the_issue_nor_for_everybody(over):
    with refused("role"):
        actions.export_dossier(over.meeting.pk, actor=over.clerk, now=NOW)
    early = held()
    with refused("too_early"):
        actions.export_dossier(early.meeting.pk, actor=early.office, now=NOW)
    with refused("gone"):
        actions.export_dossier(0, actor=actor(over.home, Role.OFFICE), now=NOW)
