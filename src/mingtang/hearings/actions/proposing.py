"""Citizens propose a hearing; the department or the office answers with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.hearings import policy, published, queries
from mingtang.hearings.actions.deciding import decide_hearing
from mingtang.hearings.models import HearingProposal, ProposalContact
from mingtang.hearings.rules import PROPOSAL
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.codes import new_code
from mingtang.platform.ledger.writing import Promise, promise
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import Recipient, post
from mingtang.platform.web.versions import touch
from mingtang.topics import queries as topic_queries


@transaction.atomic
def propose_hearing(
    topic_id: int, *, actor: Actor, now: datetime, words: str, token: str = "", name: str = "", phone: str = "", email: str = ""
) -> HearingProposal:
    """Take a proposal and give its receipt, promised to the log; the same `token` (of one form) twice gives the same receipt."""
    topic = topic_queries.for_update(topic_id)
    require_own(topic, actor)
    if topic.first_approved_at is None or not topic.is_named or topic.state == "withdrawn":
        queries.gone(t("议题", "matter"))
    known = HearingProposal.objects.filter(topic=topic, form_token=token).first() if token else None
    if known:
        return known
    if not words.strip():
        no(
            t("还没有写为什么要听证。", "Why a hearing should be held is missing."),
            "2.1d",
            t("写几句理由。", "Write a few words."),
            code="empty",
        ).require()
    row = HearingProposal.objects.create(
        government_id=topic.government_id,
        topic=topic,
        words=words.strip(),
        receipt=new_code(topic.government.code_prefix),
        form_token=token,
        received_at=now,
    )
    if name or phone or email:
        ProposalContact.objects.create(proposal=row, name=name.strip(), phone=phone.strip(), email=email.strip())
    told = Promise(published.RECEIVED, row.receipt, published.content_of(row), (published.PROPOSAL_ROW, row.pk), published.about_of(row))
    promise([told], government_id=row.government_id, now=now)
    record("hearing_proposal.receive", row, actor=actor, now=now, clause="2.1d")
    touch(row.government_id, "hearings")
    return row


@transaction.atomic
def answer_proposal(
    proposal_id: int, *, actor: Actor, now: datetime, accept: bool, answer: str, preset: str = "national"
) -> HearingProposal:
    """Answer with a reason; accepting decides the hearing. The same answer twice changes nothing."""
    row = HearingProposal.objects.select_for_update(of=("self",)).select_related("topic").filter(pk=proposal_id).first()
    row = row or queries.gone(t("听证建议", "proposal"))
    require_own(row, actor)
    policy.may_decide(actor, row.topic.department_id).require()
    if row.state == ("accepted" if accept else "declined"):
        return row
    name = "accept" if accept else "decline"
    PROPOSAL.may(row.state, name, reason=answer).require()
    hearing = decide_hearing(row.topic_id, actor=actor, now=now, why=answer, preset=preset) if accept else None
    move(
        row,
        PROPOSAL,
        name,
        actor=actor,
        now=now,
        reason=answer,
        answer=answer.strip(),
        answered_at=now,
        answered_by_id=actor.person,
        hearing=hearing,
    )
    contact = ProposalContact.objects.filter(proposal=row).exclude(email="").first()
    if contact:
        post(
            "hearings/email/proposal.txt",
            to=Recipient(None, contact.email),
            government_id=row.government_id,
            now=now,
            about=row,
            url=f"/hearings/proposals/{row.receipt}/",
            dedupe=f"proposal:{row.receipt}",
            topic=str(row.topic).replace("|", ""),
            answer=row.answer,
            accepted=accept,
        )
    touch(row.government_id, "hearings")
    return row


@transaction.atomic
def look_at_proposer(proposal_id: int, *, actor: Actor, now: datetime, purpose: str) -> ProposalContact | None:
    """Open a proposer's contact data for a stated purpose; the look is recorded."""
    row = queries.proposal(actor.government_id, proposal_id)
    policy.may_see_contact(actor, row.topic.department_id).require()
    need_purpose(purpose)
    record("hearing_proposal.look_at_contact", row, actor=actor, now=now, reason=purpose.strip())
    return ProposalContact.objects.filter(proposal=row).first()


def need_purpose(purpose: str) -> None:
    """PIPL: personal data are looked at for a stated purpose."""
    if not purpose.strip():
        no(
            t("查看个人信息要写明用途。", "Looking at personal data needs a purpose."),
            "711 Art.15",
            t("请写明为什么要联系。", "Say why you need it."),
            code="purpose",
        ).require()
