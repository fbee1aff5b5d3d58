"""The meeting day as staff see it: who speaks, who is here, what comes when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from mingtang.kernel.decision import Decision, no
from mingtang.kernel.text import t
from mingtang.meetings.models import AgendaItem, AgendaVersion, Break, Meeting, Member, Speech
from mingtang.meetings.rules import HEAD, Change, Frozen, Pause, Slot, about, difference, expected, planned, quorum, taken
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for

GONE = no(t("没有找到这一行。", "There is no such line."), "", t("请刷新页面。", "Reload the page."), code="gone")


def speech(speech_id: int) -> Speech:
    """One turn on a list of speakers; `Refused` when there is none."""
    found = Speech.objects.select_related("item").filter(pk=speech_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


def member(member_id: int) -> Member:
    """One member on the list of a meeting; `Refused` when there is none."""
    found = Member.objects.filter(pk=member_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


def speeches(item_id: int) -> list[Speech]:
    """The list of speakers of an item, in order, crossed-out lines included."""
    return list(Speech.objects.filter(item_id=item_id))


class Debate(TypedDict):
    """What the rule on the last word asks: whether the head spoke, and who spoke after."""

    head_spoke: bool
    spoke_after_head: str


def debate(item_id: int) -> Debate:
    """Who had the last word at an item."""
    spoken = Speech.objects.filter(item_id=item_id, began_at__isnull=False).order_by("-began_at", "-id")
    last, head = spoken.first(), spoken.filter(kind=HEAD).first()
    after = last.speaker if last and head and last.kind != HEAD else ""
    return {"head_spoke": head is not None, "spoke_after_head": after}


def pause_of(meeting: Meeting) -> Break | None:
    """The break a meeting is on."""
    return meeting.breaks.filter(ended_at=None).first()


def pauses_of(meeting: Meeting) -> list[Pause]:
    """Every break of a meeting for the rules of the clock."""
    return [Pause(each.began_at, each.minutes, each.ended_at) for each in meeting.breaks.all()]


def slots_of(order: list[AgendaItem]) -> list[Slot]:
    """The items of a meeting for the rules of the clock."""
    return [Slot(each.pk, each.state, each.planned_minutes, each.began_at, each.decided_at) for each in order]


@dataclass(frozen=True, slots=True)
class Turn:
    """An item on the clock of the day: planned, expected or real beginning, minutes planned and taken."""

    item: AgendaItem
    planned_at: datetime
    expected_at: datetime | None
    minutes: int | None

    @property
    def over(self) -> int:
        """Minutes beyond the plan; negative when it went faster, nothing before it began."""
        return 0 if self.minutes is None else self.minutes - self.item.planned_minutes


def turns(meeting: Meeting, order: list[AgendaItem], now: datetime) -> list[Turn]:
    """The clock of the day, item by item."""
    slots, pauses = slots_of(order), pauses_of(meeting)
    due = {}
    if meeting.ended_at is None:
        pause = next((each for each in pauses if each.ended_at is None), None)
        due = expected(slots, starts_at=meeting.starts_at, started_at=meeting.started_at, now=now, pause=pause)
    plan = planned(slots, meeting.starts_at)
    return [
        Turn(each, plan[each.pk], about(due[each.pk]) if each.pk in due else None, taken(slot, pauses, now))
        for each, slot in zip(order, slots, strict=True)
    ]


def members(meeting_id: int) -> list[Member]:
    """The members of the body that meets, in order."""
    return list(Member.objects.filter(meeting_id=meeting_id))


def members_before(meeting: Meeting) -> list[Member]:
    """The list of the last meeting of the kind that had one: what to begin with."""
    rows = Meeting.objects.filter(government_id=meeting.government_id, kind=meeting.kind, members__isnull=False).exclude(pk=meeting.pk)
    last = rows.order_by("-starts_at", "-id").first()
    return members(last.pk) if last else []


def quorum_of(meeting: Meeting, rows: list[Member]) -> Decision:
    """Whether enough members are here; a warning when not."""
    here = sum(each.presence == "present" for each in rows)
    return quorum(here, len(rows), figures_for(meeting.government_id, day_of(meeting.starts_at)))


def versions_of(meeting: Meeting) -> list[AgendaVersion]:
    """Every frozen version, the newest first."""
    return list(meeting.versions.order_by("-number"))


def changes(old: AgendaVersion, new: AgendaVersion) -> tuple[Change, ...]:
    """What changed from one frozen version to another."""
    return difference(Frozen(old.starts_at, old.place, old.lines), Frozen(new.starts_at, new.place, new.lines))


def titles_of(rows: list[AgendaVersion]) -> dict[int, str]:
    """The titles of all matters in these versions, the newest wording of each."""
    return {line["topic"]: line["title"] for each in sorted(rows, key=lambda one: one.number) for line in each.lines}
