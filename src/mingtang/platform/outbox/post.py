"""Posting a notice: one row per recipient, rendered at once so that staff see what will go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.template.loader import render_to_string

from mingtang.kernel.text import Language, speaking
from mingtang.platform.accounts.models import Government
from mingtang.platform.outbox.models import Notice

if TYPE_CHECKING:
    from mingtang.platform.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom: a person's inbox, an e-mail address, or both; or a number for a text message. And in which language."""

    person_id: int | None = None
    address: str = ""
    language: Language = "zh"
    phone: str = ""


def inbox(person: Person) -> Recipient:
    """A person's inbox, and e-mail too when they have an address."""
    return Recipient(person.pk, person.email, "en" if person.language == "en" else "zh")


def post(
    template: str,
    *,
    to: Recipient,
    government_id: int,
    now: datetime,
    about: Model | None = None,
    url: str = "",
    unsubscribe: str = "",
    dedupe: str = "",
    calendar_ics: str = "",
    **context: Any,
) -> Notice | None:
    """Queue a notice in the caller's transaction.

    `template` is a path such as ``topics/email/approved.txt``; its first line is the subject, the rest
    the body, where ``url`` is the whole link. With `dedupe` (any text, unique in the whole installation) a second posting does nothing
    and returns None. `unsubscribe` is the path that ends such mail with one POST (RFC 8058). A notice without an address or
    number is shown in the inbox only; one to a number is sent as a text message, of which only the body goes out.
    """
    if dedupe and Notice.objects.filter(dedupe=dedupe).exists():
        return None
    subject_line, body = render(template, to.language, {**context, "url": whole_link(government_id, url) if url else ""})
    row = Notice(
        government_id=government_id,
        person_id=to.person_id,
        address=to.address,
        phone="" if to.address else to.phone,
        template=template,
        language=to.language,
        subject_line=subject_line[:200],
        body=body,
        url=url,
        unsubscribe=unsubscribe,
        calendar_ics=calendar_ics,
        about_type=about._meta.label_lower if about is not None else "",  # noqa: SLF001 - Django's public name
        about_id=about.pk if about is not None else None,
        dedupe=dedupe or None,
        state="queued" if to.address or to.phone else "shown",
        next_at=now,
        posted_at=now,
    )
    if dedupe:
        return _queued(row)
    row.save(force_insert=True)
    return row


def _queued(row: Notice) -> Notice | None:
    """The row, unless another transaction queued the same just before."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if Notice.objects.filter(dedupe=row.dedupe).exists():
            return None
        raise
    return row


def whole_link(government_id: int, path: str) -> str:
    """A link that works outside the site: a mail is read where nobody knows our host name.

    Host and port are the government's and the installation's own, not those of a request, whose headers anybody may set.
    """
    host = Government.objects.values_list("host", flat=True).get(pk=government_id)
    port = f":{settings.MINGTANG_LINK_PORT}" if settings.MINGTANG_LINK_PORT and ":" not in host else ""
    return f"{'https' if settings.HTTPS else 'http'}://{host}{port}{path}"


def forget(about: Model) -> None:
    """Destroy words and addresses of every notice about a row: mail that waits goes; that the others were sent stays known."""
    rows = Notice.objects.filter(about_type=about._meta.label_lower, about_id=about.pk)  # noqa: SLF001 - Django's public name
    rows.filter(person=None, state__in=["queued", "sending"]).delete()
    rows.update(address="", phone="", subject_line="", body="", last_error="")


def render(template: str, language: Language, context: Mapping[str, Any]) -> tuple[str, str]:
    """The subject line and the body in one language."""
    with speaking(language):
        words = render_to_string(template, {**context, "language": language}).strip()
    subject_line, _, body = words.partition("\n")
    return subject_line.strip(), body.strip()
