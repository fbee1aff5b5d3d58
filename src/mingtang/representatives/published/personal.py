"""What is theirs: the page behind the personal link of a representative, and their copies of the papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mingtang.kernel.text import Text, same, t
from mingtang.platform.clock import day_of, local
from mingtang.platform.documents.official import stamped
from mingtang.platform.files.keep import content_of
from mingtang.platform.files.models import StoredFile
from mingtang.representatives.models import Invitation, Material
from mingtang.representatives.published.house import RulesView, compare_url, confirms_anew, house_rules_view, rules_for
from mingtang.representatives.rules import OVER, Change, shows_code


@dataclass(frozen=True, slots=True)
class PersonalPaper:
    """A paper handed to the holder of the link."""

    document_id: int
    title: str
    kind: Text
    size: int
    format: str
    fetched_at: datetime | None
    version: int
    marked: bool
    difference: Sequence[Change]


@dataclass(frozen=True, slots=True)
class PersonalView:
    """What the holder of a personal link sees."""

    token: str
    name: str
    state: str
    state_label: Text
    meeting: Text
    meeting_id: int
    meeting_state: str
    over: bool
    starts_at: datetime
    place: str
    topic: str
    position: int
    department: Text
    audience: Text
    requirements: str
    rules: RulesView | None
    papers: tuple[PersonalPaper, ...]
    reason: str
    publish_name: bool
    confirm_anew: bool
    compare_url: str
    code: str
    acknowledged_at: datetime | None
    is_empty: bool


def personal(row: Invitation, now: datetime) -> PersonalView:
    """The page behind a personal link."""
    binding = rules_for(row, now)
    anew = confirms_anew(row, now)
    shown = binding if anew or row.rules is None else row.rules
    papers = tuple(
        PersonalPaper(
            each.document_id,
            each.document.title,
            each.document.kind_label,
            each.document.file.byte_count,
            each.document.file.format,
            each.fetched_at,
            each.version,
            each.marked,
            each.difference,
        )
        for each in row.materials.filter(withdrawn_at=None).select_related("document__file").order_by("id")
    )
    return PersonalView(
        row.token,
        row.representative.name,
        row.state,
        row.state_label,
        row.meeting.title,
        row.meeting_id,
        row.meeting.state,
        row.meeting.state in OVER or (row.meeting.state == "running" and row.state != "present"),
        row.meeting.starts_at,
        row.meeting.place,
        str(row.item.topic),
        row.item.position,
        same(row.item.topic.department),
        row.audience_label,
        row.requirements,
        house_rules_view(shown) if shown else None,
        papers,
        row.decline_reason,
        row.publish_name,
        anew,
        compare_url(shown.department_id, row.rules.version, shown.version) if anew and shown and row.rules else "",
        row.code if shows_code(row.meeting.state) and row.state in {"accepted", "noticed", "present"} else "",
        row.acknowledged_at,
        row.unfilled_at is not None,
    )


def paper(material: Material) -> StoredFile:
    """The file of a paper handed over."""
    return material.document.file


def own_copy(material: Material) -> bytes:
    """The person's own copy: their name, the number of their invitation and the meeting's day across every page.

    `Refused` when the file cannot carry it.
    """
    row = material.invitation
    day = f"{local(row.meeting.starts_at):%Y-%m-%d}"
    words = t("{name}　第 {n} 号　{day}", "{name}  No. {n}  {day}", name=row.representative.name, n=row.pk, day=day)
    return stamped(content_of(paper(material)), str(words), on=day_of(row.meeting.starts_at))
