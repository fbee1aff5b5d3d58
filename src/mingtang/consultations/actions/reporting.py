"""The adoption report: written, signed level by level, returned, published (2.1e–f)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.adopting import working
from mingtang.consultations.actions.packing import pack_archive
from mingtang.consultations.actions.telling import tell_answers
from mingtang.consultations.actions.tracing import count_traces
from mingtang.consultations.models import AdoptionReport, Consultation
from mingtang.consultations.rules import CONSULTATION, may_publish_report
from mingtang.consultations.rules.adoption import may_submit_report
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.gate import require_clean
from mingtang.platform.moves import move
from mingtang.platform.signing.reads import signers_in, steps_of, waiting_in
from mingtang.platform.signing.rules import Kind
from mingtang.platform.signing.running import begin_chain, give_level
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
    chain = begin_chain(row.government_id, Kind.REPORT, row.topic.department_id, now=now)
    AdoptionReport.objects.filter(consultation=row).update(chain=chain)
    move(row, CONSULTATION, "submit_report", actor=actor, now=now)
    return row


@transaction.atomic
def sign_report(consultation_id: int, *, actor: Actor, now: datetime, remark: str = "") -> Consultation:
    """3.4a, 3.4b: give the next level of the report's chain; the last one approves the report."""
    row = queries.for_update(consultation_id)
    CONSULTATION.may(row.state, "sign_report").require()
    report = AdoptionReport.objects.select_for_update().get(consultation=row)
    steps = steps_of(report.chain_id)
    level = waiting_in(steps)
    policy.may_sign_report(actor, row.topic.department_id, report, level, signers_in(steps)).require()
    assert level is not None
    assert report.chain_id is not None
    following = give_level(report.chain_id, level, actor=actor, now=now, remark=remark)
    move(row, CONSULTATION, "approve_report" if following is None else "sign_report", actor=actor, now=now, reason=remark)
    return row


@transaction.atomic
def return_report(consultation_id: int, *, actor: Actor, now: datetime, reason: str) -> Consultation:
    """3.4b: a level of the chain returns the report to its drafter with a reason; submitted again, the chain begins anew."""
    row = queries.for_update(consultation_id)
    CONSULTATION.may(row.state, "return_report", reason=reason).require()
    report = AdoptionReport.objects.select_for_update().get(consultation=row)
    levels = [each.level for each in steps_of(report.chain_id) if not each.skipped]
    policy.may_return_report(actor, row.topic.department_id, report, levels).require()
    move(row, CONSULTATION, "return_report", actor=actor, now=now, reason=reason)
    AdoptionReport.objects.filter(pk=report.pk).update(chain=None)
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
    tell_answers(row, now=now)
    pack_archive(row, now=now)
    touch(row.government_id, "home", "consultations", f"consultation:{row.pk}", f"topic:{row.topic_id}")
    return row
