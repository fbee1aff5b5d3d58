"""A matter of zhao's department on a frozen agenda, with seats for two of the public. `python -m tests.journeys.tocall`."""

from __future__ import annotations

import django

SEATS = {"public": (2, "住在老旧小区")}


def plan() -> None:
    """The matter approved, the meeting planned, house rules in force; nobody is called yet."""
    from mingtang.meetings.actions import add_item, freeze_agenda, plan_meeting
    from mingtang.platform.accounts.models import Person
    from mingtang.representatives import actions
    from mingtang.topics.actions import Lists
    from tests.factories.meetings import STARTS
    from tests.factories.platform import NOW, acting
    from tests.factories.representatives import TEXTS
    from tests.factories.topics import LISTS, approved, document, drafter

    staff = {each.username: acting(each) for each in Person.objects.exclude(username="")}
    of = Person.objects.get(username="zhao").department
    assert of is not None
    topic = approved(of, lists=Lists(focus_areas=LISTS.focus_areas, forms=LISTS.forms, audiences=SEATS), seats_total=2)
    document(topic, "material", by=drafter(topic))
    who = {"actor": staff["wu"], "now": NOW}
    meeting = plan_meeting(kind="executive", starts_at=STARTS, place="区政府第一会议室", chair="区长陈一", **who)
    add_item(meeting.pk, topic.pk, **who)
    freeze_agenda(meeting.pk, **who)
    actions.publish_house_rules(of.pk, actor=staff["qian"], now=NOW, in_force_on=NOW.date(), **TEXTS)


if __name__ == "__main__":
    django.setup()
    plan()
