"""What tells verified people apart within one consultation."""

from __future__ import annotations

from mingtang.consultations.models import Consultation
from mingtang.platform.identity.people import mark_of


def person_mark(consultation_id: int, issuer: str, subject: str) -> str:
    """The mark of one person within one consultation; on another the same person has another."""
    row = Consultation.objects.get(pk=consultation_id)
    return mark_of(f"consultation:{row.pk}:{row.created_at.isoformat()}", issuer, subject)
