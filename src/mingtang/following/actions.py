"""Every write on who follows what. Whoever holds the link of a mail is the reader of that address."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from mingtang.following.models import Follow
from mingtang.following.published import Read, digest, news_of, subject
from mingtang.following.rules import CONFIRM_WITHIN, DIGEST_FROM_HOUR, FOLLOW, RHYTHMS, may_follow, told_before
from mingtang.kernel.decision import no
from mingtang.kernel.text import Language, Text, speaking, t
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import CHINA, day_of, opening_of
from mingtang.platform.codes import new_token
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import Recipient, forget, post, whole_link
from mingtang.platform.web.feeds import News

BATCH = 200
GONE = no(
    t("这项订阅已经退订，或链接不完整。", "This subscription has ended, or the link is incomplete."),
    "2.1",
    t("想再订，请到“订阅”页。", "To follow again, go to the page “Follow”."),
    code="gone",
)


@transaction.atomic
def follow(kind: str, key: str, *, actor: Actor, now: datetime, address: str, rhythm: str, language: Language = "zh") -> None:
    """Ask to be told; a mail goes to the address, and nothing happens until its link is followed.

    Says the same whether or not the address follows anything: only its reader is told. Asked again, the mail goes out
    again once a day at most.
    """
    address = address.strip().lower()
    theirs = Follow.objects.select_for_update(of=("self",)).filter(government_id=actor.government_id, address=address)
    known = theirs.filter(kind=kind, key=key).first()
    already = 0 if known else theirs.count()
    what = subject(actor.government_id, kind, key)
    may_follow(known=what is not None, rhythm=rhythm, already=already).require()
    assert what is not None
    if known is None:
        fresh = {"rhythm": rhythm, "language": language, "token": new_token(), "asked_at": now, "told_at": now}
        known = Follow.objects.create(government_id=actor.government_id, address=address, kind=kind, key=key, **fresh)
    elif known.state == "asked":
        Follow.objects.filter(pk=known.pk).update(rhythm=rhythm, language=language, asked_at=now)
    _ask(known, what, language, now)


def _ask(row: Follow, what: Text, language: Language, now: datetime) -> None:
    letter = "confirm" if row.state == "asked" else "known"
    with speaking(language):
        post(
            f"following/email/{letter}.txt",
            to=Recipient(None, row.address, language),
            government_id=row.government_id,
            now=now,
            about=row,
            url=reverse("portal:follow-mine", args=[row.token]),
            dedupe=f"follow:{row.pk}:{letter}:{day_of(now)}",
            what=str(what),
        )


@transaction.atomic
def confirm(token: str, *, actor: Actor, now: datetime) -> Follow:
    """The reader of the address agrees; done twice it stays agreed."""
    row = _one(token, actor)
    if row.state != "confirmed":
        move(row, FOLLOW, "confirm", actor=actor, now=now, confirmed_at=now, told_at=now)
    return row


@transaction.atomic
def change_rhythm(token: str, *, actor: Actor, now: datetime, rhythm: str) -> Follow:
    """Be told more or less often."""
    row = _one(token, actor)
    if rhythm not in RHYTHMS:
        may_follow(known=True, rhythm=rhythm, already=0).require()
    if row.rhythm != rhythm:
        Follow.objects.filter(pk=row.pk).update(rhythm=rhythm)
        record("follow.change_rhythm", row, actor=actor, now=now, clause="2.1", data={"rhythm": rhythm})
    return row


@transaction.atomic
def stop(token: str, *, actor: Actor, now: datetime, everything: bool = False) -> int:
    """End one subscription, or all of its address: the rows are deleted. Gives how many; 0 when there was none any more."""
    row = Follow.objects.filter(government_id=actor.government_id, token=token).first()
    if row is None:
        return 0
    rows = Follow.objects.filter(government_id=actor.government_id, address=row.address)
    rows = rows if everything else rows.filter(pk=row.pk)
    for each in rows:
        forget(each)
        record("follow.stop", each, actor=actor, now=now, clause="2.1")
    return int(rows.delete()[1].get("following.Follow", 0))


def _one(token: str, actor: Actor) -> Follow:
    row = Follow.objects.select_for_update(of=("self",)).filter(government_id=actor.government_id, token=token).first()
    if row is None:
        GONE.require()
    assert row is not None
    return row


def send_digests(now: datetime) -> int:
    """Post the digests that are due, one for each address, from eight in the morning on; gives how many.

    An address is done in a transaction of its own: what was told is noted with the mail, so that nothing is told twice
    or left out whenever this stops. News are read once for all who follow the same thing.
    """
    if now.astimezone(CHINA).hour < DIGEST_FROM_HOUR:
        return 0
    read: Read = cache(news_of)
    due = Follow.objects.filter(_due(now)).order_by("government_id", "address").values_list("government_id", "address").distinct()
    return sum(_send_digest(government_id, address, now, read) for government_id, address in due.iterator(BATCH))


def _due(now: datetime) -> Q:
    """Confirmed, and not told since the day their rhythm asks for."""
    found = Q()
    for rhythm in RHYTHMS:
        found |= Q(rhythm=rhythm, told_at__lt=opening_of(told_before(rhythm, day_of(now))))
    return found & Q(state="confirmed")


@transaction.atomic
def _send_digest(government_id: int, address: str, now: datetime, read: Read) -> int:
    rows = Follow.objects.select_for_update(of=("self",)).filter(_due(now), government_id=government_id, address=address)
    due = list(rows.order_by("id"))
    if not due:
        return 0
    language: Language = "en" if due[0].language == "en" else "zh"
    with speaking(language):
        news = digest(due, now, read, language)
        if news:
            _post_digest(due, news, language, now)
    Follow.objects.filter(pk__in=[each.pk for each in due]).update(told_at=now)
    return bool(news)


def _post_digest(due: list[Follow], news: list[News], language: Language, now: datetime) -> None:
    first = due[0]
    here = reverse("portal:follow-mine", args=[first.token])
    post(
        "following/email/digest.txt",
        to=Recipient(None, first.address, language),
        government_id=first.government_id,
        now=now,
        about=first,
        url=here,
        unsubscribe=reverse("portal:follow-stop", args=[first.token]),
        dedupe=f"digest:{first.pk}:{day_of(now)}",
        news=[(each.at, each.title, whole_link(first.government_id, each.url)) for each in news],
    )


@transaction.atomic
def forget_unconfirmed(now: datetime) -> int:
    """Delete addresses that never confirmed themselves; gives how many."""
    rows = Follow.objects.filter(state="asked", asked_at__lt=now - CONFIRM_WITHIN)
    for each in rows:
        forget(each)
        record("follow.forget", each, actor=system(each.government_id), now=now, clause="2.1")
    return int(rows.delete()[1].get("following.Follow", 0))
