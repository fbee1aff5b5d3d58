"""Mail to the people of a hearing; who has no address is told by phone or by hand, and that is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mingtang.hearings.models import Activity, Hearing, Member, Participant, ParticipantContact
from mingtang.platform.accounts.directory import people_in
from mingtang.platform.actor import Role
from mingtang.platform.clock import day_of, local
from mingtang.platform.outbox.post import Recipient, inbox, post, whole_link


def link_to(row: Participant, path: str = "hearing-mine") -> str:
    """The whole address of somebody's own page."""
    return whole_link(row.government_id, f"/{path}/{row.token}/")


def mail(row: Participant, template: str, dedupe: str, now: datetime, **also: str) -> bool:
    """Queue a mail to somebody of a hearing; False when no address is known."""
    contact = ParticipantContact.objects.filter(participant_id=row.pk).first()
    if contact is None or not contact.email:
        return False
    send(row, contact.email, template, dedupe, now, **also)
    return True


def send(row: Participant, address: str, template: str, dedupe: str, now: datetime, **also: str) -> bool:
    """Queue a mail to an address; False when it was queued before."""
    hearing = row.hearing
    made = post(
        f"hearings/email/{template}.txt",
        to=Recipient(None, address),
        government_id=row.government_id,
        now=now,
        about=row,
        dedupe=dedupe,
        url=f"/hearing-mine/{row.token}/",
        name=row.name,
        number=row.number,
        hearing=hearing.title,
        state=hearing.state,
        starts_at=local(hearing.starts_at).strftime("%Y-%m-%d %H:%M") if hearing.starts_at else "",
        place=hearing.place,
        link=link_to(row),
        **also,
    )
    return made is not None


def tell_people(row: Hearing, template: str, now: datetime, *, states: tuple[str, ...] = (), **also: str) -> int:
    """Mail to everybody of a hearing still concerned; gives how many have an address."""
    people = Participant.objects.filter(hearing=row).exclude(state__in=["withdrawn"]).select_related("contact")
    people = people.filter(state__in=states) if states else people.exclude(state="passed_over")
    sent = 0
    for each in people.exclude(contact=None).exclude(contact__email=""):
        each.hearing = row
        send(each, each.contact.email, template, f"{template}:{each.token}:{now.isoformat()}", now, **also)
        sent += 1
    return sent


def post_to_departments(row: Activity, members: Iterable[Member], now: datetime, template: str) -> int:
    """Put a request, or the reminder of one, into the inboxes of each department's clerks and heads."""
    sent = 0
    for member in members:
        if member.department_id is None:
            continue
        for person in people_in(member.department_id, Role.CLERK, Role.HEAD):
            sent += 1
            post(
                f"hearings/email/{template}.txt",
                to=inbox(person),
                government_id=row.government_id,
                now=now,
                about=row,
                url=f"/workspace/requests/{member.pk}/",
                dedupe=f"{template}:{member.token}:{person.pk}:{day_of(now)}",
                activity=row.title,
                department=member.name,
                due_on=row.due_on,
            )
    return sent
