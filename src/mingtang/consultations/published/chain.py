"""What listening gives to the matter page: entries of the chain and two stages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from mingtang.consultations.models import Consultation, Tally
from mingtang.consultations.published.consulting import WAS_OPEN, by_channel
from mingtang.consultations.published.reporting import adoption_counts
from mingtang.consultations.rules.opening import PERIODS
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.clock import day_of
from mingtang.platform.web.chain import ChainEntry, Progress, Stage
from mingtang.topics import published as topics_published

PAPERS = ("draft", "basis", "explanation", "expert", "risk", "fair_competition")


def _of(topic_id: int) -> Consultation | None:
    return Consultation.objects.filter(WAS_OPEN, topic_id=topic_id, opened_at__isnull=False).order_by("-id").first()


def chain(topic_id: int) -> list[ChainEntry]:
    """Opening with its papers, and the published report."""
    row = _of(topic_id)
    if row is None or row.opened_at is None:
        return []
    url = reverse("portal:consultation", args=[row.pk])
    numbers = {
        (d, k): n
        for d, k, n in Tally.objects.filter(consultation=row, dimension__in=["all", "channel"]).values_list("dimension", "key", "number")
    }
    doors = tuple(t("{label} {n} 条", "{label} {n}", label=label, n=n) for label, n in by_channel(numbers))
    body = t("{doors}。", "{doors}.", doors=doors) if doors else t("0 条意见。", "0 opinions.")
    entries = [
        ChainEntry(
            row.opened_at,
            t("公开征求意见，至 {day} 24:00", "Consultation open until {day} 24:00", day=row.closes_on),
            body,
            topics_published.documents(topic_id, *PAPERS),
            url,
        )
    ]
    if row.cancelled_at:
        entries.append(
            ChainEntry(row.cancelled_at, t("取消征求意见", "Consultation cancelled"), t("{reason}", "{reason}", reason=row.cancel_reason))
        )
    if row.reported_at:
        entries.append(_report_entry(row, row.reported_at, topic_id))
    return entries


def _report_entry(row: Consultation, at: datetime, topic_id: int) -> ChainEntry:
    counts = adoption_counts([topic_id]).get(topic_id)
    body = (
        NOTHING
        if counts is None
        else t(
            "{n} 条意见逐条有着落：{groups} 组，单独答复 {singles} 条，依法不显示 {withheld} 条。",
            "Each of {n} opinions has its place: {groups} groups, {singles} single replies, {withheld} withheld.",
            n=counts.total,
            groups=counts.groups,
            singles=counts.singles,
            withheld=counts.withheld,
        )
    )
    return ChainEntry(
        at,
        t("公布意见采纳情况报告", "Adoption report published"),
        body,
        topics_published.documents(topic_id, "report"),
        reverse("portal:report", args=[row.pk]),
    )


def stages(topic_id: int, figures: Figures, calendar: WorkCalendar, now: datetime) -> list[Stage]:  # noqa: ARG001 - one signature for all capabilities
    """The columns of listening and of the report."""
    row = _of(topic_id)
    if row is None or row.opened_at is None or row.closes_on is None:
        return [
            Stage("listen", t("征求意见", "Consultation"), Progress.NEXT, rule=_rule("major", figures), basis="713 Art.15"),
            Stage("report", t("采纳报告", "Adoption report"), Progress.NEXT, rule=t("及时公布", "Published in time"), basis="2.1"),
        ]
    return [_listening(row, figures, now), _reporting(row, figures, now)]


def _rule(kind: str, figures: Figures) -> Text:
    key, workdays, _clause = PERIODS[kind]
    n = figures.number(key)
    return t("法定 {n} 个工作日", "{n} working days", n=n) if workdays else t("法定 {n} 日", "{n} days", n=n)


def _listening(row: Consultation, figures: Figures, now: datetime) -> Stage:
    assert row.opened_at is not None and row.closes_on is not None  # noqa: PT018 - checked by the caller
    opened, today = day_of(row.opened_at), day_of(now)
    label, rule, url = t("征求意见", "Consultation"), _rule(row.kind, figures), reverse("portal:consultation", args=[row.pk])
    if row.state == "cancelled":
        return Stage(
            "listen", label, Progress.SKIPPED, opened, rule=rule, fact=t("已取消", "Cancelled"), basis=PERIODS[row.kind][2], url=url
        )
    if row.state == "open" and today <= row.closes_on:
        left = (row.closes_on - today).days
        return Stage(
            "listen",
            label,
            Progress.NOW,
            opened,
            t("至 {day}", "until {day}", day=row.closes_on),
            rule,
            t("剩 {n} 日", "{n} days left", n=left),
            PERIODS[row.kind][2],
            url,
        )
    return Stage(
        "listen",
        label,
        Progress.DONE,
        opened,
        rule=rule,
        fact=t("实际 {n} 日", "{n} days", n=(row.closes_on - opened).days),
        basis=PERIODS[row.kind][2],
        url=url,
    )


def _reporting(row: Consultation, figures: Figures, now: datetime) -> Stage:
    assert row.closes_on is not None
    label, today = t("采纳报告", "Adoption report"), day_of(now)
    n = figures.number("consult.feedback_due_days")
    rule, due = t("截止后 {n} 日内", "Within {n} days", n=n), row.closes_on + timedelta(days=n)
    if row.reported_at:
        took = (day_of(row.reported_at) - row.closes_on).days
        return Stage(
            "report",
            label,
            Progress.DONE,
            day_of(row.reported_at),
            rule=rule,
            fact=t("截止后 {n} 日", "After {n} days", n=took),
            basis="2.1",
            url=reverse("portal:report", args=[row.pk]),
        )
    if row.state == "cancelled" or today <= row.closes_on:
        return Stage("report", label, Progress.NEXT, rule=rule, basis="2.1")
    if today > due:
        late = (today - due).days
        return Stage(
            "report",
            label,
            Progress.LATE,
            None,
            t("逾期 {n} 日", "{n} days late", n=late),
            rule,
            t("已 {n} 日", "{n} days so far", n=(today - row.closes_on).days),
            "2.1",
        )
    return Stage("report", label, Progress.NOW, None, t("至 {day}", "by {day}", day=due), rule, t("整理中", "Being studied"), "2.1")
