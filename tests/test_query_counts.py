"""What a page costs does not depend on how much there is: as many queries at 30 rows as at 1, on every list there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.consultations.models import AdoptionReport, Consultation, Opinion, OpinionGroup
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.minutes.models import RecordLine, Suggestion
from mingtang.platform.accounts.models import Assignment
from mingtang.platform.actor import ADMIN_ROLES, BUSINESS_ROLES
from mingtang.platform.outbox.models import Notice
from mingtang.publishing.models import Release, ReleaseFile
from mingtang.representatives.models import HouseRules, Invitation
from mingtang.topics.models import TopicDocument
from tests.factories import consultations as consulting
from tests.factories.full import like
from tests.factories.held import Held, held
from tests.factories.platform import NOW, department, person
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db
MANY = 29
PUBLIC = (
    "/",
    "/matters/",
    "/matters/{topic}/",
    "/consultations/",
    "/consultations/{consultation}/",
    "/consultations/{consultation}/opinions/",
    "/consultations/{reported}/report/",
    "/consultations/{reported}/report/opinions.csv",
    "/calendar/?month=2026-12",
    "/meetings/{meeting}/",
    "/results/",
    "/results/{release}/",
    "/house-rules/",
    "/search/?q=加装",
)
STAFF = (
    "/workspace/",
    "/workspace/topics/",
    "/workspace/topics/{topic}/",
    "/workspace/planner/",
    "/workspace/consultations/",
    "/workspace/consultations/{consultation}/",
    "/workspace/consultations/{consultation}/draft/",
    "/workspace/consultations/{consultation}/opinions/",
    "/workspace/consultations/{consultation}/grouping/",
    "/workspace/meetings/",
    "/workspace/meetings/{meeting}/",
    "/workspace/meetings/{meeting}/invitations/",
    "/workspace/meetings/{meeting}/checkin/",
    "/workspace/meetings/{meeting}/console/",
    "/workspace/meetings/{meeting}/minutes/",
    "/workspace/representatives/",
    "/workspace/house-rules/",
    "/workspace/releases/",
    "/workspace/releases/{release}/",
)
ADMIN = ("/workspace/people/", "/workspace/audit/", "/workspace/outbox/", "/workspace/jobs/")


@dataclass
class World:
    """One row of everything, and how to make it many."""

    over: Held
    consultation: Consultation
    reported: Consultation
    release: Release

    def names(self) -> dict[str, int]:
        return {
            "topic": self.over.topic.pk,
            "meeting": self.over.meeting.pk,
            "consultation": self.consultation.pk,
            "reported": self.reported.pk,
            "release": self.release.pk,
        }


def world() -> World:
    over = held()
    row, _clerk = consulting.opened(approved(over.department))
    said = consulting.opinion(row, shown=True)
    reported = like(row, topic=like(row.topic, number=900), state="reported", reported_at=NOW)
    group = OpinionGroup.objects.create(consultation=row, title="组", made_at=NOW)
    OpinionGroup.objects.create(consultation=reported, title="组", verdict="adopted", made_at=NOW)
    AdoptionReport.objects.create(consultation=reported, drafted_by=over.topic.drafted_by, drafted_at=NOW)
    like(said, consultation=reported, clause=None, receipt="R", group=None, verdict="adopted")
    assert group.pk
    release = Release.objects.create(
        government=over.home, topic=over.topic, item=over.item, kind="result", state="published", title="加装结果", body="文",
        drafted_by=over.topic.drafted_by, created_at=NOW, published_at=NOW,
    )  # fmt: skip
    paper = over.topic.documents.all()[0].file
    ReleaseFile.objects.create(release=release, title="件", file=paper)
    Suggestion.objects.create(
        government=over.home, invitation=over.invitations[0], item=over.item, text="建议", said_at=NOW, recorded_by=over.topic.drafted_by
    )
    RecordLine.objects.create(item=over.item, speaker="某", text="话", written_by=over.topic.drafted_by, written_at=NOW)
    Notice.objects.create(
        government=over.home, address="a@example.org", template="x", subject_line="题", body="文", posted_at=NOW, next_at=NOW
    )
    return World(over, row, reported, release)


def grow(made: World) -> None:
    """Twenty-nine more of each row."""
    over = made.over
    said = Opinion.objects.filter(consultation=made.consultation)[0]
    told = Opinion.objects.filter(consultation=made.reported)[0]
    seat, rules = over.invitations[0], HouseRules.objects.get()
    for n in range(MANY):
        place = department(over.home)
        topic = like(over.topic, number=100 + n, department=place)
        like(made.consultation, topic=topic)
        like(said, receipt=f"A{n}", outside_id=None)
        like(told, receipt=f"B{n}", outside_id=None)
        for group in OpinionGroup.objects.filter(title="组"):
            like(group, title=f"组{n}")
        meeting = like(over.meeting, number=100 + n, starts_at=over.meeting.starts_at + timedelta(hours=n))
        like(over.item, meeting=meeting, topic=topic)
        like(over.item, topic=topic, position=10 + n)
        like(seat, representative=like(seat.representative, name=f"代表{n}"), token=f"t{n}")
        like(rules, department=place)
        like(Release.objects.filter(pk=made.release.pk)[0], topic=topic)
        like(ReleaseFile.objects.filter(release=made.release)[0])
        like(TopicDocument.objects.filter(topic=over.topic, published_at=None)[0])
        like(Suggestion.objects.filter(text="建议")[0], text=f"建议{n}")
        like(RecordLine.objects.filter(text="话")[0], text=f"话{n}")
        like(Notice.objects.filter(subject_line="题")[0], subject_line=f"题{n}")
        Assignment.objects.create(person=person(over.home), role="clerk", since_on=NOW.date())


def costs(client: Client, pages: tuple[str, ...], made: World) -> dict[str, int]:
    found = {}
    for page in pages:
        url = page.format(**made.names())
        for answer in (client.get(url), client.get(url)):  # the first look of a session writes when it was
            assert answer.status_code == 200, url
            answer.close()
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(url)
            b"".join(answer) if answer.streaming else answer.content
            answer.close()
        found[page] = len(seen)
    return found


@pytest.mark.parametrize("pages", [PUBLIC, STAFF, ADMIN], ids=["public", "staff", "administrators"])
def test_thirty_rows_cost_what_one_costs(pages):
    made = world()
    client = Client()
    if pages is not PUBLIC:
        client.force_login(person(made.over.home, *sorted(BUSINESS_ROLES if pages is STAFF else ADMIN_ROLES)))
    one = costs(client, pages, made)
    grow(made)
    thirty = costs(client, pages, made)
    assert {page: (one[page], n) for page, n in thirty.items() if n != one[page]} == {}
    assert Meeting.objects.count() > MANY
    assert AgendaItem.objects.count() > MANY
    assert Invitation.objects.count() > MANY
