"""What outsiders may read of a matter: nothing before its approval, a stub for what is withheld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, same, spoken_language, t
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.files.models import StoredFile
from mingtang.platform.guard.gate import public_file
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.chain import ChainEntry, DocumentLink, Progress, Stage, Tombstone
from mingtang.topics.models import RELEASED, StatutoryStep, Topic, TopicDocument
from mingtang.topics.rules import (
    AUDIENCE_LABELS,
    FOCUS_LABELS,
    FORM_LABELS,
    GROUND_LABELS,
    KIND_LABELS,
    STEP_LABELS,
    named,
)
from mingtang.topics.rules.kinds import GROUND_CLAUSES, STATUS_LABELS

HANDED_OUT = ("file__public_copy__copy", "redacted__public_copy__copy")


PUBLIC = Q(first_approved_at__isnull=False, **named())


def _public() -> QuerySet[Topic]:
    return Topic.objects.filter(PUBLIC).select_related("department", "government")


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter in a list."""

    id: int
    title: str
    department: Text
    areas: tuple[Text, ...]
    index_no: str
    approved_at: datetime
    withdrawn: bool


def title_of(topic: Topic) -> str:
    """The title in the language being spoken, with its break hints."""
    english = topic.as_approved("title_en")
    return english if spoken_language() == "en" and english else topic.as_approved("title")


def plain_title(topic: Topic) -> str:
    """The same without its break hints, for texts that are no page."""
    return title_of(topic).replace("|", "")


def _forms(topic: Topic) -> tuple[Text, ...]:
    now = [each.form for each in topic.forms.all()]
    return tuple(FORM_LABELS[each] for each in (topic.approved_text.get("forms", now) if topic.approved_at is None else now))


def _audiences(topic: Topic) -> tuple[tuple[Text, int, str], ...]:
    now = [(each.audience, each.seats, each.rationale) for each in topic.audiences.all()]
    rows = topic.approved_text.get("audiences", now) if topic.approved_at is None else now
    return tuple((AUDIENCE_LABELS[audience], seats, why) for audience, seats, why in rows)


def _titled(words: str) -> Q:
    live = Q(title__icontains=words) | Q(title_en__icontains=words)
    kept = Q(approved_text__title__icontains=words) | Q(approved_text__title_en__icontains=words)
    return Q(approved_at__isnull=False) & live | Q(approved_at=None) & kept


def matters(government_id: int, *, words: str = "", area: str = "", after: str = "") -> tuple[Page[Topic], list[MatterRow]]:
    """One page of public matters, newest approval first."""
    rows = _public().filter(government_id=government_id)
    if words:
        rows = rows.filter(_titled(words))
    if area:
        rows = rows.filter(focus_areas__area=area)
    found = page_of(rows.prefetch_related("focus_areas"), key=("-first_approved_at", "-id"), after=after)
    return found, [_row(topic) for topic in found.rows]


def _row(topic: Topic) -> MatterRow:
    assert topic.first_approved_at is not None
    return MatterRow(
        topic.pk,
        title_of(topic),
        same(topic.department),
        tuple(FOCUS_LABELS[each.area] for each in topic.focus_areas.all()),
        topic.index_no,
        topic.first_approved_at,
        topic.state == "withdrawn",
    )


@dataclass(frozen=True, slots=True)
class StepView:
    """One statutory step as the public sees it."""

    label: Text
    status: str
    status_label: Text
    done_on: date | None
    remark: Text


@dataclass(frozen=True, slots=True)
class MatterView:
    """The facts at the head and the side of a matter's page."""

    id: int
    government_id: int
    title: str
    summary: str
    department: Text
    partners: tuple[Text, ...]
    areas: tuple[Text, ...]
    is_major: bool
    steps: tuple[StepView, ...]
    forms: tuple[Text, ...]
    form_reason: str
    audiences: tuple[tuple[Text, int, str], ...]
    index_no: str
    year: int
    number: int
    contact: str
    changed_at: datetime
    approved_at: datetime
    state: str
    meeting_kind: Text


def matter(government_id: int, topic_id: int) -> MatterView | None:
    """One public matter, None when there is none at this address."""
    topic = (
        _public()
        .prefetch_related("focus_areas", "forms", "audiences", "steps", "co_departments")
        .filter(government_id=government_id, pk=topic_id)
        .first()
    )
    if topic is None or topic.first_approved_at is None:
        return None
    return MatterView(
        topic.pk,
        topic.government_id,
        title_of(topic),
        topic.as_approved("summary"),
        same(topic.department),
        tuple(same(each) for each in topic.co_departments.all()),
        tuple(FOCUS_LABELS[each.area] for each in topic.focus_areas.all()),
        bool(topic.is_major),
        _steps(topic),
        _forms(topic),
        topic.as_approved("form_reason"),
        _audiences(topic),
        topic.index_no,
        topic.year or 0,
        topic.number or 0,
        topic.as_approved("contact"),
        topic.changed_at,
        topic.first_approved_at,
        topic.state,
        KIND_LABELS.get(topic.as_approved("meeting_kind"), NOTHING),
    )


def _steps(topic: Topic) -> tuple[StepView, ...]:
    kept: dict[str, StatutoryStep] = {each.kind: each for each in topic.steps.all()}
    views = []
    for kind, label in STEP_LABELS.items():
        row = kept.get(kind)
        if row is None:
            views.append(StepView(label, "open", STATUS_LABELS["open"], None, NOTHING))
            continue
        remark = t("{n} 人", "{n} people", n=row.people) if row.people else same(row.reason) if row.status == "not_needed" else NOTHING
        views.append(StepView(label, row.status, row.status_label, row.done_on, remark))
    return tuple(views)


def document_link(document: TopicDocument) -> DocumentLink:
    """A published document as a link; its size and hash are those of the copy the public gets."""
    file = public_file(document.public_file)
    return DocumentLink(
        document.title,
        reverse("portal:document", args=[document.pk]),
        document.kind_label,
        document.number,
        file.format,
        file.byte_count,
        file.sha256,
        document.issuer,
        document.dated_on,
        tuple((each.place, each.reason) for each in document.redactions.all()) if document.redacted_id else (),
        document.ground_label if document.redacted_id else NOTHING,
    )


def documents(topic_id: int, *kinds: str) -> tuple[DocumentLink, ...]:
    """The published documents of a matter, of certain kinds or all."""
    rows = TopicDocument.objects.filter(RELEASED, topic_id=topic_id, published_at__isnull=False)
    rows = rows.select_related(*HANDED_OUT).prefetch_related("redactions").order_by("id")
    return tuple(document_link(each) for each in (rows.filter(kind__in=kinds) if kinds else rows))


def document_file(government_id: int, document_id: int) -> StoredFile | None:
    """The file of a published document, None when it is not public."""
    found = (
        TopicDocument.objects.select_related(*HANDED_OUT)
        .filter(RELEASED, pk=document_id, topic__government_id=government_id, **named("topic__"), published_at__isnull=False)
        .first()
    )
    return public_file(found.public_file) if found else None


def tombstones(topic_id: int) -> list[ChainEntry]:
    """What stands in place of each document of a public matter that is lawfully withheld (711 Art.14–18)."""
    rows = TopicDocument.objects.filter(topic_id=topic_id, withheld_at__isnull=False, **named("topic__"))
    rows = rows.exclude(disclosure__in=["open", "partial"]).exclude(ground="").select_related("topic").order_by("id")
    return [_tombstone(row) for row in rows]


def _tombstone(row: TopicDocument) -> ChainEntry:
    assert row.withheld_at is not None
    day = day_of(row.withheld_at)
    months = figures_for(row.topic.government_id, day).number("disclosure.recheck_months")
    tomb = Tombstone(
        row.kind_label,
        GROUND_LABELS[row.ground],
        GROUND_CLAUSES[row.ground],
        same(row.withheld_by),
        months_after(day, months),
        reverse("portal:accessibility"),
    )
    if row.disclosure == "on_request":
        title = t("“{kind}”依申请公开", "“{kind}” is given on request", kind=row.kind_label)
    else:
        title = t("“{kind}”依法不公开", "“{kind}” is lawfully withheld", kind=row.kind_label)
    return ChainEntry(row.withheld_at, title, tomb=tomb)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the first of the month after when that month is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def chain(topic_id: int) -> list[ChainEntry]:
    """The entries this capability gives to the matter page: approval, withdrawal with its reason, stubs."""
    topic = _public().prefetch_related("forms").filter(pk=topic_id).first()
    if topic is None or topic.first_approved_at is None:
        return []
    body = t(
        "会议开放形式：{forms}。牵头部门 {department}。",
        "Form of openness: {forms}. Lead department: {department}.",
        forms=_forms(topic),
        department=str(topic.department),
    )
    entries = [ChainEntry(topic.first_approved_at, t("申报获批准", "Declaration approved"), body)]
    if topic.state == "withdrawn":
        entries.append(_withdrawal(topic))
    return [*entries, *tombstones(topic_id)]


def _withdrawal(topic: Topic) -> ChainEntry:
    act = acts_of(topic).filter(event="topic.withdraw").last()
    reason = t("理由：{reason}", "Reason: {reason}", reason=act.reason) if act else NOTHING
    return ChainEntry(act.at if act else topic.changed_at, t("议题撤回", "Matter withdrawn"), reason)


def stages(topic_id: int, figures: Figures, calendar: WorkCalendar, now: datetime) -> list[Stage]:  # noqa: ARG001 - every capability's stages have the same signature
    """The declaration's column of the stage ledger."""
    topic = _public().filter(pk=topic_id).first()
    if topic is None or topic.first_approved_at is None:
        return []
    submitted = topic.submitted_at or topic.first_approved_at
    taken = (day_of(topic.first_approved_at) - day_of(submitted)).days
    fact = t("同日批准", "Approved the same day") if taken <= 0 else t("{n} 日后批准", "Approved after {n} days", n=taken)
    rule = t("随表报批", "Approved together")
    return [Stage("declare", t("申报", "Declared"), Progress.DONE, day_of(topic.first_approved_at), rule=rule, fact=fact, basis="3.2")]


def titles(topic_ids: list[int]) -> dict[int, str]:
    """Titles of public matters by id."""
    return {topic.pk: title_of(topic) for topic in _public().filter(pk__in=topic_ids)}
