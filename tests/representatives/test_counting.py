"""The counters of a call follow its applications, and a wrong one is found by the recount."""

from datetime import timedelta

import pytest
from django.test import Client

from mingtang.meetings.actions import plan_meeting
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.representatives import actions, published
from mingtang.representatives.models import Application, Call, Invitation, Quota, Representative
from mingtang.representatives.queries.inspecting import counted_calls
from tests.factories.calls import DRAWN, applied, drawn, opened
from tests.factories.meetings import STARTS
from tests.factories.platform import NOW

pytestmark = pytest.mark.django_db


def _numbers(call_id: int) -> tuple[int, dict[str, int]]:
    return Call.objects.get(pk=call_id).applied, dict(Quota.objects.filter(call=call_id).values_list("value", "applied"))


def test_counters_follow_each_application_when_it_comes_is_left_out_and_goes() -> None:
    called = opened()
    first, second, third = (applied(called, n) for n in range(3))
    said = [_numbers(called.row.pk)]
    actions.leave_out(first.pk, actor=called.clerk, now=NOW, ground="unfit", reason="不住在本区")
    actions.leave_out(first.pk, actor=called.clerk, now=NOW, ground="unfit", reason="不住在本区")
    said.append(_numbers(called.row.pk))
    actions.take_in(first.pk, actor=called.clerk, now=NOW)
    said.append(_numbers(called.row.pk))
    actions.leave_out(first.pk, actor=called.clerk, now=NOW, ground="unfit", reason="不住在本区")
    for each in (first, second, second):
        actions.withdraw_application(each.receipt, actor=called.anybody, now=NOW)
    said.append(_numbers(called.row.pk))
    assert [n for n, _each in said] == [3, 3, 3, 1]
    assert [sum(each.get(sex, 0) for sex in ("女", "男")) for _n, each in said] == [3, 2, 3, 1]
    assert said[0][1] == said[2][1]
    assert said[3][1][third.answers["性别"]] == 1
    assert not list(counted_calls())


def test_counters_hold_when_lots_were_drawn() -> None:
    called, _draw = drawn()
    left = Application.objects.filter(call=called.row, state="not_drawn")[0]
    actions.withdraw_application(left.receipt, actor=called.anybody, now=DRAWN)
    assert _numbers(called.row.pk)[0] == 11
    assert not list(counted_calls())


def test_a_counter_that_is_wrong_is_named_by_the_check() -> None:
    called = opened()
    applied(called, 0)
    Quota.objects.filter(call=called.row, category="audience").update(applied=7)
    (said,) = counted_calls()
    assert said.within("zh") == f"代表征集 {called.row.pk} 的计数与报名不符。"
    Quota.objects.filter(call=called.row).update(applied=0)
    Call.objects.filter(pk=called.row.pk).update(applied=0)
    assert len(list(counted_calls())) == 1


def test_the_page_of_a_call_shows_the_first_seats_and_leads_to_all_of_them(client: Client) -> None:
    called = opened()
    of, numbers = called.of, range(23)
    people = [
        Representative.objects.create(government=of.home, audience="public", name=f"代表{n}", state="listed", added_at=NOW) for n in numbers
    ]
    given = {"government": of.home, "meeting": of.meeting, "item": of.item, "method": "draw", "state": "accepted", "invited_at": NOW}
    Invitation.objects.bulk_create(
        Invitation(representative=each, audience="expert" if n % 2 else "public", token=f"t{n}", code=f"{n:06d}", **given)
        for n, each in enumerate(people)
    )
    shown = published.seats_of(of.topic.pk)
    assert len(shown) == 23
    assert [str(each.who) for each in shown] == [str(each.who) for each in published.seats(of.meeting.pk).rows[:20]]
    said = client.get(f"/calls/{called.row.pk}/", headers={"host": of.home.host}).content.decode()
    assert f'<a href="/matters/{of.topic.pk}/seats/">全部 23 个席位</a>' in said


@pytest.mark.parametrize(("here", "there", "pages"), [(0, 0, [0]), (1, 0, [1]), (30, 0, [30]), (25, 13, [30, 8])])
def test_all_seats_of_a_matter_stand_under_each_of_its_meetings(client: Client, here: int, there: int, pages: list[int]) -> None:
    called = opened()
    of = called.of
    later = plan_meeting(actor=of.operator, now=NOW, kind="executive", starts_at=STARTS + timedelta(days=7), place="一", chair="区长")
    again = AgendaItem.objects.get(pk=of.item.pk)
    again.pk, again.meeting = None, later
    AgendaItem.objects.filter(pk=of.item.pk).update(state="withdrawn")
    again.save()
    Meeting.objects.filter(pk=of.meeting.pk).update(state="frozen", version=1)
    for meeting, item, many in ((of.meeting, of.item, here), (later, again, there)):
        for n in range(many):
            each = Representative.objects.create(government=of.home, audience="public", name=f"代表{n}", state="listed", added_at=NOW)
            given = {"government": of.home, "meeting": meeting, "item": item, "method": "draw", "state": "accepted", "invited_at": NOW}
            Invitation.objects.create(
                representative=each, audience="expert" if n % 2 else "public", token=f"t{meeting.pk}-{n}", code=f"{n:06d}", **given
            )
    seen, after = [], ""
    for many in pages:
        found = published.all_seats(of.home.pk, of.topic.pk, after=after)
        assert sum(len(each.rows) for each in found.meetings) == many
        assert len(found) == here + there
        seen += [(each.meeting.id if each.meeting else 0, str(one.who)) for each in found.meetings for one in each]
        after = found.after
    assert after == ""
    whole = [published.seats(of.meeting.pk), published.seats(later.pk)]
    for pk, each in zip((of.meeting.pk, 0), whole, strict=True):
        assert [who for at, who in seen if at == pk] == [str(one.who) for one in each.rows]
    assert len(seen) == len(set(seen)) == here + there
    said = client.get(f"/matters/{of.topic.pk}/seats/", headers={"host": of.home.host}).content.decode()
    assert said.count("<section") == (here > 0) + (there > 0)
    assert ("还没有邀请列席代表" in said) == (pages == [0])
    assert client.get("/matters/999999/seats/", headers={"host": of.home.host}).status_code == 404
