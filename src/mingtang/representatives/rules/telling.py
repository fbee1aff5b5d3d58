"""3.2d: the clock of the notice, and the day for the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import t
from mingtang.platform.clock import closing_of, day_of


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """The notice of one person: sent, reached them (delivered or opened by themselves), with papers."""

    name: str
    posted_at: datetime | None
    delivered_at: datetime | None
    has_materials: bool


def last_notice_moment(starts_at: datetime, figures: Figures) -> datetime:
    """3.2d: the first moment that is too late: 24:00 of the day `rep.notice_lead_days` before the meeting day.

    With two days, a meeting on the 22nd is notified on the 20th at the latest.
    """
    return closing_of(day_of(starts_at) - timedelta(days=figures.number("rep.notice_lead_days")))


@carries("3.2d", title=t("提前两天告知要求并提供材料", "Requirements and papers two days ahead"))
def may_convene(starts_at: datetime, notices: tuple[NoticeFact, ...], emergency: str, figures: Figures) -> Decision:
    """3.2d: every accepted representative got requirements AND papers in time, or an emergency is recorded.

    The clock runs from the sending; that it reached them has to be known as well. An emergency shortens
    the period, it does not do away with notice and papers.
    """
    last, lead = last_notice_moment(starts_at, figures), figures.number("rep.notice_lead_days")
    return all_of(*(_told(each, last, lead, emergency) for each in notices))


def _told(each: NoticeFact, last: datetime, lead: int, emergency: str) -> Decision:
    if each.posted_at is None or not each.has_materials:
        return no(
            t("还没有向{name}告知要求并提供材料。", "{name} has not been sent requirements and papers.", name=each.name),
            "3.2d",
            t("先发出告知，附上材料。", "Send the notice with the papers first."),
            code="not_noticed",
        )
    if each.delivered_at is None:
        return no(
            t("没有送达{name}的记录。", "Nothing shows that the notice reached {name}.", name=each.name),
            "3.2d",
            t(
                "打电话或当面告知后记录送达，或等本人打开链接。",
                "Tell them by phone or by hand and record it, or wait until they open the link.",
            ),
            code="not_delivered",
        )
    if each.posted_at >= last and not emergency.strip():
        return no(
            t("{name}的告知晚于会前 {n} 日的最后时限。", "{name} was notified later than {n} days ahead.", name=each.name, n=lead),
            "3.2d",
            t("改期，或由分管领导记录紧急情况，理由公开。", "Postpone, or a leader records an emergency; its reason is published."),
            code="late_notice",
        )
    return YES


def calendar_entry(
    uid: str,
    title: str,
    starts_at: datetime,
    place: str,
    *,
    now: datetime,
    to: tuple[str, str],
    organiser: tuple[str, str],
    minutes: int = 180,
) -> str:
    """An iCalendar request (RFC 5545, 5546) for one invitation; `to` and `organiser` are (name, address)."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mingtang//ZH",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(starts_at + timedelta(minutes=minutes))}",
        f"SUMMARY:{_ics(title)}",
        f"LOCATION:{_ics(place)}",
        f'ORGANIZER;CN="{_name(organiser[0])}":mailto:{organiser[1]}',
        f'ATTENDEE;CN="{_name(to[0])}";RSVP=FALSE:mailto:{to[1]}',
        f"SEQUENCE:{int(now.timestamp()) // 60}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(_folded(line) for line in lines)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _ics(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def _name(words: str) -> str:
    return words.replace('"', "").replace("\r", "").replace("\n", " ")


def _folded(line: str) -> str:
    parts, rest = [], line
    while len(rest.encode()) > 75:  # noqa: PLR2004 - octets of a line, RFC 5545 3.1
        at = 24  # 24 characters are at most 72 octets of Chinese
        parts.append(rest[:at])
        rest = " " + rest[at:]
    return "\r\n".join([*parts, rest])
