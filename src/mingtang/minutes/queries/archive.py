"""The signed record as a document for the archive (law.md 1.20): who was there, each item, positions, dissent, decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.meetings import queries as meeting_queries
from mingtang.minutes.models import Record, RecordLine
from mingtang.minutes.queries.recording import record_lines
from mingtang.platform.clock import local
from mingtang.platform.documents.official import NameList, Paper, Section
from mingtang.platform.documents.official.papers import chinese_number, day_words
from mingtang.representatives import queries as representative_queries

if TYPE_CHECKING:
    from mingtang.meetings.models import AgendaItem


def archive_paper(row: Record) -> Paper:
    """Time, place, chair, present, excused, representatives; item by item what was said and decided; signature, fingerprint."""
    meeting = row.meeting
    lines, items = record_lines(meeting.pk), meeting_queries.items(meeting.pk)
    members = meeting_queries.members(meeting.pk)
    began, ended = local(meeting.started_at or meeting.starts_at), local(meeting.ended_at or meeting.starts_at)
    opening = (
        f"时间：{day_words(began.date(), 'zh')}{began:%H:%M}至{ended:%H:%M}。地点：{meeting.place}。主持人：{meeting.chair}。",
        f"记录人：{'、'.join(dict.fromkeys(str(each.written_by) for each in lines)) or '—'}。",
        *(f"{local(each.began_at):%H:%M}至{local(each.ended_at or each.began_at):%H:%M}休会。" for each in meeting.breaks.all()),
    )
    lists = (
        ("出席", [str(each) for each in members if each.in_at]),
        ("请假", [str(each) for each in members if each.presence == "excused"]),
        ("缺席", [str(each) for each in members if each.presence == "expected"]),
        ("列席", [each.name for each in representative_queries.attendance(meeting.pk) if each.present]),
    )
    title = meeting.title.within("zh").replace(" ", "")
    signed = local(row.signed_at) if row.signed_at else ended
    return Paper(
        f"{meeting.government.name}会议记录",
        "",
        f"{title}记录",
        f"{meeting.government.name}办公室",
        signed.date(),
        (
            Section(paragraphs=opening),
            *(_section(n, each, [line for line in lines if line.item_id == each.pk]) for n, each in enumerate(items, 1)),
            Section("签署", (f"{row.signed_by}于{signed:%Y-%m-%d %H:%M}签署。签署时的指纹（SHA-256）：{row.sha256}",)),
        ),
        tuple(NameList(heading, tuple(names)) for heading, names in lists if names),
        kind="minutes",
        printed_by=f"{meeting.government.name}办公室",
    )


def _section(number: int, item: AgendaItem, lines: list[RecordLine]) -> Section:
    said = [_line(each) for each in lines]
    if item.statement_at:
        said.insert(0, f"{local(item.statement_at):%H:%M}，{item.statement_by}说明意见征集和采纳情况。{item.statement_text}")
    if item.outcome:
        said.append(f"决定：{item.outcome_label.zh}。{item.outcome_text}")
    return Section(f"{chinese_number(number)}、{item.topic}", tuple(said))


def _line(line: RecordLine) -> str:
    stance = f"（{line.stance_label.zh}）" if line.stance else ("（不同意见）" if line.dissent else "")
    words = f"{local(line.written_at):%H:%M}，{line.speaker}{stance}：{line.text or line.stance_label.zh}"
    return f"更正（{line.why}）：{words}" if line.corrects_id else words
