"""The commands an operator types: obligations, holidays, backup and restore, as a person types them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from mingtang.config.cli import without_address
from mingtang.config.management.commands.restore import _unpack
from mingtang.consultations.actions import group_opinions
from mingtang.consultations.models import Consultation, OpinionGroup, Tally
from mingtang.platform.figures.models import CalendarYear
from mingtang.platform.files.keep import keep
from mingtang.platform.inspections import INSPECTIONS
from tests.factories.consultations import closed
from tests.factories.platform import NOW, government
from tests.factories.topics import approved


def typed(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``mingtang WORDS`` in a process of its own on a data folder of its own."""
    environment = {**os.environ, "MINGTANG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "mingtang.config.settings"}
    environment.pop("MINGTANG_DATABASE_URL", None)
    code = "from mingtang.config.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("zh", "申报表注明开放形式"), ("en", "Form and audiences stand on the declaration")])
def test_the_obligations_are_printed_with_their_state(language, said):
    approved()
    out = StringIO()
    call_command("obligations", "--language", language, "--year", "2026", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 38
    assert said in out.getvalue()
    assert any(line.startswith("3.2a") and "kept" in line for line in lines)


@pytest.mark.django_db
def test_a_year_of_holidays_is_imported_from_a_file_and_a_wrong_line_named(tmp_path):
    notice = tmp_path / "2027.txt"
    notice.write_text("休 2027-01-01 2027-01-03\n", encoding="utf-8")
    with pytest.raises(CommandError, match="no government"):
        call_command("holidays", "2027", notice, "--source", "国办通知")
    government()
    out = StringIO()
    call_command("holidays", "2027", notice, "--source", "国办通知", stdout=out)
    assert out.getvalue().strip() == "2027: 3 days"
    assert CalendarYear.objects.get().source == "国办通知"
    notice.write_text("明天放假\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第 1 行"):
        call_command("holidays", "2027", notice, "--source", "国办通知")


def test_a_backup_brings_everything_back(tmp_path):
    data, other, archive = tmp_path / "one", tmp_path / "two", tmp_path / "backup.tar.gz"
    assert typed(data, "migrate", "-v0").returncode == 0
    fresh = shutil.copy(data / "mingtang.sqlite3", tmp_path / "fresh.sqlite3")
    with sqlite3.connect(data / "mingtang.sqlite3") as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(mt_government)")]
        values = ["清河区人民政府" if name == "name" else 1 if name == "id" else "x" for name in columns]
        connection.execute(f"INSERT INTO mt_government ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})", values)  # noqa: S608 - names of our own columns
    connection.close()
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "blob").write_text("正文", encoding="utf-8")
    first = typed(data, "backup", str(archive))
    assert first.returncode == 0, first.stderr
    assert typed(data, "backup", str(archive)).returncode != 0
    other.mkdir()
    shutil.copy(fresh, other / "mingtang.sqlite3")
    restored = typed(other, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    with sqlite3.connect(other / "mingtang.sqlite3") as connection:
        assert connection.execute("SELECT name FROM mt_government").fetchall() == [("清河区人民政府",)]
    connection.close()
    assert (other / "files" / "ab" / "blob").read_text(encoding="utf-8") == "正文"
    again = typed(other, "restore", str(archive))
    assert again.returncode != 0
    assert "--replace" in again.stderr
    assert typed(other, "restore", str(archive), "--replace").returncode == 0
    assert typed(other, "restore", str(tmp_path / "none.tar.gz")).returncode != 0


@pytest.mark.parametrize("odd", ["outside", "link"])
def test_an_archive_that_is_no_backup_of_ours_is_not_unpacked(tmp_path, odd):
    archive, member = tmp_path / "odd.tar.gz", tarfile.TarInfo("../escaped" if odd == "outside" else "mingtang.sqlite3")
    if odd == "link":
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(archive, "w:gz") as box:
        box.addfile(member)
    with tarfile.open(archive) as box, pytest.raises(CommandError, match="neither a file nor a folder"):
        _unpack(box, tmp_path / "there")
    assert not (tmp_path / "escaped").exists()


def test_help_lists_our_commands(tmp_path):
    shown = typed(tmp_path, "help").stdout
    for name in ("serve", "worker", "backup", "restore", "holidays", "obligations"):
        assert name in shown


def grouped() -> Consultation:
    """A closed consultation with two opinions in one group."""
    row, clerk = closed(opinions=2)
    group_opinions(row.pk, list(row.opinions.values_list("pk", flat=True)), actor=clerk, now=NOW, title="都想装")
    return row


@pytest.mark.django_db
def test_a_sound_installation_passes_its_check():
    grouped()
    out = StringIO()
    call_command("check", "--language", "en", stdout=out)
    django_said, *promises = out.getvalue().splitlines()
    assert django_said.startswith("System check identified no issues")
    assert [line.split()[:2] for line in promises] == [["ok", name] for name in sorted(INSPECTIONS)]


@pytest.mark.django_db
def test_a_wrong_counter_a_wrong_group_a_homeless_opinion_and_a_changed_file_are_named_by_the_check():
    row = grouped()
    Tally.objects.filter(consultation=row, dimension="all").update(number=9)
    OpinionGroup.objects.update(opinions_count=7)
    row.opinions.update(group=None)
    type(row).objects.update(state="reported")
    lost, changed = (keep(words, "a.md", government_id=row.government_id, person_id=None, now=NOW) for words in (b"# one", b"# two"))
    keep(b"# one", "b.md", government_id=row.government_id, person_id=None, now=NOW)
    (Path(django_settings.MEDIA_ROOT) / lost.place).unlink()
    (Path(django_settings.MEDIA_ROOT) / changed.place).write_bytes(b"# three")
    out = StringIO()
    with pytest.raises(CommandError, match="4 of these promises"):
        call_command("check", "--language", "en", stdout=out)
    said = out.getvalue()
    assert f"File {lost.pk} “a.md” is missing." in said
    assert f"File {changed.pk} “a.md” was changed." in said
    assert f"The counters of consultation {row.pk} differ from its opinions." in said
    assert f"The size of group {row.groups.get().pk}" in said
    assert f"2 opinions of consultation {row.pk} have no place." in said


@pytest.mark.django_db
def test_a_record_that_lost_its_guard_is_named_by_the_check():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER mt_act_no_delete")
        else:
            cursor.execute("DROP TRIGGER mt_act_append_only ON mt_act")
    out = StringIO()
    with pytest.raises(CommandError, match="1 of these promises"):
        call_command("check", "--language", "en", stdout=out)
    assert "trigger mt_act_" in out.getvalue()


def test_an_empty_command_lists_ours_first(tmp_path):
    done = typed(tmp_path)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[2:8]] == ["serve", "demo", "play", "check", "backup", "restore"]


@pytest.mark.parametrize(
    ("words", "left", "address"),
    [
        (["mingtang", "play", "--database", "sqlite://x", "CASE"], ["mingtang", "play", "CASE"], "sqlite://x"),
        (["mingtang", "play", "--database=sqlite://x", "CASE"], ["mingtang", "play", "CASE"], "sqlite://x"),
        (["mingtang", "migrate", "--database", "default"], ["mingtang", "migrate", "--database", "default"], ""),
        (["mingtang", "migrate", "--database"], ["mingtang", "migrate", "--database"], ""),
    ],
)
def test_an_address_of_a_database_is_taken_out_and_a_name_left_to_django(words, left, address):
    assert without_address(words) == (left, address)


def test_an_unknown_kind_of_database_is_a_sentence(tmp_path):
    done = typed(tmp_path, "play", "--database", "oracle://x/y", "CASE")
    assert done.returncode == 1
    assert done.stderr.startswith("mingtang: ")
    assert "Traceback" not in done.stderr
