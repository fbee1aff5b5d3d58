"""The adoption report: written, signed by head and office, returned, published (2.1e–f)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.adopting import working
from mingtang.consultations.actions.mailing import with_address, write_to_author
from mingtang.consultations.actions.packing import pack_archive
from mingtang.consultations.actions.tracing import count_traces
from mingtang.consultations.models import AdoptionReport, Consultation, Opinion
from mingtang.consultations.rules import CONSULTATION, may_publish_report
from mingtang.consultations.rules.adoption import may_submit_report
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.gate import require_clean
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch


@transaction.atomic
def save_report(consultation_id: int, *, actor: Actor, now: datetime, intro: str, number: str = "") -> AdoptionReport:
    """Write the report's introduction and number."""
    row = working(consultation_id, actor)
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
    figures = figures_for(row.government_id, day_of(now))
    may_submit_report(queries.report_facts(row.pk, figures), figures).require()
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
    CONSULTATION.may(row.state, "return_report", reason=reason).require()
    report = AdoptionReport.objects.select_for_update().get(consultation=row)
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
    figures = figures_for(row.government_id, day_of(now))
    may_publish_report(queries.report_facts(row.pk, figures), figures).require()
    require_clean(queries.report_material(row.government_id, row.pk), actor=actor, now=now)
    move(row, CONSULTATION, "publish_report", actor=actor, now=now, reported_at=now)
    count_traces(row)
    _tell_authors(row, now)
    pack_archive(row, now=now)
    touch(row.government_id, "home", "consultations", f"consultation:{row.pk}", f"topic:{row.topic_id}")
    return row


def _tell_authors(row: Consultation, now: datetime) -> None:
    for opinion in with_address(Opinion.objects.filter(consultation=row)).iterator():
        write_to_author(opinion, opinion.contact.email, "answered", now=now, dedupe=f"answered:{opinion.pk}")
