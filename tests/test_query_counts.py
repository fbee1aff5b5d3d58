"""What a page costs does not depend on how much there is: as many queries at 30 rows as at 1, on every list there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.consultations.actions import accept_mail
from mingtang.consultations.actions.wording import word_opinions
from mingtang.consultations.models import (
    AdoptionReport,
    Alternative,
    AlternativeSet,
    Answer,
    Consultation,
    DraftBlock,
    DraftVersion,
    Inquiry,
    Mail,
    Opinion,
    OpinionGroup,
    Question,
    QuestionOption,
    Tally,
    Term,
    VersionClause,
)
from mingtang.hearings.models import Activity, HearingProposal, Member, Option, Paper, Participant, Point
from mingtang.hearings.models import Question as SurveyQuestion
from mingtang.meetings.models import AgendaItem, AgendaVersion, Break, Meeting, Speech
from mingtang.meetings.models import Member as Sitting
from mingtang.minutes.models import RecordLine, Suggestion
from mingtang.platform.accounts.models import Assignment, Department
from mingtang.platform.actor import ADMIN_ROLES, BUSINESS_ROLES, Role, stranger
from mingtang.platform.outbox.models import Notice
from mingtang.publishing.models import Release, ReleaseFile
from mingtang.representatives import actions
from mingtang.representatives.models import (
    Application,
    Conflict,
    Forgotten,
    HouseRules,
    Invitation,
    PoolImport,
    PoolWord,
    Representative,
    RepresentativeContact,
)
from mingtang.topics.models import TopicDocument
from tests.factories import calls as call
from tests.factories import consultations as consulting
from tests.factories import hearings as hear
from tests.factories import mails, pool
from tests.factories.held import Held, held
from tests.factories.meetings import frozen
from tests.factories.platform import NOW, actor, department, person
from tests.factories.rows import like
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db
MANY = 29


def clock() -> datetime:
    """What the site takes as now; it stands still, so that no session is noted as seen again in the middle of counting."""
    return NOW


PUBLIC = (
    "/",
    "/matters/",
    "/matters/{topic}/",
    "/matters/{topic}/seats/",
    "/consultations/",
    "/consultations/{consultation}/",
    "/consultations/{consultation}/opinions/",
    "/consultations/{consultation}/opinions/?q=补助",
    "/consultations/{consultation}/opinions/?q=补",
    "/consultations/{reported}/report/",
    "/consultations/{reported}/report/opinions.csv",
    "/consultations/{reported}/trace/",
    "/consultations/{reported}/trace.csv",
    "/consultations/{consultation}/versions/",
    "/consultations/{consultation}/compare/",
    "/consultations/{consultation}/answers/",
    "/consultations/{consultation}/questions/",
    "/consultations/{consultation}/say/",
    "/hearings/",
    "/hearings/?which=activities",
    "/hearings/{hearing}/",
    "/hearings/{hearing}/draw/",
    "/hearing-mine/{seat}/",
    "/listening/{activity}/",
    "/listening/{survey}/",
    "/listening-mine/{member}/",
    "/calendar/?month=2026-12",
    "/meetings/{meeting}/",
    "/meetings/{meeting}/seats/",
    "/meetings/{meeting}/room/",
    "/meetings/{meeting}/live.json",
    "/results/",
    "/results/{release}/",
    "/house-rules/",
    "/house-rules/{department}/",
    "/pool/",
    "/pool/mine/{mine}/",
    "/calls/",
    "/calls/{call}/",
    "/calls/{call}/form/",
    "/calls/{call}/apply/",
    "/calls/{call}/draw-1.json",
    "/r/{application}/",
    "/search/?q=加装",
)
STAFF = (
    "/workspace/",
    "/workspace/topics/",
    "/workspace/topics/{topic}/",
    "/workspace/topics/{topic}/hearing-need/",
    "/workspace/planner/",
    "/workspace/consultations/",
    "/workspace/mails/",
    "/workspace/mails/?tray=waiting",
    "/workspace/mails/?tray=taken",
    "/workspace/mails/{mail}/",
    "/workspace/consultations/{consultation}/",
    "/workspace/consultations/{reported}/report/",
    "/workspace/consultations/{consultation}/draft/",
    "/workspace/consultations/{consultation}/opinions/",
    "/workspace/consultations/{consultation}/opinions/?state=shown&q=补助",
    "/workspace/consultations/{consultation}/grouping/",
    "/workspace/consultations/{consultation}/grouping/?home=any&q=补助",
    "/workspace/consultations/{consultation}/grouping/steps/",
    "/workspace/consultations/{consultation}/grouping/numbers/",
    "/workspace/consultations/{consultation}/grouping/all/?home=any",
    "/workspace/consultations/{consultation}/draft/versions/",
    "/workspace/consultations/{consultation}/draft/v2/",
    "/workspace/consultations/{consultation}/draft/v2/blocks/",
    "/workspace/consultations/{consultation}/asking/",
    "/workspace/consultations/{consultation}/inquiries/",
    "/workspace/guard/consultation/{consultation}/",
    "/workspace/guard/version/{version}/",
    "/workspace/hearings/",
    "/workspace/hearings/{hearing}/",
    "/workspace/hearings/{hearing}/people/",
    "/workspace/hearings/{hearing}/people/{person}/",
    "/workspace/hearings/{hearing}/checkin/",
    "/workspace/hearings/{hearing}/console/",
    "/workspace/hearings/{hearing}/record/",
    "/workspace/hearings/{hearing}/report/",
    "/workspace/hearings/proposals/",
    "/workspace/activities/",
    "/workspace/activities/{activity}/",
    "/workspace/activities/{survey}/",
    "/workspace/meetings/",
    "/workspace/meetings/{meeting}/",
    "/workspace/meetings/{meeting}/invitations/",
    "/workspace/meetings/{meeting}/checkin/",
    "/workspace/meetings/{meeting}/checkin/roster/",
    "/workspace/meetings/{meeting}/console/",
    "/workspace/meetings/{meeting}/minutes/",
    "/workspace/meetings/{meeting}/minutes/text/",
    "/workspace/templates/",
    "/workspace/meetings/{meeting}/members/",
    "/workspace/meetings/{meeting}/versions/",
    "/workspace/meetings/{meeting}/recording/",
    "/workspace/meetings/{meeting}/wordings/",
    "/workspace/meetings/{meeting}/record/",
    "/workspace/meetings/{meeting}/choose/{item}/",
    "/workspace/representatives/",
    "/workspace/representatives/?state=waiting",
    "/workspace/representatives/?state=ending",
    "/workspace/representatives/?q=代表",
    "/workspace/representatives/{rep}/",
    "/workspace/representatives/import/",
    "/workspace/representatives/forgotten/",
    "/workspace/calls/",
    "/workspace/calls/{call}/",
    "/workspace/calls/{call}/applications/",
    "/workspace/calls/{call}/applications/{applicant}/",
    "/workspace/house-rules/",
    "/workspace/releases/",
    "/workspace/releases/{release}/",
)
ADMIN = ("/workspace/people/", "/workspace/audit/", "/workspace/outbox/", "/workspace/jobs/")


@dataclass
class Listening:
    """A hearing that was reported, a symposium and a survey that were published."""

    around: hear.Around
    seat: Participant
    activity: Activity
    survey: Activity
    member: Member

    def names(self) -> dict[str, object]:
        return {
            "hearing": self.around.hearing.pk,
            "person": self.seat.pk,
            "seat": self.seat.token,
            "activity": self.activity.pk,
            "survey": self.survey.pk,
            "member": self.member.token,
        }


@dataclass
class World:
    """One row of everything, and how to make it many."""

    over: Held
    consultation: Consultation
    reported: Consultation
    release: Release
    version: DraftVersion
    listening: Listening
    mail: Mail
    drawn: tuple[call.Called, Application]

    def names(self) -> dict[str, object]:
        return {
            "version": self.version.pk,
            "mail": self.mail.pk,
            "call": self.drawn[0].row.pk,
            "applicant": self.drawn[1].pk,
            "application": self.drawn[1].receipt,
            **self.listening.names(),
            "topic": self.over.topic.pk,
            "department": self.over.department.pk,
            "item": self.over.item.pk,
            "rep": self.over.invitations[0].representative_id,
            "mine": Representative.objects.get(name="库里人").token,
            "meeting": self.over.meeting.pk,
            "consultation": self.consultation.pk,
            "reported": self.reported.pk,
            "release": self.release.pk,
        }


def world() -> World:
    over = held()
    like(AgendaVersion.objects.filter(meeting=over.meeting)[0], number=90)  # one there is to compare with
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
    Speech.objects.create(item=over.item, position=1, kind="member", speaker="某", minutes=3, asked_at=NOW)
    Sitting.objects.create(meeting=over.meeting, position=1, name="某")
    Break.objects.create(meeting=over.meeting, began_at=NOW, minutes=5, ended_at=NOW)
    RecordLine.objects.create(item=over.item, speaker="某", text="话", written_by=over.topic.drafted_by, written_at=NOW)
    Notice.objects.create(
        government=over.home, address="a@example.org", template="x", subject_line="题", body="文", posted_at=NOW, next_at=NOW
    )
    pooled(over)
    return World(over, row, reported, release, drafts(row, reported, said), listening(over), mailed(row), seated(over.department))


def pooled(over: Held) -> None:
    """Somebody of the pool with everything that hangs on one, somebody who waits and somebody asked to renew."""
    who = pool.listed(over.home, 1, name="库里人")
    actions.say_consent(who.token or "", actor=stranger(over.home.pk), now=NOW, agreed=True)
    Conflict.objects.create(representative=who, topic=over.topic, declared_at=NOW)
    like(over.invitations[0], representative=who, token="pool", code="POOL")
    pool.joined(over.home, 2, name="等待的代表")
    asked = pool.listed(over.home, 3, name="问过的代表")
    Representative.objects.filter(pk=asked.pk).update(asked_on=NOW.date())
    PoolImport.objects.create(government=over.home, name="名单", sha256="0", made_by=over.topic.drafted_by, made_at=NOW)
    Forgotten.objects.create(government=over.home, why="left", people=1, forgotten_at=NOW)


def grow_pool(made: World, n: int) -> None:
    """One more of everybody and everything of the pool."""
    home = made.over.home
    for name in ("等待的代表", "问过的代表"):
        row = Representative.objects.get(name=name)
        more = like(row, name=f"{name}{n}", token=f"{row.pk}-{n}", receipt=f"{row.pk}-{n}", form_token="")
        RepresentativeContact.objects.create(representative=more)
        PoolWord.objects.create(government=home, representative=more, word="代表")
    who = Representative.objects.get(name="库里人")
    like(who.consents.get(pk=who.consents.order_by("pk")[0].pk))
    topic = like(made.over.topic, number=500 + n)
    Conflict.objects.create(representative=who, topic=topic, declared_at=NOW)
    like(
        made.over.invitations[0],
        representative=who,
        item=like(made.over.item, topic=topic, position=300 + n),
        token=f"pool{n}",
        code=f"P{n}",
    )
    like(PoolImport.objects.get(name="名单"), name=f"名单{n}", sha256=f"1{n}")
    like(Forgotten.objects.order_by("pk")[0])
    like(HouseRules.objects.get(department=made.over.department, version=1), version=100 + n)


def mailed(row: Consultation) -> Mail:
    """A mail in each tray, one made into an opinion; gives that one."""
    clerk = actor(row.government, Role.CLERK)
    mails.arrived(mails.mail(message_id="<0@x>", files=(("a.pdf", mails.PDF),)), row)
    mails.assigned(row, message_id="<1@x>", files=(("a.pdf", mails.PDF),))
    made = mails.assigned(row, message_id="<2@x>", files=(("a.pdf", mails.PDF), ("b.exe", b"MZ\x00")))
    accept_mail(made.pk, actor=clerk, now=NOW, token="x")
    return made


def seated(of: Department) -> tuple[call.Called, Application]:
    """A call that was drawn, its people seated, one of them replaced."""
    called, gone = call.left(of=frozen(of))
    actions.seat_drawn(called.row.pk, actor=called.clerk, now=call.DRAWN)
    actions.fill_seat(gone.pk, actor=called.clerk, now=call.DRAWN)
    return called, Application.objects.filter(call=called.row, state="seated").order_by("pk")[0]


def drafts(row: Consultation, reported: Consultation, said: Opinion) -> DraftVersion:
    """Versions with clauses and blocks, one of them in preparation; what the draft asks and what people asked."""
    first = row.versions.get()
    for of in (first, like(first, consultation=reported)):
        VersionClause.objects.create(version=of, stem=50, position=50, label="第五十条", text="文")
    Tally.objects.create(consultation=reported, dimension="traced", key="0:v:adopted", number=1)
    version = DraftVersion.objects.create(consultation=row, number=2, kind="revised", note="改", made_by=row.prepared_by, made_at=NOW)
    VersionClause.objects.create(version=version, stem=1, position=1, label="第一条", text="文")
    DraftBlock.objects.create(version=version, position=1, place=1, text="块", kind="unrecognised")
    options = AlternativeSet.objects.create(consultation=row, clause=row.clauses.first(), position=1, title="方案")
    Alternative.objects.create(set=options, letter="A", title="甲")
    for kind in ("single", "text"):
        question = Question.objects.create(consultation=row, position=1, kind=kind, words="问")
        QuestionOption.objects.create(question=question, position=1, words="答")
        Answer.objects.create(opinion=said, question=question, text="话")
    Term.objects.create(consultation=row, term="补助", explanation="钱")
    for state in ("asked", "published"):
        Inquiry.objects.create(
            government=row.government, consultation=row, state=state, words="问", answer="答", answered_by=row.prepared_by, asked_at=NOW,
            published_at=NOW,
        )  # fmt: skip
    return version


def listening(over: Held) -> Listening:
    """The hearing with its people, a proposal, two activities."""
    of = hear.reported(over.department)
    HearingProposal.objects.create(
        government=over.home, topic=of.topic, state="accepted", words="请开", receipt="P", received_at=NOW, answer="好", answered_at=NOW,
        answered_by=of.topic.drafted_by, hearing=of.hearing,
    )  # fmt: skip
    made = []
    for kind in ("symposium", "survey"):
        row = Activity.objects.create(
            government=over.home, topic=of.topic, kind=kind, state="published", title="活动", asked=9, answered=5, made_by=of.topic.drafted_by,
            made_at=NOW, published_at=NOW,
        )  # fmt: skip
        member = Member.objects.create(activity=row, name="某人", token=f"m{row.pk}", publish_name=True)
        Point.objects.create(activity=row, member=member, claim="主张", noted_at=NOW)
        Option.objects.create(question=SurveyQuestion.objects.create(activity=row, position=1, words="问"), position=1, words="答", count=5)
        made.append(row)
    return Listening(of, of.people("signed")[0], *made, member)


def grow(made: World) -> None:
    """Twenty-nine more of each row."""
    over = made.over
    said = Opinion.objects.filter(consultation=made.consultation)[0]
    told = Opinion.objects.filter(consultation=made.reported)[0]
    seat, rules = over.invitations[0], HouseRules.objects.get(version=1)
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
        like(seat, representative=like(seat.representative, name=f"代表{n}"), token=f"t{n}", code=f"T{n}")
        like(rules, department=place)
        like(Release.objects.filter(pk=made.release.pk)[0], topic=topic)
        like(ReleaseFile.objects.filter(release=made.release)[0])
        like(TopicDocument.objects.filter(topic=over.topic, published_at=None)[0])
        like(Suggestion.objects.filter(text="建议")[0], text=f"建议{n}")
        like(RecordLine.objects.filter(text="话")[0], text=f"话{n}")
        like(Speech.objects.filter(speaker="某")[0], position=10 + n)
        like(Sitting.objects.filter(name="某")[0], name=f"某{n}")
        like(Break.objects.order_by("pk")[0])
        like(AgendaVersion.objects.filter(meeting=over.meeting)[0], number=100 + n)
        like(Notice.objects.filter(subject_line="题")[0], subject_line=f"题{n}")
        Assignment.objects.create(person=person(over.home), role="clerk", since_on=NOW.date())
        grow_drafts(made, n)
        grow_mails(made, n)
        grow_listening(made.listening, n)
        grow_calls(made, n)
        grow_pool(made, n)


def grow_mails(made: World, n: int) -> None:
    """One more mail in each tray, one more thing hung on and made of the one that is looked at."""
    for mail in Mail.objects.filter(key__regex="^[0-9a-f]{64}$"):
        more = like(mail, key=f"{n}-{mail.pk}")
        like(mail.files.order_by("pk")[0], mail=more)
    like(made.mail.files.order_by("pk")[0], position=10 + n)
    entry = made.mail.entries.order_by("pk")[0]
    like(entry, place=100 + n, opinion=like(entry.opinion, receipt=f"M{n}", outside_id=None))


def grow_drafts(made: World, n: int) -> None:
    """One more of each row of a draft."""
    for clause in VersionClause.objects.filter(stem=50, label="第五十条"):
        like(clause, stem=100 + n, position=100 + n, label=f"第{n}条")
    version = made.version
    like(version, number=100 + n)
    like(made.consultation.versions.get(number=1), number=200 + n)
    like(version.clauses.order_by("stem")[0], stem=100 + n, position=100 + n)
    like(version.blocks.all()[0], position=100 + n)
    first = AlternativeSet.objects.filter(title="方案")[0]
    like(first.options.all()[0], letter=f"{n}", set=first)
    like(first.options.all()[0], set=like(first, title=f"方案{n}"))
    for question in Question.objects.filter(words="问"):
        more = like(question, words=f"问{n}")
        option = like(question.options.all()[0], question=more)
        like(option, question=question)
        like(question.answers.all()[0], question=more)
        like(question.answers.all()[0])
    like(Term.objects.filter(term="补助")[0], term=f"词{n}")
    for inquiry in Inquiry.objects.filter(words="问"):
        like(inquiry, words=f"问{n}")
    like(Tally.objects.filter(key="0:v:adopted")[0], key=f"{n + 1}:v:adopted")
    paper = made.over.topic.documents.all()[0]
    like(paper, topic=made.consultation.topic)


def grow_calls(made: World, n: int) -> None:
    """One more call, application, quota, somebody seated and somebody who moved up."""
    row, one = made.drawn[0].row, made.drawn[1]
    like(row, title=f"征集{n}")
    like(row.quotas.order_by("-pk")[0], value=f"值{n}")
    assert one.invitation is not None
    seat = like(one.invitation, representative=like(one.invitation.representative, name=f"抽中{n}"), token=f"d{n}", code=f"D{n}")
    like(
        one,
        number=f"8{n}",
        receipt=f"D{n}",
        replaces=like(one, number=f"7{n}", receipt=f"E{n}", invitation=None, replaces=None),
        invitation=seat,
    )


def grow_listening(made: Listening, n: int) -> None:
    """One more of each row of hearings and activities."""
    hearing, seat = made.around.hearing, made.seat
    more = like(hearing, title=f"听证{n}")
    other = like(seat, number=f"{100 + n}", token=f"s{n}")
    like(seat, hearing=more, token=f"h{n}")
    like(hearing.quotas.all()[0], hearing=more)
    like(hearing.speeches.all()[0], position=100 + n)
    like(hearing.speeches.exclude(participant=None)[0], position=200 + n, participant=other)
    like(Point.objects.filter(hearing=hearing)[0], participant=other, opinion=None)
    like(Point.objects.filter(hearing=hearing)[0], participant=seat, opinion=None)
    for paper in Paper.objects.filter(participant=seat)[:1]:
        like(paper, document=like(paper.document))
        like(paper, participant=other)
    like(HearingProposal.objects.filter(receipt="P")[0], receipt=f"P{n}")
    for row in (made.activity, made.survey):
        who = like(Member.objects.filter(activity=row)[0], token=f"a{row.pk}-{n}")
        like(Point.objects.filter(activity=row)[0], member=who)
        question = like(row.questions.all()[0], position=10 + n)
        like(row.questions.all()[0].options.all()[0], question=question)
        like(row, title=f"活动{n}")
    like(Point.objects.filter(activity=made.survey)[0], member=made.member)


def findable() -> None:
    """Put every opinion into the index of words, as the background does."""
    Opinion.objects.update(worded=False)
    while word_opinions():
        pass


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
def test_thirty_rows_cost_what_one_costs(pages, settings):
    settings.MINGTANG_CLOCK = f"{__name__}.clock"
    made = world()
    findable()
    client = Client()
    if pages is not PUBLIC:
        client.force_login(person(made.over.home, *sorted(BUSINESS_ROLES if pages is STAFF else ADMIN_ROLES)))
    one = costs(client, pages, made)
    grow(made)
    findable()
    thirty = costs(client, pages, made)
    assert {page: (one[page], n) for page, n in thirty.items() if n != one[page]} == {}
    assert Meeting.objects.count() > MANY
    assert AgendaItem.objects.count() > MANY
    assert Invitation.objects.count() > MANY
