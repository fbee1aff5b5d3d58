"""The events of calls and draws: one action each."""

from __future__ import annotations

from typing import Any

from mingtang.cases.moments import moment
from mingtang.cases.player import Play, fields, verb
from mingtang.cases.reading import Event
from mingtang.platform.codes import as_code
from mingtang.representatives import actions
from mingtang.representatives.actions import ApplicationIn
from mingtang.representatives.rules import AUDIENCE, QuotaLine

SAID = ("title", "purpose", "conditions", "contact", "reserves", "household_limit")
APPLICANT = ("phone", "email", "publish_name", "says_conflict", "channel", "household")
SOURCE = ("kind", "sources", "place", "witnesses", "faces", "throws", "offices")


def _day(run: Play, words: str) -> Any:
    return moment(f"{words} 00:00", run.today).date()


@verb("call")
def call(run: Play, event: Event) -> None:
    """What a call says, and its quotas beside the seats of the declaration."""
    row = actions.begin_call(run.ids["topic"], **run.who(event))
    run.ids["call"] = row.pk
    given = {"contact": "", "reserves": 0, **fields(event, *SAID)}
    actions.save_call(row.pk, **run.who(event), closes_on=_day(run, event.fields["closes_on"]), **given)
    for each in event.fields.get("quotas", ()):
        line = QuotaLine(each["category"], each["value"], each["least"], each["most"])
        actions.set_quota(row.pk, **run.who(event), line=line, rationale=each.get("why", ""))


@verb("publish_call")
def publish_call(run: Play, event: Event) -> object:
    """The call is published."""
    return actions.publish_call(run.ids["call"], **run.who(event))


@verb("apply")
def apply(run: Play, event: Event) -> None:
    """People apply: each of ``people`` with a name, an audience and answers."""
    for place, each in enumerate(event.fields["people"]):
        answers = {AUDIENCE: each["audience"], **each.get("answers", {})}
        given = ApplicationIn(each["name"], answers, of_age=True, **{name: each[name] for name in APPLICANT if name in each})
        who = run.who(event) if given.channel != "web" else run.guest(event)
        actions.apply_for_seat(run.ids["call"], given, token=f"{as_code(run.case.key)[:20]}-{event.number}-{place}", **who)


@verb("freeze_draw")
def freeze_draw(run: Play, event: Event) -> object:
    """Applicants, quotas and chances are frozen; the randomness of a later day is named."""
    randomness = {"day": _day(run, event.fields["day"]).isoformat(), **fields(event, *SOURCE)}
    return actions.freeze_draw(run.ids["call"], **run.who(event), randomness=randomness)


@verb("reveal_draw")
def reveal_draw(run: Play, event: Event) -> object:
    """The public figures are entered, and the draw is made."""
    return actions.reveal_draw(run.ids["call"], **run.who(event), values=event.fields["values"])


@verb("seat_drawn")
def seat_drawn(run: Play, event: Event) -> object:
    """Those drawn get their seats at the next meeting with the matter on its agenda."""
    return actions.seat_drawn(run.ids["call"], **run.who(event))
