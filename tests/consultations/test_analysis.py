"""Participation in numbers: counted as things happen, shown without pointing at anybody, the same at any number of opinions."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from mingtang.consultations.models import Tally
from mingtang.consultations.published.analysis import analysis
from mingtang.consultations.queries.inspecting import recount
from mingtang.consultations.rules.analysis import every_day, heat, shielded
from tests.factories.consultations import CLOSES, begun, opened, opinion, withhold
from tests.factories.ledger import reported
from tests.factories.platform import NOW

pytestmark = pytest.mark.django_db


def kept(row) -> dict[tuple[str, str], int]:
    return {(each.dimension, each.key): each.number for each in Tally.objects.filter(consultation=row).exclude(number=0)}


def words(url: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", Client().get(url).content.decode()))


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(1, 5))
def test_a_small_number_is_held_back_and_never_alone(numbers, least):
    shown = shielded(numbers, least)
    hidden = [number for number, public in zip(numbers, shown, strict=True) if public is None]
    assert all(public in {None, number} for number, public in zip(numbers, shown, strict=True))
    assert not any(0 < number < least for number in shown if number is not None)
    if hidden and any(number >= least for number in numbers):
        assert len(hidden) > 1


def test_days_run_from_the_first_to_the_last_and_warmth_in_even_steps():
    assert list(every_day(date(2026, 1, 1), date(2026, 1, 3))) == [date(2026, 1, n) for n in (1, 2, 3)]
    assert list(every_day(date(2026, 1, 2), date(2026, 1, 1))) == []
    assert [heat(n, 8) for n in (0, 1, 2, 3, 4, 5, 8)] == [0, 1, 1, 2, 2, 3, 4]
    assert heat(3, 0) == 0


def test_each_opinion_is_counted_by_day_channel_audience_clause_and_stance():
    row, _clerk = opened()
    clause = row.clauses.order_by("position")[1]
    for n in range(3):
        opinion(row, f"第{n}条", clause_id=clause.pk, stance="against", audience="public", now=NOW + timedelta(days=n // 2))
    gone = opinion(row, "别的", stance="for", channel="web")
    withhold(row, [gone.pk])
    found = analysis(row.government_id, row.pk, NOW + timedelta(days=1))
    assert [(str(day), n) for day, n in found.days] == [("2026-11-24", 3), ("2026-11-25", 1)]
    assert found.busiest == (date(2026, 11, 24), 3)
    assert [(str(label), n) for label, n in found.audiences] == [("社会公众", None), ("没有说明", None)]
    assert [(str(line.label), line.number, [n for n, _w in line.cells]) for line in found.heat if line.number] == [
        ("整个草案", 1, [1, 0, 0, 0, 0]),
        ("第二条 范围", 3, [0, 0, 3, 0, 0]),
    ]
    assert found.verdicts is None
    assert kept(row) == dict(recount(row.pk))


def test_the_page_and_its_table_say_the_same_and_verdicts_come_with_the_report():
    row, _clerk, _opinions = reported()
    page = words(f"/consultations/{row.pk}/analysis/")
    assert "怎样处理的" in page
    answer = Client().get(f"/consultations/{row.pk}/analysis.csv")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0] == ["统计项", "名称", "态度", "条数"]
    placed = sum(int(number) for what, _name, _stance, number in table if what == "处理")
    assert placed == sum(int(number) for what, _name, _stance, number in table if what == "日期") == 6


@pytest.mark.parametrize(("prefix", "zero"), [("", "还没有人提意见。"), ("/en", "Nobody has commented yet.")])
def test_nothing_received_is_said_as_nothing(prefix, zero):
    row, _clerk = opened()
    assert zero in words(f"{prefix}/consultations/{row.pk}/analysis/")
    assert row.closes_on == CLOSES


def test_a_consultation_in_preparation_has_no_numbers():
    row, _clerk = begun()
    assert {Client().get(f"/consultations/{row.pk}/analysis{end}").status_code for end in ("/", ".csv")} == {404}


def test_the_page_costs_the_same_at_one_and_at_forty_opinions():
    row, _clerk = opened()
    costs = []
    for many in (1, 39):
        for n in range(many):
            opinion(row, f"意见{many}-{n}")
        with CaptureQueriesContext(connection) as asked:
            Client().get(f"/consultations/{row.pk}/analysis/?x={many}")
        costs.append(len(asked))
    assert costs[0] == costs[1]
