"""House rules and the pool; contact data and each look at them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingtang.consultations.rules.likeness import pairs
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Department
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.representatives import policy
from mingtang.representatives.actions.confirming import ask_to_confirm
from mingtang.representatives.actions.inviting import touch_seat
from mingtang.representatives.models import (
    Conflict,
    Forgotten,
    HouseRules,
    Invitation,
    NameConsent,
    PoolWord,
    Representative,
    RepresentativeContact,
)
from mingtang.representatives.queries import GONE
from mingtang.representatives.rules import CONSENT, CONSENTS, INVITATION, LIVE, POOL, term_end

ERASED = "—"
LEFT = t("已退出代表库", "left the pool")
TEXTS = ("selection", "duties", "organisation", "discipline")


@transaction.atomic
def publish_house_rules(
    department_id: int, *, actor: Actor, now: datetime, selection: str, duties: str, organisation: str, discipline: str, in_force_on: date
) -> HouseRules:
    """3.2b: publish a new version of a department's house rules; the same texts and day again stay one version."""
    department = Department.objects.select_for_update().filter(pk=department_id, government_id=actor.government_id).first()
    if department is None:
        ELSEWHERE.require()
    policy.may_publish_rules(actor, department_id).require()
    given = {
        "selection": selection.strip(),
        "duties": duties.strip(),
        "organisation": organisation.strip(),
        "discipline": discipline.strip(),
    }
    if not all(given.values()):
        no(
            t("四项规定都要写。", "All four rules are needed."),
            "3.2b",
            t("代表产生、责任义务、会议组织、会议纪律。", "Selection, duties, organisation, discipline."),
            code="incomplete",
        ).require()
    require_plain("\n".join(given.values()), actor=actor)
    last = HouseRules.objects.filter(department_id=department_id).order_by("-version").first()
    if last and last.in_force_on == in_force_on and all(getattr(last, name) == given[name] for name in TEXTS):
        return last
    assert actor.person_id is not None  # a head is a person
    row = HouseRules.objects.create(
        government_id=actor.government_id,
        department_id=department_id,
        version=(last.version if last else 0) + 1,
        in_force_on=in_force_on,
        published_at=now,
        published_by_id=actor.person_id,
        **given,
    )
    record("house_rules.publish", row, actor=actor, now=now, clause="3.2b")
    ask_to_confirm(row, now)
    touch(actor.government_id, "house-rules")
    return row


@transaction.atomic
def add_representative(
    *,
    actor: Actor,
    now: datetime,
    audience: str,
    name: str,
    unit: str = "",
    nominated_by: str = "",
    phone: str = "",
    email: str = "",
    publish_name: bool = False,
    **more: str,
) -> Representative:
    """Add somebody whom staff know to the pool, verified by who adds them; the same name, audience and unit twice gives the one there.

    `more`: source, area, trade, specialities.
    """
    policy.may_keep_pool(actor).require()
    people = Representative.objects.filter(government_id=actor.government_id, audience=audience, name=name.strip(), unit=unit.strip())
    found = people.filter(state__in=LIVE).first()
    if found:
        return found
    source = more.pop("source", "") or ("body" if nominated_by.strip() else "office")
    row = Representative(
        government_id=actor.government_id,
        audience=audience,
        name=name.strip(),
        unit=unit.strip(),
        nominated_by=nominated_by.strip(),
        source=source,
        added_at=now,
        added_by_id=actor.person_id,
        verified_at=now,
        verified_by_id=actor.person_id,
        **{key: value.strip() for key, value in more.items()},
    )
    enter(row, now, phone=phone, email=email)
    if publish_name:
        keep_consent(row, actor=actor, now=now, agreed=True)
    record("representative.add", row, actor=actor, now=now)
    return row


def enter(row: Representative, now: datetime, *, phone: str = "", email: str = "") -> None:
    """Save somebody new with contact data, the words to find them by, and, once verified, the end of their term."""
    if row.state == "listed":
        row.until_on = next_term_end(row.government_id, now)
    row.save()
    RepresentativeContact.objects.create(representative=row, phone=phone.strip(), email=email.strip())
    write_words(row)


def next_term_end(government_id: int, now: datetime) -> date:
    """The last day of a term that begins now (rep.term_years)."""
    today = day_of(now)
    return term_end(today, figures_for(government_id, today).number("rep.term_years"))


def write_words(row: Representative) -> None:
    """Write anew the pairs of signs by which a search finds somebody."""
    PoolWord.objects.filter(representative=row).delete()
    said = (row.name, row.unit, row.area, row.trade, row.specialities, row.nominated_by)
    found = sorted(frozenset[str]().union(*map(pairs, said)))
    PoolWord.objects.bulk_create(PoolWord(government_id=row.government_id, representative=row, word=each) for each in found)


def keep_consent(row: Representative, *, actor: Actor, now: datetime, agreed: bool) -> None:
    """Keep what somebody said about publishing their name, with the wording they read; the same answer to it again is not kept twice."""
    last = NameConsent.objects.filter(representative=row).order_by("-id").first()
    if (last and (last.version, last.agreed) == (CONSENT, agreed)) or (last is None and not agreed):
        return
    NameConsent.objects.create(
        representative=row, version=CONSENT, words=str(CONSENTS[CONSENT]), agreed=agreed, said_at=now, entered_by_id=actor.person_id
    )
    row.publish_name = agreed
    row.save(update_fields=["publish_name"])


def locked_person(representative_id: int, actor: Actor) -> Representative:
    """One person of the actor's government, locked; `Refused` when there is none."""
    found = Representative.objects.select_for_update().filter(pk=representative_id, government_id=actor.government_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


@transaction.atomic
def leave_pool(representative_id: int, *, actor: Actor, now: datetime) -> Representative:
    """Take somebody out of the pool: no more invitations, and the contact data are deleted; twice changes nothing."""
    row = locked_person(representative_id, actor)
    policy.may_keep_pool(actor).require()
    if row.state == "left":
        return row
    take_out(row, actor=actor, now=now)
    forgot(row.government_id, "left", 1, 0, now)
    return row


def forgot(government_id: int, why: str, people: int, days: int, now: datetime) -> None:
    """Write down how many people's data were deleted and why, after how many days; nothing for nobody."""
    if people:
        Forgotten.objects.create(government_id=government_id, why=why, people=people, days=days, forgotten_at=now)


def take_out(row: Representative, *, actor: Actor, now: datetime) -> None:
    """Move somebody out of the pool: contact, words, conflicts and link go at once, and the name too unless they ever held a seat."""
    give_back(row, actor=actor, now=now, reason=str(LEFT))
    move(row, POOL, "leave", actor=actor, now=now, left_on=day_of(now), token=None)
    RepresentativeContact.objects.filter(representative=row).delete()
    PoolWord.objects.filter(representative=row).delete()
    Conflict.objects.filter(representative=row).update(reason="")
    if not row.invitations.exists():
        erase_name(row, now)


def give_back(row: Representative, *, actor: Actor, now: datetime, reason: str, topic_id: int | None = None) -> int:
    """Take back every seat somebody holds at a meeting to come (of one matter); gives how many. A reserve may then move up."""
    seats = Invitation.objects.filter(representative=row, state__in=["selected", "invited", "accepted", "noticed"])
    seats = seats.filter(item__topic_id=topic_id) if topic_id else seats
    found = list(seats.select_for_update(of=("self",)).select_related("item", "meeting__government", "representative").order_by("pk"))
    for each in found:
        move(each, INVITATION, "revoke", actor=actor, now=now, reason=reason, decline_reason=reason[:300])
        touch_seat(each)
    return len(found)


def erase_name(row: Representative, now: datetime) -> None:
    """Delete what names somebody; what they were (audience, how found) and their past seats stay as counts and pseudonyms."""
    kept = {"name": ERASED, "unit": "", "area": "", "trade": "", "specialities": "", "reason": "", "form_token": "", "publish_name": False}
    Representative.objects.filter(pk=row.pk).update(**kept, nominated_by="", receipt=None, token=None, forgotten_at=now)
    row.invitations.filter(publish_name=True).update(publish_name=False)
    RepresentativeContact.objects.filter(representative=row).delete()
    PoolWord.objects.filter(representative=row).delete()
    NameConsent.objects.filter(representative=row).delete()
    row.refresh_from_db()


@transaction.atomic
def look_at_contact(representative_id: int, *, actor: Actor, now: datetime, purpose: str) -> RepresentativeContact | None:
    """Open somebody's contact data for a stated purpose; the look is recorded. None when there are none."""
    row = locked_person(representative_id, actor)
    policy.may_see_contact(actor).require()
    if not purpose.strip():
        no(
            t("查看个人信息要写明用途。", "Looking at personal data needs a purpose."),
            "711 Art.15",
            t("请写明为什么要联系。", "Say why you need it."),
            code="purpose",
        ).require()
    record("representative.look_at_contact", row, actor=actor, now=now, reason=purpose.strip())
    return RepresentativeContact.objects.filter(representative=row).first()
