"""The notice to attend as an official document (3.2d): requirements and the list of papers, to one person."""

from __future__ import annotations

from datetime import date

from mingtang.kernel.text import spoken_language, t
from mingtang.platform.clock import local
from mingtang.platform.documents.official import Paper, Section
from mingtang.platform.documents.official.papers import moment_words
from mingtang.representatives.models import Invitation


def notice_paper(row: Invitation, today: date) -> Paper:
    """The notice to one representative; dated the day it went out, today before."""
    meeting = row.meeting
    invited = t(
        "{meeting}定于{at}在{place}召开。现邀请您作为{who}列席第{n}项议题“{topic}”。",
        "{meeting} takes place on {at}, {place}. You are invited to sit in as one of “{who}” at item {n}, “{topic}”.",
        meeting=meeting.title,
        at=moment_words(local(meeting.starts_at), spoken_language()),
        place=meeting.place,
        who=row.audience_label,
        n=row.item.position,
        topic=row.item.topic,
    )
    wanted = tuple(line.strip() for line in row.requirements.splitlines() if line.strip())
    sections = [Section(paragraphs=(str(invited),))]
    if wanted:
        sections.append(Section(paragraphs=(str(t("列席要求：", "What is asked of you:")), *wanted)))
    return Paper(
        mark=str(t("列席通知", "Notice to attend")),
        number="",
        title=str(t("关于列席{x}的通知", "Notice to attend {x}", x=meeting.title)),
        issuer=str(row.item.topic.department),
        issued_on=local(row.noticed_at).date() if row.noticed_at else today,
        sections=tuple(sections),
        addressee=row.representative.name,
        attachments=tuple(each.document.title for each in row.materials.select_related("document").order_by("id")),
        language=spoken_language(),
    )
