"""The agenda of a meeting as an official document, from plain facts: the house's and the public's differ in what may be named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingtang.kernel.text import Text, spoken_language, t
from mingtang.meetings.rules.versions import version_letter
from mingtang.platform.documents.official.papers import Paper, Section, Table, moment_words, numbered


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """A meeting on its agenda; `starts_at` is local time, `version` 0 before the first freezing, `host` the government's name."""

    title: Text
    host: str
    starts_at: datetime
    place: str
    chair: str
    version: int
    issued_on: date


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item as this paper may call it."""

    position: int
    title: str
    department: str
    minutes: int
    attendance: str


def agenda_paper(facts: AgendaFacts, rows: Sequence[AgendaRow]) -> Paper:
    """Time, place, chair, and every item with its department, minutes and whether representatives sit in."""
    language = spoken_language()
    at = moment_words(facts.starts_at, language)
    when = t(
        "时间：{at}。地点：{place}。主持：{chair}。", "{at}, {place}; chaired by {chair}.", at=at, place=facts.place, chair=facts.chair
    )
    heads = (t("项", "No."), t("议题", "Matter"), t("汇报部门", "Department"), t("分钟", "Minutes"), t("列席", "Attendance"))
    lines = tuple((str(each.position), each.title, each.department, str(each.minutes), each.attendance) for each in rows)
    sections = (
        Section(str(t("会议安排", "The meeting")), (str(when),)),
        Section(str(t("议题", "Items")), table=Table(tuple(map(str, heads)), lines, (1, 6, 4, 2, 3))),
    )
    issuer = str(t("{x}办公室", "Office of {x}", x=facts.host))
    return Paper(
        mark=str(t("会议议程", "Agenda")),
        number=str(t("第 {v} 版", "version {v}", v=version_letter(facts.version))) if facts.version else "",
        title=str(t("{x}|议程", "{x}|Agenda", x=facts.title)),
        issuer=issuer,
        issued_on=facts.issued_on,
        sections=numbered(sections, language),
        printed_by=issuer,
        language=language,
    )
