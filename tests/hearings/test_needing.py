"""A hearing the law demands is held and reported before its matter is tabled, or exempted by the provision its law knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mingtang.hearings import actions, queries
from mingtang.hearings.models import Hearing, HearingNeed
from mingtang.hearings.rules import NeedFacts, may_note_need, may_table_heard
from mingtang.meetings.queries.gating import gates_of
from mingtang.platform.actor import Actor, Role
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import day_of
from tests.factories.hearings import Around, decided
from tests.factories.platform import NOW, acting, actor, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
LAW = {"law": "《中华人民共和国价格法》", "article": "第二十三条"}


@pytest.mark.parametrize(
    ("facts", "allowed"),
    [
        (NeedFacts(), True),
        (NeedFacts(**LAW), False),
        (NeedFacts(**LAW, reported=True), True),
        (NeedFacts(**LAW, exemption="第二款：应急调价不听证"), True),
    ],
)
def test_a_matter_that_must_be_heard_is_tabled_after_its_hearing_or_with_an_exemption(facts: NeedFacts, *, allowed: bool):
    said = may_table_heard(facts)
    assert said.allowed is allowed
    assert [(each.code, each.clause) for each in said.refusals] == ([] if allowed else [("hearing_required", "713 Art.16")])


@pytest.mark.parametrize(
    ("law", "article", "exemption", "noted", "code"),
    [
        ("价格法", "", "", False, "no_article"),
        ("", "第二十三条", "", False, "no_article"),
        ("", "", "", True, "need_stands"),
        ("", "", "应急", False, "nothing_to_exempt"),
        ("", "", "", False, ""),
        ("价格法", "第二十三条", "应急", True, ""),
    ],
)
def test_what_demands_a_hearing_is_named_and_stands(law: str, article: str, exemption: str, code: str, *, noted: bool):
    said = may_note_need(law, article, exemption, noted=noted)
    assert (said.refusals[0].code if said.refusals else "") == code


def staff(of: Around, role: Role) -> Actor:
    """Somebody of the lead department with an account."""
    return acting(person(of.home, role, within=of.topic.department))


def codes(of: Any) -> list[str]:
    """Why the matter may not be on the agenda of an executive meeting, as far as hearings go."""
    gate = gates_of([of.topic.pk], "executive", day_of(NOW), of.home.pk)[of.topic.pk]
    return [each.code for each in gate.refusals if each.code == "hearing_required"]


def test_the_agenda_refuses_a_matter_whose_demanded_hearing_is_not_reported():
    of = decided()
    assert codes(of) == []
    with refused("role"):
        actions.note_need(of.topic.pk, actor=actor(of.home, Role.OPERATOR), now=NOW, **LAW)
    row = actions.note_need(of.topic.pk, actor=staff(of, Role.CLERK), now=NOW, **LAW)
    assert str(row) == "《中华人民共和国价格法》第二十三条"
    assert codes(of) == ["hearing_required"]
    Hearing.objects.filter(pk=of.hearing.pk).update(state="reported")
    assert codes(of) == []


def test_the_exemption_is_the_heads_and_is_recorded_with_its_provision():
    of = decided()
    clerk, head, later = staff(of, Role.CLERK), staff(of, Role.HEAD), NOW + timedelta(hours=1)
    actions.note_need(of.topic.pk, actor=clerk, now=NOW, **LAW)
    with refused("role"):
        actions.note_need(of.topic.pk, actor=clerk, now=NOW, **LAW, exemption="第二款")
    row = actions.note_need(of.topic.pk, actor=head, now=later, **LAW, exemption="第二款")
    assert row is not None
    assert (row.exempted_at, row.noted_at, codes(of)) == (later, NOW, [])
    assert list(Act.objects.filter(event="hearing_need.note").order_by("pk").values_list("reason", flat=True)) == ["", "第二款"]
    actions.note_need(of.topic.pk, actor=clerk, now=later, law=LAW["law"], article="第二十四条", exemption="第二款")
    with refused("need_stands"):
        actions.note_need(of.topic.pk, actor=head, now=later, law="", article="")
    actions.note_need(of.topic.pk, actor=head, now=later, **LAW)
    found = HearingNeed.objects.get()
    assert (found.exempted_at, found.exempted_by, codes(of)) == (None, None, ["hearing_required"])


def test_nothing_is_kept_where_nothing_demands_a_hearing():
    of = decided()
    assert actions.note_need(of.topic.pk, actor=of.clerk, now=NOW, law=" ", article="") is None
    assert queries.need(of.topic.pk) is None


def test_the_page_keeps_what_was_typed_and_says_what_it_means_for_the_agenda(client: Client):
    of = decided()
    page = f"/workspace/topics/{of.topic.pk}/hearing-need/"
    client.force_login(person(of.home, Role.CLERK, within=of.topic.department))
    at: dict[str, Any] = {"headers": {"host": of.home.host}}
    assert "没有写明" in client.get(page, **at).content.decode()
    said = client.post(page, {"law": "价格法", "article": "", "exemption": ""}, **at).content.decode()
    assert "写明是哪一部法律法规、哪一条。" in said
    assert 'value="价格法"' in said
    said = client.post(page, {"law": "价格法", "article": "第二十三条", "exemption": ""}, follow=True, **at).content.decode()
    assert "依价格法第二十三条应当听证，还没有公布听证报告。" in said
