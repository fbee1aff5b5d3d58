"""Correcting a published report: asked for, approved by somebody else, published as a new version (2.1e)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.moderating import settle
from mingtang.consultations.actions.packing import next_version, renew_report
from mingtang.consultations.actions.tracing import count_traces
from mingtang.consultations.models import Consultation, Opinion, OpinionGroup, ReportCorrection
from mingtang.consultations.rules import CORRECTION, concentrated, may_answer
from mingtang.consultations.rules.replies import changes, may_correct, may_give_reason
from mingtang.platform import events
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.gate import require_clean
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """An answer as it shall read from now on."""

    verdict: str
    reason: str = ""
    reason_code: str = ""
    legal_ref: str = ""
    landed_in: str = ""

    def as_fields(self) -> dict[str, str]:
        """The fields of a group or of an opinion answered singly."""
        return {
            "verdict": self.verdict,
            "reason": self.reason.strip(),
            "reason_code": self.reason_code,
            "legal_ref": self.legal_ref.strip(),
            "landed_in": self.landed_in.strip(),
        }


@transaction.atomic
def ask_correction(
    consultation_id: int,
    *,
    actor: Actor,
    now: datetime,
    answer: AnswerIn,
    why: str,
    group_id: int | None = None,
    opinion_id: int | None = None,
) -> ReportCorrection:
    """Propose another answer for a group, or for an opinion answered singly; nothing public changes yet."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    target = queries.answered(row.pk, group_id, opinion_id)
    if target is None:
        ELSEWHERE.require()
    assert target is not None
    group, opinion = (target, None) if isinstance(target, OpinionGroup) else (None, target)
    before, after = queries.answer_of(target), answer.as_fields()
    waiting = ReportCorrection.objects.filter(consultation=row, group=group, opinion=opinion, state="waiting").first()
    if waiting and (waiting.after, waiting.why) == (after, why.strip()):
        return waiting
    may_correct(row.state, why, changes=bool(changes(before, after)), waiting=waiting is not None).require()
    figures = figures_for(row.government_id, day_of(now))
    hot = group is not None and concentrated(group.people_count, queries.people(row.pk), figures)
    may_answer(answer.verdict, answer.reason, is_concentrated=hot, figures=figures).require()
    may_give_reason(answer.reason_code, answer.legal_ref).require()
    made = ReportCorrection.objects.create(
        government_id=row.government_id,
        consultation=row,
        group=group,
        opinion=opinion,
        title=group.title if group else "",
        opinions=group.opinions_count if group else 1,
        before=before,
        after=after,
        why=why.strip()[:500],
        asked_by_id=actor.person_id,
        asked_at=now,
    )
    record("correction.ask", made, actor=actor, now=now, reason=made.why, clause="2.1e")
    events.announce(events.Happened("correction.ask", made, actor, now))
    return made


@transaction.atomic
def publish_correction(correction_id: int, *, actor: Actor, now: datetime) -> ReportCorrection:
    """Approve a correction: the answer changes, old and new stand side by side, the public log is told, and so is everybody answered."""
    made, row = _locked(correction_id, actor)
    policy.may_decide_correction(actor, made).require()
    CORRECTION.may(made.state, "publish").require()
    require_clean(queries.correction_material(row.government_id, made.pk), actor=actor, now=now)
    _apply(made, row, now)
    number = next_version(row.pk)
    move(made, CORRECTION, "publish", actor=actor, now=now, number=number, decided_by_id=actor.person_id, decided_at=now)
    renew_report(row, number, actor=actor, now=now)
    touch(row.government_id, f"consultation:{row.pk}", f"topic:{row.topic_id}")
    return made


def _apply(made: ReportCorrection, row: Consultation, now: datetime) -> None:
    if made.group is not None:
        OpinionGroup.objects.filter(pk=made.group.pk).update(**made.after, answered_at=now)
    elif made.opinion is not None:
        Opinion.objects.filter(pk=made.opinion.pk).update(**made.after, answered_at=now)
        settle(row.pk, Counter({("single", made.before["verdict"]): -1, ("single", made.after["verdict"]): 1}))
    count_traces(row)


@transaction.atomic
def refuse_correction(correction_id: int, *, actor: Actor, now: datetime, reason: str) -> ReportCorrection:
    """Refuse a correction with a reason; the published answer stands."""
    made, _row = _locked(correction_id, actor)
    policy.may_decide_correction(actor, made).require()
    move(
        made, CORRECTION, "refuse", actor=actor, now=now, reason=reason, refusal=reason[:500], decided_by_id=actor.person_id, decided_at=now
    )
    return made


def _locked(correction_id: int, actor: Actor) -> tuple[ReportCorrection, Consultation]:
    """The correction and its consultation, locked in the order every act on a consultation takes."""
    known = ReportCorrection.objects.filter(pk=correction_id, government_id=actor.government_id).first()
    if known is None:
        ELSEWHERE.require()
    assert known is not None
    row = queries.for_update(known.consultation_id)
    return ReportCorrection.objects.select_for_update(of=("self",)).select_related("group", "opinion").get(pk=correction_id), row
