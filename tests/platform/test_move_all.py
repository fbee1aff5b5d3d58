"""Many rows along one arrow, and the numbers of rows as people type them."""

from __future__ import annotations

import pytest

from mingtang.consultations.models import Opinion
from mingtang.consultations.rules import OPINION
from mingtang.platform.codes import row_id
from mingtang.platform.moves import move_all
from tests.factories.consultations import opened, opinion
from tests.factories.platform import actor, government

pytestmark = pytest.mark.django_db


def test_only_rows_where_the_arrow_begins_move_and_only_ones_own():
    row, _clerk = opened()
    opinion(row)
    opinion(row, shown=True)
    assert move_all(Opinion.objects.all(), OPINION, "show", actor=actor(government())) == 0
    assert move_all(Opinion.objects.all(), OPINION, "show", actor=actor(row.government)) == 1
    assert move_all(Opinion.objects.all(), OPINION, "show", actor=actor(row.government)) == 0


def test_an_arrow_that_needs_a_reason_is_never_taken_in_bulk():
    with pytest.raises(ValueError, match="reason"):
        move_all(Opinion.objects.all(), OPINION, "withhold", actor=actor(government()))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("0", 0), ("", None), ("-1", None), ("x", None), ("²", None), ("٣", None), ("9" * 18, int("9" * 18)), ("9" * 19, None)],
)
def test_a_row_number_is_what_some_row_could_have(typed, number):
    assert row_id(typed) == number
