"""What the publish guard looks through before a consultation opens and before a report is published."""

from __future__ import annotations

from django.urls import reverse

from mingtang.consultations.models import Consultation, Opinion
from mingtang.consultations.queries.preparing import get
from mingtang.kernel.text import Text, same, t
from mingtang.platform.guard.subjects import Material, subject
from mingtang.topics import queries as topic_queries

OPENED_KINDS = ("draft", "basis", "explanation", "expert", "risk", "fair_competition")


@subject("consultation")
def consultation_material(government_id: int, consultation_id: int) -> Material:
    """The notice, its effects and clauses, and the documents that become public with it."""
    row = get(government_id, consultation_id)
    documents = [each for each in topic_queries.documents_of(row.topic_id, *OPENED_KINDS) if each.disclosure == "open"]
    notice = (
        (t("摘要", "Summary"), row.summary),
        (t("想问的问题", "Questions"), row.questions),
        (t("联系方式", "Contact"), row.contact),
        (t("提意见的方式", "Ways to answer"), row.ways),
        (t("文件标题", "Titles of documents"), "\n".join(each.title for each in documents)),
        (t("缩短期限的理由", "Reason for the shorter period"), row.shorten_reason),
    )
    effects = tuple((t("影响：{who}", "Effect: {who}", who=each.who), f"{each.who}：{each.what}") for each in row.effects.all())
    clauses = tuple((same(each.label), f"{each.heading}\n{each.text}\n{each.plain}\n{each.now_text}") for each in row.clauses.all())
    return Material(
        "consultation",
        row.pk,
        government_id,
        row.topic.department_id,
        str(row),
        reverse("workspace:consultation", args=[row.pk]),
        frozenset({row.prepared_by_id, *(each.added_by_id for each in documents if each.added_by_id)}),
        (*notice, *effects, *clauses),
        tuple(each.file for each in documents),
        (row.contact, row.ways, row.topic.contact),
    )


@subject("report")
def report_material(government_id: int, consultation_id: int) -> Material:
    """The adoption report with every answer in it."""
    row = get(government_id, consultation_id)
    report = getattr(row, "report", None)
    texts: list[tuple[Text, str]] = [(t("报告正文", "Introduction"), report.intro if report else "")]
    texts += [
        (t("意见组“{title}”", "Group “{title}”", title=each.title[:24]), f"{each.title}\n{each.reason}\n{each.landed_in}")
        for each in row.groups.order_by("id")
    ]
    texts += [
        (t("意见 {receipt} 的答复", "Answer to {receipt}", receipt=receipt), f"{reason}\n{landed_in}")
        for receipt, reason, landed_in in _singles(row)
    ]
    authors = {row.prepared_by_id, *([report.drafted_by_id] if report else [])}
    return Material(
        "report",
        row.pk,
        government_id,
        row.topic.department_id,
        str(row),
        reverse("workspace:report", args=[row.pk]),
        frozenset(authors),
        tuple(texts),
        contacts=(row.contact, row.ways, row.topic.contact),
    )


def _singles(row: Consultation) -> list[tuple[str, str, str]]:
    rows = Opinion.objects.filter(consultation=row).exclude(reason="", landed_in="").order_by("id")
    return list(rows.values_list("receipt", "reason", "landed_in"))
