"""Every official document of a played case as files: in Word and for the archive."""

from __future__ import annotations

from pathlib import Path

from mingtang.cases.player import Play
from mingtang.consultations.published.papers import report_paper_of
from mingtang.hearings import queries as hearings
from mingtang.meetings import queries as meetings
from mingtang.minutes import published as minutes
from mingtang.minutes import queries as minutes_queries
from mingtang.minutes.queries import NamedPaper
from mingtang.platform.documents.official import to_pdf
from mingtang.platform.papers.writing import as_docx
from mingtang.topics import queries as topics


def write_documents(run: Play, folder: Path) -> list[str]:
    """Write the documents of the case's matters and meeting into `folder`, each as DOCX and PDF; gives the names written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for each in {paper.name: paper for paper in _papers(run)}.values():
        for form, content in (("docx", as_docx(run.government.pk, each.kind, each.paper)), ("pdf", to_pdf(each.paper))):
            (folder / f"{each.name}.{form}").write_bytes(content)
            written.append(f"{each.name}.{form}")
    return written


def _papers(run: Play) -> list[NamedPaper]:
    found: list[NamedPaper] = []
    meeting = meetings.get(run.government.pk, run.ids["meeting"]) if "meeting" in run.ids else None
    agenda = [each.topic_id for each in meetings.items(meeting.pk)] if meeting else []
    for topic_id in dict.fromkeys([*([run.ids["topic"]] if "topic" in run.ids else []), *agenda]):
        found += _of_matter(run, topic_id)
    if meeting:
        found += minutes_queries.papers_of(meeting, run.today)
        issued = minutes_queries.of_meeting(meeting.pk)
        if issued:
            found.append(NamedPaper("minutes", "minutes", minutes.paper_of(minutes.view_of(issued), run.government.name)))
    return found


def _of_matter(run: Play, topic_id: int) -> list[NamedPaper]:
    declaration = topics.declaration_paper(topics.get(run.government.pk, topic_id), run.today)
    found = [NamedPaper("declaration", f"declaration-{topic_id}", declaration)]
    report = report_paper_of(run.government.pk, topic_id)
    found += [NamedPaper("report", f"report-{topic_id}", report)] if report else []
    held = hearings.with_record(topic_id)
    return found + [NamedPaper("hearing", f"hearing-{row.pk}", hearings.record_paper(row, run.today)) for row in held]
