"""Consultations as the public sees them. Counters only: the same few queries at any number of opinions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from mingtang.consultations.models import Clause, Consultation, Tally
from mingtang.consultations.published.moderating import ModerationCounts, counts_in
from mingtang.consultations.rules import CHANNEL_LABELS, STANCE_LABELS, may_take_opinions
from mingtang.consultations.rules.mails import code_of, subject_of
from mingtang.consultations.rules.opening import PERIODS
from mingtang.kernel.text import Text, same, t
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.mailbox.addresses import addresses_of
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.chain import DocumentLink
from mingtang.topics import published as topics_published
from mingtang.topics.rules import named

SEEN = ("open", "closed", "report_drafted", "report_approved", "reported")
ALIVE = Q(state__in=SEEN)
WAS_OPEN = ALIVE | Q(state="cancelled", opened_at__isnull=False)


def _seen() -> QuerySet[Consultation]:
    """What was ever opened: a consultation cancelled after that keeps its page, with the reason."""
    return Consultation.objects.filter(WAS_OPEN, topic__first_approved_at__isnull=False, **named("topic__")).select_related(
        "topic__department", "topic__government"
    )


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation in a list."""

    id: int
    topic_id: int
    title: str
    department: Text
    areas: tuple[Text, ...]
    summary: str
    closes_on: date
    days_left: int
    is_open: bool
    state: str
    state_label: Text
    total: int
    channels: tuple[tuple[Text, int], ...]
    report_due: date
    report_late: int


def _rows(found: list[Consultation], today: date) -> list[ConsultationRow]:
    numbers: dict[int, dict[tuple[str, str], int]] = {row.pk: {} for row in found}
    wanted = Tally.objects.filter(consultation_id__in=list(numbers), dimension__in=["all", "channel"])
    for pk, dimension, key, number in wanted.values_list("consultation_id", "dimension", "key", "number"):
        numbers[pk][dimension, key] = number
    days = figures_for(found[0].government_id, today).number("consult.feedback_due_days") if found else 0
    return [_row(row, numbers[row.pk], today, days) for row in found]


def _row(row: Consultation, numbers: dict[tuple[str, str], int], today: date, due_days: int) -> ConsultationRow:
    closes = row.closes_on or today
    due = closes + timedelta(days=due_days)
    late = (today - due).days if row.reported_at is None and row.state != "cancelled" else 0
    return ConsultationRow(
        row.pk,
        row.topic_id,
        topics_published.title_of(row.topic),
        same(row.topic.department),
        (),
        row.summary,
        closes,
        (closes - today).days,
        bool(may_take_opinions(row.state, row.closes_on, today)),
        row.state,
        row.state_label,
        numbers.get(("all", ""), 0),
        by_channel(numbers),
        due,
        max(late, 0),
    )


def by_channel(numbers: dict[tuple[str, str], int]) -> tuple[tuple[Text, int], ...]:
    """Channels that brought something, in the order of the list."""
    return tuple((label, n) for key, label in CHANNEL_LABELS.items() if (n := numbers.get(("channel", key), 0)))


def open_now(government_id: int, today: date, most: int = 20) -> list[ConsultationRow]:
    """What is open, the first to close on top."""
    rows = _seen().filter(government_id=government_id, state="open", closes_on__gte=today).order_by("closes_on", "id")
    return _rows(list(rows[:most]), today)


@dataclass(frozen=True, slots=True)
class Year:
    """The listening of one year in three figures."""

    opened: int
    opinions: int
    reported: int


def year_so_far(government_id: int, year: int) -> Year:
    """Consultations opened in a year, the opinions they received, the reports published."""
    rows = _seen().filter(government_id=government_id, opened_at__year=year)
    received = Tally.objects.filter(consultation__in=rows, dimension="all", key="").aggregate(n=Sum("number"))["n"]
    return Year(rows.count(), received or 0, rows.filter(reported_at__isnull=False).count())


def awaiting_report(government_id: int, today: date, most: int = 20) -> list[ConsultationRow]:
    """What is closed and not reported yet, the oldest on top."""
    rows = _seen().filter(ALIVE, government_id=government_id, reported_at=None, closes_on__lt=today).order_by("closes_on", "id")
    return _rows(list(rows[:most]), today)


def overdue_reports(government_id: int, today: date) -> list[ConsultationRow]:
    """Reports that are overdue."""
    return [row for row in awaiting_report(government_id, today, 200) if row.report_late > 0]


def consultations(government_id: int, today: date, *, which: str = "", after: str = "") -> tuple[Page[Consultation], list[ConsultationRow]]:
    """One page of consultations, the newest first; `which` is open, waiting, done or nothing."""
    rows = _seen().filter(government_id=government_id)
    if which == "open":
        rows = rows.filter(state="open", closes_on__gte=today)
    elif which == "waiting":
        rows = rows.filter(ALIVE, reported_at=None, closes_on__lt=today)
    elif which == "done":
        rows = rows.filter(state="reported")
    found = page_of(rows, key=("-opened_at", "-id"), after=after)
    return found, _rows(found.rows, today)


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause with what was said about it."""

    id: int
    label: str
    heading: str
    chapter: str
    text: str
    plain: str
    now_text: str
    count: int
    stances: tuple[tuple[Text, int], ...]
    part: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """A consultation's page."""

    row: ConsultationRow
    kind: Text
    summary: str
    effects: tuple[tuple[str, str], ...]
    questions: str
    contact: str
    ways: str
    opened_at: datetime
    minimum: int
    lasts: int
    shorten_reason: str
    extensions: tuple[tuple[date, date, str], ...]
    cancelled_at: datetime | None
    cancel_reason: str
    clauses: tuple[ClauseView, ...]
    whole_count: int
    shown: int
    withheld: int
    waiting: int
    moderation: ModerationCounts
    documents: tuple[DocumentLink, ...]
    verified_only_reason: str
    mail_line: str = ""


def consultation(government_id: int, consultation_id: int, now: datetime) -> ConsultationView | None:
    """One public consultation, None when there is none at this address."""
    found = _seen().prefetch_related("clauses", "effects", "extensions").filter(government_id=government_id, pk=consultation_id).first()
    if found is None or found.opened_at is None:
        return None
    numbers = {(d, k): n for d, k, n in Tally.objects.filter(consultation=found).values_list("dimension", "key", "number")}
    today, opened = day_of(now), day_of(found.opened_at)
    figures = figures_for(government_id, today)
    row = _row(found, numbers, today, figures.number("consult.feedback_due_days"))
    standing = counts_in(numbers)
    mail = _mail_line(found) if row.is_open else ""
    extensions = tuple((each.closed_on_before, each.closes_on, each.reason) for each in found.extensions.all())
    return ConsultationView(
        row,
        found.kind_label,
        found.summary,
        tuple((each.who, each.what) for each in found.effects.all()),
        found.questions,
        found.contact,
        "\n".join(line for line in (found.ways.strip(), mail) if line),
        found.opened_at,
        figures.number(PERIODS[found.kind][0]),
        (row.closes_on - opened).days,
        found.shorten_reason,
        extensions,
        found.cancelled_at,
        found.cancel_reason,
        tuple(_clause(each, numbers) for each in found.clauses.all()),
        numbers.get(("clause", "0"), 0),
        standing.shown,
        standing.withheld,
        standing.waiting,
        standing,
        topics_published.documents(found.topic_id, "draft", "basis", "explanation", "expert", "risk", "fair_competition"),
        found.verified_only_reason,
        mail,
    )


def _mail_line(row: Consultation) -> str:
    """Where to write an e-mail and what to put into its subject; nothing where no box is configured."""
    home = row.topic.government
    where = addresses_of(home.host)
    code = subject_of(code_of(home.code_prefix, row.pk))
    said = t("邮件：{where}，主题里写 {code}", "E-mail: {where}, with {code} in the subject", where="、".join(where), code=code)
    return str(said) if where else ""


def _clause(each: Clause, numbers: dict[tuple[str, str], int]) -> ClauseView:
    pk = each.pk
    stances = tuple(
        (label, n) for key, label in STANCE_LABELS.items() if key != "none" and (n := numbers.get(("stance", f"{pk}:{key}"), 0))
    )
    return ClauseView(
        pk,
        each.label,
        each.heading,
        each.chapter,
        each.text,
        each.plain,
        each.now_text,
        numbers.get(("clause", str(pk)), 0),
        stances,
        each.part,
        each.section,
    )


def of_topic(topic_id: int, today: date) -> tuple[int, bool]:
    """The public consultation of a matter (0 when there is none), and whether it takes opinions now."""
    row = Consultation.objects.filter(WAS_OPEN, topic_id=topic_id).order_by("-id").first()
    return (row.pk, bool(may_take_opinions(row.state, row.closes_on, today))) if row else (0, False)
