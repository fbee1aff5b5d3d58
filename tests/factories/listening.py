"""What a full district listened to: drafts in versions with what they ask, hearings, other activities, findings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mingtang.consultations import actions as consulting
from mingtang.consultations.models import (
    Alternative,
    AlternativeSet,
    Answer,
    Consultation,
    DraftBlock,
    DraftVersion,
    Inquiry,
    Opinion,
    Question,
    QuestionOption,
    Term,
    VersionClause,
)
from mingtang.consultations.rules.asking import INQUIRY
from mingtang.hearings.models import Activity, Hearing, HearingDraw, HearingProposal, Member, ParticipantContact, Point, ProposalContact
from mingtang.hearings.models import Option as SurveyOption
from mingtang.hearings.models import Question as SurveyQuestion
from mingtang.hearings.rules import ACTIVITY, AFTER_LIST, HEARING, PARTICIPANT, PROPOSAL
from mingtang.platform.actor import Actor, Role
from mingtang.platform.guard.models import Clearance, PublicCopy, Scan
from mingtang.publishing.models import ReleaseFile
from mingtang.topics.models import Topic
from tests.factories import hearings as hear
from tests.factories.platform import NOW, actor, department
from tests.factories.rows import like
from tests.factories.topics import topic

if TYPE_CHECKING:
    from tests.factories.full import Full

REVISED = "第一条　为了方便居民出行，制定本办法。\n第二条　不得占用消防通道。\n张三\n"
NOTICE = ("title", "why", "purpose", "basis", "place", "conditions", "selection", "how_to_enrol", "contact", "host", "presenter")
SEATED = {"chosen", "served", "present", "absent", "signed", "refused"}
SPOKEN = {"held", "confirmed", "reported"}


def opened(given: Full, row: Consultation) -> None:
    """What the public may read of a consultation that was opened."""
    given.public(row, "summary", "questions", "contact", "ways", "shorten_reason", "verified_only_reason")
    for each in row.clauses.all():
        given.public(each, "label", "heading", "part", "chapter", "section", "text", "plain", "now_text")
    for each in row.effects.all():
        given.public(each, "who", "what")
    for paper in row.topic.documents.filter(published_at__isnull=False):
        given.public(paper, "title", "number", "issuer")
        given.public(paper.file, "name")
    for version in row.versions.filter(published_at__isnull=False):
        given.public(version, "note")
        for each in version.clauses.all():
            given.public(each, "label", "heading", "text")


def prepared(given: Full, row: Consultation, *, number: int) -> None:
    """A version nobody may read yet, with the blocks of its file."""
    version = DraftVersion.objects.create(
        consultation=row, number=number, kind="revised", title="修改稿", note="改动", file=given.file("draft.txt"), made_at=NOW
    )
    DraftBlock.objects.create(version=version, position=1, place=1, text="原文", kind="ignored", reason="理由", body="正文")
    VersionClause.objects.create(version=version, stem=1, position=1, label="第一条", text="改过的条文")


def finished(given: Full, row: Consultation, clerk: Actor, now: datetime) -> None:
    """A revised version and the final text, both public, with the blocks they were read from; one more in preparation."""
    for kind in ("revised", "final"):
        version = consulting.begin_version(row.pk, kind, actor=clerk, now=now)
        consulting.import_version(version.pk, REVISED, actor=clerk, now=now)
        consulting.leave_out_rest(version.pk, actor=clerk, now=now, reason="页眉")
        consulting.note_version(version.pk, "改动", actor=clerk, now=now)
        consulting.publish_version(version.pk, actor=actor(given.home, Role.OFFICE), now=now)
    prepared(given, row, number=9)


def asked(given: Full, row: Consultation, said: list[Opinion], *, public: bool) -> None:
    """Options, questions of every kind with answers, terms, questions from people in every state."""
    for clause in (None, row.clauses.first()):
        options = AlternativeSet.objects.create(consultation=row, clause=clause, position=1, title="方案", intro="说明")
        option = Alternative.objects.create(set=options, letter="A", title="甲", text="条文", effects="影响")
        if public:
            given.public(options, "title", "intro")
            given.public(option, "title", "text", "effects")
    for kind in ("single", "scale", "text"):
        _question(given, row, kind, said, public=public)
    term = Term.objects.create(consultation=row, term="补助", explanation="财政给的钱")
    if public:
        given.public(term, "term", "explanation")
    for state in INQUIRY.codes:
        inquiry = Inquiry.objects.create(
            government=given.home, consultation=row, state=state, words="问", answer="答", reason="理由", asked_at=NOW,
            token=f"ask-{row.pk}-{state}", published_at=NOW if state == "published" else None,
        )  # fmt: skip
        if public and state == "published":
            given.public(inquiry, "words", "answer")


def _question(given: Full, row: Consultation, kind: str, said: list[Opinion], *, public: bool) -> None:
    question = Question.objects.create(consultation=row, position=1, kind=kind, words="问题", low="低", high="高")
    if public:
        given.public(question, "words", *(() if kind == "text" else ("low", "high")))
    if kind == "single":
        option = QuestionOption.objects.create(question=question, position=1, words="选项")
        if public:
            given.public(option, "words")
    for opinion in said if kind == "text" else ():
        answer = Answer.objects.create(opinion=opinion, question=question, text="回答")
        if public and opinion.state == "shown" and opinion.publish_consent:
            given.public(answer, "text")


def heard(given: Full) -> None:
    """Hearings in every state, announced and not; activities; proposals."""
    over = hear.reported(given.department)
    given.public(over.topic, "title", "title_en", "summary", "form_reason", "contact")
    opened(given, over.consultation)
    _hearing(given, over.now(), public=True)
    secret = topic(given.department, is_secret=True, state="approved", first_approved_at=NOW, approved_at=NOW)
    for state in HEARING.codes:
        unknown = state in {"decided", "cancelled"}
        _hearing(given, _again(over.hearing, state=state, topic=secret), public=False)
        _hearing(given, _again(over.hearing, state=state, **({"announced_at": None} if unknown else {})), public=not unknown)
    _hearing(given, _again(over.hearing, state="cancelled"), public=True)
    points = list(over.hearing.points.order_by("pk"))
    Opinion.objects.filter(pk=points[0].opinion_id).update(state="shown")
    given.public(points[0], "claim", "ground")
    given.public(Opinion.objects.get(pk=points[0].opinion_id), "text", "display_name", "quote", "proposed", "source_url")
    for of in (over.topic, secret):
        _proposals(given, of, over.hearing, public=of is not secret)
        for state in ACTIVITY.codes:
            _activities(given, of, state, public=of is not secret and state == "published")


def _again(row: Hearing, **changes: object) -> Hearing:
    """Another hearing like this one, with seats, people in every state, turns and points."""
    made = like(row, **changes)
    for each in row.quotas.all():
        like(each, hearing=made)
    who = row.people.order_by("pk").first()
    for n, state in enumerate(PARTICIPANT.codes):
        for named in (True, False):
            number = f"{n * 2 + named:05d}"
            person = like(who, hearing=made, state=state, publish_name=named, number=number, token=f"{made.pk}-{number}", form_token="x")
            ParticipantContact.objects.create(participant=person, phone="1", email="a@example.org", address="某处", consent_at=NOW)
    for each in row.speeches.all():
        like(each, hearing=made, participant=person if each.participant else None)
    Point.objects.create(hearing=made, participant=person, claim="主张", ground="理由", noted_at=NOW)
    for each in row.draws.filter(annulled_at=None):
        like(each, hearing=made, number=1, annulled_at=NOW, annulled_reason="彩票停开", revealed_at=None, revealed_by=None, outcome="")
        like(each, hearing=made, number=2)
    return made


def _hearing(given: Full, row: Hearing, *, public: bool) -> None:
    """What the public may read of an announced hearing: the notice, the list with names by consent, points, the report."""
    Hearing.objects.filter(pk=row.pk).update(seats_stated=99)
    if not public:
        return
    listed, spoken = row.state in AFTER_LIST, row.state in SPOKEN
    for draw in HearingDraw.objects.filter(hearing=row, annulled_at__isnull=False):
        given.public(draw, "annulled_reason")
    more = ("recorder", "seats_note", "draw_source", "change_reason")
    given.public(row, *NOTICE, *more, *(("short_reason",) if listed else ()), *(("report_text",) if row.state == "reported" else ()))
    for each in row.people.filter(seat="participant", state__in=SEATED) if listed else ():
        given.public(each, "method_reason", *(("name", "unit") if each.publish_name else ()))
    for speech in row.speeches.filter(participant=None, began_at__isnull=False) if spoken else ():
        given.public(speech, "speaker")
    for point in row.points.filter(opinion=None) if spoken else ():
        given.public(point, "claim", "ground")


def _proposals(given: Full, of: Topic, hearing: Hearing, *, public: bool) -> None:
    for state in PROPOSAL.codes:
        row = HearingProposal.objects.create(
            government=given.home, topic=of, state=state, words="请开听证会", receipt=f"P-{of.pk}-{state}", form_token="x", received_at=NOW,
            answer="答复", answered_at=NOW, hearing=hearing if state == "accepted" else None,
        )  # fmt: skip
        ProposalContact.objects.create(proposal=row, name="某人", phone="1", email="a@example.org")
        if public and state != "received":
            given.public(row, "answer")


def _activities(given: Full, of: Topic, state: str, *, public: bool) -> None:
    """A symposium, a survey and a consultation of departments, each with everything that may hang on it."""
    for kind in ("symposium", "survey", "departments"):
        row = Activity.objects.create(
            government=given.home, topic=of, kind=kind, state=state, title="活动", place="社区", purpose="算账", reach="self_selected",
            reach_words="怎样发出", due_reason="紧急", summary="情况", change_reason="改期", asked=9, answered=5, made_by=of.drafted_by,
            made_at=NOW, published_at=NOW if state == "published" else None,
        )  # fmt: skip
        if public:
            given.public(row, "title", "place", "purpose", "summary", *(("reach_words",) if kind == "survey" else ()))
        _members(given, row, public=public)
        question = SurveyQuestion.objects.create(activity=row, position=1, words="问")
        option = SurveyOption.objects.create(question=question, position=1, words="答", count=5)
        if public:
            given.public(question, "words")
            given.public(option, "words")


def _members(given: Full, row: Activity, *, public: bool) -> None:
    asked_one = department(given.home) if row.kind == "departments" else None
    for n, (named, of) in enumerate([(True, None), (False, None), *([(False, asked_one)] if asked_one else [])]):
        who = Member.objects.create(
            activity=row,
            name="某人",
            unit="某处",
            specialty="某业",
            email="a@example.org",
            publish_name=named,
            department=of,
            token=f"m-{row.pk}-{n}",
        )
        point = Point.objects.create(activity=row, member=who, claim="主张", ground="理由", noted_at=NOW)
        if not public:
            continue
        given.public(point, "claim", "ground")
        if named or of:
            given.public(who, "name", *(() if row.kind == "departments" else ("unit",)))


def guarded(given: Full) -> None:
    """Findings, what was cleared and why, and a file whose cleaned copy the public gets in its place."""
    finding = {"kind": "mobile", "excerpt": "13912345678", "place": {"code": "line", "n": 1, "name": "某处"}}
    Scan.objects.create(key=f"scan-{given.home.pk}", findings=[finding], scanned_at=NOW)
    paper = ReleaseFile.objects.select_related("file", "release__drafted_by").get(
        release__government=given.home, release__state="published", release__topic__is_secret=False
    )
    copy = given.file("clean.txt")
    PublicCopy.objects.create(original=paper.file, copy=copy, original_sha256="0", copy_sha256="1", made_at=NOW)
    given.public(paper.file)
    given.public(copy, "name")
    Clearance.objects.create(
        government=given.home, subject_kind="release", subject_id=paper.release_id, fingerprint="f", kind="mobile", place="正文第 2 段",
        excerpt="139…", reason="值守电话", cleared_by=paper.release.drafted_by, cleared_at=NOW,
    )  # fmt: skip
