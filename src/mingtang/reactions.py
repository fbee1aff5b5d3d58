"""What follows from what across capabilities, which acts the public log is told of, what belongs to an export: the lists, whole.

An earlier stage announces an event; the later stage that must do something is named in `REACTIONS`. Each listener
runs in the transaction of the act that announced it. `LOGGED` names the public acts with the facts that go to the
log: plain values anybody may read, nothing personal; where words matter, their hash. `BELONGING` names who adds what
to the public export of a matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from mingtang.consultations.actions import packing
from mingtang.consultations.actions import telling as consulting
from mingtang.consultations.published import logged as consultations
from mingtang.engines.ledger.canonical import canonical
from mingtang.hearings import actions as hearings
from mingtang.hearings import published as hearings_shown
from mingtang.hearings.published import logged as hearing_facts
from mingtang.minutes import published as minutes
from mingtang.platform.events import Reaction
from mingtang.platform.guard import holding
from mingtang.platform.ledger.belonging import Provider
from mingtang.platform.ledger.public import Facts
from mingtang.publishing import published as publishing
from mingtang.representatives import actions as representatives
from mingtang.representatives import published as seats

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "agenda_item.begin": (representatives.item_begins,),
    "agenda_item.withdraw": (representatives.item_withdrawn,),
    "call.annul": (packing.draw_changed,),
    "call.correct": (packing.draw_changed,),
    "call.draw": (packing.draw_changed,),
    "call.freeze": (packing.draw_changed,),
    "call.replace": (packing.draw_changed,),
    "consultation.cancel": (holding.lets_go("consultation"),),
    "consultation.open": (hearings.consultation_opened,),
    "consultation.publish_report": (hearings.outcomes_known,),
    "consultation.return_report": (holding.lets_go("report"),),
    "consultation.return_review": (holding.lets_go("consultation"),),
    "consultation.submit_report": (hearings.check_points, holding.counts("report")),
    "consultation.submit_review": (holding.counts("consultation"),),
    "correction.ask": (holding.counts("correction"),),
    "correction.publish": (consulting.correction_published, hearings.correction_published),
    "correction.refuse": (holding.lets_go("correction"),),
    "draft.prepare": (holding.counts("version"),),
    "invitation.decline": (representatives.seat_freed,),
    "invitation.revoke": (representatives.seat_freed,),
    "meeting.cancel": (representatives.meeting_changed,),
    "meeting.change": (representatives.meeting_changed,),
    "meeting.convene": (representatives.check_notices,),
    "meeting.postpone": (representatives.meeting_changed,),
    "minutes.circulate": (holding.counts("minutes", "meeting_id"),),
    "minutes.recall": (holding.lets_go("minutes", "meeting_id"),),
    "minutes.return": (holding.lets_go("minutes", "meeting_id"),),
    "release.publish": (consulting.release_published, hearings.release_published),
    "release.return": (holding.lets_go("release"),),
    "release.submit": (holding.counts("release"),),
    "notice.delivered": (representatives.delivered, hearings.delivered),
    "notice.failed": (representatives.failed,),
    "topic.attach": (representatives.paper_attached,),
    "topic.publish_documents": (representatives.papers_published,),
    "topic.remove_document": (representatives.paper_removed,),
    "topic.return": (holding.lets_go("topic"),),
    "topic.submit": (holding.counts("topic", when=lambda row: not row.is_secret),),
}


def _hash(*words: str) -> str:
    return sha256(canonical(list(words))).hexdigest()


def _happened(_row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


def _data(_row: Any, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return data


def _item(row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"meeting": f"meeting:{row.meeting_id}", "matter": f"topic:{row.topic_id}"}


def _invitation(row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Only who holds the invitation's link can tell that it is theirs."""
    return {"about": "invitation", "of": _hash(row.token), "meeting": f"meeting:{row.meeting_id}"}


def _call(row: Any, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"matter": f"topic:{row.topic_id}", **{name: data[name] for name in ("closes_on", "quota", "least", "most") if name in data}}


def _published_call(row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    quotas = [[each.category, each.value, each.least, each.most, each.rationale] for each in row.quotas.all()]
    facts = {
        "matter": f"topic:{row.topic_id}",
        "closes_on": str(row.closes_on),
        "household_limit": row.household_limit,
        "words": _hash(row.title, row.purpose, row.conditions),
    }
    return {**facts, "quotas": sha256(canonical(quotas)).hexdigest()}


def _draw(row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The digest of what was frozen and the day of the randomness; once revealed, the seed and the digest of the outcome."""
    facts = {"call": f"call:{row.call_id}", "digest": row.digest, "source": row.source_kind, "day": row.source_day.isoformat()}
    return {**facts, "outcome": sha256(row.outcome.encode()).hexdigest()} if row.outcome else facts


def _hearing_draw(row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same for the seats of a hearing."""
    facts = {"hearing": f"hearing:{row.hearing_id}", "digest": row.digest, "source": row.source_kind, "day": row.source_day.isoformat()}
    return {**facts, "outcome": sha256(row.outcome.encode()).hexdigest()} if row.outcome else facts


def _replaced(row: Any, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"call": f"call:{row.call_id}", "leaves": data["leaves"], "comes": data["comes"]}


def _minutes(row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = {"meeting": f"meeting:{row.meeting_id}", "version": row.version, "number": row.official_no}
    return {**facts, "words": _hash(row.body, row.attendees, row.excused, row.observers)}


def _release(row: Any, _data: Mapping[str, Any]) -> Mapping[str, Any]:
    files = sorted(row.files.values_list("file__sha256", flat=True))
    facts = {"matter": f"topic:{row.topic_id}", "kind": row.kind, "number": row.number, "words": _hash(row.title, row.body), "files": files}
    return {**facts, "corrects": f"release:{row.corrects_id}"} if row.corrects_id else facts


LOGGED: dict[str, Facts] = {
    "agenda_item.decide": _item,
    "agenda_item.withdraw": _item,
    "call.annul": _call,
    "call.cancel": _call,
    "call.extend": _call,
    "call.publish": _published_call,
    "call.relax_quota": _call,
    "consultation.cancel": consultations.moved,
    "consultation.close": consultations.moved,
    "consultation.correct_report": consultations.reported,
    "consultation.extend": consultations.extended,
    "consultation.open": consultations.opened,
    "consultation.publish_report": consultations.reported,
    "consultation.receive_many": consultations.counted,
    "consultation.return_report": consultations.moved,
    "consultation.show_all": consultations.counted,
    "consultation.submit_report": consultations.reported,
    "draw.annulled": _draw,
    "draw.frozen": _draw,
    "draw.replaced": _replaced,
    "draw.revealed": _draw,
    "figure.set": _data,
    "hearing.announce": hearing_facts.announced,
    "hearing.cancel": hearing_facts.moved,
    "hearing.confirm_record": hearing_facts.recorded,
    "hearing.postpone": hearing_facts.moved,
    "hearing.publish_list": hearing_facts.listed,
    "hearing.publish_report": hearing_facts.reported,
    "hearing_draw.annulled": _hearing_draw,
    "hearing_draw.frozen": _hearing_draw,
    "hearing_draw.revealed": _hearing_draw,
    "invitation.invite": _invitation,
    "invitation.notice": _invitation,
    "invitation.revoke": _invitation,
    "meeting.cancel": _happened,
    "meeting.convene": _happened,
    "meeting.postpone": _happened,
    "minutes.correct": _minutes,
    "minutes.issue": _minutes,
    "opinion.erase": consultations.moderated,
    "opinion.restore": consultations.moderated,
    "opinion.show": consultations.moderated,
    "opinion.withdraw": consultations.moderated,
    "opinion.withhold": consultations.moderated,
    "release.publish": _release,
    "release.withdraw": _release,
    "topic.approve": _happened,
    "topic.reopen": _happened,
}

BELONGING: tuple[Provider, ...] = (seats.belonging, hearings_shown.belonging, minutes.belonging, publishing.belonging)
