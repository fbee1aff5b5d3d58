"""Points with what became of each, and how people are called in public: by name with consent, else by number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from mingtang.consultations.rules import VERDICT_LABELS, masked
from mingtang.consultations.rules.adoption import VERDICT_SHAPES
from mingtang.hearings.models import Participant, Point
from mingtang.kernel.text import NOTHING, Text, same, t

HIDDEN = {"withheld": t("（依法不显示）", "(lawfully withheld)"), "received": t("（待审核）", "(waiting for moderation)")}


@dataclass(frozen=True, slots=True)
class PointView:
    """One point: who, what is asked and why, and what became of it once the adoption report is out."""

    who: Text
    claim: str
    ground: str
    stance: Text
    group: str
    verdict: Text
    shape: str
    reason: str
    landed: bool
    receipt: str = ""


def pseudonym(row: Participant) -> Text:
    """消费者（报名号 00012）: category and public number."""
    return t("{who}（{n} 号）", "{who} (no. {n})", who=row.category_label, n=row.number)


def called(row: Participant) -> Text:
    """The name with consent, else the pseudonym."""
    return same(row.name) if row.publish_name else pseudonym(row)


def points_of(rows: QuerySet[Point], *, own: bool = False) -> list[PointView]:
    """Points with what became of them; words and receipt unmasked for the person who said them (`own`)."""
    found = rows.select_related("participant", "member", "opinion__group", "opinion__consultation").order_by("id")
    return [_point(each, own=own) for each in found]


def _point(row: Point, *, own: bool) -> PointView:
    opinion = row.opinion
    answered = opinion is not None and opinion.consultation.state == "reported"
    group = opinion.group if opinion is not None and answered else None
    verdict = group.verdict if group else opinion.verdict if opinion is not None and answered else ""
    reason = group.reason if group else opinion.reason if opinion is not None and answered else ""
    hidden = NOTHING if opinion is None or own else HIDDEN.get(opinion.state, NOTHING)
    words = (row.claim, row.ground) if own else (masked(row.claim), masked(row.ground))
    return PointView(
        _who(row),
        str(hidden) if hidden else words[0],
        "" if hidden else words[1],
        row.stance_label,
        group.title if group else "",
        VERDICT_LABELS.get(verdict, NOTHING),
        VERDICT_SHAPES.get(verdict, "pass"),
        reason,
        opinion is not None,
        opinion.receipt if opinion is not None and own else "",
    )


def _who(row: Point) -> Text:
    if row.participant is not None:
        return called(row.participant)
    if row.member is None:
        return t("未记名", "not named")
    if row.member.publish_name or row.member.department_id:
        return same(row.member.name)
    return t("与会者", "A speaker")
