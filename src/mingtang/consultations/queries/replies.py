"""Replies: given twice, corrected after publication, signed by whom. One query each, and never all rows of a large consultation."""

from __future__ import annotations

from mingtang.consultations.models import SINGLE, Consultation, Opinion, OpinionGroup, ReportCorrection
from mingtang.consultations.models.correcting import WAITING
from mingtang.consultations.rules import CONSULTATION
from mingtang.consultations.rules.replies import FIELD_LABELS, same_paragraph
from mingtang.kernel.text import Text
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.audit.models import Act

MOST_GROUPS = 200
SIGNING = tuple(f"consultation.{name}" for name in ("submit_report", "sign_report", "approve_report", "return_report", "publish_report"))


def answered_alike(group: OpinionGroup) -> list[OpinionGroup]:
    """The largest groups of the same consultation that have the same, or nearly the same, paragraph as their reason."""
    if not group.reason.strip():
        return []
    others = OpinionGroup.objects.filter(consultation_id=group.consultation_id).exclude(pk=group.pk).exclude(reason="")
    return [each for each in others.order_by("-people_count", "-id")[:MOST_GROUPS] if same_paragraph(group.reason, each.reason)]


def answer_of(row: OpinionGroup | Opinion) -> dict[str, str]:
    """The answer of a group, or of an opinion answered singly, as a correction keeps it."""
    return {name: getattr(row, name) for name in FIELD_LABELS}


def answered(consultation_id: int, group_id: int | None, opinion_id: int | None) -> OpinionGroup | Opinion | None:
    """The group, or the opinion answered singly, whose answer may be corrected."""
    if group_id:
        return OpinionGroup.objects.filter(consultation_id=consultation_id, pk=group_id).first()
    singles = Opinion.objects.filter(SINGLE, consultation_id=consultation_id, group=None)
    return singles.filter(pk=opinion_id).first() if opinion_id else None


def corrections(consultation_id: int) -> list[ReportCorrection]:
    """What was asked to be changed in a published report, the newest first; at most 200."""
    rows = ReportCorrection.objects.filter(consultation_id=consultation_id).select_related("asked_by", "decided_by", "group", "opinion")
    return list(rows.order_by("-id")[:MOST_GROUPS])


def correction(consultation_id: int, correction_id: int) -> ReportCorrection | None:
    """One change of a report."""
    rows = ReportCorrection.objects.select_related("asked_by", "decided_by", "group", "opinion")
    return rows.filter(consultation_id=consultation_id, pk=correction_id).first()


def corrections_waiting(government_id: int) -> list[ReportCorrection]:
    """Changes of published reports that wait for approval, the oldest first; at most 200."""
    rows = ReportCorrection.objects.filter(WAITING, government_id=government_id).select_related("consultation__topic")
    return list(rows.order_by("id")[:MOST_GROUPS])


def signing_history(row: Consultation) -> list[tuple[Text, Act]]:
    """Who sent the report on, signed it, returned it and why: every round, each act with its name."""
    return [(CONSULTATION.arrow(act.event.partition(".")[2]).label, act) for act in acts_of(row).filter(event__in=SIGNING)]
