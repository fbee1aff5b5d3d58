"""The agenda of a meeting as an official document."""

from __future__ import annotations

from datetime import date

from mingtang.kernel.text import spoken_language, t
from mingtang.meetings.models import Meeting
from mingtang.meetings.queries.reading import items
from mingtang.platform.clock import local
from mingtang.platform.documents.official import Paper, Section, Table, numbered
from mingtang.platform.documents.official.papers import moment_words


def agenda_paper(meeting: Meeting, today: date) -> Paper:
    """Time, place, chair, and every item with its department, minutes and whether representatives sit in."""
    language = spoken_language()
    when = t(
        "时间：{at}。地点：{place}。主持：{chair}。",
        "{at}, {place}; chaired by {chair}.",
        at=moment_words(local(meeting.starts_at), spoken_language()),
        place=meeting.place,
        chair=meeting.chair,
    )
    heads = (t("项", "No."), t("议题", "Matter"), t("汇报部门", "Department"), t("分钟", "Minutes"), t("列席", "Attendance"))
    rows = tuple(
        (str(each.position), str(each.topic), str(each.topic.department), str(each.planned_minutes), str(each.attendance_label))
        for each in items(meeting.pk)
    )
    last = meeting.versions.order_by("-number").first()
    version = chr(64 + last.number) if last and last.number <= 26 else str(last.number if last else "")  # noqa: PLR2004 - the letters of the alphabet
    sections = (
        Section(str(t("会议安排", "The meeting")), (str(when),)),
        Section(str(t("议题", "Items")), table=Table(tuple(map(str, heads)), rows, (1, 6, 4, 2, 3))),
    )
    issuer = str(t("{x}办公室", "Office of {x}", x=meeting.government.name))
    return Paper(
        mark=str(t("会议议程", "Agenda")),
        number=str(t("第 {v} 版", "version {v}", v=version)) if version else "",
        title=str(t("{x}|议程", "{x}|Agenda", x=meeting.title)),
        issuer=issuer,
        issued_on=local(last.frozen_at).date() if last else today,
        sections=numbered(sections, language),
        printed_by=issuer,
        language=language,
    )
