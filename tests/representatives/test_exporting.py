"""The draws of a matter in its public export: whole they hold; one changed character, step or person is found and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mingtang.consultations.models import Consultation
from mingtang.consultations.published.exporting import write_export
from mingtang.engines.ledger.recount import check_export
from mingtang.engines.ledger.verifying import verify
from mingtang.platform.jobs.models import Job
from mingtang.platform.ledger.sequencing import sequence_all
from mingtang.representatives import actions
from tests.consultations.test_exporting import broken, edit, refreshed
from tests.factories.calls import DRAWN, VALUES, corrected_and_filled, drawable
from tests.factories.ledger import reported
from tests.platform.test_ledger import unguarded

pytestmark = pytest.mark.django_db
Line = dict[str, Any]


@pytest.fixture
def exported(tmp_path: Path) -> tuple[Path, Consultation]:
    """The export of a matter with a wrong draw, its correction, and a reserve who moved up."""
    row, _clerk, _rows = reported(of=corrected_and_filled().of.topic)
    sequence_all(DRAWN)
    write_export(row.pk, tmp_path / "export", now=DRAWN)
    return tmp_path / "export", row


def lines(folder: Path) -> list[Line]:
    return [json.loads(line) for line in (folder / "draws.jsonl").read_text().splitlines()]


def bent(folder: Path, line: int, act: Callable[[Line], object]) -> None:
    """One line of the draws changed, as an insider would who then signs again."""
    row = lines(folder)[line]
    act(row)
    edit(folder, "draws.jsonl", line, **row)


def test_a_wrong_draw_its_correction_and_a_reserve_who_moved_up_hold_when_the_export_is_whole(exported):
    folder, _row = exported
    found = check_export(folder)
    assert found.good, found.lines()
    said = "\n".join(each.en for each in found.all)
    assert "draws.jsonl:1: the draw comes out the same, 3 drawn, 0 moved up; every step is in the log." in said
    assert "draws.jsonl:2: the draw comes out the same, 3 drawn, 1 moved up; every step is in the log." in said
    assert "draws.csv says the same as draws.jsonl." in said
    assert "/log/proof" not in said
    table = (folder / "draws.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0] == "call,hearing,draw,annulled,number,said,chance,outcome,replaces"
    assert len(table) == 1 + 2 * 12
    assert sum(",drawn," in each for each in table) == 6
    assert verify(["export", str(folder)]) == 0


def test_nobody_is_named_when_draws_are_exported(exported):
    folder, _row = exported
    whole = "".join(each.read_text() for each in folder.iterdir())
    assert "报名人" not in whole
    assert "@example.org" not in whole


@pytest.mark.parametrize("name", ["draws.jsonl", "draws.csv"])
def test_one_changed_character_of_a_draw_is_found_and_its_file_named(exported, name):
    folder, row = exported
    data = (folder / name).read_text()
    (folder / name).write_text(data.replace("0003", "0004", 1))
    assert f"{name}: its content was changed." in broken(folder)
    refreshed(folder, row)
    assert name in broken(folder)


@pytest.mark.parametrize(
    ("line", "act", "said"),
    [
        (1, lambda row: row["freeze"].update(title="另一次"), "draws.jsonl:2: the log does not hold this frozen document."),
        (1, lambda row: row["freeze"]["people"].pop(), "draws.jsonl:2: the log does not hold this frozen document."),
        (1, lambda row: row["reveal"]["panel"].reverse(), "draws.jsonl:2: the outcome is not the one in the log."),
        (1, lambda row: row["reveal"]["values"][0].reverse(), "draws.jsonl:2: the outcome is not the one in the log."),
        (1, lambda row: row.update(reveal=None), "draws.jsonl:2: the outcome is not the one in the log."),
        (1, lambda row: row.update(replaced=[]), "draws.jsonl:2: who moved up is not as the log says."),
        (1, lambda row: row.update(annulled="作废"), "draws.jsonl:2: whether it was annulled is not as the log says."),
        (0, lambda row: row.update(annulled=""), "draws.jsonl:1: whether it was annulled is not as the log says."),
        (0, lambda row: row.update(draw=99), "which the log knows, is missing."),
    ],
)
def test_a_changed_draw_is_found_when_the_insider_signs_again(exported, line, act, said):
    folder, row = exported
    bent(folder, line, act)
    refreshed(folder, row)
    assert said in broken(folder)


def test_a_draw_left_out_is_found_when_the_insider_signs_again(exported):
    folder, row = exported
    path = folder / "draws.jsonl"
    first, *others = path.read_text().splitlines(keepends=True)
    path.write_text("".join(others))
    refreshed(folder, row)
    assert f"draws.jsonl: draw:{json.loads(first)['draw']}, which the log knows, is missing." in broken(folder)


def test_applicants_without_a_receipt_are_found(tmp_path):
    called = corrected_and_filled()
    row, _clerk, _rows = reported(of=called.of.topic)
    with connection.cursor() as cursor:
        unguarded(cursor, "mt_ledger_entry")
        cursor.execute("DELETE FROM mt_ledger_entry WHERE id = (SELECT MIN(id) FROM mt_ledger_entry WHERE kind = 'application.receive')")
    sequence_all(DRAWN)
    write_export(row.pk, tmp_path, now=DRAWN)
    assert "draws.jsonl:1: 12 applicants are listed, the log holds 11 receipts." in broken(tmp_path)


def test_the_archive_is_packed_anew_when_a_draw_takes_a_step():
    called, _frozen = drawable()
    row, _clerk, _rows = reported(of=called.of.topic)
    queued = Job.objects.filter(name="consultations.archive", arguments__consultation_id=row.pk)
    assert queued.count() == 1
    actions.reveal_draw(called.row.pk, actor=called.of.operator, now=DRAWN, values=VALUES)
    assert queued.count() == 2
    actions.reveal_draw(called.row.pk, actor=called.of.operator, now=DRAWN, values=VALUES)
    assert queued.count() == 2
