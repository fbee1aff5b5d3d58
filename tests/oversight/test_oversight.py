"""The obligations matrix: computed from what registered itself and what happened."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver

from mingtang.kernel.obligations import OBLIGATIONS, Evidence, Example
from mingtang.kernel.text import same
from mingtang.oversight import published, queries
from mingtang.oversight.rules import STATE_LABELS, STATE_SHAPES, DutyState, duty_state
from mingtang.platform.actor import Role
from mingtang.topics.actions import reopen_topic
from mingtang.topics.models import Topic
from tests.factories.consultations import opened
from tests.factories.platform import NOW, department, government, person
from tests.factories.topics import approved, drafter

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("carriers", "counts", "evidence", "state"),
    [
        (0, 1, Evidence(1), DutyState.NOT_BUILT),
        (1, 0, Evidence(1), DutyState.NOT_BUILT),
        (1, 1, Evidence(), DutyState.NO_CASE),
        (1, 1, Evidence(3), DutyState.KEPT),
        (2, 2, Evidence(3, 1), DutyState.BROKEN),
        (1, 1, Evidence(0, 1), DutyState.BROKEN),
    ],
)
def test_the_state_of_a_duty_follows_from_what_carries_it_and_what_happened(carriers, counts, evidence, state):
    assert duty_state(carriers=carriers, counts=counts, evidence=evidence) is state


def test_every_state_has_its_words_and_shape():
    assert set(STATE_LABELS) == set(STATE_SHAPES) == set(DutyState)


def test_the_matrix_has_every_duty_and_keeps_none_before_anything_happened():
    duties = queries.matrix(government().pk, *YEAR)
    assert [each.obligation.id for each in duties] == [each.id for each in OBLIGATIONS]
    tally = queries.tally(duties)
    assert sum(tally.values()) == 36
    assert tally["kept"] == 0


def test_an_approved_declaration_keeps_its_duties():
    home = approved().government
    states = {each.obligation.id: each.state for each in queries.matrix(home.pk, *YEAR)}
    assert all(states[each] is DutyState.KEPT for each in ("1.2a", "1.3a", "1.3b", "3.2a", "3.4b"))
    assert all(states[each] is DutyState.NOT_BUILT for each in ("3.1c", "3.4a"))  # evaluation is a part of both


def test_a_link_to_a_broadcast_alone_does_not_build_the_duty_to_broadcast():
    states = {each.obligation.id: each.state for each in queries.matrix(government().pk, *YEAR)}
    assert states["2.2d"] is DutyState.NOT_BUILT


def test_another_governments_year_is_not_counted():
    approved()
    assert queries.tally(queries.matrix(government().pk, *YEAR))["kept"] == 0


def test_the_public_matrix_leads_nobody_into_the_workspace(monkeypatch):
    kept = approved()
    examples = (
        Example(same("甲"), f"/workspace/topics/{kept.pk}/"),
        Example(same("乙"), "/en/workspace/x/"),
        Example(same("丙"), "/matters/1/"),
    )
    monkeypatch.setitem(queries.EVIDENCE, "1.1a", [lambda *_: Evidence(1, 0, examples)])
    duty = next(each for each in published.matrix(kept.government_id, *YEAR) if each.obligation.id == "1.1a")
    assert [each.url for each in duty.evidence.examples] == ["", "", "/matters/1/"]


def test_evidence_names_no_secret_matter_and_one_under_change_by_its_approved_title():
    home = department(government())
    secret, anew = opened(approved(home))[0].topic, opened(approved(home))[0].topic
    Topic.objects.filter(pk=secret.pk).update(is_secret=True, title="机密的事")
    reopen_topic(anew.pk, actor=drafter(anew), now=NOW, reason="换一种开放形式")
    Topic.objects.filter(pk=anew.pk).update(title="没有批准的题目")
    duties = {each.obligation.id: each.evidence for each in published.matrix(home.government_id, date(2026, 1, 1), date(2027, 12, 31))}
    assert duties["2.1a"].kept == 2
    assert [str(each.title) for each in duties["2.1a"].examples] == [anew.title.replace("|", "")]
    said = {str(each.title) for evidence in duties.values() for each in evidence.examples}
    assert said.isdisjoint({"机密的事", "没有批准的题目"})


def test_every_page_a_duty_names_can_be_opened():
    _ = get_resolver().url_patterns
    named = {carrier.url_name for each in queries.matrix(government().pk, *YEAR) for carrier in each.pages}
    assert named
    assert all(name.startswith("portal:") for name in named)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_public_page_shows_all_36_with_their_clauses(prefix):
    approved()
    answer = Client().get(f"{prefix}/obligations/")
    assert answer.status_code == 200
    shown = re.sub(r"<[^>]+>", " ", answer.content.decode())
    assert ("Form and audiences stand on the declaration" if prefix else "申报表注明开放形式和代表类别并一同报批") in shown
    assert not re.search(r"/workspace/\w", answer.content.decode())


def test_staff_see_the_rules_behind_each_duty():
    client = Client()
    client.force_login(person(government(), Role.INSPECTOR))
    answer = client.get("/workspace/obligations/")
    assert answer.status_code == 200
    assert "申报表完整性检查" in answer.content.decode()
