"""An opinion on its way in: what it carries, whether it came before, what the moderator should know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Trim

from mingtang.consultations.models import Clause, Consultation, Opinion
from mingtang.consultations.rules.anchoring import may_quote, passage_of
from mingtang.consultations.rules.asking import Given
from mingtang.consultations.rules.likeness import text_key
from mingtang.consultations.rules.taking import may_say_the_same
from mingtang.kernel.decision import no
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import t
from mingtang.platform.identity.proof import Verified


@dataclass(frozen=True, slots=True)
class OpinionIn:
    """One opinion as it arrives. `author` is whatever names its author outside (never shown)."""

    text: str
    stance: str = "none"
    channel: str = "web"
    clause_id: int | None = None
    audience: str = ""
    author: str = ""
    display_name: str = ""
    publish_consent: bool = True
    received_at: datetime | None = None
    outside_id: str | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    uploads: Sequence[Any] = field(default_factory=tuple)
    withheld: str = ""
    choices: Mapping[int, int] = field(default_factory=dict)
    answers: Sequence[Given] = field(default_factory=tuple)
    quote: str = ""
    quote_start: int = 0
    proposed: str = ""
    source_url: str = ""
    on_behalf: str = "person"
    organisation: str = ""
    same_as_id: int | None = None
    adds_to: Opinion | None = None
    marks: Sequence[str] = field(default_factory=tuple)
    verified: Verified | None = None


def said_before(row: Consultation, given: OpinionIn) -> OpinionIn:
    """Whoever says the same as somebody says it in those words, as the public reads them, on the same place."""
    if given.same_as_id is None:
        return given
    found = Opinion.objects.filter(pk=given.same_as_id, consultation=row).first()
    may_say_the_same(found.state if found else "", public=bool(found and found.publish_consent)).require()
    assert found is not None
    return replace(
        given,
        text=found.masked_text,
        stance=found.stance,
        clause_id=found.clause_id,
        quote=found.quote,
        quote_start=found.quote_start,
        proposed=found.masked_proposed,
        source_url="",
        same_as_id=found.same_as_id or found.pk,
    )


def sent_before(row: Consultation, given: OpinionIn, token: str) -> tuple[str | None, Opinion | None]:
    """The key of this sending, and what the same form already sent.

    The same form with the same words is the same opinion. Changed words after a lost answer are a further opinion of
    the same person: its key holds the words, and it adds to the first.
    """
    outside = given.outside_id or (f"form:{token}" if token else None)
    known = Opinion.objects.filter(consultation=row, outside_id=outside).first() if outside else None
    if known is None or given.outside_id or _same_words(known, given):
        return outside, known
    said = f"{given.stance}|{given.quote}|{given.proposed.strip()}|{given.text.strip()}"
    further = f"form:{token}:{sha256(said.encode()).hexdigest()[:16]}"
    return further, Opinion.objects.filter(consultation=row, outside_id=further).first() or known


def _same_words(known: Opinion, given: OpinionIn) -> bool:
    return (known.text, known.stance, known.proposed) == (given.text.strip(), given.stance, given.proposed.strip())


def quoted(clause: Clause | None, given: OpinionIn) -> dict[str, Any]:
    """The fields of the passage somebody quoted; nothing without a clause or a quotation."""
    if not given.quote.strip():
        return {}
    if clause is None:
        no(
            t("对整个草案的意见不能引用某一句。", "An opinion on the whole draft quotes no passage."),
            "2.1",
            t("请从要引用的那一条提意见。", "Comment on the clause you want to quote."),
            code="quote",
        ).require()
    assert clause is not None
    may_quote(clause.text, given.quote).require()
    found = passage_of(clause.text, given.quote, given.quote_start)
    assert found is not None
    return {"quote": found.quote, "quote_prefix": found.prefix, "quote_suffix": found.suffix, "quote_start": found.start}


def marks_of(row: Consultation, given: OpinionIn, figures: Figures, now: datetime) -> list[str]:
    """What the moderator is told: the same words many times, many in a short time. Nothing is hidden for it.

    Who says the same as another openly is no campaign; nor is what a clerk keys in.
    """
    if given.channel != "web" or given.same_as_id is not None:
        return []
    return [
        *_same(row, text_key(given.text), figures.number("opinion.campaign_same")),
        *(["burst"] if in_burst(row.pk, figures, now) else []),
    ]


def _same(row: Consultation, key: str, most: int) -> list[str]:
    if not key:
        return []
    rows = Opinion.objects.filter(consultation=row, text_key=key, same_as=None, channel="web")
    there = list(rows.values_list("pk", flat=True)[:most])
    if len(there) < most - 1:
        return []
    if len(there) == most - 1:
        Opinion.objects.filter(pk__in=there).update(marks=Trim(Concat(F("marks"), Value(" same"))))
    return ["same"]


def in_burst(consultation_id: int, figures: Figures, now: datetime) -> bool:
    """Whether more opinions came within the last hour than the figure allows; reads one row at any size."""
    most = figures.number("opinion.burst_per_hour")
    rows = Opinion.objects.filter(consultation_id=consultation_id).order_by("-id").values_list("received_at", "channel")
    return any(at > now - timedelta(hours=1) and channel == "web" for at, channel in rows[most - 1 : most])
