"""The published adoption report as a document and as data: the same counts and answers as its page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from mingtang.consultations.models import Consultation, OpinionGroup
from mingtang.consultations.published.analysis import verdict_rows
from mingtang.consultations.published.reporting import GroupView, ReportView, VersionView, group_view, report
from mingtang.kernel.text import spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import Paper, Section, Table, numbered

MOST_PRINTED = 300
BATCH = 500


def groups_of(consultation_id: int) -> Iterator[GroupView]:
    """Every group of a published report, those with the most people first; streams in batches."""
    rows = OpinionGroup.objects.filter(consultation_id=consultation_id, consultation__state="reported").order_by("-people_count", "-id")
    return (group_view(row) for row in rows.iterator(chunk_size=BATCH))


def report_paper(found: ReportView, anchor: str = "") -> Paper:
    """The report as an official document: how the opinions were handled, then each group with its answer; the head of the log last."""
    printed = list(islice(groups_of(found.consultation_id), MOST_PRINTED))
    counts = found.counts
    heads = (str(t("处理", "Verdict")), str(t("条数", "Opinions")))
    table = Table(heads, tuple((str(label), str(number)) for label, number in verdict_rows(counts)), (3, 1))
    summed = t(
        "收到意见 {n} 条，归为 {g} 组逐组答复，单独答复 {s} 条，依法不显示 {w} 条。",
        "{n} opinions were received: {g} groups answered one by one, {s} single answers, {w} lawfully withheld.",
        n=counts.total,
        g=counts.groups,
        s=counts.singles,
        w=counts.withheld,
    )
    sections = [
        Section(str(t("意见怎样处理", "How the opinions were handled")), (*_lines(found.intro), str(summed)), table=table),
        Section(str(t("逐组答复", "Answers by group"))),
        *(_section(each) for each in printed),
    ]
    if left := counts.groups - len(printed):
        more = t("其余 {n} 组见网页和开放数据。", "The other {n} groups stand on the web page and in the open data.", n=left)
        sections.append(Section(paragraphs=(str(more),)))
    sections += _corrections(found.versions)
    return Paper(
        mark=str(t("意见采纳情况报告", "Adoption report")),
        number=found.number,
        title=str(t("{x}|意见采纳情况报告", "{x}|Adoption report", x=found.title)),
        issuer=str(found.department),
        issued_on=day_of(found.published_at),
        sections=numbered(sections, spoken_language()),
        anchor=anchor,
        language=spoken_language(),
    )


def report_paper_of(government_id: int, topic_id: int) -> Paper | None:
    """The published report of a matter as an official document; None before its publication."""
    rows = Consultation.objects.filter(government_id=government_id, topic_id=topic_id, state="reported")
    consultation_id = rows.order_by("-id").values_list("pk", flat=True).first()
    found = report(government_id, consultation_id) if consultation_id else None
    return report_paper(found) if found else None


def _section(each: GroupView) -> Section:
    size = t("{verdict}。{p} 人，{n} 条。", "{verdict}. {p} people, {n} opinions.", verdict=each.verdict, p=each.people, n=each.opinions)
    also = (
        [str(t("另有 {n} 条意见的其中一点由本组答复。", "A point of {n} more opinions is answered here.", n=each.points))]
        if each.points
        else []
    )
    landed = [str(t("落在：{where}", "Landed in: {where}", where=each.landed_in))] if each.landed_in else []
    law = [str(t("依据：{law}", "On the ground of: {law}", law=each.legal_ref))] if each.legal_ref else []
    kind = [str(t("理由类别：{x}", "Kind of reason: {x}", x=each.reason_label))] if each.reason_label else []
    return Section(each.title, (str(size), *also, *_lines(each.reason), *kind, *law, *landed), rank=2)


def _corrections(versions: Sequence[VersionView]) -> list[Section]:
    if not versions:
        return []
    return [Section(str(t("更正记录", "Corrections"))), *(_correction(each) for each in versions)]


def _correction(each: VersionView) -> Section:
    head = t("第 {n} 版，{at}：{x}", "Version {n}, {at}: {x}", n=each.number, at=each.at, x=each.what)
    why = [str(t("原因：{why}", "Why: {why}", why=each.why))] if each.why else []
    lines = [
        str(t("{x}：由“{old}”改为“{new}”", "{x}: from “{old}” to “{new}”", x=one.label, old=one.before, new=one.after))
        for one in each.changes
    ]
    return Section(str(head), (*why, *lines), rank=2)


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def report_json(found: ReportView) -> Iterator[str]:
    """The report as one JSON object, written group by group."""
    counts = found.counts
    head = {
        "title": found.title.replace("|", ""),
        "department": str(found.department),
        "number": found.number,
        "published_at": found.published_at.isoformat(timespec="seconds"),
        "intro": found.intro,
        "version": found.version,
        "corrections": [
            {
                "version": each.number,
                "at": each.at.isoformat(timespec="seconds"),
                "what": str(each.what),
                "opinions": each.opinions,
                "why": each.why,
                "changes": [{"field": str(one.label), "before": str(one.before), "after": str(one.after)} for one in each.changes],
            }
            for each in found.versions
        ],
        "counts": {
            "received": counts.total,
            "adopted": counts.adopted,
            "partly": counts.partly,
            "covered": counts.covered,
            "not_adopted": counts.not_adopted,
            "other": counts.other,
            "groups": counts.groups,
            "singles": counts.singles,
            "withheld": counts.withheld,
        },
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "groups": ['
    for n, each in enumerate(groups_of(found.consultation_id)):
        row = {
            "title": each.title,
            "opinions": each.opinions,
            "people": each.people,
            "points": each.points,
            "verdict": each.code,
            "reason": each.reason,
            "reason_kind": str(each.reason_label),
            "legal_ref": each.legal_ref,
            "landed_in": each.landed_in,
        }
        yield (", " if n else "") + json.dumps(row, ensure_ascii=False)
    yield "]}"
