"""What the publish guard looks through before a consultation opens and before a report is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Min
from django.urls import reverse

from mingtang.consultations.models import OWN_REPLY, SINGLE, Consultation, DraftVersion, Opinion, ReportCorrection
from mingtang.consultations.queries.preparing import get
from mingtang.kernel.text import Text, same, t
from mingtang.platform.guard.subjects import Material, subject
from mingtang.topics import queries as topic_queries

OPENED_KINDS = ("draft", "basis", "explanation", "expert", "risk", "fair_competition")


@subject("consultation")
def consultation_material(government_id: int, consultation_id: int) -> Material:
    """The notice, its effects and clauses, and the documents that become public with it."""
    row = get(government_id, consultation_id)
    documents = [each for each in topic_queries.documents_of(row.topic_id, *OPENED_KINDS) if each.is_released]
    notice = (
        (t("摘要", "Summary"), row.summary),
        (t("想问的问题", "Questions"), row.questions),
        (t("联系方式", "Contact"), row.contact),
        (t("提意见的方式", "Ways to answer"), row.ways),
        (t("文件标题", "Titles of documents"), "\n".join(each.title for each in documents)),
        (t("缩短期限的理由", "Reason for the shorter period"), row.shorten_reason),
        (t("要求核验身份的理由", "Reason for verified opinions only"), row.verified_only_reason),
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
        (*notice, *effects, *clauses, *_asked(row)),
        tuple(each.public_file for each in documents),
        (row.contact, row.ways, row.topic.contact),
    )


def _asked(row: Consultation) -> Iterator[tuple[Text, str]]:
    for each in row.alternative_sets.prefetch_related("options"):
        options = (f"{one.title}\n{one.text}\n{one.effects}" for one in each.options.all())
        yield t("备选方案“{title}”", "Options “{title}”", title=each.title[:24]), "\n".join((each.title, each.intro, *options))
    for question in row.asked.prefetch_related("options"):
        words = "\n".join((question.words, *(one.words for one in question.options.all())))
        yield t("问题 {n}", "Question {n}", n=question.position), words
    for term in row.terms.all():
        yield t("名词“{term}”", "Term “{term}”", term=term.term), f"{term.term}\n{term.explanation}"


@subject("version")
def version_material(government_id: int, version_id: int) -> Material:
    """A later version of the draft: what changed and why, and every clause."""
    rows = DraftVersion.objects.select_related("consultation__topic__department")
    row = rows.get(pk=version_id, consultation__government_id=government_id)
    of = row.consultation
    clauses = tuple((same(each.label), f"{each.heading}\n{each.text}") for each in row.clauses.all())
    words = ((t("标题", "Title"), row.title), (t("改了什么", "What changed"), row.note), *clauses)
    authors = frozenset({row.made_by_id} if row.made_by_id else ())
    url = reverse("workspace:draft-version", args=[of.pk, row.number])
    contacts = (of.contact, of.ways, of.topic.contact)
    return Material("version", row.pk, government_id, of.topic.department_id, str(row), url, authors, words, contacts=contacts)


@subject("report")
def report_material(government_id: int, consultation_id: int) -> Material:
    """The adoption report with every answer in it."""
    row = get(government_id, consultation_id)
    report = getattr(row, "report", None)
    texts: list[tuple[Text, str]] = [(t("报告正文", "Introduction"), report.intro if report else "")]
    texts += [
        (
            t("意见组“{title}”", "Group “{title}”", title=each.title[:24]),
            f"{each.title}\n{each.reason}\n{each.legal_ref}\n{each.landed_in}",
        )
        for each in row.groups.order_by("id")
    ]
    texts += [(t("意见 {receipt} 的答复", "Answer to {receipt}", receipt=receipt), "\n".join(words)) for receipt, *words in _singles(row)]
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


def _singles(row: Consultation) -> list[tuple[str, ...]]:
    """Receipt and words of what was answered singly, then of replies of one's own inside a group; the same words once, at the first."""
    rows = Opinion.objects.filter(consultation=row).values_list("reason", "landed_in", "legal_ref", "own_reply")
    told = (each.annotate(first=Min("receipt")).order_by("first") for each in (rows.filter(SINGLE), rows.filter(OWN_REPLY)))
    return [(first, *words) for part in told for *words, first in part]


@subject("correction")
def correction_material(government_id: int, correction_id: int) -> Material:
    """A change of a published report: the new words and the reason for the change."""
    rows = ReportCorrection.objects.select_related("consultation__topic__department")
    row = rows.get(pk=correction_id, government_id=government_id)
    of = row.consultation
    words = ((t("更正后的答复", "The answer from now on"), "\n".join(map(str, row.after.values()))), (t("更正的理由", "Why"), row.why))
    authors = frozenset({row.asked_by_id} if row.asked_by_id else ())
    url = reverse("workspace:correction", args=[of.pk, row.pk])
    contacts = (of.contact, of.ways, of.topic.contact)
    return Material("correction", row.pk, government_id, of.topic.department_id, str(row), url, authors, words, contacts=contacts)
