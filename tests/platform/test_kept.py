"""The states that tests begin with: put back from rows they are what the actions had built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from mingtang.consultations.models import Consultation, Opinion
from tests.factories import calls, kept, ledger
from tests.factories.consultations import opened, opinion
from tests.factories.platform import government
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db
BUILT = {"report": lambda: ledger.reported(opinions=3), "draw": lambda: calls.drawn(people=12)}


def state() -> dict[str, Any]:
    """Every row, also of tables that no model knows, and every file."""
    with connection.cursor() as cursor:
        rows = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - names of our own tables
            rows[name] = sorted(repr([bytes(each) if isinstance(each, memoryview) else each for each in row]) for row in cursor.fetchall())
    folders = [Path(getattr(settings, name)) for name in kept.FOLDERS]
    return {**rows, **{str(each.relative_to(top)): each.read_bytes() for top in folders for each in top.rglob("*") if each.is_file()}}


@pytest.fixture
def anew(monkeypatch):
    """Nothing is kept yet."""
    monkeypatch.setattr(kept, "_states", {})


@pytest.mark.parametrize("name", BUILT)
def test_a_state_put_back_equals_the_one_that_was_built(anew, name):
    seen = []
    for _ in range(2):
        with transaction.atomic():
            given = BUILT[name]()
            seen.append((repr(given), state()))
            transaction.set_rollback(True)
        for name_of_folder in kept.FOLDERS:
            Path(getattr(settings, name_of_folder)).rename(
                Path(getattr(settings, name_of_folder)).with_name(f"{name_of_folder}-{len(seen)}")
            )
    (words, first), (words_again, second) = seen
    apart = {key for key in first.keys() | second.keys() if first.get(key) != second.get(key)}
    assert len(kept._states) == 1
    assert apart - {"sqlite_sequence"} == set()
    assert first["mt_ledger_entry"]
    assert words == words_again


def test_what_follows_goes_on_from_a_state_put_back(anew):
    with transaction.atomic():
        opened()
        transaction.set_rollback(True)
    row, _clerk = opened()
    made = opinion(row, "再低一点", shown=True)
    assert [each.pk for each in Opinion.objects.filter(consultation=row)] == [made.pk]
    again, _other = opened(approved())
    assert Consultation.objects.count() == 2
    assert again.pk != row.pk


def test_a_call_that_finds_rows_builds_anew_and_keeps_nothing(anew):
    government()
    opened()
    assert kept._states == {}


def test_another_setting_is_another_state(anew, settings):
    for name in ("甲区", "乙区"):
        with transaction.atomic():
            settings.MINGTANG_ANYTHING = name
            opened()
            transaction.set_rollback(True)
    assert len(kept._states) == 2
