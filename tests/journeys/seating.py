"""Forty people drawn by lot get their seats at a meeting, with reserves. `python -m tests.journeys.seating` in a settled house."""

from __future__ import annotations

import django

SEATS = {"public": (30, "住在老旧小区"), "expert": (10, "懂电梯安全")}
PEOPLE, RESERVES = 60, 4


def seat() -> None:
    """An approved matter on a frozen agenda, a call, sixty applications, the draw, forty seats, house rules in force."""
    from mingtang.meetings.actions import add_item, freeze_agenda, plan_meeting
    from mingtang.platform.accounts.models import Person
    from mingtang.representatives import actions
    from mingtang.representatives.rules import AUDIENCE
    from mingtang.topics.actions import Lists
    from tests.factories.calls import CLOSED, CLOSES, DRAWN, SOURCE, VALUES, given
    from tests.factories.meetings import STARTS
    from tests.factories.platform import NOW, acting
    from tests.factories.representatives import TEXTS
    from tests.factories.topics import LISTS, approved, document, drafter

    staff = {each.username: acting(each) for each in Person.objects.exclude(username="")}
    clerk, head, operator = staff["zhao"], staff["qian"], staff["wu"]
    of = Person.objects.get(username="zhao").department
    assert of is not None
    topic = approved(of, lists=Lists(focus_areas=LISTS.focus_areas, forms=LISTS.forms, audiences=SEATS), seats_total=40)
    document(topic, "material", by=drafter(topic))
    who = {"actor": operator, "now": NOW}
    meeting = plan_meeting(kind="executive", starts_at=STARTS, place="区政府第一会议室", chair="区长陈一", **who)
    add_item(meeting.pk, topic.pk, **who)
    freeze_agenda(meeting.pk, **who)
    actions.publish_house_rules(of.pk, actor=head, now=NOW, in_force_on=NOW.date(), **TEXTS)
    call = actions.begin_call(topic.pk, actor=clerk, now=NOW)
    words = {"title": "列席代表征集", "purpose": "列席会议。", "conditions": "住在本区。", "contact": "0000-0000001"}
    actions.save_call(call.pk, actor=clerk, now=NOW, closes_on=CLOSES, reserves=RESERVES, **words)
    actions.publish_call(call.pk, actor=head, now=NOW)
    for n in range(PEOPLE):
        said = given(n, answers={AUDIENCE: "expert" if n % 4 == 3 else "public"})
        actions.apply_for_seat(call.pk, said, actor=clerk, now=NOW, token=f"form-{n}")
    actions.freeze_draw(call.pk, actor=clerk, now=CLOSED, randomness=SOURCE)
    actions.reveal_draw(call.pk, actor=operator, now=DRAWN, values=VALUES)
    actions.seat_drawn(call.pk, actor=clerk, now=DRAWN)


if __name__ == "__main__":
    django.setup()
    seat()
