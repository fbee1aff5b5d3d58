"""A district full of everything: rows of every kind in every state, most of them not for the public."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Model, TextField

from mingtang.consultations.actions import (
    answer_group,
    answer_opinions,
    group_opinions,
    publish_report,
    save_report,
    sign_report,
    submit_report,
)
from mingtang.consultations.models import (
    AdoptionReport,
    Appeal,
    Clause,
    Consultation,
    DeskGroup,
    DeskMove,
    DeskStep,
    Effect,
    Extension,
    GroupingRun,
    GroupProposal,
    ImportBatch,
    Inquiry,
    Mail,
    Mailbox,
    MailFile,
    Opinion,
    OpinionContact,
    OpinionFile,
    OpinionGroup,
    OpinionMask,
    ProposedOpinion,
    PublicReview,
    ReportCorrection,
    Withholding,
)
from mingtang.consultations.rules import CONSULTATION, MAIL, OPINION
from mingtang.consultations.rules.asking import INQUIRY
from mingtang.consultations.rules.proposing import GROUP_PROPOSAL, RUN
from mingtang.hearings.models import Activity, Hearing, HearingProposal, Participant
from mingtang.hearings.rules import ACTIVITY, HEARING, PARTICIPANT, PROPOSAL
from mingtang.meetings.models import AgendaItem, AgendaVersion, Break, Meeting, Member, Speech
from mingtang.meetings.rules import ITEM, MEETING
from mingtang.minutes.actions import (
    answer_comment,
    circulate_minutes,
    comment_section,
    compose_minutes,
    correct_minutes,
    issue_minutes,
    judge_suggestion,
    keep_draft,
    record_suggestion,
    reply_suggestion,
    tell_representative,
    write_record,
)
from mingtang.minutes.models import Minutes, MinutesSection, MinutesVersion, Record, Suggestion, Wording
from mingtang.minutes.rules import MINUTES, RECORD
from mingtang.platform.accounts.models import Department, Government
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import closing_of
from mingtang.platform.figures.models import FigureSetting
from mingtang.platform.files.keep import keep
from mingtang.platform.files.models import StoredFile
from mingtang.platform.outbox.models import Notice
from mingtang.platform.outbox.rules import NOTICE
from mingtang.platform.signing.models import ChainStep, LevelSet, SetLevel
from mingtang.platform.signing.rules import Kind
from mingtang.platform.signing.running import begin_chain
from mingtang.publishing.models import Release, ReleaseFile
from mingtang.publishing.rules import RELEASE
from mingtang.representatives.models import (
    Application,
    Call,
    CheckIn,
    Conflict,
    Forgotten,
    HouseRules,
    Invitation,
    Material,
    NameConsent,
    Nomination,
    PoolImport,
    Representative,
    RepresentativeContact,
)
from mingtang.representatives.rules import APPLICATION, CALL, INVITATION, POOL
from mingtang.topics.actions import publish_documents, reopen_topic, withhold_document
from mingtang.topics.models import StatutoryStep, Topic, TopicAudience, TopicDocument
from mingtang.topics.rules import TOPIC
from tests.factories import calls, listening
from tests.factories import consultations as consulting
from tests.factories.held import STARTS, Held, held
from tests.factories.platform import NOW, actor, department, government
from tests.factories.rows import like
from tests.factories.topics import approved, drafter, topic

OVER = STARTS + timedelta(hours=2)
EVERY_STATE = {
    Topic: TOPIC,
    Consultation: CONSULTATION,
    Opinion: OPINION,
    Meeting: MEETING,
    AgendaItem: ITEM,
    Invitation: INVITATION,
    Minutes: MINUTES,
    Record: RECORD,
    Release: RELEASE,
    Notice: NOTICE,
    Inquiry: INQUIRY,
    Mail: MAIL,
    Hearing: HEARING,
    Participant: PARTICIPANT,
    HearingProposal: PROPOSAL,
    Activity: ACTIVITY,
    Call: CALL,
    Application: APPLICATION,
    Representative: POOL,
}


@dataclass
class Full:
    """The district, and which fields of which rows the public may read."""

    home: Government
    department: Department
    shown: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    serial: int = 0

    def public(self, row: Model, *fields: str) -> None:
        """The public may read these fields of this row, in the pages of today."""
        self.shown[row._meta.label, row.pk] = frozenset(fields)

    def file(self, name: str = "paper.txt") -> StoredFile:
        """A text of its own; `words_in` is what it says."""
        self.serial += 1
        return keep(f"file {self.home.pk}-{self.serial}".encode(), name, government_id=self.home.pk, person_id=None, now=NOW)


def text_of(model: type[Model]) -> list[Any]:
    """The columns of a table that hold text."""
    return [each for each in model._meta.concrete_fields if isinstance(each, CharField | TextField)]


def full(**of: object) -> Full:
    """Everything, in one government."""
    given = Full(home := government(**of), department(home, name="区住房和城乡建设局"))
    meeting = held(given.department)
    _government(given)
    _minutes(given, meeting)
    _meeting(given, meeting)
    _releases(given, meeting)
    _matters(given)
    _listening(given)
    _reported(given)
    _seats(given, meeting)
    calls.everywhere(given, meeting)
    listening.heard(given)
    _behind(given, meeting)
    listening.guarded(given)
    return given


def _government(given: Full) -> None:
    given.public(given.home, *(each.attname for each in text_of(Government)))
    given.public(given.department, "name", "name_en")


def _meeting(given: Full, over: Held) -> None:
    """The meeting that was held, and meetings nobody may know of."""
    given.public(over.topic, "title", "title_en", "summary", "form_reason", "contact")
    given.public(over.meeting, "name", "place", "chair", "broadcast_url", "recording_url", "emergency_reason")
    given.public(over.item, "outcome_text", "statement_by", "statement_text", "late_reason")
    Meeting.objects.filter(pk=over.meeting.pk).update(name="会议")
    AgendaItem.objects.filter(pk=over.item.pk).update(statement_at=over.meeting.started_at, statement_by="住建局", late_approved_at=NOW)
    Speech.objects.create(item=over.item, position=1, kind="member", speaker="某委员", minutes=3, asked_at=NOW, began_at=NOW)
    Member.objects.create(meeting=over.meeting, position=1, name="某委员", duty="副区长")
    Break.objects.create(meeting=over.meeting, began_at=NOW, minutes=5, ended_at=NOW)
    stub = topic(given.department, is_secret=True, state="approved", first_approved_at=NOW, approved_at=NOW)
    like(over.item, topic=stub, attendance="closed", closing_ground="secret", position=2, statement_by="某人", outcome_text="密")
    for position, state in enumerate(["listed", "running", "adjourned", "withdrawn"], 3):
        hidden = topic(given.department)
        like(over.item, topic=hidden, state=state, position=position, attendance="closed", closing_ground="process")
    gone = approved(given.department)
    given.public(gone, "title", "title_en", "summary", "form_reason", "contact")
    like(over.item, topic=gone, state="withdrawn", position=9)
    unseen = {"version": 0, "convened_at": None, "started_at": None, "ended_at": None}
    for number, state in enumerate([*MEETING.codes], 50):
        row = like(over.meeting, **unseen, number=number, state=state, starts_at=NOW + timedelta(days=3))
        like(over.item, meeting=row)
        AgendaVersion.objects.create(meeting=row, number=9, frozen_at=NOW, lines=[])
    soon = like(over.meeting, **{**unseen, "version": 1}, number=90, state="frozen", starts_at=NOW + timedelta(days=4))
    given.public(soon, "name", "place", "chair", "broadcast_url", "emergency_reason", "change_reason")
    AgendaVersion.objects.create(meeting=soon, number=1, frozen_at=NOW, lines=[])
    like(over.item, meeting=soon, topic=topic(given.department), state="listed", decided_at=None)


def _minutes(given: Full, over: Held) -> None:
    """Issued and being corrected; the internal record; drafts of other meetings."""
    row, silent = over.invitations[0], over.invitations[1]
    for seat, reasonable in ((row, True), (silent, False)):
        said = record_suggestion(seat.pk, actor=over.operator, now=STARTS, text=f"建议 {seat.pk}")
        judge_suggestion(said.pk, actor=over.clerk, now=STARTS, reasonable=reasonable, reason="" if reasonable else "另有规定")
        reply_suggestion(said.pk, actor=over.clerk, now=STARTS, reply="已采纳")
        given.public(said, "text", "reply", "reason")
    write_record(over.item.pk, actor=over.operator, now=STARTS, speaker="某委员", text="不同意", dissent=True)
    Wording.objects.create(
        suggestion=said, text="原来的说法", ground="因", wished=True, reason="理由", laid_by=said.recorded_by, laid_at=NOW
    )
    compose_minutes(over.meeting.pk, actor=over.operator, now=OVER)
    Minutes.objects.filter(meeting=over.meeting).update(attendees="陈一")
    section = MinutesSection.objects.get(minutes__meeting=over.meeting, key="general")
    keep_draft(section.pk, actor=over.operator, now=OVER, text="没有保存的草稿", base=0)
    circulate_minutes(over.meeting.pk, actor=over.operator, now=OVER)
    remark = comment_section(section.pk, actor=over.office, now=OVER, text="请核对")
    answer_comment(remark.pk, actor=over.operator, now=OVER, answer="已核对")
    issue_minutes(over.meeting.pk, actor=over.office, now=OVER)
    tell_representative(row.pk, actor=over.office, now=OVER, door="phone")
    given.public(MinutesVersion.objects.get(minutes__meeting=over.meeting), "body", "attendees", "excused", "observers")
    correct_minutes(over.meeting.pk, actor=over.operator, now=OVER, reason="有误")
    said = record_suggestion(row.pk, actor=over.operator, now=OVER, text="更正时补记的建议")
    judge_suggestion(said.pk, actor=over.clerk, now=OVER + timedelta(hours=1), reasonable=True)
    Suggestion.objects.create(government=given.home, invitation=row, item=over.item, text="未判", said_at=NOW, recorded_by=said.recorded_by)
    for number, state in enumerate(MINUTES.codes, 70):
        other = like(over.meeting, number=number, name="", state="ended")
        Record.objects.create(government=given.home, meeting=other, state=RECORD.codes[number % len(RECORD.codes)])
        given.public(other, "name", "place", "chair", "broadcast_url", "recording_url", "emergency_reason")
        like(Minutes.objects.get(meeting=over.meeting), meeting=other, state=state, number=None, issued_at=None, first_issued_at=None)


def _releases(given: Full, over: Held) -> None:
    """One published, one taken down, one in each other state, each with a file."""
    for state in RELEASE.codes:
        out = state in {"published", "withdrawn"}
        row = Release.objects.create(
            government=given.home,
            topic=over.topic,
            item=over.item,
            kind="result",
            state=state,
            title="结果",
            number="一号",
            body="正文",
            drafted_by=over.topic.drafted_by,
            created_at=NOW,
            published_at=NOW if out else None,
            withdraw_reason="有误",
        )
        paper = ReleaseFile.objects.create(release=row, title="附件", number="一号", file=given.file())
        if state == "published":
            given.public(row, "title", "number", "body")
            given.public(paper, "title", "number")
            given.public(paper.file, "name")
        if state == "withdrawn":
            given.public(row, "title", "number", "withdraw_reason")
    hidden = Release.objects.get(government=given.home, state="published")
    stub = topic(given.department, is_secret=True, state="approved", first_approved_at=NOW)
    like(hidden, topic=stub)


def _matters(given: Full) -> None:
    """A matter in every state that was never approved, a secret stub, and one withdrawn after its approval."""
    for state in ("drafting", "submitted", "returned", "withdrawn"):
        _dossier(given, topic(given.department, state=state))
    for hidden in ({"is_secret": True}, {"nameless": True, "disclosure": "closed", "disclosure_ground": "trade"}):
        _dossier(given, topic(given.department, state="approved", first_approved_at=NOW, approved_at=NOW, **hidden))
    out = topic(given.department, state="withdrawn", first_approved_at=NOW, approved_at=NOW)
    given.public(out, "title", "title_en", "summary", "form_reason", "contact")


def _dossier(given: Full, row: Topic) -> None:
    """Everything that may hang on a matter nobody may see yet; documents even wrongly marked as published."""
    for disclosure in ("open", "on_request", "closed"):
        TopicDocument.objects.create(
            topic=row,
            kind="draft",
            title="件",
            file=given.file(),
            disclosure=disclosure,
            ground="trade",
            added_by=row.drafted_by,
            added_at=NOW,
        )
    TopicAudience.objects.create(topic=row, audience="public", seats=1, rationale="理由")
    StatutoryStep.objects.create(
        topic=row, kind="risk", status="not_needed", reason="理由", outcome="x", recorded_by=row.drafted_by, recorded_at=NOW
    )
    chain = begin_chain(row.government_id, Kind.DECLARATION, row.department_id, now=NOW)
    ChainStep.objects.filter(chain=chain, position=1).update(person=row.drafted_by, given_at=NOW, remark="备注", skipped=False)
    Topic.objects.filter(pk=row.pk).update(chain=chain)
    own = LevelSet.objects.create(government=given.home, kind=Kind.REPORT, reason="理由", set_by=row.drafted_by, set_at=NOW)
    SetLevel.objects.create(of=own, position=1, role="head", title="局长", title_en="Director")
    SetLevel.objects.create(of=own, position=2, role="office", title="政府办", title_en="Office")
    for state in CONSULTATION.codes:
        _hidden_consultation(given, row, state)


def _hidden_consultation(given: Full, of: Topic, state: str) -> None:
    if of.consultations.exclude(state="cancelled").exists():
        return
    row = Consultation.objects.create(
        government=given.home,
        topic=of,
        state=state,
        kind="other",
        prepared_by=of.drafted_by,
        created_at=NOW,
        opened_at=NOW,
        closes_on=NOW.date(),
    )
    clause = Clause.objects.create(consultation=row, position=1, label="第一条", text="条文")
    Effect.objects.create(consultation=row, position=1, who="谁", what="何事")
    PublicReview.objects.create(consultation=row, round=1, stage=1, person=of.drafted_by, given_at=NOW, remark="备注")
    said = _opinion(given, row, clause, "shown")
    listening.asked(given, row, [said], public=False)
    listening.prepared(given, row, number=1)


def _opinion(given: Full, of: Consultation, clause: Clause | None, state: str, **fields: Any) -> Opinion:
    given.serial += 1
    row = Opinion.objects.create(
        government=given.home,
        consultation=of,
        clause=clause,
        text="意见",
        channel="web",
        author_key="x",
        state=state,
        received_at=NOW,
        receipt=f"R-{given.home.pk}-{given.serial}",
        **fields,
    )
    OpinionContact.objects.create(opinion=row, name="某人", phone="1", email="a@example.org", consent_at=NOW)
    OpinionFile.objects.create(opinion=row, file=given.file())
    return row


def _listening(given: Full) -> None:
    """A consultation in every state; only what was opened may be read."""
    for state in CONSULTATION.codes:
        of = approved(given.department)
        given.public(of, "title", "title_en", "summary", "form_reason", "contact")
        if state == "reported":
            continue
        row, _clerk = consulting.reviewed(of) if state in {"preparing", "in_review", "reviewed", "cancelled"} else consulting.opened(of)
        Consultation.objects.filter(pk=row.pk).update(state=state, shorten_reason="理由", cancel_reason="理由")
        row.refresh_from_db()
        _said(given, row)
        batch = ImportBatch(consultation=row, file=given.file("a.csv"), channel="web", made_by=row.prepared_by, made_at=NOW)
        batch.save()
        _mails(given, row, state)
    cancelled = Consultation.objects.filter(government=given.home, state="cancelled", topic__first_approved_at__isnull=False).first()
    assert cancelled is not None
    gone = like(cancelled, opened_at=NOW, cancelled_at=NOW)
    given.public(gone, "summary", "questions", "contact", "ways", "shorten_reason", "cancel_reason", "verified_only_reason")


def _mails(given: Full, row: Consultation, key: str) -> None:
    """Mails in every state, with what hung on them; nothing of a mail is for the public."""
    Mailbox.objects.create(government=given.home, key=f"{given.home.pk}-{key}", problem="打不开")
    for state in MAIL.codes:
        mail = Mail.objects.create(
            government=given.home, consultation=row, key=f"{row.pk}-{state}", message_id="<1@x>", raw_size=1, received_at=NOW, fetched_at=NOW,
            sender="a@example.org", sender_name="某人", subject="题", text="文", own_end=1, state=state, aside_note="说明",
        )  # fmt: skip
        MailFile.objects.create(mail=mail, position=1, name="a.pdf", byte_count=1, file=given.file())
        MailFile.objects.create(mail=mail, position=2, name="b.exe", byte_count=1, refused_zh="不收", refused_en="no")


def _said(given: Full, row: Consultation) -> None:
    clause = row.clauses.first()
    group = OpinionGroup.objects.create(consultation=row, title="组", verdict="adopted", reason="理由", landed_in="第一条", made_at=NOW)
    AdoptionReport.objects.create(consultation=row, number="一号", intro="前言", drafted_by=row.prepared_by, drafted_at=NOW)
    Extension.objects.create(consultation=row, closed_on_before=NOW.date(), closes_on=consulting.CLOSES, reason="延长", extended_at=NOW)
    proved = {"verified_by": "https://id.example.gov.cn", "verified_at": NOW}
    shown = _opinion(given, row, clause, "shown", display_name="某网友", group=group, on_behalf="organisation", **proved)
    silent = _opinion(
        given, row, clause, "shown", display_name="不愿公开", publish_consent=False, verdict="adopted", reason="答复", landed_in="一"
    )
    waiting = _opinion(given, row, clause, "received", display_name="待审")
    kept = _opinion(given, row, clause, "withheld", display_name="不显示", withheld_code="abuse", withheld_note="说明")
    _opinion(given, row, clause, "doubted", display_name="拟不显示")
    disputed = _opinion(given, row, clause, "disputed", display_name="已显示")
    hidden = _opinion(given, row, clause, "hidden", display_name="先行隐藏", withheld_code="unlawful", withheld_note="说明")
    made = Withholding.objects.create(
        opinion=kept, code="abuse", note="说明", reason="理由", proposed_at=NOW, decided_at=NOW, outcome="withheld"
    )
    Opinion.objects.filter(pk=kept.pk).update(withholding=made)
    Appeal.objects.create(government=given.home, withholding=made, words="申诉", made_at=NOW, reason="理由")
    OpinionMask.objects.create(opinion=shown, quote="意见", code="abuse", made_at=NOW)
    _proposed(given, row, shown, group)
    public = row.state not in {"preparing", "in_review", "reviewed", "cancelled"}
    listening.asked(given, row, [shown, silent, waiting, kept], public=public)
    listening.prepared(given, row, number=9)
    if not public:
        return
    listening.opened(given, row)
    given.public(row.extensions.get(), "reason")
    given.public(shown, "text", "display_name", "quote", "proposed", "source_url", "organisation")
    given.public(disputed, "text", "display_name", "quote", "proposed", "source_url")
    given.public(hidden, "withheld_note")
    given.public(kept, "withheld_note")


def _reported(given: Full) -> None:
    """A consultation with its report: groups, single replies, what was withheld."""
    of = approved(given.department)
    given.public(of, "title", "title_en", "summary", "form_reason", "contact")
    row, clerk = consulting.opened(of)
    seen = consulting.opinion(row, "公开的意见", shown=True, name="某甲", email="a@example.org", display_name="热心居民")
    silent = consulting.opinion(row, "不公开的意见", shown=True, publish_consent=False, phone="000", display_name="匿名者")
    single = consulting.opinion(row, "单独答复的意见", shown=True)
    kept = consulting.opinion(row, "不显示的意见")
    consulting.withhold(row, [kept.pk], code="abuse", note="涉及隐私")
    group = group_opinions(row.pk, [seen.pk, silent.pk], actor=clerk, now=NOW, title="提高补助")
    answer_group(group.pk, actor=clerk, now=NOW, verdict="adopted", reason="已经采纳，写入草案。" * 5, landed_in="第三条", legal_ref="依据")
    answer_opinions(row.pk, [single.pk], actor=clerk, now=NOW, verdict="not_adopted", reason="财力不足，暂不提高。" * 5, landed_in="无")
    over = closing_of(row.closes_on) + timedelta(minutes=1)
    row = consulting.close_consultation(row.pk, actor=clerk, now=over)
    save_report(row.pk, actor=clerk, now=over, intro="说明", number="一号")
    submit_report(row.pk, actor=clerk, now=over)
    sign_report(row.pk, actor=actor(given.home, Role.HEAD, within=given.department), now=over)
    sign_report(row.pk, actor=actor(given.home, Role.OFFICE), now=over)
    publish_report(row.pk, actor=clerk, now=over)
    listening.finished(given, row, clerk, over)
    listening.opened(given, row)
    given.public(AdoptionReport.objects.get(consultation=row), "number", "intro")
    given.public(group, "title", "reason", "landed_in", "legal_ref")
    given.public(seen, "text", "display_name", "quote", "proposed", "source_url", "organisation", "own_reply")
    given.public(silent, "own_reply")
    answer = ("reason", "landed_in", "legal_ref")
    given.public(single, "text", "display_name", *answer, "quote", "proposed", "source_url", "organisation")
    _corrected(given, row, group, over)
    given.public(kept, "withheld_note")


def _proposed(given: Full, row: Consultation, shown: Opinion, group: OpinionGroup) -> None:
    """Runs and proposals of the machine in every state: for staff only."""
    base: dict[str, Any] = {"government": given.home, "consultation": row}
    runs = [GroupingRun.objects.create(**base, state=state, engine="grouping", made_at=NOW) for state in RUN.codes]
    for state in GROUP_PROPOSAL.codes:
        made = GroupProposal.objects.create(**base, run=runs[0], near=group, title="相近的话", state=state)
        ProposedOpinion.objects.create(proposal=made, opinion=shown, layer="copy")
    done: dict[str, Any] = {"title": "组", "engine": "grouping", "by_name": "某人", "at": NOW, "finished_at": NOW}
    step = DeskStep.objects.create(consultation=row, number=900, kind="group", **done)
    DeskMove.objects.create(step=step, opinion=shown, now_group=group.pk)
    DeskGroup.objects.create(step=step, group=group.pk, now={"title": "组"})


def _corrected(given: Full, row: Consultation, group: OpinionGroup, over: datetime) -> None:
    """A correction of its report in every state."""
    made: dict[str, Any] = {"government": given.home, "consultation": row, "why": "写错了", "asked_at": over}
    ReportCorrection.objects.create(**made, group=group, title="提高补助", before={"reason": "旧"}, after={"reason": "新"})
    ReportCorrection.objects.create(**made, title="提高补助", state="refused", refusal="不必")
    published = ReportCorrection.objects.create(**made, title="提高补助", state="published", number=2, decided_at=over)
    given.public(published, "title", "why")


def _seats(given: Full, over: Held) -> None:
    """A seat in every state, with and without the wish to be named."""
    named, silent, _away = over.invitations
    for seat in (named, silent, _away):
        given.public(seat, "method_reason")
    for seat in (named, _away):
        given.public(seat.representative, "name", "unit")
    for state in INVITATION.codes:
        who = like(named.representative)
        RepresentativeContact.objects.create(representative=who, phone="1", email="a@example.org")
        seat = like(
            silent,
            representative=who,
            state=state,
            token=f"tok-{given.home.pk}-{state}",
            code=state[:9],
            publish_name=False,
            decline_reason="有事",
        )
        Material.objects.create(invitation=seat, document=over.topic.documents.first(), sha256="0", handed_at=NOW)
        CheckIn.objects.create(invitation=seat, inward=True, way="scan", at=NOW, noted_at=NOW, key=f"{given.home.pk}-{state}")
        if state in {"invited", "accepted", "noticed", "present", "absent"}:
            given.public(seat, "method_reason")
    Invitation.objects.filter(pk=_away.pk).update(unfilled_at=NOW, unfilled_why="late", bounce_words="550 no such mailbox")
    rules = HouseRules.objects.get(department=given.department)
    coming = like(rules, version=9, in_force_on=date(2099, 1, 1))
    for version in (rules, coming):
        given.public(version, "selection", "duties", "organisation", "discipline")
    _pool(given, over)


def _pool(given: Full, over: Held) -> None:
    """Somebody of the pool in every state, with consent, conflict, nomination, an import and what was forgotten."""
    seat = over.invitations[0]
    for state in POOL.codes:
        who = like(seat.representative, state=state, token=f"pool-{given.home.pk}-{state}", receipt=f"P{given.home.pk}-{state}")
        RepresentativeContact.objects.create(representative=who, phone="1", email="a@example.org")
        NameConsent.objects.create(representative=who, version=1, words="同意", agreed=True, said_at=NOW)
        Conflict.objects.create(representative=who, topic=over.topic, reason="亲属", declared_at=NOW)
    Nomination.objects.create(invitation=seat, body="某办公室", letter_no="3号", dated_on=NOW.date(), file=given.file())
    base: dict[str, Any] = {"government": given.home}
    PoolImport.objects.create(**base, name="名单.csv", sha256=str(given.home.pk), made_by=over.topic.drafted_by, made_at=NOW)
    Forgotten.objects.create(**base, why="left", people=1, forgotten_at=NOW)


def _behind(given: Full, over: Held) -> None:
    """Documents of a public matter that are not public; mails; figures."""
    matter, by = over.topic, drafter(over.topic)
    publish_documents(matter.pk, ["draft", "basis"], actor=by, now=NOW)
    for paper in matter.documents.filter(published_at__isnull=False):
        given.public(paper.file, "name")
        given.public(paper, "title")
    closed = TopicDocument.objects.create(
        topic=matter,
        kind="risk",
        title="件",
        file=given.file(),
        disclosure="closed",
        ground="trade",
        added_by=matter.drafted_by,
        added_at=NOW,
    )
    withhold_document(closed.pk, actor=_office(given), now=NOW)
    given.public(closed, "withheld_by")
    TopicDocument.objects.create(
        topic=matter, kind="expert", title="件", file=given.file(), disclosure="open", added_by=matter.drafted_by, added_at=NOW
    )
    for audience in TopicAudience.objects.filter(
        topic__government=given.home, topic__first_approved_at__isnull=False, topic__is_secret=False, topic__nameless=False
    ):
        given.public(audience, "rationale")
    anew = approved(given.department)
    reopen_topic(anew.pk, actor=drafter(anew), now=NOW, reason="换一种开放形式")
    for state in NOTICE.codes:
        Notice.objects.create(
            government=given.home,
            address="a@example.org",
            template="x",
            subject_line="题",
            body="文",
            state=state,
            posted_at=NOW,
            next_at=NOW,
        )
    FigureSetting.objects.create(
        government=given.home, key="consult.min_days", value="30", since_on=date(2099, 1, 1), source="源", reason="因", set_at=NOW
    )


def _office(given: Full) -> Actor:
    return actor(given.home, Role.OFFICE)
