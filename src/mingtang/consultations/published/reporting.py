"""The adoption report as the public sees it, and what became of one opinion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from mingtang.consultations.models import AdoptionReport, Consultation, Opinion, OpinionGroup, ReportCorrection, Tally
from mingtang.consultations.published.moderating import ModerationCounts, appeal_of, by_how_many, moderation_counts
from mingtang.consultations.published.pointing import pointed_titles
from mingtang.consultations.rules import masked
from mingtang.consultations.rules.pointing import points_of
from mingtang.consultations.rules.replies import Change
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.paging import Page, page_of
from mingtang.topics import published as topics_published


@dataclass(slots=True)
class AdoptionCounts:
    """How many opinions of a matter got which answer; out of scope, passed on and withheld are "other"."""

    adopted: int = 0
    partly: int = 0
    covered: int = 0
    not_adopted: int = 0
    other: int = 0
    groups: int = 0
    singles: int = 0
    withheld: int = 0

    @property
    def total(self) -> int:
        """All opinions with a place."""
        return self.adopted + self.partly + self.covered + self.not_adopted + self.other

    def add(self, verdict: str, number: int) -> None:
        """Count `number` opinions of a verdict."""
        name = verdict if verdict in {"adopted", "partly", "covered", "not_adopted"} else "other"
        setattr(self, name, getattr(self, name) + number)


OUTSIDE_GROUPS = Q(dimension="single") | Q(dimension="state", key="withheld")
PIECE = 500  # opinions held at a time by a download


def adoption_counts(topic_ids: Sequence[int]) -> dict[int, AdoptionCounts]:
    """Counts of published reports by matter; two queries for any number of matters and of opinions."""
    counts: dict[int, AdoptionCounts] = {}
    published = {"consultation__topic_id__in": topic_ids, "consultation__state": "reported"}
    groups = OpinionGroup.objects.filter(**published).values("consultation__topic_id", "verdict")
    for row in groups.annotate(n=Sum("opinions_count"), groups=Count("pk")).order_by():
        found = counts.setdefault(row["consultation__topic_id"], AdoptionCounts())
        found.add(row["verdict"], row["n"] or 0)
        found.groups += row["groups"]
    elsewhere = Tally.objects.filter(OUTSIDE_GROUPS, **published, number__gt=0)
    for topic_id, dimension, key, number in elsewhere.values_list("consultation__topic_id", "dimension", "key", "number"):
        found = counts.setdefault(topic_id, AdoptionCounts())
        found.add(key, number)
        if dimension == "single":
            found.singles += number
        else:
            found.withheld += number
    return counts


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group with its answer."""

    title: str
    opinions: int
    people: int
    verdict: Text
    shape: str
    reason: str
    legal_ref: str
    landed_in: str
    code: str
    reason_label: Text = NOTHING
    pk: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class VersionView:
    """One later version of a published report: what changed, when and why."""

    number: int
    at: datetime
    what: Text | str
    opinions: int
    why: str
    changes: tuple[Change, ...]


def report_versions(consultation_id: int) -> tuple[VersionView, ...]:
    """Every published change of a report, the newest first; one query."""
    rows = ReportCorrection.objects.filter(consultation_id=consultation_id, state="published").order_by("-number")
    return tuple(
        VersionView(row.number or 0, row.decided_at or row.asked_at, row.title or row.what, row.opinions, row.why, tuple(row.changes))
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class ReportView:
    """A published report."""

    consultation_id: int
    topic_id: int
    title: str
    department: Text
    number: str
    intro: str
    published_at: datetime
    counts: AdoptionCounts
    moderation: ModerationCounts
    helped: int = 0
    not_helped: int = 0
    versions: tuple[VersionView, ...] = ()

    @property
    def version(self) -> int:
        """Which version of the report this is; the first is 1."""
        return self.versions[0].number if self.versions else 1


def report(government_id: int, consultation_id: int) -> ReportView | None:
    """The published report of a consultation, None before its publication."""
    if not is_reported(government_id, consultation_id):
        return None
    found = (
        AdoptionReport.objects.select_related("consultation__topic__department", "consultation__topic__government")
        .filter(consultation_id=consultation_id, consultation__government_id=government_id, consultation__state="reported")
        .first()
    )
    row = found.consultation if found else None
    if found is None or row is None or row.reported_at is None:
        return None
    counts = adoption_counts([row.topic_id]).get(row.topic_id, AdoptionCounts())
    said = dict(Tally.objects.filter(consultation=row, dimension="helped").values_list("key", "number"))
    return ReportView(
        row.pk,
        row.topic_id,
        topics_published.title_of(row.topic),
        t("{name}", "{name}", name=str(row.topic.department)),
        found.number,
        found.intro,
        row.reported_at,
        counts,
        moderation_counts(row.pk),
        said.get("yes", 0),
        said.get("no", 0),
        report_versions(row.pk),
    )


def groups_page(consultation_id: int, after: str = "", size: int = 30) -> tuple[Page[OpinionGroup], list[GroupView]]:
    """One page of groups, those with the most people first."""
    rows = OpinionGroup.objects.filter(consultation_id=consultation_id, consultation__state="reported")
    found = page_of(rows, key=("-people_count", "-id"), after=after, size=size)
    return found, [group_view(row) for row in found.rows]


def group_view(row: OpinionGroup) -> GroupView:
    """One group with its answer, as the report shows it."""
    return GroupView(
        row.title,
        row.opinions_count,
        row.people_count,
        row.verdict_label,
        row.shape,
        row.reason,
        row.legal_ref,
        row.landed_in,
        row.verdict,
        row.reason_label,
        row.pk,
        row.points_count,
    )


def top_groups(topic_id: int, most: int = 6) -> list[GroupView]:
    """The groups with the most people in a matter's published report."""
    rows = OpinionGroup.objects.filter(consultation__topic_id=topic_id, consultation__state="reported")
    return [group_view(row) for row in rows.order_by("-people_count", "-id")[:most]]


def every_opinion(consultation_id: int) -> Iterator[dict[str, object]]:
    """Every opinion of a published report with its place, for anyone to recount; streams in batches.

    Withheld ones carry the reason, those without consent no text; nothing personal is here.
    """
    rows = (
        Opinion.objects.filter(consultation_id=consultation_id, consultation__state="reported")
        .select_related("clause", "group", "withholding__appeal")
        .prefetch_related("masks")
        .order_by("id")
    )
    titles = pointed_titles(consultation_id)
    for number, row in enumerate(rows.iterator(chunk_size=PIECE), 1):
        public, gone = row.is_public, row.state == "withheld"
        group, answer = row.group, row.group or row
        yield {
            "no": number,
            "received_at": row.received_at.isoformat(timespec="seconds"),
            "channel": row.channel,
            "clause": row.clause.label if row.clause else "",
            "stance": row.stance,
            "state": row.state,
            "text": row.masked_text if public else "",
            "masked": " ".join(dict.fromkeys(each.code for each in row.standing_masks)) if public else "",
            "withheld": row.withheld_code,
            "withheld_by": by_how_many(row),
            "appeal": appeal_of(row),
            "place": "withheld" if gone else "group" if group else "single",
            "group": group.title if group else "",
            "verdict": answer.verdict,
            "reason": "" if gone else answer.reason,
            "reason_code": "" if gone else answer.reason_code,
            "legal_ref": "" if gone else answer.legal_ref,
            "own_reply": row.own_reply,
            "points": "；".join(titles.get(each.group, "") for each in points_of(row.points)),
            "landed_in": "" if gone else answer.landed_in,
            "quote": row.quote if public else "",
            "proposed": row.masked_proposed if public else "",
            "source": row.source_url if public and masked(row.source_url) == row.source_url else "",
            "on_behalf": row.on_behalf,
            "organisation": masked(row.organisation) if public else "",
            "verified": "yes" if row.is_verified else "",
        }


def is_reported(government_id: int, consultation_id: int) -> bool:
    """Whether the report of a consultation is public."""
    return Consultation.objects.filter(government_id=government_id, pk=consultation_id, state="reported").exists()
