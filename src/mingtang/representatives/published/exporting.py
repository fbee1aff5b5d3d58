"""What of a matter's public export is ours: its draws, and the entries of calls, applications, draws and invitations."""

from __future__ import annotations

from mingtang.platform.drawing import showing
from mingtang.platform.ledger.belonging import Part
from mingtang.representatives.models import Application, Call, Draw, Invitation
from mingtang.representatives.published.draws import DRAW_ROW, SHOWN
from mingtang.representatives.published.receipts import APPLICATION_ROW
from mingtang.topics.rules import named


def belonging(topic_id: int) -> Part:
    """The draws of the published calls of a matter, and every row whose entries belong with them."""
    calls = Call.objects.filter(SHOWN, topic_id=topic_id)
    draws = Draw.objects.filter(call__in=calls).order_by("call_id", "number")
    ids = {
        "representatives.call": calls,
        APPLICATION_ROW: Application.objects.filter(call__in=calls),
        DRAW_ROW: draws,
        "representatives.invitation": Invitation.objects.filter(item__topic_id=topic_id, **named("item__topic__")),
    }
    subjects = tuple((kind, list(rows.order_by("pk").values_list("pk", flat=True))) for kind, rows in ids.items())
    return Part(subjects, tuple(showing.export_row(each, {"call": each.call_id}, _moved(each)) for each in draws))


def _moved(row: Draw) -> list[dict[str, str]]:
    """Who moved up into whose seat; nobody where nothing was drawn, or where it does not stand."""
    if not row.outcome or row.annulled_at is not None:
        return []
    rows = Application.objects.filter(call_id=row.call_id, replaces__isnull=False).order_by("number")
    return [{"leaves": leaves, "comes": comes} for leaves, comes in rows.values_list("replaces__number", "number")]
