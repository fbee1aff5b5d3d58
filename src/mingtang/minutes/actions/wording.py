"""The wording of a suggestion, settled with the person who said it; what was written afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.minutes import policy, queries, rules
from mingtang.minutes.actions.suggesting import keep_suggestion
from mingtang.minutes.models import Suggestion, Wording
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.files.keep import keep
from mingtang.representatives import queries as representative_queries

LONGEST = 1000
SCANS = frozenset({"pdf", "png", "jpeg"})


def _words(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST:
        no(
            t("建议要有内容，最多 {n} 字。", "A suggestion has words, at most {n} characters.", n=LONGEST),
            "3.2e",
            t("用一两句话写明希望怎样做。", "Say in a sentence or two what should be done."),
            code="empty",
        ).require()
    return text


def _mine(suggestion_id: int, token: str) -> Suggestion:
    """A suggestion of the person who holds this link, not yet confirmed and open to change."""
    row = queries.suggestion_for_update(suggestion_id)
    if row.invitation.token != token:
        queries.GONE.require()
    return row


@transaction.atomic
def confirm_suggestion(suggestion_id: int, token: str, *, actor: Actor, now: datetime) -> Suggestion:
    """The person says by their link that the words are theirs; a wish they had is dropped with it."""
    row = _mine(suggestion_id, token)
    if row.confirmed_at:
        return row
    _settle(row, now, "link")
    record("suggestion.confirm", row, actor=actor, now=now, clause="3.2e", data={"way": "link"})
    return row


@transaction.atomic
def wish_wording(suggestion_id: int, token: str, *, actor: Actor, now: datetime, text: str, ground: str = "") -> Suggestion:
    """The person asks by their link for other words; the operator sees them beside the first."""
    row = _mine(suggestion_id, token)
    text, ground = _words(text), ground.strip()[:LONGEST]
    if row.wished_at and (row.wish, row.wish_ground) == (text, ground):
        return row
    if row.confirmed_at:
        no(
            t("这条建议的表述您已经确认。", "You have confirmed these words."),
            "3.2e",
            t("还要改的，请打公开电话。", "Call us if they must change after all."),
            code="confirmed",
        ).require()
    rules.may_change_suggestions(queries.state_of(row.item.meeting_id)).require()
    row.wish, row.wish_ground, row.wished_at = text, ground, now
    row.save(update_fields=["wish", "wish_ground", "wished_at"])
    record("suggestion.wish", row, actor=actor, now=now, clause="3.2e")
    return row


@transaction.atomic
def settle_wish(suggestion_id: int, *, actor: Actor, now: datetime, accept: bool, reason: str = "") -> Suggestion:
    """The operator takes the words wished for, which are confirmed with that, or leaves them with a reason; both stay kept."""
    row = _own(suggestion_id, actor)
    if not row.wished_at:
        return row
    if not accept and not reason.strip():
        no(
            t("不采用本人的表述，要说明理由。", "Not taking the person's words needs a reason."),
            "3.2e",
            t("理由会显示给本人。", "The person sees it."),
            code="reason",
        ).require()
    rules.may_change_suggestions(queries.state_of(row.item.meeting_id)).require()
    if accept:
        _lay_aside(row, actor, now, row.text, row.ground, wished=False)
        _change(row, row.wish, row.wish_ground)
        _settle(row, now, "link")
    else:
        _lay_aside(row, actor, now, row.wish, row.wish_ground, wished=True, reason=reason)
        _drop_wish(row)
    record("suggestion.settle", row, actor=actor, now=now, reason=reason, clause="3.2e", data={"accept": accept})
    return row


@transaction.atomic
def reword_suggestion(suggestion_id: int, *, actor: Actor, now: datetime, text: str, ground: str = "") -> Suggestion:
    """The operator mends the words before the person confirms them; the old words stay kept."""
    row = _own(suggestion_id, actor)
    text, ground = _words(text), ground.strip()[:LONGEST]
    if (row.text, row.ground) == (text, ground):
        return row
    if row.confirmed_at:
        no(
            t("本人已经确认这条表述，不能再改。", "The person has confirmed these words; they stay."),
            "3.2e",
            t("确需更改的，请本人重新提交。", "Ask the person for new words."),
            code="confirmed",
        ).require()
    rules.may_change_suggestions(queries.state_of(row.item.meeting_id)).require()
    _lay_aside(row, actor, now, row.text, row.ground, wished=False)
    _change(row, text, ground)
    record("suggestion.reword", row, actor=actor, now=now, clause="3.2e")
    return row


@transaction.atomic
def confirm_on_paper(suggestion_id: int, *, actor: Actor, now: datetime, scan: Any = None) -> Suggestion:
    """The person signed on paper: with the uploaded scan, or as the operator saw it."""
    row = _own(suggestion_id, actor)
    if row.confirmed_at:
        return row
    if scan:
        row.signature = keep(scan, government_id=row.government_id, person_id=actor.person_id, now=now, allowed=SCANS)
        row.save(update_fields=["signature"])
    _settle(row, now, "signature")
    record("suggestion.confirm", row, actor=actor, now=now, clause="3.2e", data={"way": "signature", "scan": scan is not None})
    return row


@transaction.atomic
def write_opinion(token: str, *, actor: Actor, now: datetime, text: str, ground: str = "") -> Suggestion:
    """rep.written_opinion_days: who was there writes after the meeting; it stands among the suggestions, confirmed by itself."""
    found = representative_queries.by_token(token)
    if found is None:
        representative_queries.GONE.require()
    assert found is not None
    row = representative_queries.for_update(found.pk)
    require_own(row, actor)
    text = _words(text)
    there = Suggestion.objects.filter(invitation=row, text=text).first()
    if there:
        return there
    if row.state != "present":
        no(
            t("书面意见由到会的代表提交。", "Written opinions come from representatives who were there."),
            "2.2",
            t("没有到会的，请打公开电话或写信。", "Call or write to us if you were not."),
            code="absent",
        ).require()
    ended = row.meeting.ended_at
    days = figures_for(row.government_id, day_of(now)).number("rep.written_opinion_days")
    rules.may_write_in(ended, day_of(ended) if ended else None, day_of(now), days).require()
    said = {"source": "written", "confirmed_at": now, "confirmed_way": "own", "text": text, "ground": ground.strip()[:LONGEST]}
    return keep_suggestion(row, actor, now, said)


def _own(suggestion_id: int, actor: Actor) -> Suggestion:
    row = queries.suggestion_for_update(suggestion_id)
    require_own(row, actor)
    policy.may_draft(actor).require()
    return row


def _settle(row: Suggestion, now: datetime, way: str) -> None:
    row.confirmed_at, row.confirmed_way = now, way
    row.save(update_fields=["confirmed_at", "confirmed_way"])
    _drop_wish(row)


def _drop_wish(row: Suggestion) -> None:
    row.wish, row.wish_ground, row.wished_at = "", "", None
    row.save(update_fields=["wish", "wish_ground", "wished_at"])


def _change(row: Suggestion, text: str, ground: str) -> None:
    """Other words are judged anew."""
    row.text, row.ground = text, ground
    row.reasonable, row.reason, row.judged_at = None, "", None
    row.save(update_fields=["text", "ground", "reasonable", "reason", "judged_at"])


def _lay_aside(row: Suggestion, actor: Actor, now: datetime, text: str, ground: str, *, wished: bool, reason: str = "") -> None:
    words = {"text": text, "ground": ground, "wished": wished, "reason": reason.strip()[:300]}
    Wording.objects.create(suggestion=row, laid_by_id=actor.person, laid_at=now, **words)
