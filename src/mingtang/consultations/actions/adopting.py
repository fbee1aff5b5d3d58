"""Grouping by hand, answering, and the adoption report (2.1e–f)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mingtang.consultations import policy, queries
from mingtang.consultations.models import AdoptionReport, Consultation, Opinion, OpinionGroup
from mingtang.consultations.rules import CONSULTATION, concentrated, may_answer, may_publish_report
from mingtang.consultations.rules.adoption import may_submit_report
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import Recipient, post
from mingtang.platform.web.versions import touch

WORKING = frozenset({"open", "closed"})


def _working(consultation_id: int, actor: Actor) -> Consultation:
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    if row.state not in WORKING:
        no(
            t(
                "征求意见现在是“{state}”，分组和答复不能改。",
                "The consultation is “{state}”; groups and replies cannot be changed.",
                state=row.state_label,
            ),
            "2.1e",
            t("报告已报批的，请先退回。", "Have the report returned first."),
            code="wrong_state",
        ).require()
    return row


def _movable(row: Consultation, opinion_ids: Sequence[int]) -> QuerySet[Opinion]:
    return Opinion.objects.filter(consultation=row, pk__in=opinion_ids).exclude(state="withheld")


@transaction.atomic
def group_opinions(
    consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime, group_id: int | None = None, title: str = ""
) -> OpinionGroup:
    """Put opinions into a group, new by `title` or given by `group_id`; each leaves the place it had."""
    row = _working(consultation_id, actor)
    if group_id is None and not title.strip():
        no(
            t("新建一组要写名称。", "A new group needs a title."),
            "2.1e",
            t("用一句话概括这些意见。", "Say in one sentence what these opinions ask."),
            code="title",
        ).require()
    group = (
        _group(row, group_id)
        if group_id
        else OpinionGroup.objects.create(consultation=row, title=title.strip()[:200], made_by_id=actor.person_id, made_at=now)
    )
    rows = _movable(row, opinion_ids)
    left = set(rows.exclude(group=None).values_list("group_id", flat=True))
    moved = rows.update(group=group, verdict="", reason="", landed_in="", answered_at=None)
    for each in {*left, group.pk}:
        queries.recount_group(each)
    record("consultation.group", row, actor=actor, now=now, clause="2.1e", data={"group": group.pk, "opinions": moved})
    group.refresh_from_db()
    return group


def _group(row: Consultation, group_id: int) -> OpinionGroup:
    found = OpinionGroup.objects.select_for_update().filter(consultation=row, pk=group_id).first()
    if found is None:
        no(
            t("没有这一组，可能刚被合并了。", "There is no such group; it may just have been merged."),
            "2.1e",
            t("请刷新页面。", "Reload the page."),
            code="gone",
        ).require()
    assert found is not None
    return found


@transaction.atomic
def merge_groups(group_id: int, into_id: int, *, actor: Actor, now: datetime) -> OpinionGroup:
    """Move all opinions of one group into another of the same consultation; the empty one goes."""
    if group_id == into_id:
        no(
            t("不能并入自己。", "A group cannot be merged into itself."), "2.1e", t("请选另一组。", "Choose another group."), code="same"
        ).require()
    consultation_id = queries.consultation_of_group(group_id)
    row = _working(consultation_id, actor)
    group, into = _group(row, group_id), _group(row, into_id)
    moved = Opinion.objects.filter(group=group).update(group=into)
    record(
        "consultation.merge", row, actor=actor, now=now, data={"group": group.pk, "title": group.title, "into": into.pk, "opinions": moved}
    )
    group.delete()
    queries.recount_group(into.pk)
    into.refresh_from_db()
    return into


@transaction.atomic
def remove_from_group(consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Take opinions out of their groups; they are without a home again."""
    row = _working(consultation_id, actor)
    rows = _movable(row, opinion_ids).exclude(group=None)
    left = set(rows.values_list("group_id", flat=True))
    moved = rows.update(group=None)
    for each in left:
        queries.recount_group(each)
    record("consultation.ungroup", row, actor=actor, now=now, data={"opinions": moved})
    return moved


@transaction.atomic
def rename_group(group_id: int, title: str, *, actor: Actor, now: datetime) -> OpinionGroup:
    """Give a group another title."""
    row = _working(queries.consultation_of_group(group_id), actor)
    group = _group(row, group_id)
    if not title.strip():
        no(t("名称不能为空。", "A title is needed."), "2.1e", code="title").require()
    record("consultation.rename_group", row, actor=actor, now=now, data={"group": group.pk, "from": group.title, "to": title.strip()})
    group.title = title.strip()[:200]
    group.save(update_fields=["title"])
    return group


@transaction.atomic
def answer_group(
    group_id: int, *, actor: Actor, now: datetime, verdict: str, reason: str = "", legal_ref: str = "", landed_in: str = ""
) -> OpinionGroup:
    """2.1e–f: one answer for all who said the same; concentrated and not adopted needs a real reason."""
    row = _working(queries.consultation_of_group(group_id), actor)
    group = _group(row, group_id)
    figures = figures_for(row.government_id, day_of(now))
    hot = concentrated(group.people_count, queries.people(row.pk), figures)
    may_answer(verdict, reason, is_concentrated=hot, figures=figures).require()
    group.verdict, group.reason, group.legal_ref = verdict, reason.strip(), legal_ref.strip()
    group.landed_in, group.answered_at = landed_in.strip(), now
    group.save(update_fields=["verdict", "reason", "legal_ref", "landed_in", "answered_at"])
    record(
        "consultation.answer_group", row, actor=actor, now=now, reason=reason, clause="2.1e", data={"group": group.pk, "verdict": verdict}
    )
    return group


@transaction.atomic
def answer_opinions(
    consultation_id: int, opinion_ids: Sequence[int], *, actor: Actor, now: datetime, verdict: str, reason: str = "", landed_in: str = ""
) -> int:
    """Answer opinions singly (the same answer for each); they leave their groups."""
    row = _working(consultation_id, actor)
    figures = figures_for(row.government_id, day_of(now))
    may_answer(verdict, reason, is_concentrated=False, figures=figures).require()
    rows = _movable(row, opinion_ids)
    left = set(rows.exclude(group=None).values_list("group_id", flat=True))
    answered = rows.update(group=None, verdict=verdict, reason=reason.strip(), landed_in=landed_in.strip(), answered_at=now)
    for each in left:
        queries.recount_group(each)
    record("consultation.answer", row, actor=actor, now=now, reason=reason, clause="2.1e", data={"opinions": answered, "verdict": verdict})
    return answered


@transaction.atomic
def save_report(consultation_id: int, *, actor: Actor, now: datetime, intro: str, number: str = "") -> AdoptionReport:
    """Write the report's introduction and number."""
    row = _working(consultation_id, actor)
    report, _ = AdoptionReport.objects.update_or_create(
        consultation=row, defaults={"intro": intro, "number": number, "drafted_by_id": actor.person, "drafted_at": now}
    )
    record("consultation.save_report", row, actor=actor, now=now)
    return report


@transaction.atomic
def submit_report(consultation_id: int, *, actor: Actor, now: datetime) -> Consultation:
    """Send the complete report to signature."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    CONSULTATION.may(row.state, "submit_report").require()
    may_submit_report(queries.report_facts(row.pk), figures_for(row.government_id, day_of(now))).require()
    AdoptionReport.objects.filter(consultation=row).update(head_by=None, head_at=None, office_by=None, office_at=None)
    move(row, CONSULTATION, "submit_report", actor=actor, now=now)
    return row


@transaction.atomic
def sign_report(consultation_id: int, *, actor: Actor, now: datetime) -> Consultation:
    """3.4a: the department head signs."""
    row = queries.for_update(consultation_id)
    CONSULTATION.may(row.state, "sign_report").require()
    report = AdoptionReport.objects.select_for_update().get(consultation=row)
    policy.may_sign_as_head(actor, row.topic.department_id, report).require()
    if report.head_at:
        return row
    AdoptionReport.objects.filter(pk=report.pk).update(head_by_id=actor.person_id, head_at=now)
    move(row, CONSULTATION, "sign_report", actor=actor, now=now)
    return row


@transaction.atomic
def approve_report(consultation_id: int, *, actor: Actor, now: datetime) -> Consultation:
    """3.4b: the government office signs after the head."""
    row = queries.for_update(consultation_id)
    CONSULTATION.may(row.state, "approve_report").require()
    report = AdoptionReport.objects.select_for_update().get(consultation=row)
    policy.may_sign_as_office(actor, report).require()
    if not report.head_at:
        no(
            t("部门负责人还没有签署。", "The department head has not signed."),
            "3.4a",
            t("请先由部门负责人签署。", "The head signs first."),
            code="unsigned",
        ).require()
    AdoptionReport.objects.filter(pk=report.pk).update(office_by_id=actor.person_id, office_at=now)
    move(row, CONSULTATION, "approve_report", actor=actor, now=now)
    return row


@transaction.atomic
def return_report(consultation_id: int, *, actor: Actor, now: datetime, reason: str) -> Consultation:
    """The head or the office returns the report with a reason."""
    row = queries.for_update(consultation_id)
    report = AdoptionReport.objects.get(consultation=row)
    as_head = policy.may_sign_as_head(actor, row.topic.department_id, report)
    (as_head or policy.may_sign_as_office(actor, report)).require()
    move(row, CONSULTATION, "return_report", actor=actor, now=now, reason=reason)
    AdoptionReport.objects.filter(pk=report.pk).update(head_by=None, head_at=None, office_by=None, office_at=None)
    return row


@transaction.atomic
def publish_report(consultation_id: int, *, actor: Actor, now: datetime) -> Consultation:
    """2.1e–f: publish, refused with every unmet duty; those who left an address are told."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    CONSULTATION.may(row.state, "publish_report").require()
    may_publish_report(queries.report_facts(row.pk), figures_for(row.government_id, day_of(now))).require()
    move(row, CONSULTATION, "publish_report", actor=actor, now=now, reported_at=now)
    _tell_authors(row, now)
    touch(row.government_id, "home", "consultations", f"consultation:{row.pk}", f"topic:{row.topic_id}")
    return row


def _tell_authors(row: Consultation, now: datetime) -> None:
    for opinion in (
        Opinion.objects.filter(consultation=row)
        .exclude(contact=None)
        .exclude(contact__email="")
        .select_related("contact", "group")
        .iterator()
    ):
        post(
            "consultations/email/answered.txt",
            to=Recipient(None, opinion.contact.email),
            government_id=row.government_id,
            now=now,
            about=opinion,
            url=f"/r/{opinion.receipt}/",
            dedupe=f"answered:{opinion.pk}",
            receipt=opinion.receipt,
            topic=str(row),
        )
