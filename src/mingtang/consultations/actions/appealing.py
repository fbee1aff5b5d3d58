"""Appeals against a decision to withhold: made with the receipt, decided by somebody who had no part in it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.moderating import correct_report, settle
from mingtang.consultations.actions.withholding import bring_back, tell_author
from mingtang.consultations.models import Appeal, Opinion
from mingtang.consultations.rules import APPEAL, VERDICT_LABELS, may_receive
from mingtang.consultations.rules.moderation import appeal_until, may_appeal, may_say_why
from mingtang.consultations.rules.opinions import may_restore
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move


@transaction.atomic
def appeal_withholding(receipt: str, *, actor: Actor, now: datetime, words: str) -> Appeal:
    """Appeal with the receipt's code: once against each decision. The same appeal sent twice is one."""
    opinion = Opinion.objects.select_related("withholding").filter(government_id=actor.government_id, receipt=receipt).first()
    if opinion is None:
        ELSEWHERE.require()
    assert opinion is not None
    queries.for_update(opinion.consultation_id)
    opinion = Opinion.objects.select_related("withholding", "consultation__topic").get(pk=opinion.pk)
    made = opinion.withholding
    known = Appeal.objects.filter(withholding=made).first() if made else None
    if known and known.words == words.strip():
        return known
    figures, today = figures_for(opinion.government_id, day_of(now)), day_of(now)
    until = appeal_until(day_of(made.decided_at), figures) if made and made.decided_at else None
    may_appeal(opinion.state, appealed=known is not None, until=until, today=today).require()
    may_say_why(words).require()
    may_receive(words, figures.number("opinion.max_characters")).require()
    assert made is not None
    row = Appeal.objects.create(government_id=opinion.government_id, withholding=made, words=words.strip(), made_at=now)
    record("appeal.make", row, actor=actor, now=now, clause="711 Art.17")
    settle(opinion.consultation_id, Counter({("appeal", "waiting"): 1}))
    return row


@transaction.atomic
def decide_appeal(appeal_id: int, *, actor: Actor, now: datetime, restore: bool, reason: str, verdict: str = "") -> Appeal:
    """Uphold the decision or show the opinion again, with a reason; its author is told.

    Once the adoption report is signed or published, an opinion shown again needs its answer at once: a `verdict`.
    """
    queries.for_update(_one(Appeal.objects.all(), appeal_id, actor).withholding.opinion.consultation_id)
    row = _one(Appeal.objects.select_for_update(of=("self",)), appeal_id, actor)
    made, opinion = row.withholding, row.withholding.opinion
    policy.may_decide_appeal(actor, opinion, made).require()
    step = "grant" if restore else "uphold"
    APPEAL.may(row.state, step, reason=reason).require()
    changes = Counter({("appeal", "waiting"): -1, ("appeal", APPEAL.arrow(step).target): 1})
    if restore:
        changes.update(_restore(opinion, actor, now, reason, verdict))
    move(row, APPEAL, step, actor=actor, now=now, reason=reason, decided_by_id=actor.person_id, decided_at=now)
    Appeal.objects.filter(pk=row.pk).update(reason=reason)
    tell_author(opinion, made, "restored" if restore else "upheld", now, reason)
    settle(opinion.consultation_id, changes)
    if restore:
        correct_report(opinion.consultation_id, actor=actor, now=now, kind="restored")
    return row


def _restore(opinion: Opinion, actor: Actor, now: datetime, reason: str, verdict: str) -> Counter[tuple[str, str]]:
    changes = bring_back(opinion, actor, now, reason)
    if may_restore(opinion.consultation.state):
        return changes
    if verdict not in VERDICT_LABELS:
        no(
            t(
                "采纳情况报告已报批或公布，恢复显示要同时答复。",
                "The report is signed or published: an opinion shown again needs its answer.",
            ),
            "2.1e",
            t("请选择处理结果，理由同时作为答复。", "Choose a verdict; the reason is its answer."),
            code="verdict",
        ).require()
    Opinion.objects.filter(pk=opinion.pk).update(verdict=verdict, reason=reason, answered_at=now)
    changes["single", verdict] += 1
    return changes


def _one(rows: QuerySet[Appeal], appeal_id: int, actor: Actor) -> Appeal:
    found = rows.select_related("withholding__opinion__consultation__topic").filter(pk=appeal_id, government_id=actor.government_id).first()
    if found is None:
        ELSEWHERE.require()
    assert found is not None
    return found
