"""Mails for those who sort them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from mingtang.consultations.models import Consultation, Entry, Mail, Mailbox, MailFile
from mingtang.consultations.policy import may_sort_mail
from mingtang.consultations.rules.mails import MAIL
from mingtang.kernel.decision import no
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.files.models import StoredFile
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.desk import DeskItem
from mingtang.topics.rules import named

GONE = no(t("没有这封邮件。", "There is no such mail."), "", t("请从邮件列表重新打开。", "Open it from the list of mails."), code="gone")
MOST = 100
TRAYS: dict[str, Text] = {
    "unplaced": t("没有归处", "Belongs nowhere yet"),
    "waiting": t("已归到征求意见，待录", "Given to a consultation"),
    **{code: MAIL.label(code) for code in ("taken", "aside", "automatic")},
}


@dataclass(frozen=True, slots=True)
class MailFilters:
    """Which tray, and of which consultation (0: any)."""

    tray: str = "unplaced"
    consultation_id: int = 0


def _own(actor: Actor) -> QuerySet[Mail]:
    """The mails an actor may read: those of nobody yet, and those of the own departments; the office reads all."""
    rows = Mail.objects.filter(government_id=actor.government_id)
    if actor.is_system or actor.holds(Role.OFFICE) or any(each.department_id is None for each in actor.held if each.role in OWN):
        return rows
    mine = [each.department_id for each in actor.held if each.role in OWN]
    return rows.filter(Q(consultation=None) | Q(consultation__topic__department_id__in=mine))


OWN = frozenset({Role.CLERK, Role.HEAD})


def mails(actor: Actor, filters: MailFilters, *, after: str = "") -> Page[Mail]:
    """One page of a tray, newest first."""
    rows = _own(actor).select_related("consultation__topic__government").prefetch_related("files")
    if filters.tray == "unplaced":
        rows = rows.filter(state="waiting", consultation=None)
    elif filters.tray == "waiting":
        rows = rows.filter(state="waiting", consultation__isnull=False)
    else:
        rows = rows.filter(state=filters.tray)
    if filters.consultation_id:
        rows = rows.filter(consultation_id=filters.consultation_id)
    return page_of(rows.defer("text"), key=("-id",), after=after)


def mail(actor: Actor, mail_id: int) -> Mail:
    """One mail with its attachments and the opinions made of it; `Refused` when there is none or it is somebody else's."""
    made = Entry.objects.filter(undone_at=None).select_related("opinion__clause").order_by("id")
    found = (
        Mail.objects.select_related("consultation__topic__department", "consultation__topic__government", "handled_by")
        .prefetch_related(
            Prefetch("files", MailFile.objects.select_related("file").order_by("position")), Prefetch("entries", made, to_attr="made")
        )
        .filter(pk=mail_id, government_id=actor.government_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    may_sort_mail(actor, found.consultation.topic.department_id if found.consultation else None).require()
    return found


def mail_file(actor: Actor, mail_id: int, file_id: int) -> StoredFile:
    """What hung on a mail and was kept; `Refused` when there is none."""
    row = next((each.file for each in mail(actor, mail_id).files.all() if each.pk == file_id and each.file), None)
    if row is None:
        GONE.require()
    assert row is not None
    return row


def assignable(actor: Actor) -> list[Consultation]:
    """Consultations a mail can be given to: those that still take what comes by other doors, the newest first."""
    rows = Consultation.objects.filter(government_id=actor.government_id, state__in=["open", "closed"], **named("topic__"))
    return list(rows.select_related("topic__government", "topic__department").order_by("-id")[:MOST])


def boxes(government_id: int) -> list[Mailbox]:
    """How the boxes of a government stand: when they were read, what went wrong."""
    keys = [each.key for each in settings.MINGTANG_MAILBOXES]
    return list(Mailbox.objects.filter(government_id=government_id, key__in=keys).order_by("id"))


def mail_desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """The mails that wait for the actor, the oldest first to say since when."""
    if not actor.holds(Role.CLERK):
        return []
    waiting = list(_own(actor).filter(state="waiting").order_by("id").values_list("received_at", "consultation_id")[:MOST])
    if not waiting:
        return []
    unplaced = any(consultation is None for _at, consultation in waiting)
    url = f"{reverse('workspace:mails')}?tray={'unplaced' if unplaced else 'waiting'}"
    more = "+" if len(waiting) == MOST else ""
    what = t("{n} 封邮件待办", "{n} mails wait", n=f"{len(waiting)}{more}")
    about = str(t("邮件意见", "Opinions by e-mail"))
    began = day_of(min(at for at, _row in waiting)) if now else None
    return [DeskItem(what, about, url, t("去办", "Sort them"), "2.1", began_on=began, many=len(waiting))]
