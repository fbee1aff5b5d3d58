"""The attendance list (出席, 请假, 列席, in this order: GB/T 9704; 3.2f), and every official document of a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mingtang.consultations.published.papers import report_paper_of
from mingtang.hearings import queries as hearings
from mingtang.kernel.text import t
from mingtang.meetings import queries as meetings
from mingtang.minutes.models import Minutes
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import NameList, Paper
from mingtang.representatives import queries as representatives
from mingtang.topics import queries as topics

if TYPE_CHECKING:
    from mingtang.meetings.models import Meeting

HEADINGS = (("attendees", "出席"), ("excused", "请假"), ("observers", "列席"))


def attendance_paper(row: Minutes, today: date) -> Paper:
    """The list as the minutes have it, with every name: for the house. Chinese, as issued."""
    title = row.meeting.title.within("zh").replace(" ", "")
    issuer = f"{row.meeting.government.name}办公室"
    lists = (
        NameList(heading, tuple(each.strip() for each in getattr(row, name).splitlines() if each.strip())) for name, heading in HEADINGS
    )
    return Paper(
        mark=t("到会名单", "Attendance list").within("zh"),
        number=row.official_no.replace(" ", ""),
        title=f"{title}|到会名单",
        issuer=issuer,
        issued_on=day_of(row.issued_at) if row.issued_at else today,
        lists=tuple(each for each in lists if each.names),
        kind="minutes",
    )


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """An official document: the kind of its template, the name of its file without ending, what it says."""

    kind: str
    name: str
    paper: Paper


def papers_of(meeting: Meeting, today: date) -> list[NamedPaper]:
    """Every document of a meeting but the minutes: of its matters, of those invited, of the meeting itself."""
    found: list[NamedPaper] = []
    for item in meetings.items(meeting.pk):
        if item.attendance == "closed":
            continue
        found.append(NamedPaper("declaration", f"declaration-{item.topic_id}", topics.declaration_paper(item.topic, today)))
        report = report_paper_of(meeting.government_id, item.topic_id)
        if report:
            found.append(NamedPaper("report", f"report-{item.topic_id}", report))
        records = hearings.with_record(item.topic_id)
        found += [NamedPaper("hearing", f"hearing-{row.pk}", hearings.record_paper(row, today)) for row in records]
    found.append(NamedPaper("agenda", "agenda", meetings.agenda_paper(meeting, today)))
    told = [row for row in representatives.invitations(meeting.pk) if row.noticed_at]
    found += [NamedPaper("notice", f"notice-{row.pk}", representatives.notice_paper(row, today)) for row in told]
    row = Minutes.objects.select_related("meeting__government").filter(meeting=meeting).first()
    if row:
        found.append(NamedPaper("attendance", "attendance", attendance_paper(row, today)))
    return found
