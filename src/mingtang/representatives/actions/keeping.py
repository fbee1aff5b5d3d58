"""House rules and the pool; contact data and each look at them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Department
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.clock import day_of
from mingtang.platform.guard.gate import require_plain
from mingtang.platform.web.versions import touch
from mingtang.representatives import policy
from mingtang.representatives.models import HouseRules, Representative, RepresentativeContact
from mingtang.representatives.queries import GONE

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
) -> Representative:
    """Add somebody to the pool; the same name, audience and unit twice gives the one already there."""
    policy.may_keep_pool(actor).require()
    found = Representative.objects.filter(
        government_id=actor.government_id, audience=audience, name=name.strip(), unit=unit.strip(), left_on=None
    ).first()
    if found:
        return found
    row = Representative.objects.create(
        government_id=actor.government_id,
        audience=audience,
        name=name.strip(),
        unit=unit.strip(),
        nominated_by=nominated_by.strip(),
        publish_name=publish_name,
        added_at=now,
    )
    RepresentativeContact.objects.create(representative=row, phone=phone.strip(), email=email.strip())
    record("representative.add", row, actor=actor, now=now)
    return row


def _person(representative_id: int, actor: Actor) -> Representative:
    found = Representative.objects.select_for_update().filter(pk=representative_id, government_id=actor.government_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


@transaction.atomic
def leave_pool(representative_id: int, *, actor: Actor, now: datetime) -> Representative:
    """Take somebody out of the pool: no more invitations, and the contact data are deleted; twice changes nothing."""
    row = _person(representative_id, actor)
    policy.may_keep_pool(actor).require()
    if row.left_on is not None:
        return row
    row.left_on = day_of(now)
    row.save(update_fields=["left_on"])
    RepresentativeContact.objects.filter(representative=row).delete()
    record("representative.leave", row, actor=actor, now=now)
    return row


@transaction.atomic
def look_at_contact(representative_id: int, *, actor: Actor, now: datetime, purpose: str) -> RepresentativeContact | None:
    """Open somebody's contact data for a stated purpose; the look is recorded. None when there are none."""
    row = _person(representative_id, actor)
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
