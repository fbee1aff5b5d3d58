"""The receipt of an application: what the log commits to, where it stands, and the line its QR code carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mingtang.engines.ledger.checking import grouped
from mingtang.engines.ledger.packing import pack
from mingtang.kernel.text import Text
from mingtang.platform.ledger.published import kept
from mingtang.representatives.models import Application, ApplicationContact, Draw
from mingtang.representatives.rules import APPLICATION

APPLICATION_ROW = "representatives.application"
RECEIVED = "application.receive"


def content_of(row: Application) -> dict[str, str]:
    """What the log commits to of an application: number, answers, the mark of the household if any; nothing that names anybody."""
    answers = "；".join(f"{category.within('zh')}：{value.within('zh')}" for category, value in row.said)
    return {"number": row.number, "answers": answers} | ({"household": row.household} if row.household else {})


def has_receipt(government_id: int, code: str) -> bool:
    """Whether an application has this code."""
    return Application.objects.filter(government_id=government_id, receipt=code).exists()


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """What an applicant sees by the receipt."""

    receipt: str
    number: str
    state: str
    state_label: Text
    said: list[tuple[Text, Text]]
    household: str
    rank: int
    ground: Text
    ground_reason: str
    applied_at: datetime
    call_id: int
    call: str
    call_state: str
    closes_on: date | None
    source_day: date | None
    has_contact: bool
    may_withdraw: bool
    invitation_token: str
    position: int | None
    fingerprint: str
    line: str
    queue: int


def application(government_id: int, receipt: str) -> ApplicationView | None:
    """The application with this receipt; None when there is none."""
    rows = Application.objects.select_related("call", "invitation")
    row = rows.filter(government_id=government_id, receipt=receipt).first()
    if row is None:
        return None
    entry = kept(APPLICATION_ROW, row.pk, RECEIVED)
    held = entry.held(row.receipt, content_of(row)) if entry else None
    seat = row.invitation
    return ApplicationView(
        row.receipt,
        row.number,
        row.state,
        row.state_label,
        row.said,
        row.household,
        row.rank,
        row.ground_label,
        row.ground_reason,
        row.applied_at,
        row.call_id,
        row.call.title,
        row.call.state,
        row.call.closes_on,
        Draw.objects.filter(call_id=row.call_id, annulled_at=None).values_list("source_day", flat=True).first(),
        ApplicationContact.objects.filter(application=row).exists(),
        bool(APPLICATION.may(row.state, "withdraw")),
        seat.token if seat and seat.state != "selected" else "",
        entry.position if entry else None,
        grouped(entry.signed["key"]) if entry else "",
        pack(held) if held else "",
        _queue(row),
    )


def _queue(row: Application) -> int:
    """The place in the waiting list as it stands now: who moved up or withdrew no longer stands before; 0 outside the list."""
    if row.state != "reserve":
        return 0
    before = Application.objects.filter(call_id=row.call_id, state="reserve", rank__lt=row.rank)
    return 1 + sum(each.audience == row.audience for each in before)
