"""The pool by oneself and by the office: come forward, be verified, correct, consent, declare a conflict, leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record, require_own
from mingtang.platform.clock import day_of
from mingtang.platform.codes import new_code, new_token
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import Recipient, post
from mingtang.representatives import policy, queries, rules
from mingtang.representatives.actions.keeping import (
    enter,
    forgot,
    give_back,
    keep_consent,
    locked_person,
    next_term_end,
    take_out,
    write_words,
)
from mingtang.representatives.models import Conflict, Representative, RepresentativeContact
from mingtang.representatives.rules import LIVE, POOL
from mingtang.topics import published as topics_published
from mingtang.topics import queries as topic_queries

OWN = ("name", "unit", "area", "trade", "specialities")
REACH = ("phone", "email")


@dataclass(frozen=True, slots=True)
class PersonIn:
    """Somebody as the public form, the desk or a table gives them."""

    name: str
    audience: str
    unit: str = ""
    area: str = ""
    trade: str = ""
    specialities: str = ""
    nominated_by: str = ""
    phone: str = ""
    email: str = ""
    source: str = "self"
    meets_conditions: bool = False
    publish_name: bool = False


@transaction.atomic
def join_pool(given: PersonIn, *, actor: Actor, now: datetime, token: str = "") -> Representative:
    """Come forward for the pool without an account; the office verifies. The same form (`token`) twice gives one person.

    Who is in the pool already under this name and contact is refused, and nobody is told who that is.
    """
    people = Representative.objects.filter(government_id=actor.government_id)
    found = people.filter(form_token=token).first() if token else None
    if found:
        return found
    figures = figures_for(actor.government_id, day_of(now))
    rules.may_join(
        name=given.name, phone=given.phone, email=given.email, meets_conditions=given.meets_conditions, figures=figures
    ).require()
    if is_known(given, actor.government_id):
        ALREADY.require()
    prefix = Government.objects.values_list("code_prefix", flat=True).get(pk=actor.government_id)
    row = Representative(
        government_id=actor.government_id,
        audience=given.audience,
        name=given.name.strip(),
        **{name: getattr(given, name).strip() for name in OWN[1:]},
        state="waiting",
        source="self",
        receipt=new_code(prefix),
        token=new_token(),
        form_token=token,
        added_at=now,
    )
    enter(row, now, phone=given.phone, email=given.email)
    keep_consent(row, actor=actor, now=now, agreed=given.publish_name)
    record("representative.join", row, actor=actor, now=now, clause="2.2a")
    tell(row, "joined", f"pool-join:{row.pk}", now)
    return row


ALREADY = no(
    t("这个姓名和联系方式已经在库里。", "This name and contact are in the pool already."),
    "2.2a",
    t(
        "每人一条。请用报名时给您的回执或专用链接查看；找不到的请打电话给区政府办。",
        "One entry a person. Use your receipt or personal link, or call the office.",
    ),
    code="already",
)


def is_known(given: PersonIn, government_id: int) -> bool:
    """Whether somebody of this name with one of these contacts is in the pool."""
    same = Representative.objects.filter(government_id=government_id, name=given.name.strip(), state__in=LIVE)
    phone, email = given.phone.strip(), given.email.strip()
    by_phone = bool(phone) and same.filter(contact__phone=phone).exists()
    return by_phone or (bool(email) and same.filter(contact__email__iexact=email).exists())


def tell(row: Representative, template: str, dedupe: str, now: datetime, *, why: str = "") -> bool:
    """Queue a mail with the personal link; False when no address is known. The link is made on the way when there is none."""
    contact = RepresentativeContact.objects.filter(representative=row).first()
    if row.token is None:
        row.token = new_token()
        row.save(update_fields=["token"])
    if contact is None or not contact.email:
        return False
    url = f"/pool/mine/{row.token}/"
    to = Recipient(None, contact.email)
    path = f"representatives/email/{template}.txt"
    named: dict[str, Any] = {"name": row.name, "receipt": row.receipt or "", "until_on": row.until_on, "why": why}
    post(path, to=to, government_id=row.government_id, now=now, about=row, dedupe=dedupe, url=url, **named)
    return True


@transaction.atomic
def verify_person(representative_id: int, *, actor: Actor, now: datetime) -> Representative:
    """The office has checked identity and conditions: a tick with who and when, no copies of papers; a term begins."""
    row = locked_person(representative_id, actor)
    policy.may_verify(actor, row).require()
    if row.state == "listed":
        return row
    term = next_term_end(row.government_id, now)
    move(row, POOL, "verify", actor=actor, now=now, verified_at=now, verified_by_id=actor.person, until_on=term, asked_on=None)
    tell(row, "verified", f"pool-verify:{row.pk}:{now.isoformat()}", now)
    return row


@transaction.atomic
def verify_people(representative_ids: list[int], *, actor: Actor, now: datetime) -> int:
    """Verify several at once, all or nobody; gives how many."""
    for each in sorted(set(representative_ids)):
        verify_person(each, actor=actor, now=now)
    return len(set(representative_ids))


@transaction.atomic
def refuse_person(representative_id: int, *, actor: Actor, now: datetime, reason: str) -> Representative:
    """Not admit somebody, with a reason told to them; who it was is forgotten when the figure's days are over."""
    row = locked_person(representative_id, actor)
    policy.may_verify(actor, row).require()
    if row.state == "refused":
        return row
    move(row, POOL, "refuse", actor=actor, now=now, reason=reason, left_on=day_of(now))
    row.reason = reason.strip()[:300]  # told to the person; the journal has the act's own copy
    row.save(update_fields=["reason"])
    tell(row, "refused", f"pool-refuse:{row.pk}", now, why=row.reason)
    return row


def own_row(token: str, actor: Actor) -> Representative:
    """The person behind a personal link, locked; `Refused` when the link is not (or no longer) anybody's."""
    rows = Representative.objects.select_for_update().filter(token=token, government_id=actor.government_id)
    found = rows.exclude(state="left").first() if token else None
    if found is None:
        queries.NO_LINK.require()
    assert found is not None
    return found


@transaction.atomic
def correct_own(token: str, given: Mapping[str, str], *, actor: Actor, now: datetime) -> Representative:
    """Correct one's own data by the personal link; another name is verified anew. The same data again change nothing."""
    return _correct(own_row(token, actor), given, actor, now)


@transaction.atomic
def correct_person(representative_id: int, given: Mapping[str, str], *, actor: Actor, now: datetime) -> Representative:
    """The desk corrects somebody's data at their wish; contact data only when given."""
    row = locked_person(representative_id, actor)
    policy.may_keep_pool(actor).require()
    return _correct(row, given, actor, now)


def _correct(row: Representative, given: Mapping[str, str], actor: Actor, now: datetime) -> Representative:
    contact, _new = RepresentativeContact.objects.get_or_create(representative=row)
    said = {key: value.strip() for key, value in given.items() if key in OWN + REACH}
    changed = sorted(key for key, value in said.items() if value != getattr(contact if key in REACH else row, key))
    if not changed:
        return row
    before, figures = row.name, figures_for(row.government_id, day_of(now))
    for key in changed:
        setattr(contact if key in REACH else row, key, said[key])
    if set(changed) & {"name", *REACH}:
        rules.may_join(name=row.name, phone=contact.phone, email=contact.email, meets_conditions=True, figures=figures).require()
    row.save(update_fields=list(OWN))
    contact.save()
    write_words(row)
    record("representative.correct", row, actor=actor, now=now, data={"fields": changed})
    if rules.must_check_anew(row.state, before, row.name):
        move(row, POOL, "check_anew", actor=actor, now=now, verified_at=None, verified_by=None)
    return row


@transaction.atomic
def say_consent(token: str, *, actor: Actor, now: datetime, agreed: bool) -> Representative:
    """Agree or no longer agree, by the personal link, that one's name is published; the wording read is kept with the answer."""
    row = own_row(token, actor)
    before = row.publish_name
    keep_consent(row, actor=actor, now=now, agreed=agreed)
    if row.publish_name != before:
        record("representative.consent", row, actor=actor, now=now, clause="PIPL Art.25", data={"version": rules.CONSENT, "agreed": agreed})
    return row


@transaction.atomic
def declare_conflict(token: str, topic_id: int, *, actor: Actor, now: datetime, reason: str = "") -> Conflict:
    """Say, by the personal link, that one has an interest in a matter: no seat there, and the public reason says no more than that."""
    row = own_row(token, actor)
    if topic_id not in topics_published.titles([topic_id]):
        ELSEWHERE.require()
    return _conflict(row, topic_id, actor, now, reason)


@transaction.atomic
def enter_conflict(representative_id: int, topic_id: int, *, actor: Actor, now: datetime, reason: str) -> Conflict:
    """The desk writes down a conflict of interest that somebody declared or that was found."""
    row = locked_person(representative_id, actor)
    policy.may_keep_pool(actor).require()
    return _conflict(row, topic_id, actor, now, reason)


def _conflict(row: Representative, topic_id: int, actor: Actor, now: datetime, reason: str) -> Conflict:
    topic = topic_queries.for_update(topic_id)
    require_own(topic, actor)
    said = {"reason": reason.strip()[:300], "declared_at": now, "entered_by_id": actor.person_id}
    made, new = Conflict.objects.get_or_create(representative=row, topic=topic, defaults=said)
    if new:
        record("representative.conflict", row, actor=actor, now=now, clause="3.2c", data={"matter": f"topic:{topic.pk}"})
        give_back(row, actor=actor, now=now, reason=str(rules.CONFLICT), topic_id=topic.pk)
    return made


@transaction.atomic
def leave_by_link(token: str, *, actor: Actor, now: datetime) -> None:
    """Leave the pool by the personal link; when it is no longer anybody's nothing happens, so that pressing twice does no harm."""
    if not Representative.objects.filter(token=token, government_id=actor.government_id, state__in=LIVE).exists():
        return
    row = own_row(token, actor)
    take_out(row, actor=actor, now=now)
    forgot(row.government_id, "left", 1, 0, now)


@transaction.atomic
def send_link(representative_id: int, *, actor: Actor, now: datetime) -> Representative:
    """Give somebody their personal link: by mail when an address is known; the desk prints it as a letter otherwise."""
    row = locked_person(representative_id, actor)
    policy.may_keep_pool(actor).require()
    if row.state not in LIVE:
        queries.NO_PERSON.require()
    if row.token is None:
        record("representative.send_link", row, actor=actor, now=now)
    tell(row, "link", f"pool-link:{row.pk}:{day_of(now).isoformat()}", now)
    return row
