"""What became of one opinion: what its receipt shows, and what may still be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.consultations.models import Opinion, OpinionContact
from mingtang.consultations.published.moderating import Told, told
from mingtang.consultations.published.passages import PassageView, later_texts, passage_view
from mingtang.consultations.published.pointing import PointView, points_shown
from mingtang.consultations.rules import VERDICT_LABELS, may_take_opinions
from mingtang.consultations.rules.adoption import VERDICT_SHAPES
from mingtang.consultations.rules.taking import may_say_helped, may_withdraw
from mingtang.kernel.text import NOTHING, Text
from mingtang.platform.clock import day_of
from mingtang.topics import published as topics_published

SHOWN_WITH = ("consultation__topic__government", "clause", "group", "adds_to", "withholding__kept", "withholding__appeal")
NEVER_SHOWN = frozenset({"deleted_by_author", "pending_elsewhere"})


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one opinion: what its receipt shows."""

    receipt: str
    topic: str
    topic_id: int
    consultation_id: int
    clause: str
    stance: Text
    channel: Text
    received_at: datetime
    words: str
    state: str
    state_label: Text
    told: Told
    moderated_at: datetime | None
    reported_at: datetime | None
    group: str
    verdict: Text
    shape: str
    reason: str
    reason_label: Text
    legal_ref: str
    own_reply: str
    points: tuple[PointView, ...]
    landed_in: str
    cancelled: bool
    clause_id: int
    passage: PassageView
    source: str
    behalf: Text
    organisation: str
    marks: tuple[Text, ...]
    supplements: tuple[str, ...]
    adds_to: str
    joins: bool
    has_contact: bool
    verified: bool
    erasable: bool
    helped: str
    helped_why: str
    may_add: bool
    may_withdraw: bool
    may_say_helped: bool
    files: int


def has_receipt(government_id: int, code: str) -> bool:
    """Whether an opinion has this code."""
    return Opinion.objects.filter(government_id=government_id, receipt=code).exists()


def fate(government_id: int, receipt: str, now: datetime) -> Fate | None:
    """What became of the opinion with this receipt; its words are shown to whoever holds the receipt.

    Not even there when its author deleted it, or the platform it came from never showed it.
    """
    row = Opinion.objects.select_related(*SHOWN_WITH).filter(government_id=government_id, receipt=receipt).first()
    if row is None:
        return None
    hidden = row.withheld_code in NEVER_SHOWN
    answered = row.consultation.state == "reported"
    group = row.group if answered else None
    answer = group or (row if answered else None)
    verdict = answer.verdict if answer else ""
    contact = OpinionContact.objects.filter(opinion=row).exists() or bool(row.display_name)
    return Fate(
        row.receipt,
        topics_published.title_of(row.consultation.topic),
        row.consultation.topic_id,
        row.consultation_id,
        str(row.clause) if row.clause else "",
        row.stance_label,
        row.channel_label,
        row.received_at,
        "" if hidden else row.text,
        row.state,
        row.state_label,
        told(row, now),
        row.moderated_at,
        row.consultation.reported_at,
        group.title if group else "",
        VERDICT_LABELS.get(verdict, NOTHING),
        VERDICT_SHAPES.get(verdict, "pass"),
        answer.reason if answer else "",
        answer.reason_label if answer else NOTHING,
        answer.legal_ref if answer else "",
        row.own_reply if answered else "",
        points_shown(row, "" if hidden else row.text) if answered else (),
        answer.landed_in if answer else "",
        row.consultation.state == "cancelled",
        row.clause_id or 0,
        passage_view(row, later_texts(row.consultation_id, [row]), words=hidden is False),
        "" if hidden else row.source_url,
        row.behalf_mark,
        row.organisation,
        row.mark_labels,
        tuple(Opinion.objects.filter(adds_to=row).order_by("id").values_list("receipt", flat=True)),
        row.adds_to.receipt if row.adds_to else "",
        row.same_as_id is not None,
        contact,
        row.is_verified,
        contact or row.leads_to_somebody,
        row.helped,
        row.helped_why,
        _takes(row, now),
        row.state != "withheld" and bool(may_withdraw(row.consultation.state, row.withheld_code)),
        bool(may_say_helped(row.consultation.state, row.withheld_code, "yes")),
        row.files.count(),
    )


def _takes(row: Opinion, now: datetime) -> bool:
    """Whether something may be added on this day."""
    asked = row.consultation
    return row.state != "withheld" and bool(may_take_opinions(asked.state, asked.closes_on, day_of(now)))
