"""What calls and draws refuse, and what changes nothing the second time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingtang.engines.lottery.freezing import freeze
from mingtang.platform.drawing.showing import announced
from mingtang.representatives import actions, published, queries
from mingtang.representatives.actions import drawing
from mingtang.representatives.models import Application, Representative, RepresentativeContact
from mingtang.representatives.rules import QuotaLine
from tests.factories.calls import CLOSED, CLOSES, DRAWN, SOURCE, VALUES, applied, drawn, filled, given, opened, preparing
from tests.factories.platform import NOW, government
from tests.factories.refusing import refused
from tests.factories.topics import complete, drafter

pytestmark = pytest.mark.django_db
LATER = CLOSES + timedelta(days=3)


def test_nobody_is_called_for_a_matter_that_is_not_approved():
    topic = complete()
    with refused("not_approved"):
        actions.begin_call(topic.pk, actor=drafter(topic), now=NOW)


def test_a_call_begun_twice_is_one_and_keeps_what_was_written():
    called = preparing()
    assert actions.begin_call(called.of.topic.pk, actor=called.clerk, now=NOW).pk == called.row.pk
    assert called.now().title == "电梯补助办法列席代表征集"


@pytest.mark.parametrize(("field", "value", "code"), [("purpose", "", "incomplete"), ("closes_on", None, "closes_on")])
def test_a_call_is_not_published_when_something_is_missing(field, value, code):
    called = preparing()
    setattr(called.row, field, value)
    called.row.save(update_fields=[field])
    with refused(code):
        actions.publish_call(called.row.pk, actor=called.head, now=NOW)


def test_a_call_naming_a_private_number_is_not_published():
    called = preparing()
    called.row.conditions = "请打 13812345678 找老王报名。"
    called.row.save(update_fields=["conditions"])
    actions.set_quota(called.row.pk, actor=called.clerk, now=NOW, line=QuotaLine("性别", "女", 1, 2), rationale="身份证 110101199003070038")
    with refused("guard"):
        actions.publish_call(called.row.pk, actor=called.head, now=NOW)


def test_a_published_quota_is_only_widened_with_a_reason():
    called = opened()
    women = called.row.quotas.get(value="女")
    seats = called.row.quotas.get(value="public")
    for quota, least, most, reason, code in (
        (women, 2, 2, "紧一点", "narrower"),
        (women, 0, 2, " ", "reason"),
        (seats, 0, 3, "多一席", "narrower"),
    ):
        with refused(code):
            actions.relax_quota(quota.pk, actor=called.head, now=NOW, least=least, most=most, reason=reason)
    assert actions.relax_quota(women.pk, actor=called.head, now=NOW, least=1, most=2, reason="").pk == women.pk
    with refused("gone"):
        actions.relax_quota(0, actor=called.head, now=NOW, least=0, most=2, reason="因")


def test_quotas_stand_when_the_list_is_frozen():
    called, _draw = drawn()
    with refused("wrong_state"):
        actions.relax_quota(called.row.quotas.get(value="女").pk, actor=called.head, now=DRAWN, least=0, most=2, reason="因")
    with refused("closes_on"):
        actions.extend_call(called.row.pk, actor=called.head, now=DRAWN, closes_on=LATER, reason="因")


def test_publishing_extending_and_cancelling_twice_change_nothing():
    called = opened()
    row = called.row.pk
    assert actions.publish_call(row, actor=called.head, now=NOW).state == "open"
    for _ in range(2):
        actions.extend_call(row, actor=called.head, now=NOW, closes_on=LATER, reason="人少")
    for _ in range(2):
        assert actions.cancel_call(row, actor=called.head, now=NOW, reason="不开了").state == "cancelled"
    with refused("not_open"):
        applied(called, 1)


def test_leaving_out_twice_is_one_and_taking_in_whoever_is_in_changes_nothing():
    called = filled(people=1)
    row = Application.objects.get()
    assert actions.take_in(row.pk, actor=called.clerk, now=NOW).state == "received"
    for _ in range(2):
        assert actions.leave_out(row.pk, actor=called.clerk, now=NOW, ground="unfit", reason="外区").ground == "unfit"


def test_applications_of_another_government_are_not_there():
    called = filled(people=1)
    row, other = Application.objects.get(), opened()
    for act in (actions.take_in, actions.fill_seat):
        with refused("gone"):
            act(row.pk, actor=other.clerk, now=NOW)
    with refused("gone"):
        actions.look_at_applicant(row.pk, actor=other.clerk, now=NOW, purpose="看")
    with refused("gone"):
        actions.withdraw_application("QH-1", actor=called.anybody, now=NOW)
    with refused("gone"):
        queries.application_for_update(0)
    assert published.application(government().pk, row.receipt) is None


def test_a_list_that_changed_while_the_chances_were_computed_is_not_frozen():
    called = filled()
    document = freeze(queries.pool_to_draw(called.now(), CLOSED), SOURCE)
    actions.apply_for_seat(called.row.pk, given(99, channel="phone"), actor=called.clerk, now=CLOSED)
    with refused("overtaken"):
        drawing.keep_document(called.row.pk, document, DRAWN.date(), called.clerk, CLOSED)
    made = actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE)
    assert drawing.keep_document(called.row.pk, document, DRAWN.date(), called.clerk, CLOSED).pk == made.pk
    assert actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE).pk == made.pk


def test_a_draw_revealed_twice_stays_as_it_was():
    called, draw = drawn()
    again = actions.reveal_draw(called.row.pk, actor=called.of.operator, now=DRAWN, values=[["1"] * 6])
    assert (again.pk, again.outcome) == (draw.pk, draw.outcome)
    assert queries.draw_of(called.row.pk).outcome == draw.outcome
    assert VALUES[0][0] in draw.outcome


def test_somebody_known_by_name_and_phone_is_seated_as_the_person_they_are():
    called, _draw = drawn()
    row = Application.objects.filter(call=called.row, state="drawn", answers__audience="public").order_by("number")[0]
    known = Representative.objects.create(government=called.of.home, audience="public", name=row.contact.name, added_at=NOW)
    RepresentativeContact.objects.create(representative=known, phone=row.contact.phone)
    actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN)
    row.refresh_from_db()
    assert row.invitation.representative_id == known.pk


def test_the_announcement_says_when_the_order_of_figures_counts():
    source = {"kind": "figures", "sources": [{"name": "指数", "count": 1, "order": True}]}
    assert [each.within("zh") for each in announced(source)] == ["指数，1 个数，按公布顺序"]
