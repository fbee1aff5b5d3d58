"""Every write on suggestions and minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import policy, published, queries, rules
from mingtang.minutes.models import Minutes, MinutesVersion, RecordLine, Suggestion
from mingtang.minutes.rules import MINUTES
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.codes import new_code
from mingtang.platform.guard.gate import require_clean, require_plain
from mingtang.platform.ledger.writing import Promise, promise
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.representatives import queries as representative_queries
from mingtang.representatives.actions.telling import tell_receipt


@transaction.atomic
def record_suggestion(invitation_id: int, *, actor: Actor, now: datetime, text: str) -> Suggestion:
    """3.2e: write down what a representative present suggests and give the receipt, promised to the log; the same words twice stand once."""
    policy.may_draft(actor).require()
    row = representative_queries.for_update(invitation_id)
    if row.state != "present":
        no(
            t("{name}没有签到，不能记录其建议。", "{name} is not checked in.", name=row.representative.name),
            "3.2f",
            t("先签到。", "Check in first."),
            code="absent",
        ).require()
    if not text.strip():
        no(
            t("建议内容为空。", "The suggestion is empty."), "3.2e", t("用一两句话写下。", "Write it in a sentence or two."), code="empty"
        ).require()
    found = Suggestion.objects.filter(invitation=row, text=text.strip()).first()
    if found:
        return found
    rules.may_change_suggestions(queries.state_of(row.meeting_id)).require()
    code = new_code(row.government.code_prefix)
    made = Suggestion.objects.create(
        government_id=row.government_id,
        invitation=row,
        item=row.item,
        text=text.strip(),
        receipt=code,
        said_at=now,
        recorded_by_id=actor.person,
    )
    content, about = published.content_of(made), published.about_of(made)
    promise(
        [Promise(published.RECEIVED, code, content, (published.SUGGESTION_ROW, made.pk), about)], government_id=row.government_id, now=now
    )
    record("suggestion.record", made, actor=actor, now=now, clause="3.2e")
    tell_receipt(row, code, now)
    return made


@transaction.atomic
def judge_suggestion(suggestion_id: int, *, actor: Actor, now: datetime, reasonable: bool, reason: str = "") -> Suggestion:
    """3.2e: reasonable suggestions go into the minutes; the others get a reason."""
    row = queries.suggestion_for_update(suggestion_id)
    require_own(row, actor)
    policy.may_judge(actor, row.item.topic.department_id).require()
    rules.may_judge(reasonable, reason).require()
    if (row.reasonable, row.reason) == (reasonable, reason.strip()):
        return row
    rules.may_change_suggestions(queries.state_of(row.item.meeting_id)).require()
    row.reasonable, row.reason, row.judged_at = reasonable, reason.strip(), now
    row.save(update_fields=["reasonable", "reason", "judged_at"])
    record("suggestion.judge", row, actor=actor, now=now, reason=reason, clause="3.2e", data={"reasonable": reasonable})
    return row


@transaction.atomic
def reply_suggestion(suggestion_id: int, *, actor: Actor, now: datetime, reply: str) -> Suggestion:
    """Answer the representative: what became of the suggestion."""
    row = queries.suggestion_for_update(suggestion_id)
    require_own(row, actor)
    policy.may_judge(actor, row.item.topic.department_id).require()
    if not reply.strip():
        no(
            t("答复内容为空。", "The answer is empty."),
            "3.2e",
            t("写明建议怎样处理了。", "Say what became of the suggestion."),
            code="empty",
        ).require()
    require_plain(reply, actor=actor)
    row.reply, row.replied_at = reply.strip(), now
    row.save(update_fields=["reply", "replied_at"])
    record("suggestion.reply", row, actor=actor, now=now)
    touch(row.government_id, f"meeting:{row.item.meeting_id}")
    return row


@transaction.atomic
def write_record(item_id: int, *, actor: Actor, now: datetime, speaker: str, text: str, dissent: bool = False) -> RecordLine:
    """713 Art.30: the internal record, written truthfully, dissent included; lines are only ever added.

    The last line once more, by the same writer, is a form sent twice.
    """
    policy.may_draft(actor).require()
    item = meeting_queries.item_for_update(item_id)
    if not speaker.strip() or not text.strip():
        no(t("记录要有发言人和内容。", "A line needs speaker and words."), "713 Art.30", code="empty").require()
    last = RecordLine.objects.filter(item=item).order_by("-id").first()
    if last and (last.speaker, last.text, last.dissent, last.written_by_id) == (speaker.strip(), text.strip(), dissent, actor.person_id):
        return last
    line = RecordLine.objects.create(
        item=item, speaker=speaker.strip(), text=text.strip(), dissent=dissent, written_by_id=actor.person, written_at=now
    )
    record("record.write", item, actor=actor, now=now, clause="713 Art.30", data={"line": line.pk, "dissent": dissent})
    return line


def _row(meeting_id: int, actor: Actor, now: datetime) -> Minutes:
    meeting = meeting_queries.for_update(meeting_id)
    row, _ = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"government_id": meeting.government_id, "drafted_by_id": actor.person, "changed_at": now}
    )
    return row


def _drafting(row: Minutes) -> None:
    if row.state != "drafting":
        no(
            t("纪要现在是“{state}”，不能直接改。", "The minutes are “{state}”; they cannot be changed directly.", state=row.state_label),
            "3.2e",
            t("已送审的请退回，已印发的请更正。", "Have them returned, or correct them once issued."),
            code="wrong_state",
        ).require()


@transaction.atomic
def compose_minutes(meeting_id: int, *, actor: Actor, now: datetime) -> Minutes:
    """Put the draft together from what happened; what was typed before is replaced."""
    policy.may_draft(actor).require()
    row = _row(meeting_id, actor, now)
    _drafting(row)
    made = queries.compose(meeting_id)
    row.body, row.observers, row.changed_at = made.body, made.observers, now
    row.attendees = row.attendees or made.attendees
    row.save(update_fields=["body", "attendees", "observers", "changed_at"])
    record("minutes.compose", row, actor=actor, now=now, clause="3.2e")
    return row


@transaction.atomic
def save_minutes(meeting_id: int, *, actor: Actor, now: datetime, body: str, attendees: str, excused: str, observers: str) -> Minutes:
    """Save the draft's text."""
    policy.may_draft(actor).require()
    row = _row(meeting_id, actor, now)
    _drafting(row)
    row.body, row.attendees, row.excused, row.observers, row.changed_at = body, attendees, excused, observers, now
    row.save(update_fields=["body", "attendees", "excused", "observers", "changed_at"])
    record("minutes.save", row, actor=actor, now=now)
    return row


@transaction.atomic
def circulate_minutes(meeting_id: int, *, actor: Actor, now: datetime) -> Minutes:
    """Send the draft to the government office; it must pass the gate already."""
    policy.may_draft(actor).require()
    row = _row(meeting_id, actor, now)
    MINUTES.may(row.state, "circulate").require()
    rules.may_issue(queries.issue_facts(row)).require()
    move(row, MINUTES, "circulate", actor=actor, now=now, drafted_by_id=actor.person)
    return row


@transaction.atomic
def return_minutes(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Minutes:
    """The office returns the draft with a reason."""
    row = _row(meeting_id, actor, now)
    policy.may_issue(actor, row).require()
    move(row, MINUTES, "return", actor=actor, now=now, reason=reason)
    return row


@transaction.atomic
def issue_minutes(meeting_id: int, *, actor: Actor, now: datetime) -> Minutes:
    """3.2e–f: issue; the number is drawn once and stays through corrections."""
    row = _row(meeting_id, actor, now)
    MINUTES.may(row.state, "issue").require()
    policy.may_issue(actor, row).require()
    rules.may_issue(queries.issue_facts(row)).require()
    require_clean(queries.material(row.government_id, meeting_id), actor=actor, now=now)
    number: dict[str, Any] = {} if row.number else _next_number(row, now)
    move(row, MINUTES, "issue", actor=actor, now=now, issued_at=now, first_issued_at=row.first_issued_at or now, **number)
    MinutesVersion.objects.create(
        minutes=row,
        version=row.version,
        body=row.body,
        attendees=row.attendees,
        excused=row.excused,
        observers=row.observers,
        correction=row.correction,
        issued_at=now,
    )
    topics = [f"topic:{each.topic_id}" for each in meeting_queries.items(meeting_id)]
    touch(row.government_id, "home", f"meeting:{meeting_id}", *topics)
    return row


def _next_number(row: Minutes, now: datetime) -> dict[str, int]:
    Government.objects.select_for_update().get(pk=row.government_id)
    year = day_of(now).year
    last = Minutes.objects.filter(government_id=row.government_id, year=year).aggregate(last=Max("number"))["last"]
    return {"year": year, "number": (last or 0) + 1}


@transaction.atomic
def correct_minutes(meeting_id: int, *, actor: Actor, now: datetime, reason: str) -> Minutes:
    """711 Art.6: open a new version for a correction; the issued one stays public until then."""
    row = _row(meeting_id, actor, now)
    policy.may_draft(actor).require()
    move(row, MINUTES, "correct", actor=actor, now=now, reason=reason, version=row.version + 1, correction=reason)
    return row
