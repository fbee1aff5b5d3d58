"""An invitation that a server took and sent back later: the report in a real mailbox, the seat that says so, the desk."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.core import mail

from mingtang.consultations import jobs
from mingtang.platform import events
from mingtang.platform.mailbox.bounces import read_bounce
from mingtang.platform.outbox.bouncing import note_bounce
from mingtang.platform.outbox.deliver import deliver_due
from mingtang.platform.outbox.models import Notice
from mingtang.reactions import REACTIONS
from mingtang.representatives import queries
from tests.factories.meetings import frozen
from tests.factories.platform import NOW, government, later
from tests.factories.representatives import invited

pytestmark = pytest.mark.django_db
WHY = "5.1.1 550 5.1.1 no such mailbox"


def report(message_id: str, *, action: str = "failed", whole: bool = True) -> bytes:
    """A delivery report as mail servers write it; `whole`: with the mail that came back, else with its heads alone."""
    made = MIMEMultipart("report", **{"report-type": "delivery-status"})
    made["From"], made["To"], made["Subject"] = "MAILER-DAEMON@mx.example.org", "box@qinghe.example.org", "Undelivered"
    made["Message-ID"], made["Return-Path"] = f"<report-{action}@mx.example.org>", "<>"
    made.attach(MIMEText("Your mail could not be delivered."))
    status, host, one = MIMEBase("message", "delivery-status"), Message(), Message()
    host["Reporting-MTA"] = "dns; mx.example.org"
    one["Final-Recipient"], one["Action"], one["Status"] = "rfc822; zs@example.org", action, "5.1.1"
    one["Diagnostic-Code"] = "smtp; 550 5.1.1 no such mailbox"
    status.set_payload([host, one])
    made.attach(status)
    original = EmailMessage()
    original["Message-ID"], original["Subject"] = message_id, "您被邀请列席"
    original.set_content("…")
    if whole:
        returned = MIMEBase("message", "rfc822")
        returned.set_payload([original])
    else:
        returned = MIMEText(f"Message-ID: {message_id}\n", "rfc822-headers")
    made.attach(returned)
    return made.as_bytes()


@pytest.fixture
def sent():
    """A seat whose invitation a server took, and that mail's id."""
    events.install(REACTIONS)
    of = frozen()
    row = invited(of)
    deliver_due(NOW)
    message_id = Notice.objects.get(about_type="representatives.invitation", about_id=row.pk, state="sent").reference
    assert message_id in [each.extra_headers["Message-ID"] for each in mail.outbox]
    return of, row, message_id


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_in_the_box_marks_the_invitation_and_the_desk_says_so(dovecot, settings, sent, whole):
    of, row, message_id = sent
    made = dovecot.box()
    settings.MINGTANG_MAILBOXES = (made.box,)
    made.put(report(message_id, action="delayed"), report(message_id, whole=whole))
    assert [(each.fetched, each.problem) for each in jobs.fetch_mail(later(hours=1))] == [(2, "")]
    row.refresh_from_db()
    assert (row.bounced_at, row.bounce_words) == (later(hours=1), WHY)
    assert "告知退回或没有送达：1 人" in [str(each.title) for each in queries.desk(of.operator, later(hours=1))]
    made.unsee()
    jobs.fetch_mail(later(hours=2))
    row.refresh_from_db()
    assert row.bounced_at == later(hours=1)


def test_what_is_no_report_of_our_own_mail_changes_nothing(sent):
    of, row, message_id = sent
    other = government(host="other.example")
    for raw, where in (
        (report("<made-up@example.org>"), of.home.pk),
        (report(message_id, action="delivered"), of.home.pk),
        (report(message_id), other.pk),
        (b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\xff", of.home.pk),
        (f"Message-ID: {message_id}\n\n550".encode(), of.home.pk),
    ):
        assert note_bounce(raw, government_id=where, now=NOW) is None
    row.refresh_from_db()
    assert row.bounced_at is None
    assert read_bounce(b"") is None
