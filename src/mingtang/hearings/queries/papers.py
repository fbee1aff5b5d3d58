"""The record of a hearing as an official document (713 Art.17; the fields of 1.10)."""

from __future__ import annotations

from datetime import date

from mingtang.hearings.models import Hearing
from mingtang.kernel.text import spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import Paper, Section, Table


def record_paper(row: Hearing, today: date) -> Paper:
    """The record as it was circulated, with a line for each participant's confirmation."""
    signed = tuple((each.number, each.name, str(each.state_label)) for each in row.people.filter(seat="participant").order_by("id"))
    heads = tuple(map(str, (t("编号", "No."), t("姓名", "Name"), t("确认情况", "Confirmation"))))
    sections = (
        Section(paragraphs=tuple(line.strip() for line in row.record_text.splitlines() if line.strip())),
        Section(str(t("听证参加人确认", "Confirmed by the participants")), table=Table(heads, signed, (2, 3, 3))),
    )
    return Paper(
        mark=str(t("听证笔录", "Record of the hearing")),
        number="",
        title=str(t("{x}|听证笔录", "{x}|Record", x=row.title)),
        issuer=str(row.topic.department),
        issued_on=day_of(row.closed_at) if row.closed_at else today,
        sections=sections,
        language=spoken_language(),
    )


def with_record(topic_id: int) -> list[Hearing]:
    """The hearings of a matter whose record was circulated."""
    rows = Hearing.objects.filter(topic_id=topic_id).exclude(record_sha256="").select_related("topic__department")
    return list(rows.order_by("id"))
