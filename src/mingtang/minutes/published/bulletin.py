"""The public bulletin of a meeting: the newest issued version, and what became of suggestions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from mingtang.engines.ledger.checking import grouped
from mingtang.engines.ledger.packing import pack
from mingtang.kernel.text import Text, t
from mingtang.minutes.models import Minutes, MinutesVersion, Suggestion
from mingtang.minutes.rules import MARKS
from mingtang.platform.clock import local
from mingtang.platform.documents.official import NameList, Paper, Section
from mingtang.platform.documents.official.papers import day_words
from mingtang.platform.ledger.belonging import Part
from mingtang.platform.ledger.published import kept
from mingtang.platform.web.chain import ChainEntry
from mingtang.representatives.published import shown_as, withheld_names
from mingtang.topics import published as topics_published


@dataclass(frozen=True, slots=True)
class BulletinView:
    """The issued minutes as the public reads them."""

    meeting_id: int
    title: Text
    mark: str
    number: str
    version: int
    correction: str
    issued_at: datetime
    starts_at: datetime
    place: str
    chair: str
    body: str
    attendees: str
    excused: str
    observers: str


def bulletin(government_id: int, meeting_id: int) -> BulletinView | None:
    """The newest issued version, None before the first."""
    found = (
        MinutesVersion.objects.select_related("minutes__meeting__government")
        .filter(minutes__meeting_id=meeting_id, minutes__government_id=government_id)
        .order_by("-version")
        .first()
    )
    if found is None:
        return None
    hidden = withheld_names(meeting_id)
    return replace(view_of(found), body=without_names(found.body, hidden), observers=without_names(found.observers, hidden))


def view_of(found: MinutesVersion | Minutes) -> BulletinView:
    """A version, or the draft, with every name as it was written: for the house."""
    row = found.minutes if isinstance(found, MinutesVersion) else found
    meeting = row.meeting
    return BulletinView(
        meeting.pk,
        meeting.title,
        f"{meeting.government.name}{MARKS.get(meeting.kind, '会议')}纪要",
        row.official_no,
        found.version,
        found.correction,
        found.issued_at or row.changed_at,
        meeting.starts_at,
        meeting.place,
        meeting.chair,
        found.body,
        found.attendees,
        found.excused,
        found.observers,
    )


def without_names(words: str, hidden: Mapping[str, str]) -> str:
    """The words with pseudonyms for those who did not agree to be named (PIPL Art.25); their unit goes too."""
    for name in sorted(hidden, key=len, reverse=True):
        words = re.sub(re.escape(name) + r"(?:[（(][^（）()\n]*[）)])?", lambda _, name=name: hidden[name], words)  # type: ignore[misc]  # a default binds the name
    return words


def paper_of(found: BulletinView, issuer: str, anchor: str = "") -> Paper:
    """The bulletin as an official document (GB/T 9704, 纪要格式); `anchor`: the head of the public log, for the issued one."""
    title = found.title.within("zh").replace(" ", "")
    opening = f"{day_words(local(found.starts_at).date(), 'zh')}，{found.chair}在{found.place}主持召开{title}。现将会议议定事项纪要如下："
    sections = (Section(paragraphs=(opening,)), *(_section(block) for block in found.body.split("\n\n") if block.strip()))
    lists = (("出席", found.attendees), ("请假", found.excused), ("列席", found.observers))
    names = tuple(
        NameList(heading, tuple(each.strip() for each in words.splitlines() if each.strip())) for heading, words in lists if words.strip()
    )
    return Paper(
        found.mark,
        found.number.replace(" ", ""),
        f"{title}纪要",
        f"{issuer}办公室",
        local(found.issued_at).date(),
        sections,
        names,
        kind="minutes",
        printed_by=f"{issuer}办公室",
        anchor=anchor,
    )


def _section(block: str) -> Section:
    heading, *paragraphs = block.strip().splitlines()
    return Section(heading, tuple(paragraphs)) if paragraphs else Section(paragraphs=(heading,))


SUGGESTION_ROW = "minutes.suggestion"
RECEIVED = "suggestion.receive"


def content_of(row: Suggestion) -> dict[str, str]:
    """What the log commits to of a suggestion: its words as they were received, and the item they were said on.

    Words changed since, with the person, stand in the minutes; the receipt keeps vouching for the first ones.
    """
    first = row.wordings.filter(wished=False).order_by("id").values_list("text", flat=True).first()
    return {"text": first or row.text, "item": f"agendaitem:{row.item_id}"}


def about_of(row: Suggestion) -> dict[str, str]:
    """The public facts of its entry: on which item somebody suggested something, not what and not who."""
    return {"about": f"agendaitem:{row.item_id}"}


def has_receipt(government_id: int, code: str) -> bool:
    """Whether a suggestion has this code."""
    return Suggestion.objects.filter(government_id=government_id, receipt=code).exists()


@dataclass(frozen=True, slots=True)
class SuggestionReceipt:
    """What a representative sees by the receipt of a suggestion; verdict and answer once the minutes are issued."""

    receipt: str
    said_at: datetime
    meeting: Text
    meeting_id: int
    item: int
    topic: str
    text: str
    issued: str
    is_judged: bool
    reasonable: bool
    reason: str
    reply: str
    position: int | None
    fingerprint: str
    line: str


def suggestion(government_id: int, code: str) -> SuggestionReceipt | None:
    """The suggestion with this receipt; None when there is none."""
    rows = Suggestion.objects.select_related("item__topic__government", "item__meeting")
    row = rows.filter(government_id=government_id, receipt=code).first()
    if row is None:
        return None
    minutes = Minutes.objects.filter(meeting_id=row.item.meeting_id, first_issued_at__isnull=False).first()
    judged = bool(minutes and minutes.issued_at and row.judged_at and row.judged_at <= minutes.issued_at)
    entry = kept(SUGGESTION_ROW, row.pk, RECEIVED)
    held = entry.held(code, content_of(row)) if entry else None
    return SuggestionReceipt(
        code,
        row.said_at,
        row.item.meeting.title,
        row.item.meeting_id,
        row.item.position,
        topics_published.title_of(row.item.topic),
        row.text,
        minutes.official_no if minutes else "",
        judged,
        judged and bool(row.reasonable),
        row.reason if judged else "",
        row.reply if judged else "",
        entry.position if entry else None,
        grouped(entry.signed["key"]) if entry else "",
        pack(held) if held else "",
    )


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One suggestion and its fate, without a name unless its author agreed."""

    item: int
    who: Text
    text: str
    reasonable: bool
    reason: str
    reply: str


def suggestions(meeting_id: int) -> list[SuggestionView]:
    """What representatives suggested and what became of it, as it stood when the minutes were last issued (law.md 2.3).

    What is written down or judged while the minutes are being corrected is public with the corrected version.
    """
    issued = Minutes.objects.filter(meeting_id=meeting_id, first_issued_at__isnull=False).values_list("issued_at", flat=True).first()
    if issued is None:
        return []
    rows = Suggestion.objects.filter(item__meeting_id=meeting_id, judged_at__lte=issued).exclude(item__attendance="closed")
    return _suggested(rows.select_related("item", "invitation").order_by("item__position", "id"))


def suggestions_of_topic(topic_id: int) -> list[SuggestionView]:
    """The same for a matter, from every meeting that dealt with it and whose minutes are issued."""
    rows = Suggestion.objects.filter(item__topic_id=topic_id, item__meeting__minutes__first_issued_at__isnull=False)
    rows = rows.filter(judged_at__lte=F("item__meeting__minutes__issued_at")).exclude(item__attendance="closed")
    return _suggested(rows.select_related("item", "invitation").order_by("item__meeting_id", "id"))


def _suggested(rows: QuerySet[Suggestion]) -> list[SuggestionView]:
    """Each with what its author is called in public, as in the list of representatives."""
    said = list(rows)
    names = shown_as({each.item.meeting_id for each in said}) if said else {}
    return [
        SuggestionView(
            each.item.position,
            names.get(each.invitation_id) or each.invitation.audience_label,
            each.text,
            bool(each.reasonable),
            each.reason,
            each.reply,
        )
        for each in said
    ]


def belonging(topic_id: int) -> Part:
    """What of a matter's export is ours: the entries of issued minutes that deal with it, and of what was suggested on it."""
    issued = Minutes.objects.filter(meeting__items__topic_id=topic_id, first_issued_at__isnull=False).distinct()
    said = Suggestion.objects.filter(item__topic_id=topic_id)
    ids = [list(each.values_list("pk", flat=True)) for each in (issued, said)]
    return Part((("minutes.minutes", ids[0]), ("minutes.suggestion", ids[1])))


def chain(topic_id: int) -> list[ChainEntry]:
    """The issue of the minutes of the meetings that dealt with a matter; not where the item was closed or put off."""
    dealt = {"meeting__items__topic_id": topic_id, "meeting__items__attendance__in": ["open", "partly"], "meeting__items__state": "decided"}
    rows = Minutes.objects.filter(**dealt, first_issued_at__isnull=False).select_related("meeting").distinct()
    entries = []
    for row in rows:
        n = Suggestion.objects.filter(item__meeting_id=row.meeting_id, item__topic_id=topic_id, reasonable=True).count()
        assert row.first_issued_at is not None
        body = t(
            "{number}。代表合理化建议 {n} 条写入纪要。",
            "{number}. {n} reasonable suggestions are in the minutes.",
            number=row.official_no,
            n=n,
        )
        entries.append(
            ChainEntry(row.first_issued_at, t("印发会议纪要", "Minutes issued"), body, url=reverse("portal:minutes", args=[row.meeting_id]))
        )
    return entries
