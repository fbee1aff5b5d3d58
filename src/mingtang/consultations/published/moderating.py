"""Moderation as the public sees it: opinions or the tombstones in their place, who decided and when, how often and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mingtang.consultations.models import Opinion, Tally, Withholding
from mingtang.consultations.rules import masked
from mingtang.consultations.rules.moderation import PROPOSED, VISIBLE, appeal_until, may_appeal
from mingtang.consultations.rules.opinions import WITHHOLD_CLAUSES, WITHHOLD_LABELS
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for

BY_TWO = t("意见审核人提出，另一位审核人确认", "proposed by a moderator, confirmed by another")
BY_ONE = t("意见审核人决定", "decided by a moderator")
AT_ONCE = t("意见审核人先行隐藏，待另一位审核人确认", "hidden at once by a moderator, to be confirmed by another")
ELSEWHERE = t("来自其他平台，录入时已不显示", "not shown already when it came from another platform")


@dataclass(frozen=True, slots=True)
class ModerationCounts:
    """What moderation did in one consultation; an honest zero where it did nothing."""

    shown: int
    waiting: int
    withheld: int
    hidden: int
    reasons: tuple[tuple[Text, int], ...]
    appeals: int
    upheld: int
    restored: int

    @property
    def undecided(self) -> int:
        """Appeals that wait."""
        return self.appeals - self.upheld - self.restored


def counts_in(numbers: Mapping[tuple[str, str], int]) -> ModerationCounts:
    """The same from counters already read."""

    def n(dimension: str, *keys: str) -> int:
        return sum(numbers.get((dimension, key), 0) for key in keys)

    reasons = tuple((label, number) for key, label in WITHHOLD_LABELS.items() if (number := n("withheld", key)))
    return ModerationCounts(
        n("state", *VISIBLE),
        n("state", "received", "doubted"),
        n("state", "withheld"),
        n("state", "hidden"),
        reasons,
        n("appeal", "waiting", "upheld", "restored"),
        n("appeal", "upheld"),
        n("appeal", "restored"),
    )


def moderation_counts(consultation_id: int) -> ModerationCounts:
    """Counts by reason, and appeals; one query."""
    rows = Tally.objects.filter(consultation_id=consultation_id, dimension__in=["state", "withheld", "appeal"])
    return counts_in({(dimension, key): number for dimension, key, number in rows.values_list("dimension", "key", "number")})


@dataclass(frozen=True, slots=True)
class Tomb:
    """What stands in the place of an opinion: rule, reason, clause, who and when."""

    rule: Text
    note: str
    clause: str
    who: Text
    at: datetime | None
    kept_at: datetime | None
    is_final: bool
    appeal: Text


def mask_reasons(each: Opinion) -> tuple[Text, ...]:
    """Why parts of an opinion are blacked out, each reason once."""
    return tuple({mask.code: mask.label for mask in each.standing_masks}.values())


def tomb_of(each: Opinion) -> Tomb | None:
    """What stands in the place of an opinion that is not shown; None while it is."""
    if each.state not in {"withheld", "hidden"}:
        return None
    made = each.withholding
    appeal = getattr(made, "appeal", None)
    return Tomb(
        each.withheld_label,
        masked(each.withheld_note),
        WITHHOLD_CLAUSES.get(each.withheld_code, ""),
        _who(each.state, made),
        (made.decided_at or made.proposed_at) if made else each.moderated_at,
        made.kept.received_at if made and made.kept else None,
        each.state == "withheld",
        appeal.state_label if appeal else NOTHING,
    )


def _who(state: str, made: Withholding | None) -> Text:
    if made is None:
        return ELSEWHERE
    if state == "hidden":
        return AT_ONCE
    return BY_TWO if made.by_two else BY_ONE


def by_how_many(row: Opinion) -> int | str:
    """How many people of ours decided to withhold it; empty when nobody did, or another platform."""
    made = row.withholding if row.state == "withheld" else None
    return "" if made is None else 2 if made.by_two else 1


def appeal_of(row: Opinion) -> str:
    """The state of the appeal against the decision in force."""
    appeal = getattr(row.withholding, "appeal", None)
    return appeal.state if appeal else ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the author of an opinion is told on the receipt: the decision, the way to appeal, what was blacked out."""

    tomb: Tomb | None
    is_proposed: bool
    masks: tuple[tuple[str, Text], ...]
    may_appeal: bool
    until: date | None
    appeal_words: str
    appeal_at: datetime | None
    appeal_state: str
    appeal_label: Text
    appeal_reason: str
    appeal_decided_at: datetime | None


def told(row: Opinion, now: datetime) -> Told:
    """The same from an opinion; an appeal that was granted is told too, though its opinion is shown again."""
    made = row.withholding or _last(row)
    appeal = getattr(made, "appeal", None)
    figures, today = figures_for(row.government_id, day_of(now)), day_of(now)
    until = appeal_until(day_of(made.decided_at), figures) if made and made.decided_at and row.state == "withheld" else None
    return Told(
        tomb_of(row),
        row.state in PROPOSED and row.state != "hidden",
        tuple((each.quote, each.label) for each in row.standing_masks),
        bool(may_appeal(row.state, appealed=appeal is not None, until=until, today=today)),
        until,
        appeal.words if appeal else "",
        appeal.made_at if appeal else None,
        appeal.state if appeal else "",
        appeal.state_label if appeal else NOTHING,
        appeal.reason if appeal else "",
        appeal.decided_at if appeal else None,
    )


def _last(row: Opinion) -> Withholding | None:
    return Withholding.objects.filter(opinion=row, outcome="withheld").select_related("appeal").order_by("-pk").first()
