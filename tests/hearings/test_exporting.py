"""The draws of a hearing's seats in the public export of its matter: whole they hold, bent they are named."""

from __future__ import annotations

import json

import pytest

from mingtang.consultations.published.exporting import write_export
from mingtang.engines.ledger.recount import check_export
from mingtang.engines.ledger.verifying import verify
from mingtang.hearings.models import Hearing
from mingtang.platform.ledger.sequencing import sequence_all
from tests.consultations.test_exporting import broken, edit, refreshed
from tests.factories.hearings import REVEAL, answered_too, corrected_seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(tmp_path):
    """The export of a matter whose hearing drew seats from figures typed wrongly, and then from the right ones."""
    of = corrected_seats()
    row = answered_too(of)
    sequence_all(REVEAL)
    write_export(row.pk, tmp_path / "export", now=REVEAL)
    return tmp_path / "export", row, of


def test_a_wrong_draw_of_seats_and_its_correction_hold_when_the_export_is_whole(exported):
    folder, _row, of = exported
    found = check_export(folder)
    assert found.good, found.lines()
    said = "\n".join(each.en for each in found.all)
    for line in (1, 2):
        assert f"draws.jsonl:{line}: the draw comes out the same, 3 drawn, 0 moved up; every step is in the log." in said
    told = [json.loads(line) for line in (folder / "draws.jsonl").read_text().splitlines()]
    assert [(each["hearing"], bool(each["annulled"]), "call" in each) for each in told] == [
        (of.hearing.pk, True, False),
        (of.hearing.pk, False, False),
    ]
    kinds = {json.loads(line)["entry"]["kind"] for line in (folder / "log.jsonl").read_text().splitlines()}
    assert {"hearing.announce", "hearing_draw.frozen", "hearing_draw.revealed", "hearing_draw.annulled"} <= kinds
    assert "消费者1" not in (folder / "draws.jsonl").read_text()
    assert verify(["export", str(folder)]) == 0


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda row: row["freeze"].update(title="另一次"), "draws.jsonl:2: the log does not hold this frozen document."),
        (lambda row: row["reveal"]["panel"].reverse(), "draws.jsonl:2: the outcome is not the one in the log."),
        (lambda row: row.update(annulled="作废"), "draws.jsonl:2: whether it was annulled is not as the log says."),
        (lambda row: row.update(hearing=row["hearing"] + 1), "draws.jsonl:2: the log does not hold this frozen document."),
    ],
    ids=["document", "outcome", "annulled", "another hearing"],
)
def test_what_is_bent_in_a_draw_of_seats_is_named(exported, act, said):
    folder, row, _of = exported
    line = json.loads((folder / "draws.jsonl").read_text().splitlines()[1])
    act(line)
    edit(folder, "draws.jsonl", 1, **line)
    refreshed(folder, row)
    assert said in broken(folder)


def test_a_draw_of_seats_left_out_is_missed(exported):
    folder, row, _of = exported
    lines = (folder / "draws.jsonl").read_text().splitlines(keepends=True)
    (folder / "draws.jsonl").write_text(lines[0])
    refreshed(folder, row)
    assert "which the log knows, is missing." in broken(folder)


def test_before_the_announcement_and_of_a_secret_matter_nothing_is_exported(tmp_path):
    of = corrected_seats()
    row = answered_too(of)
    Hearing.objects.filter(pk=of.hearing.pk).update(announced_at=None)
    sequence_all(REVEAL)
    write_export(row.pk, tmp_path, now=REVEAL)
    assert (tmp_path / "draws.jsonl").read_text() == ""
