"""What can be followed, what is new about it, and what an address follows: for whoever holds the link of a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from mingtang.consultations import published as consultations
from mingtang.consultations.published.reaching import news as consultation_news
from mingtang.following.models import Follow
from mingtang.following.rules import KINDS, MOST_NEWS
from mingtang.hearings import published as hearings
from mingtang.kernel.text import Language, Text, t
from mingtang.meetings import published as meetings
from mingtang.minutes import published as minutes
from mingtang.platform.codes import row_id
from mingtang.platform.web.chain import ChainEntry
from mingtang.platform.web.feeds import News
from mingtang.publishing import published as publishing
from mingtang.representatives import published as representatives
from mingtang.topics import published as topics

Read = Callable[[int, str, str, Language], list[News]]
CHAINS = (topics.chain, consultations.chain, hearings.chain, representatives.chain, meetings.chain, minutes.chain, publishing.chain)


def chain_of(topic_id: int) -> list[ChainEntry]:
    """Every step of a matter, the newest first."""
    return sorted((entry for chain in CHAINS for entry in chain(topic_id)), key=lambda each: each.at, reverse=True)


def subject(government_id: int, kind: str, key: str) -> Text | None:
    """What is followed, in words; None when there is no such thing or it is not public."""
    if kind == "all":
        return KINDS["all"] if not key else None
    if kind == "area":
        return dict(topics.focus_areas()).get(key)
    number = row_id(key) or 0
    if kind == "department":
        return dict(topics.departments(government_id)).get(number)
    view = topics.matter(government_id, number) if kind == "topic" else None
    return t("{x}", "{x}", x=view.title.replace("|", "")) if view else None


def news_of(government_id: int, kind: str, key: str, _language: Language) -> list[News]:
    """What is public about it in the language being spoken, the newest first, so many as a feed holds; none once it is gone."""
    if subject(government_id, kind, key) is None:
        return []
    if kind == "topic":
        home = reverse("portal:matter", args=[row_id(key) or 0])
        steps = [each for each in chain_of(row_id(key) or 0) if each.tomb is None]
        return [News(each.at, str(each.title), str(each.body), each.url or home) for each in steps]
    return news_in(government_id, area=key if kind == "area" else "", department=row_id(key) or 0 if kind == "department" else 0)


def news_in(government_id: int, *, area: str = "", department: int = 0) -> list[News]:
    """Consultations, adoption reports and releases of one area or department or of all, the newest first."""
    narrowed: dict[str, Any] = {"area": area, "department": department}
    found = [*consultation_news(government_id, **narrowed), *publishing.news(government_id, **narrowed)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def digest(follows: Iterable[Follow], until: datetime, read: Read, language: Language) -> list[News]:
    """What an address has not been told yet of all it follows: each thing once, the newest first.

    `read` is `news_of`, or something that remembers what it gave.
    """
    found: dict[tuple[str, datetime], News] = {}
    for each in follows:
        for one in read(each.government_id, each.kind, each.key, language):
            if each.told_at < one.at <= until:
                found.setdefault((one.url, one.at), one)
    return sorted(found.values(), key=lambda each: each.at, reverse=True)[:MOST_NEWS]


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing an address follows."""

    token: str
    what: Text
    rhythm: Text
    rhythm_code: str
    confirmed: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything the address behind a link follows; the address itself is shown with its middle covered."""

    token: str
    address: str
    followed: list[Followed]


GONE = t("已不公开的内容", "No longer public")


def mine(government_id: int, token: str) -> Mine | None:
    """What the holder of a mail's link follows; None when it ended or never was."""
    row = Follow.objects.filter(government_id=government_id, token=token).first()
    if row is None:
        return None
    rows = Follow.objects.filter(government_id=government_id, address=row.address).order_by("id")
    followed = [
        Followed(
            each.token,
            subject(government_id, each.kind, each.key) or GONE,
            each.rhythm_label,
            each.rhythm,
            each.state == "confirmed",
            each.pk == row.pk,
        )
        for each in rows
        if each.state == "confirmed" or each.pk == row.pk
    ]
    return Mine(token, _covered(row.address), followed)


def _covered(address: str) -> str:
    name, at, host = address.partition("@")
    return f"{name[:1]}…{name[-1:] if len(name) > 3 else ''}{at}{host}"  # noqa: PLR2004 - a short name is covered whole
