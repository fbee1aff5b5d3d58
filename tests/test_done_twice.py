"""Every act done twice does no harm: the second time gives what the first gave, or says clearly why not.

A case prepares what the act needs and returns the act. No second time may add a row to any table, send a mail
again or end in anything but a result or a refusal. An action without a case here fails the last test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from mingtang.consultations import actions as consulting
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.actions.preparing import ClauseIn
from mingtang.consultations.actions.proposing import run_proposals
from mingtang.consultations.models import GroupProposal, Opinion, OpinionGroup, ReportCorrection
from mingtang.consultations.queries import GroupFilters, consultation_material
from mingtang.following import actions as following
from mingtang.following.models import Follow
from mingtang.hearings import actions as hearings
from mingtang.hearings.models import Paper, Point
from mingtang.kernel.decision import Refused
from mingtang.meetings import actions as meeting
from mingtang.minutes import actions as minutes
from mingtang.minutes.models import Minutes, MinutesSection
from mingtang.platform.accounts import actions as accounts
from mingtang.platform.actor import Actor, Role, stranger, system
from mingtang.platform.clock import closing_of
from mingtang.platform.documents.official.merging import standard_template
from mingtang.platform.events import Happened
from mingtang.platform.figures import actions as figures
from mingtang.platform.guard import gate as guard
from mingtang.platform.guard.looking import look
from mingtang.platform.ledger.sequencing import sequence_all
from mingtang.platform.mailbox.reading import read_letter
from mingtang.platform.outbox.models import Notice
from mingtang.platform.papers import actions as papers
from mingtang.platform.signing import actions as signing
from mingtang.platform.signing.rules import HEAD
from mingtang.publishing import actions as publishing
from mingtang.publishing.models import Release
from mingtang.representatives import actions as seats
from mingtang.representatives.models import Invitation, Material
from mingtang.topics import actions as topics
from tests.factories import calls as call
from tests.factories import consultations as consultation
from tests.factories import hearings as hear
from tests.factories import held as day
from tests.factories import mails, pool
from tests.factories import meetings as meet
from tests.factories import representatives as people
from tests.factories import topics as matter
from tests.factories.ledger import reported
from tests.factories.platform import NOW, TODAY, acting, actor, department, government, person

pytestmark = pytest.mark.django_db

Act = Callable[[], object]
Case = Callable[[], Act]
CASES: dict[str, Case] = {}
GROWS = {"audit.Act", "web.PageVersion", "files.StoredFile"}  # the journal; one blob on disk whatever the rows
MAY_ADD = {
    "consultations.group_opinions": {
        "consultations.DeskStep",
        "consultations.DeskGroup",
        "consultations.DeskMove",
    },  # a new group is recorded
    "consultations.prepare_import": {"consultations.ImportBatch"},  # a preview; what it takes is taken once
    "consultations.receive_many": {"ledger.LedgerEntry"},  # the public log is told of the second act too, and that it took nothing
    "consultations.show_all": {"ledger.LedgerEntry"},
}
ANEW = {"consultations.prepare_import", "consultations.group_opinions"}  # another preview; the same opinions in a new group
REASON = "财政承受不了，改为分三年补助到位。"
AFTER = closing_of(consultation.CLOSES) + timedelta(hours=1)
OVER = day.STARTS + timedelta(days=1)


def case(name: str) -> Callable[[Case], Case]:
    """Register what prepares the act `name`."""

    def keep(prepare: Case) -> Case:
        CASES[name] = prepare
        return prepare

    return keep


def simple(name: str, prepare: Callable[[], Any], act: Callable[[Any], object]) -> None:
    """A case whose act needs what `prepare` gives."""

    def ready() -> Act:
        given = prepare()
        return lambda: act(given)

    CASES[name] = ready


# topics
@case("topics.begin_topic")
def begin_topic() -> Act:
    of = department(government())
    clerk = matter.clerk_of(of)
    return lambda: topics.begin_topic(of.pk, actor=clerk, now=NOW, title="电梯")


@case("topics.submit_topic")
def submit_topic() -> Act:
    row = matter.complete()
    matter.approvers(row.department)
    return lambda: topics.submit_topic(row.pk, actor=matter.drafter(row), now=NOW)


@case("topics.withhold_document")
def withhold_document() -> Act:
    paper = matter.document(matter.approved(), "risk", disclosure="closed", ground="trade")
    office = actor(paper.topic.government, Role.OFFICE)
    return lambda: topics.withhold_document(paper.pk, actor=office, now=NOW)


simple(
    "topics.save_declaration",
    matter.complete,
    lambda row: topics.save_declaration(row.pk, actor=matter.drafter(row), now=NOW, lists=matter.LISTS, title="改"),
)
simple("topics.approve_topic", matter.submitted, lambda given: topics.approve_topic(given[0].pk, actor=given[1][0], now=NOW))
simple("topics.return_topic", matter.submitted, lambda given: topics.return_topic(given[0].pk, actor=given[1][0], now=NOW, reason="补"))
simple("topics.reopen_topic", matter.approved, lambda row: topics.reopen_topic(row.pk, actor=matter.drafter(row), now=NOW, reason="改"))
simple("topics.withdraw_topic", matter.approved, lambda row: topics.withdraw_topic(row.pk, actor=matter.drafter(row), now=NOW, reason="重"))
simple(
    "topics.change_openness",
    matter.approved,
    lambda row: topics.change_openness(
        row.pk, actor=matter.drafter(row), now=NOW, reason="改", lists=topics.Lists(forms=["publication"]), seats_total=2
    ),
)
simple(
    "topics.record_step",
    matter.approved,
    lambda row: topics.record_step(row.pk, "risk", actor=matter.drafter(row), now=NOW, status="not_needed", reason="简单"),
)
simple(
    "topics.complete_collective_step",
    matter.approved,
    lambda row: topics.complete_collective_step(row.pk, actor=matter.drafter(row), now=NOW),
)
simple("topics.attach_document", matter.approved, lambda row: matter.document(row, "material", by=matter.drafter(row)))
simple(
    "topics.remove_document",
    lambda: matter.document(matter.approved(), "material"),
    lambda row: topics.remove_document(row.pk or 0, actor=matter.drafter(row.topic), now=NOW),
)
simple(
    "topics.publish_documents",
    matter.approved,
    lambda row: topics.publish_documents(row.pk, ["draft"], actor=matter.drafter(row), now=NOW),
)


# consultations
simple(
    "consultations.begin_consultation",
    matter.approved,
    lambda row: consulting.begin_consultation(row.pk, actor=matter.drafter(row), now=NOW),
)
for name, prepare, fields in (
    ("save_consultation", consultation.begun, {"effects": consultation.EFFECTS, **consultation.NOTICE}),
    ("submit_review", consultation.complete, {}),
    ("open_consultation", consultation.reviewed, {}),
    ("extend_consultation", consultation.opened, {"closes_on": consultation.CLOSES + timedelta(days=7), "reason": "春节"}),
    ("cancel_consultation", consultation.opened, {"reason": "另行部署"}),
):
    simple(
        f"consultations.{name}",
        prepare,
        lambda given, name=name, fields=fields: getattr(consulting, name)(given[0].pk, actor=given[1], now=NOW, **fields),
    )
simple(
    "consultations.close_consultation",
    consultation.opened,
    lambda given: consulting.close_consultation(given[0].pk, actor=given[1], now=AFTER),
)


@case("consultations.save_clauses")
def save_clauses() -> Act:
    row, clerk = consultation.complete()
    kept = [ClauseIn(each.label, each.text, id=each.pk) for each in row.clauses.all()]
    return lambda: consulting.save_clauses(row.pk, kept, actor=clerk, now=NOW)


@case("consultations.split_draft")
def split_draft() -> Act:
    row, clerk = consultation.begun()
    return lambda: consulting.split_draft(row.pk, "第一条　目的。\n第二条　范围。", actor=clerk, now=NOW)


@case("consultations.import_draft")
def import_draft() -> Act:
    row, clerk = consultation.begun()
    return lambda: consulting.import_draft(row.pk, "第一条　目的。\n第二条　范围。".encode(), "a.txt", actor=clerk, now=NOW)


@case("consultations.give_review")
def give_review() -> Act:
    row, _clerk = consultation.in_review()
    who = consultation.reviewers(row.topic.department)[0]
    return lambda: consulting.give_review(row.pk, actor=who, now=NOW)


@case("consultations.return_review")
def return_review() -> Act:
    row, _clerk = consultation.in_review()
    who = consultation.reviewers(row.topic.department)[0]
    return lambda: consulting.return_review(row.pk, actor=who, now=NOW, reason="补写")


@case("consultations.receive_opinion")
def receive_opinion() -> Act:
    row, _clerk = consultation.opened()
    given = OpinionIn("补助太少", email="a@example.org")
    return lambda: consulting.receive_opinion(row.pk, given, actor=stranger(row.government_id), now=NOW, token="一张表")


def with_receipt(name: str, act: Callable[[str, dict[str, Any]], object]) -> None:
    """A case about what the holder of a receipt does; for `say_helped` the report is public."""

    def ready() -> Act:
        row, _clerk = consultation.opened()
        said = consultation.opinion(row, phone="000", name="某人")
        if name == "say_helped":
            type(row).objects.filter(pk=row.pk).update(state="reported")
        return lambda: act(said.receipt, {"actor": stranger(row.government_id), "now": NOW})

    CASES[f"consultations.{name}"] = ready


with_receipt("add_to_opinion", lambda code, who: consulting.add_to_opinion(code, "再补一句", token="一张表", **who))
with_receipt("withdraw_opinion", lambda code, who: consulting.withdraw_opinion(code, **who))
with_receipt("erase_personal", lambda code, who: consulting.erase_personal(code, **who))
with_receipt("say_helped", lambda code, who: consulting.say_helped(code, "no", why="没说到点上", **who))


@case("consultations.enter_paper")
def enter_paper() -> Act:
    row, clerk = consultation.opened()
    paper, given = consulting.Paper("17", TODAY, f"QH-B{row.pk}"), OpinionIn("补助太少", channel="paper", email="a@example.org")
    return lambda: consulting.enter_paper(row.pk, paper, given, actor=clerk, now=NOW, token="一张表")


@case("consultations.undo_entry")
def undo_entry() -> Act:
    row, clerk = consultation.opened()
    paper, given = consulting.Paper("17", TODAY, f"QH-B{row.pk}"), OpinionIn("补助太少", channel="paper")
    made = consulting.enter_paper(row.pk, paper, given, actor=clerk, now=NOW, token="一张表")
    return lambda: consulting.undo_entry(made.pk, "看错", actor=clerk, now=NOW)


@case("consultations.store_mail")
def store_mail() -> Act:
    row, _clerk = consultation.opened()
    letter = read_letter(mails.mail(files=(("a.pdf", mails.PDF), ("b.exe", b"MZ"))))
    return lambda: consulting.store_mail(letter, actor=system(row.government_id), now=NOW)


@case("consultations.assign_mail")
def assign_mail() -> Act:
    row, clerk = consultation.opened()
    mail = mails.arrived(mails.mail(), row)
    return lambda: consulting.assign_mail(mail.pk, row.pk, actor=clerk, now=NOW)


@case("consultations.set_mail_aside")
def set_mail_aside() -> Act:
    row, clerk = consultation.opened()
    mail = mails.assigned(row)
    return lambda: consulting.set_mail_aside(mail.pk, "spam", actor=clerk, now=NOW, note="广告")


@case("consultations.take_up_mail")
def take_up_mail() -> Act:
    row, clerk = consultation.opened()
    mail = mails.arrived(mails.mail(Auto_Submitted="auto-replied"), row)
    return lambda: consulting.take_up_mail(mail.pk, actor=clerk, now=NOW)


@case("consultations.enter_mail")
def enter_mail() -> Act:
    row, clerk = consultation.opened()
    mail = mails.assigned(row, files=(("a.pdf", mails.PDF),))
    given = OpinionIn("第三条太少", clause_id=row.clauses.last().pk, stance="change")
    return lambda: consulting.enter_mail(mail.pk, given, actor=clerk, now=NOW, token="一张表")


@case("consultations.accept_mail")
def accept_mail() -> Act:
    row, clerk = consultation.opened()
    mail = mails.assigned(row)
    return lambda: consulting.accept_mail(mail.pk, actor=clerk, now=NOW, token="一次")


@case("consultations.look_at_sender")
def look_at_sender() -> Act:
    row, clerk = consultation.opened()
    mail = mails.assigned(row)
    return lambda: consulting.look_at_sender(mail.pk, actor=clerk, now=NOW, purpose="核对")


@case("consultations.receive_many")
def receive_many() -> Act:
    row, clerk = consultation.opened()
    rows = [OpinionIn(f"意见{n}", channel="paper", outside_id=f"n{n}", name="某人") for n in range(3)]
    return lambda: consulting.receive_many(row.pk, rows, actor=clerk, now=NOW)


@case("consultations.prepare_import")
def prepare_import() -> Act:
    row, clerk = consultation.opened()
    return lambda: consulting.prepare_import(
        row.pk, b"text\n\xe5\xa5\xbd\n", "a.csv", {"text": "text"}, channel="paper", actor=clerk, now=NOW
    )


@case("consultations.confirm_import")
def confirm_import() -> Act:
    batch = prepare_import()()
    return lambda: consulting.confirm_import(batch.pk, actor=acting(batch.made_by, Role.CLERK), now=NOW)  # type: ignore[attr-defined]


@case("consultations.rejected_rows")
def rejected_rows() -> Act:
    batch = prepare_import()()
    return lambda: consulting.rejected_rows(batch.pk, actor=acting(batch.made_by, Role.CLERK))  # type: ignore[attr-defined]


def moderated(name: str, state: str, **fields: Any) -> None:
    def ready() -> Act:
        row, _clerk = consultation.opened()
        said = consultation.opinion(row, shown=state == "shown")
        who = consultation.moderator(row)
        return lambda: getattr(consulting, name)(row.pk, *([] if name == "show_all" else [[said.pk]]), actor=who, now=NOW, **fields)

    CASES[f"consultations.{name}"] = ready


moderated("show_opinions", "received")
moderated("show_all", "received")
moderated("propose_withholding", "shown", code="abuse")


def proposed(name: str, **fields: Any) -> None:
    """An act of a second moderator on what another proposed."""

    def ready() -> Act:
        row, _clerk = consultation.opened()
        said, who = consultation.opinion(row, shown=True), consultation.moderator(row)
        consulting.propose_withholding(row.pk, [said.pk], actor=consultation.moderator(row), now=NOW, code="abuse")
        return lambda: getattr(consulting, name)(row.pk, [said.pk], actor=who, now=NOW, **fields)

    CASES[f"consultations.{name}"] = ready


proposed("confirm_withholding")
proposed("dismiss_withholding", reason="没有骂人")


@case("consultations.appeal_withholding")
def appeal_withholding() -> Act:
    row, _clerk = consultation.opened()
    said = consultation.opinion(row)
    consultation.withhold(row, [said.pk])
    anybody = stranger(row.government_id)
    return lambda: consulting.appeal_withholding(said.receipt, actor=anybody, now=NOW, words="没有骂人")


@case("consultations.decide_appeal")
def decide_appeal() -> Act:
    row, _clerk = consultation.opened()
    said, third = consultation.opinion(row, email="wang@example.org"), consultation.moderator(row)
    consultation.withhold(row, [said.pk])
    made = consulting.appeal_withholding(said.receipt, actor=stranger(row.government_id), now=NOW, words="没有骂人")
    return lambda: consulting.decide_appeal(made.pk, actor=third, now=NOW, restore=True, reason="确实没有")


def correction() -> tuple[ReportCorrection, Any]:
    """A correction of a published report that waits, and what asking for it takes."""
    row, clerk, _rows = reported()
    group = OpinionGroup.objects.get(consultation=row)
    answer = consulting.AnswerIn("partly", REASON)
    ask: dict[str, Any] = {"actor": clerk, "now": AFTER, "answer": answer, "why": "原答复引用有误", "group_id": group.pk}
    return consulting.ask_correction(row.pk, **ask), lambda: consulting.ask_correction(row.pk, **ask)


@case("consultations.ask_correction")
def ask_correction() -> Act:
    return correction()[1]


@case("consultations.publish_correction")
def publish_correction() -> Act:
    made, _ask = correction()
    office = actor(made.government, Role.OFFICE)
    return lambda: consulting.publish_correction(made.pk, actor=office, now=AFTER)


@case("consultations.refuse_correction")
def refuse_correction() -> Act:
    made, _ask = correction()
    office = actor(made.government, Role.OFFICE)
    return lambda: consulting.refuse_correction(made.pk, actor=office, now=AFTER, reason="原答复没有错")


@case("consultations.add_own_reply")
def add_own_reply() -> Act:
    row, clerk = consultation.opened()
    said = consultation.opinion(row)
    consulting.group_opinions(row.pk, [said.pk], actor=clerk, now=NOW, title="提高补助")
    return lambda: consulting.add_own_reply(row.pk, said.pk, actor=clerk, now=NOW, text="另请带户口本。")


def pointed() -> tuple[Any, Actor, Any, Any]:
    """An opinion in a group, and another group that may answer a point of it."""
    row, clerk = consultation.opened()
    said, other = consultation.opinion(row, "补助太少，噪声也没人管"), consultation.opinion(row, "管好噪声")
    consulting.group_opinions(row.pk, [said.pk], actor=clerk, now=NOW, title="提高补助")
    return row, clerk, said, consulting.group_opinions(row.pk, [other.pk], actor=clerk, now=NOW, title="管好噪声")


@case("consultations.add_point")
def add_point() -> Act:
    row, clerk, said, group = pointed()
    return lambda: consulting.add_point(row.pk, said.pk, "噪声也没人管", actor=clerk, now=NOW, group_id=group.pk)


@case("consultations.remove_point")
def remove_point() -> Act:
    row, clerk, said, group = pointed()
    consulting.add_point(row.pk, said.pk, "噪声也没人管", actor=clerk, now=NOW, group_id=group.pk)
    return lambda: consulting.remove_point(row.pk, said.pk, group.pk, actor=clerk, now=NOW)


def proposed_groups() -> tuple[Any, Actor, GroupProposal]:
    """A consultation with one open proposal."""
    row, clerk = consultation.opened()
    for n in range(3):
        consultation.opinion(row, "一楼住户的采光受影响，应当给予补偿。", author=f"住户{n}")
    made = consulting.propose_groups(row.pk, actor=clerk, now=NOW)
    run_proposals(made.pk, now=NOW, progress=lambda _done, _every: None)
    return row, clerk, GroupProposal.objects.get(consultation=row)


@case("consultations.propose_groups")
def propose_groups() -> Act:
    row, clerk = consultation.opened()
    for n in range(3):
        consultation.opinion(row, f"采光补偿{n}")
    return lambda: consulting.propose_groups(row.pk, actor=clerk, now=NOW)


@case("consultations.accept_proposals")
def accept_proposals() -> Act:
    row, clerk, each = proposed_groups()
    return lambda: consulting.accept_proposals(row.pk, [each.pk], actor=clerk, now=NOW)


@case("consultations.dismiss_proposals")
def dismiss_proposals() -> Act:
    row, clerk, each = proposed_groups()
    return lambda: consulting.dismiss_proposals(row.pk, [each.pk], actor=clerk, now=NOW)


@case("consultations.mask_parts")
def mask_parts() -> Act:
    row, _clerk = consultation.opened()
    said, who = consultation.opinion(row, "三楼老李不同意。补助太少。"), consultation.moderator(row)
    return lambda: consulting.mask_parts(said.pk, ["三楼老李"], actor=who, now=NOW, code="personal_data")


@case("consultations.unmask_part")
def unmask_part() -> Act:
    row, _clerk = consultation.opened()
    said, who = consultation.opinion(row, "三楼老李不同意。补助太少。"), consultation.moderator(row)
    (made,) = consulting.mask_parts(said.pk, ["三楼老李"], actor=who, now=NOW, code="personal_data")
    return lambda: consulting.unmask_part(made.pk, actor=who, now=NOW)


@case("consultations.restore_opinion")
def restore_opinion() -> Act:
    row, _clerk = consultation.opened()
    said, who = consultation.opinion(row), consultation.moderator(row)
    consultation.withhold(row, [said.pk])
    return lambda: consulting.restore_opinion(said.pk, actor=who, now=NOW, reason="看错了")


@case("consultations.erase_opinion")
def erase_opinion() -> Act:
    row, _clerk = consultation.opened()
    said, who = consultation.opinion(row, phone="000"), consultation.moderator(row)
    consultation.withhold(row, [said.pk], code="personal_data", now=NOW)
    return lambda: consulting.erase_opinion(said.pk, actor=who, now=NOW, reason="当事人请求")


@case("consultations.look_at_contact")
def look_at_contact() -> Act:
    row, clerk = consultation.opened()
    said = consultation.opinion(row, phone="000")
    return lambda: consulting.look_at_contact(said.pk, actor=clerk, now=NOW, purpose="回访")


def two_groups() -> Any:
    row, clerk = consultation.closed(opinions=4)
    ids = list(Opinion.objects.filter(consultation=row).order_by("pk").values_list("pk", flat=True))
    for n, part in enumerate((ids[:2], ids[2:])):
        consulting.group_opinions(row.pk, part, actor=clerk, now=AFTER, title=f"组{n}")
    return row, clerk, ids, list(OpinionGroup.objects.filter(consultation=row).order_by("pk"))


GROUPING: dict[str, Callable[..., object]] = {
    "group_opinions": lambda row, clerk, ids, _groups: consulting.group_opinions(row.pk, ids, actor=clerk, now=AFTER, title="新组"),
    "merge_groups": lambda _row, clerk, _ids, groups: consulting.merge_groups(groups[0].pk, groups[1].pk, actor=clerk, now=AFTER),
    "remove_from_group": lambda row, clerk, ids, _groups: consulting.remove_from_group(row.pk, ids[:1], actor=clerk, now=AFTER),
    "rename_group": lambda _row, clerk, _ids, groups: consulting.rename_group(groups[0].pk, "改名", actor=clerk, now=AFTER),
    "answer_group": lambda _row, clerk, _ids, groups: consulting.answer_group(
        groups[0].pk, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON
    ),
    "answer_opinions": lambda row, clerk, ids, _groups: consulting.answer_opinions(
        row.pk, ids[:1], actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON
    ),
    "mark_stance_only": lambda row, clerk, ids, _groups: consulting.mark_stance_only(row.pk, ids[:1], actor=clerk, now=AFTER),
    "part_group": lambda _row, clerk, _ids, groups: consulting.part_group(groups[0].pk, actor=clerk, now=AFTER),
    "keep_out": lambda row, clerk, ids, groups: consulting.keep_out(row.pk, ids[0], [groups[1].pk], actor=clerk, now=AFTER),
    "move_matching": lambda row, clerk, ids, groups: consulting.move_matching(
        row.pk, GroupFilters(home="any"), actor=clerk, now=AFTER, upto=ids[-1], group_id=groups[0].pk
    ),
    "undo_step": lambda row, clerk, _ids, _groups: consulting.undo_step(row.desk_steps.get(number=2).pk, actor=clerk, now=AFTER),
    "save_report": lambda row, clerk, _ids, _groups: consulting.save_report(row.pk, actor=clerk, now=AFTER, intro="说明"),
}
for name, act in GROUPING.items():
    simple(f"consultations.{name}", two_groups, lambda given, act=act: act(*given))


@case("consultations.redo_step")
def redo_step() -> Act:
    row, clerk, _ids, _groups = two_groups()
    step = row.desk_steps.get(number=2)
    consulting.undo_step(step.pk, actor=clerk, now=AFTER)
    return lambda: consulting.redo_step(step.pk, actor=clerk, now=AFTER)


def report_at(step: str) -> tuple[Any, Any, Any, Any]:
    """A report on its way, just before `step`; its clerk, head and office."""
    row, clerk, _ids, groups = two_groups()
    Opinion.objects.filter(consultation=row).update(publish_consent=True)
    for each in groups:
        consulting.answer_group(each.pk, actor=clerk, now=AFTER, verdict="not_adopted", reason=REASON)
    consulting.save_report(row.pk, actor=clerk, now=AFTER, intro="说明")
    head, office = actor(row.government, Role.HEAD, within=row.topic.department), actor(row.government, Role.OFFICE)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("submit_report", lambda: consulting.submit_report(row.pk, actor=clerk, now=AFTER)),
        ("sign_report", lambda: consulting.sign_report(row.pk, actor=head, now=AFTER)),
        ("sign_report again", lambda: consulting.sign_report(row.pk, actor=office, now=AFTER)),
    ]
    for named, take in steps:
        if named == step:
            break
        take()
    return row, clerk, head, office


REPORTING: dict[str, Callable[..., object]] = {
    "submit_report": lambda row, clerk, _head, _office: consulting.submit_report(row.pk, actor=clerk, now=AFTER),
    "sign_report": lambda row, _clerk, head, _office: consulting.sign_report(row.pk, actor=head, now=AFTER),
    "return_report": lambda row, _clerk, _head, office: consulting.return_report(row.pk, actor=office, now=AFTER, reason="补"),
    "publish_report": lambda row, clerk, _head, _office: consulting.publish_report(row.pk, actor=clerk, now=AFTER),
}
for name, act in REPORTING.items():
    simple(f"consultations.{name}", lambda name=name: report_at(name), lambda given, act=act: act(*given))


# drafts: blocks, versions, what the draft asks
FILE = "关于路灯的办法\n张三\n第一条　为了节能。\n第二条　半夜减半。\n附注\n"
REVISED = "第一条　为了方便居民出行，制定本办法。\n第二条　不得占用消防通道。\n"
PAIR = (("全部减半", "一律减到一半。", "省电。"), ("隔盏熄灯", "关一半。", ""))


def drafted() -> Any:
    """A file read into the draft, two of its blocks not recognised."""
    row, clerk = consultation.begun()
    consulting.split_draft(row.pk, FILE, actor=clerk, now=NOW)
    version = row.versions.get()
    return version, list(version.blocks.order_by("position")), clerk


def revised(*, note: str = "") -> Any:
    """A revised version after the period, read from a text."""
    row, clerk = consultation.closed()
    version = consulting.begin_version(row.pk, "revised", actor=clerk, now=AFTER)
    consulting.import_version(version.pk, REVISED, actor=clerk, now=AFTER)
    if note:
        consulting.note_version(version.pk, note, actor=clerk, now=AFTER)
    return row, version, clerk


DRAFTING: dict[str, Callable[..., object]] = {
    "place_block": lambda of, blocks, clerk: consulting.place_block(
        of.pk, blocks[-1].pk, actor=clerk, now=NOW, kind="clause", label="第三条", body="附注。\n\n另有规定的从其规定。"
    ),
    "move_block": lambda of, blocks, clerk: consulting.move_block(of.pk, blocks[-2].pk, after=blocks[1].pk, actor=clerk, now=NOW),
    "leave_out_rest": lambda of, _blocks, clerk: consulting.leave_out_rest(of.pk, actor=clerk, now=NOW, reason="页眉"),
}
for name, place in DRAFTING.items():
    simple(f"consultations.{name}", drafted, lambda given, place=place: place(*given))
VERSIONING: dict[str, Callable[..., object]] = {
    "begin_version": lambda row, _version, clerk: consulting.begin_version(row.pk, "revised", actor=clerk, now=AFTER),
    "import_version": lambda _row, version, clerk: consulting.import_version(version.pk, REVISED, actor=clerk, now=AFTER),
    "note_version": lambda _row, version, clerk: consulting.note_version(version.pk, "改了两处。", actor=clerk, now=AFTER),
    "align_clause": lambda _row, version, clerk: consulting.align_clause(
        version.pk, version.clauses.get(label="第二条").pk, 3, actor=clerk, now=AFTER
    ),
}
for name, write in VERSIONING.items():
    simple(f"consultations.{name}", revised, lambda given, write=write: write(*given))


@case("consultations.publish_version")
def publish_version() -> Act:
    row, version, _clerk = revised(note="改了两处。")
    head = actor(row.government, Role.HEAD, within=row.topic.department)
    return lambda: consulting.publish_version(version.pk, actor=head, now=AFTER)


ASKING: dict[str, Callable[..., object]] = {
    "offer_alternatives": lambda row, clerk: consulting.offer_alternatives(row.pk, actor=clerk, now=NOW, title="怎样减光", options=PAIR),
    "ask_question": lambda row, clerk: consulting.ask_question(
        row.pk, actor=clerk, now=NOW, kind="single", words="几点回家", options=["早", "晚"]
    ),
    "save_terms": lambda row, clerk: consulting.save_terms(row.pk, [("补助", "财政给的钱。")], actor=clerk, now=NOW),
}
for name, ask in ASKING.items():
    simple(f"consultations.{name}", consultation.complete, lambda given, ask=ask: ask(*given))


@case("consultations.drop_asked")
def drop_asked() -> Act:
    row, clerk = consultation.complete()
    made = consulting.ask_question(row.pk, actor=clerk, now=NOW, kind="text", words="还有呢")
    return lambda: consulting.drop_asked(row.pk, "question", made.pk, actor=clerk, now=NOW)


@case("consultations.inquire")
def inquire() -> Act:
    row, _clerk = consultation.opened()
    return lambda: consulting.inquire(row.pk, "我家算不算？", actor=stranger(row.government_id), now=NOW, token="一张表")


def inquired(*, answered: bool = False) -> Any:
    """A question from somebody, answered by the department if asked."""
    row, clerk = consultation.opened()
    asked = consulting.inquire(row.pk, "我家算不算？", actor=stranger(row.government_id), now=NOW)
    if answered:
        consulting.answer_inquiry(asked.pk, "算。", actor=clerk, now=NOW)
    return asked.pk, clerk, consultation.moderator(row)


INQUIRING: dict[str, Callable[..., object]] = {
    "answer_inquiry": lambda pk, clerk, _who: consulting.answer_inquiry(pk, "算。", actor=clerk, now=NOW),
    "decline_inquiry": lambda pk, clerk, _who: consulting.decline_inquiry(pk, actor=clerk, now=NOW, reason="与草案无关"),
    "publish_inquiry": lambda pk, _clerk, who: consulting.publish_inquiry(pk, actor=who, now=NOW),
    "return_inquiry": lambda pk, _clerk, who: consulting.return_inquiry(pk, actor=who, now=NOW, reason="说清楚依据"),
}
for name, reply in INQUIRING.items():
    late = name in {"publish_inquiry", "return_inquiry"}
    simple(f"consultations.{name}", lambda late=late: inquired(answered=late), lambda given, reply=reply: reply(*given))


# hearings
NEXT_DAY, RECORDED = hear.AFTER + timedelta(days=1), hear.STARTS + timedelta(hours=3)
WHOLE = {**hear.NOTICE, "seats": hear.SEATS}


def hearing(name: str, prepare: Callable[[], Any], act: Callable[[Any], object]) -> None:
    """A case about one hearing and everybody around it."""
    simple(f"hearings.{name}", prepare, act)


@case("hearings.decide_hearing")
def decide_hearing() -> Act:
    row = matter.approved()
    head = actor(row.government, Role.HEAD, within=row.department)
    return lambda: hearings.decide_hearing(row.pk, actor=head, now=NOW, why="涉及切身利益。")


def heads(of: Any, later: Any = NOW) -> dict[str, Any]:
    return {"actor": of.head, "now": later}


def clerks(of: Any, later: Any = NOW) -> dict[str, Any]:
    return {"actor": of.clerk, "now": later}


hearing("save_notice", hear.decided, lambda of: hearings.save_notice(of.hearing.pk, **clerks(of), **WHOLE))
hearing("announce", hear.decided, lambda of: hearings.announce(of.hearing.pk, **clerks(of)))
hearing(
    "extend_enrolment",
    hear.announced,
    lambda of: hearings.extend_enrolment(of.hearing.pk, **clerks(of), enrol_until=hear.UNTIL + timedelta(days=2), reason="人少"),
)
hearing("postpone", hear.announced, lambda of: hearings.postpone(of.hearing.pk, **clerks(of), reason="材料未备齐"))
hearing("cancel", hear.announced, lambda of: hearings.cancel(of.hearing.pk, **heads(of), reason="方案撤回"))


@case("hearings.reschedule")
def reschedule() -> Act:
    of = hear.announced()
    hearings.postpone(of.hearing.pk, **clerks(of), reason="材料未备齐")
    again, until = hear.STARTS + timedelta(days=9), date(2026, 12, 20)
    return lambda: hearings.reschedule(of.hearing.pk, **clerks(of), starts_at=again, enrol_until=until)


@case("hearings.enrol")
def enrol() -> Act:
    of = hear.announced()
    given = hearings.EnrolmentIn("张三", category="consumer", of_age=True, phone="000", email="a@example.org")
    return lambda: hearings.enrol(of.hearing.pk, given, actor=stranger(of.home.pk), now=NOW, token="一张表")


@case("hearings.nominate")
def nominate() -> Act:
    of = hear.announced()
    given = hearings.EnrolmentIn("陈教授", category="expert")
    return lambda: hearings.nominate(of.hearing.pk, given, **clerks(of), reason="区科协推荐")


def applied(category: str = "consumer") -> Any:
    of = hear.announced()
    return of, hear.enrolled(of, category=category)


APPLYING: dict[str, Callable[..., object]] = {
    "withdraw": lambda of, row: hearings.withdraw(row.pk, **clerks(of), reason="病了"),
    "withdraw_self": lambda of, row: hearings.withdraw_self(row.token, actor=stranger(of.home.pk), now=NOW, reason="有事"),
    "look_at_contact": lambda of, row: hearings.look_at_contact(row.pk, **clerks(of), purpose="核对"),
    "open_link": lambda _of, row: hearings.open_link(row.token, now=NOW),
    "choose": lambda of, row: hearings.choose(row.pk, **clerks(of, hear.AFTER), reason="唯一报名人"),
    "hold_in_reserve": lambda of, row: hearings.hold_in_reserve(row.pk, **clerks(of, hear.AFTER)),
    "pass_over": lambda of, row: hearings.pass_over(row.pk, **clerks(of, hear.AFTER), reason="不符合条件"),
}
for name, apply in APPLYING.items():
    seat_kind = "operator" if name in {"choose", "hold_in_reserve", "pass_over"} else "consumer"
    simple(f"hearings.{name}", lambda seat_kind=seat_kind: applied(seat_kind), lambda given, apply=apply: apply(*given))


def enrolment_over(*, drawn: bool = False) -> Any:
    """Four enrolled for three drawn seats; drawn if asked."""
    of = hear.announced()
    for n in range(4):
        hear.enrolled(of, f"消费者{n}")
    if drawn:
        hear.drawn(of)
    return of


def list_frozen() -> Any:
    of = enrolment_over()
    hear.frozen(of)
    return of


def seats_by_order() -> Any:
    of = hear.announced(seats={"consumer": (3, "order"), "operator": (1, "rule")})
    hear.enrolled(of)
    return of


RIGHT = [["4", "7", "2", "1", "8"]]
hearing("freeze_seats", enrolment_over, hear.frozen)
hearing(
    "reveal_seats", list_frozen, lambda of: hearings.reveal_seats(of.hearing.pk, actor=of.operator, now=hear.REVEAL, values=hear.FIGURES)
)
hearing("annul_seats", list_frozen, lambda of: hearings.annul_seats(of.hearing.pk, actor=of.head, now=hear.AFTER, reason="彩票停开"))
hearing(
    "correct_seats",
    lambda: enrolment_over(drawn=True),
    lambda of: hearings.correct_seats(of.hearing.pk, actor=of.head, now=hear.SETTLE, values=RIGHT, reason="末位看错"),
)
hearing("seat_in_order", seats_by_order, lambda of: hearings.seat_in_order(of.hearing.pk, **clerks(of, hear.AFTER)))
hearing(
    "settle",
    lambda: enrolment_over(drawn=True),
    lambda of: hearings.settle(of.hearing.pk, **clerks(of, hear.SETTLE), reason="经营者无人报名"),
)
hearing("publish_list", hear.settled, lambda of: hearings.publish_list(of.hearing.pk, **clerks(of, hear.AFTER)))
hearing("forget_unselected", hear.settled, lambda _of: hearings.forget_unselected(hear.STARTS + timedelta(days=91)))


def sent() -> Any:
    of = hear.listed()
    hearings.serve_all(of.hearing.pk, **clerks(of, hear.AFTER))
    return of, of.people("served")[0]


def mailed(happened_to: Any) -> Happened:
    notice = Notice.objects.filter(template__endswith="papers.txt")[0]
    return Happened("notice.delivered", notice, happened_to.operator, NEXT_DAY)


def handed() -> Any:
    of = hear.listed()
    for each in of.people("chosen"):
        hearings.serve(each.pk, **clerks(of, NEXT_DAY), door="hand")
    return of


hearing("serve", hear.listed, lambda of: hearings.serve(of.people("chosen", "served")[0].pk, **clerks(of, hear.AFTER)))
hearing("serve_all", hear.listed, lambda of: hearings.serve_all(of.hearing.pk, **clerks(of, hear.AFTER)))
hearing("finish_serving", handed, lambda of: hearings.finish_serving(of.hearing.pk, **clerks(of, NEXT_DAY)))
hearing("remind_due", sent, lambda _given: hearings.remind_due(NEXT_DAY))
hearing("delivered", sent, lambda given: hearings.delivered(mailed(given[0])))
hearing("record_delivery", sent, lambda given: hearings.record_delivery(given[1].pk, **clerks(given[0], NEXT_DAY), door="post"))
hearing(
    "fetch_paper",
    sent,
    lambda given: hearings.fetch_paper(
        given[1].token, Paper.objects.filter(participant=given[1]).order_by("pk")[0].document_id, now=NEXT_DAY
    ),
)


def at_the_door() -> Any:
    of = hear.served()
    people_here = of.people("served")
    for each in people_here[:4]:
        hearings.check_in(each.pk, actor=of.operator, now=hear.STARTS)
    return of


hearing(
    "check_in",
    lambda: (of := hear.served(), of.people("served")[0]),
    lambda given: hearings.check_in(given[1].pk, actor=given[0].operator, now=hear.STARTS),
)
hearing(
    "check_in_by_code",
    lambda: (of := hear.served(), of.people("served")[0]),
    lambda given: hearings.check_in_by_code(given[0].hearing.pk, given[1].number, actor=given[0].operator, now=hear.STARTS),
)
hearing("open_hearing", at_the_door, lambda of: hearings.open_hearing(of.hearing.pk, **clerks(of, hear.STARTS)))
SPEAKING: dict[str, Callable[[Any], object]] = {
    "add_speech": lambda of: hearings.add_speech(of.hearing.pk, **clerks(of, hear.STARTS), kind="question", speaker="消协"),
    "next_speech": lambda of: hearings.next_speech(of.hearing.pk, **clerks(of, hear.STARTS), after=0),
    "note_point": lambda of: hearings.note_point(
        of.hearing.pk, **clerks(of, hear.STARTS), participant_id=of.people("present")[0].pk, claim="降低第二阶梯"
    ),
    "close_hearing": lambda of: hearings.close_hearing(of.hearing.pk, **clerks(of, RECORDED)),
}
for name, speak in SPEAKING.items():
    hearing(name, hear.in_session, speak)


def recorded(*, circulated: bool = True, signed: bool = False) -> Any:
    """The hearing was held; the record goes round and everybody confirms it if asked."""
    of = hear.held()
    if circulated:
        hearings.circulate_record(of.hearing.pk, **clerks(of, RECORDED))
    if signed:
        for each in of.people("present"):
            hearings.sign_record(each.token, actor=stranger(of.home.pk), now=RECORDED, accept=True)
    return of, of.people("present", "signed")[0]


hearing("save_record", hear.held, lambda of: hearings.save_record(of.hearing.pk, **clerks(of, RECORDED), text="笔录"))
hearing("circulate_record", hear.held, lambda of: hearings.circulate_record(of.hearing.pk, **clerks(of, RECORDED)))
hearing(
    "sign_record",
    recorded,
    lambda given: hearings.sign_record(given[1].token, actor=stranger(given[0].home.pk), now=RECORDED, accept=True),
)
hearing("record_signature", recorded, lambda given: hearings.record_signature(given[1].pk, **clerks(given[0], RECORDED), reason="不愿签"))
hearing("confirm_record", lambda: recorded(signed=True)[0], lambda of: hearings.confirm_record(of.hearing.pk, **clerks(of, RECORDED)))
hearing("save_report", hear.confirmed, lambda of: hearings.save_report(of.hearing.pk, **clerks(of, OVER), text="报告"))


@case("hearings.publish_report")
def publish_hearing_report() -> Act:
    of = hear.confirmed()
    hearings.save_report(of.hearing.pk, **clerks(of, RECORDED), text="报告")
    return lambda: hearings.publish_report(of.hearing.pk, **clerks(of, hear.STARTS + timedelta(days=2)))


def proposed() -> Any:
    row = matter.approved()
    made = hearings.propose_hearing(row.pk, actor=stranger(row.government_id), now=NOW, words="请开听证会", phone="000")
    return made.pk, actor(row.government, Role.HEAD, within=row.department), matter.drafter(row)


hearing(
    "propose_hearing",
    matter.approved,
    lambda row: hearings.propose_hearing(row.pk, actor=stranger(row.government_id), now=NOW, words="请开听证会", token="一张表"),
)
hearing(
    "answer_proposal",
    proposed,
    lambda given: hearings.answer_proposal(given[0], actor=given[1], now=NOW, accept=True, answer="涉及切身利益"),
)
hearing("look_at_proposer", proposed, lambda given: hearings.look_at_proposer(given[0], actor=given[2], now=NOW, purpose="答复"))


# the other activities
def activity(kind: str = "symposium", *, until: str = "planned") -> Any:
    """An activity with somebody heard, as far as `until`."""
    of = hear.decided()
    row = hear.planned(of, kind, summary="逐户算账。", due_on=TODAY + timedelta(days=9))
    if kind == "departments":
        other = department(of.home)
        member = hearings.add_member(row.pk, **clerks(of), department_id=other.pk)
        reader = acting(person(of.home, Role.CLERK, within=other, email="d@example.org"))
    else:
        member, reader = hearings.add_member(row.pk, **clerks(of), name="高秀兰", email="g@example.org"), of.clerk
    if until in {"under_way", "done"}:
        hearings.start_activity(row.pk, **clerks(of))
    if until == "done":
        hearings.finish_activity(row.pk, **clerks(of))
    return of, row, member, reader


LISTENING: dict[str, tuple[str, str, Callable[..., object]]] = {
    "plan_activity": (
        "survey",
        "planned",
        lambda of, *_rest: hearings.plan_activity(of.topic.pk, **clerks(of), kind="field_visit", title="走访"),
    ),
    "save_activity": ("symposium", "planned", lambda of, row, *_rest: hearings.save_activity(row.pk, **clerks(of), place="社区")),
    "add_member": ("symposium", "planned", lambda of, row, *_rest: hearings.add_member(row.pk, **clerks(of), name="韩冬")),
    "remove_member": ("symposium", "planned", lambda of, _row, member, _who: hearings.remove_member(member.pk, **clerks(of))),
    "save_questions": (
        "survey",
        "planned",
        lambda of, row, *_rest: hearings.save_questions(row.pk, [("合适吗", False, [("合适", 1), ("偏低", 2)])], **clerks(of)),
    ),
    "add_point": (
        "symposium",
        "under_way",
        lambda of, row, member, _who: hearings.add_point(row.pk, **clerks(of), member_id=member.pk, claim="按人口算"),
    ),
    "start_activity": ("departments", "planned", lambda of, row, *_rest: hearings.start_activity(row.pk, **clerks(of))),
    "read_request": ("departments", "under_way", lambda _of, _row, member, who: hearings.read_request(member.pk, actor=who, now=NOW)),
    "reply_request": (
        "departments",
        "under_way",
        lambda _of, _row, member, who: hearings.reply_request(member.pk, actor=who, now=NOW, claim="加压费单列"),
    ),
    "remind_overdue": ("departments", "under_way", lambda *_given: hearings.remind_overdue(NOW + timedelta(days=9))),
    "finish_activity": ("symposium", "under_way", lambda of, row, *_rest: hearings.finish_activity(row.pk, **clerks(of))),
    "publish_activity": ("symposium", "done", lambda of, row, *_rest: hearings.publish_activity(row.pk, **clerks(of))),
    "cancel_activity": ("symposium", "planned", lambda of, row, *_rest: hearings.cancel_activity(row.pk, **clerks(of), reason="改为听证")),
}
for name, (kind, until, listen) in LISTENING.items():
    hearing(name, lambda kind=kind, until=until: activity(kind, until=until), lambda given, listen=listen: listen(*given))


@case("hearings.consultation_opened")
def consultation_opened() -> Act:
    row, clerk = consultation.reviewed()
    visit = hearings.plan_activity(row.topic_id, actor=clerk, now=NOW, kind="field_visit", title="走访")
    hearings.add_point(visit.pk, actor=clerk, now=NOW, claim="楼道太暗")
    row = consulting.open_consultation(row.pk, actor=clerk, now=NOW)
    return lambda: hearings.consultation_opened(Happened("consultation.open", row, clerk, NOW))


hearing(
    "check_points",
    hear.confirmed,
    lambda of: hearings.check_points(Happened("consultation.submit_report", of.consultation, of.clerk, RECORDED)),
)
hearing(
    "outcomes_known",
    hear.reported,
    lambda of: hearings.outcomes_known(Happened("consultation.publish_report", of.consultation, of.clerk, OVER)),
)


@case("hearings.record_told")
def record_told() -> Act:
    of = hear.reported()
    hearings.outcomes_known(Happened("consultation.publish_report", of.consultation, of.clerk, OVER))
    someone = of.people("signed")[0]
    return lambda: hearings.record_told(someone.pk, **clerks(of, OVER), door="phone")


@case("hearings.tell_heard")
def tell_heard() -> Act:
    of = hear.reported()
    topic = of.hearing.topic_id
    hearings.outcomes_known(Happened("consultation.publish_report", of.consultation, of.clerk, OVER))
    return lambda: hearings.tell_heard(topic_id=topic, release_id=7, title="关于水价的决定", now=OVER, progress=lambda *_: None)


def corrected() -> tuple[hear.Around, Any]:
    """A hearing whose points were answered, and a correction of one answer."""
    of = hear.reported()
    hearings.outcomes_known(Happened("consultation.publish_report", of.consultation, of.clerk, OVER))
    said = Point.objects.filter(hearing=of.hearing).exclude(opinion=None).order_by("pk")[0]
    return of, ReportCorrection(pk=7, government_id=of.home.pk, opinion_id=said.opinion_id, why="答错了")


@case("hearings.correction_published")
def told_of_correction() -> Act:
    of, made = corrected()
    return lambda: hearings.correction_published(Happened("correction.publish", made, of.clerk, OVER))


@case("hearings.tell_of_correction")
def tell_of_correction() -> Act:
    _of, made = corrected()
    given = {"group_id": None, "opinion_id": made.opinion_id, "why": made.why, "at": OVER}
    return lambda: hearings.tell_of_correction(made.pk, **given, now=OVER, progress=lambda *_: None)


@case("hearings.note_need")
def note_need() -> Act:
    of = hear.decided()
    head = acting(person(of.home, Role.HEAD, within=of.topic.department))
    topic, words = of.hearing.topic_id, {"law": "价格法", "article": "第二十三条", "exemption": "第二十三条第二款"}
    return lambda: hearings.note_need(topic, actor=head, now=NOW, **words)


@case("hearings.record_members_told")
def record_members_told() -> Act:
    of = hear.reported()
    talk = hearings.plan_activity(of.hearing.topic_id, **clerks(of, OVER), kind="symposium", title="座谈")
    heard = hearings.add_member(talk.pk, **clerks(of, OVER), name="韩冬")
    hearings.add_point(talk.pk, **clerks(of, OVER), member_id=heard.pk, claim="楼道太暗")
    type(of.consultation).objects.filter(pk=of.consultation.pk).update(state="reported")
    return lambda: hearings.record_members_told(talk.pk, [heard.pk], **clerks(of, OVER), door="phone")


@case("hearings.release_published")
def told_of_release() -> Act:
    of = hear.reported()
    row = Release(pk=7, government_id=of.home.pk, topic_id=of.hearing.topic_id, kind="decision", title="关于水价的决定")
    return lambda: hearings.release_published(Happened("release.publish", row, of.clerk, OVER))


@case("hearings.record_told_many")
def record_told_many() -> Act:
    of = hear.reported()
    hearings.outcomes_known(Happened("consultation.publish_report", of.consultation, of.clerk, OVER))
    ids = [each.pk for each in of.people("signed")]
    return lambda: hearings.record_told_many(of.hearing.pk, ids, **clerks(of, OVER), door="phone")


# the guard
def finding() -> Any:
    """A reviewed consultation with a mobile number nobody cleared."""
    row, clerk = consultation.reviewed(ways="有事请打 13912345678")
    material = consultation_material(row.government_id, row.pk)
    mark = next(each.fingerprint for each in look(material, NOW) if each.stops)
    return row, clerk, material, mark, actor(row.government, Role.EDITOR_1)


simple(
    "guard.clear_finding",
    finding,
    lambda given: guard.clear_finding(given[2], given[3], actor=given[4], now=NOW, reason="单位值守手机"),
)


@case("guard.require_clean")
def require_clean() -> Act:
    _row, clerk, material, mark, editor = finding()
    guard.clear_finding(material, mark, actor=editor, now=NOW, reason="单位值守手机")
    return lambda: guard.require_clean(material, actor=clerk, now=NOW)


simple("guard.require_plain", lambda: actor(government(), Role.CLERK), lambda who: guard.require_plain("人手不够。", actor=who))


@case("guard.material_of")
def material_of() -> Act:
    row, _clerk, _material, _mark, editor = finding()
    return lambda: guard.material_of(editor, "consultation", row.pk)


# meetings
simple(
    "meetings.plan_meeting",
    lambda: actor(government(), Role.OPERATOR),
    lambda who: meeting.plan_meeting(actor=who, now=NOW, kind="executive", starts_at=meet.STARTS, place="会议室", chair="陈一"),
)
PLANNING: dict[str, Callable[[Any], object]] = {
    "change_meeting": lambda of: meeting.change_meeting(
        of.meeting.pk, actor=of.operator, now=NOW, starts_at=meet.STARTS + timedelta(days=1), place="别处", chair="陈一"
    ),
    "remove_item": lambda of: meeting.remove_item(of.item.pk, actor=of.operator, now=NOW),
    "move_item": lambda of: meeting.move_item(of.item.pk, actor=of.operator, now=NOW, up=False),
    "freeze_agenda": lambda of: meeting.freeze_agenda(of.meeting.pk, actor=of.operator, now=NOW),
    "postpone_meeting": lambda of: meeting.postpone_meeting(of.meeting.pk, actor=of.operator, now=NOW, reason="台风"),
    "cancel_meeting": lambda of: meeting.cancel_meeting(of.meeting.pk, actor=of.operator, now=NOW, reason="台风"),
    "record_emergency": lambda of: meeting.record_emergency(of.meeting.pk, actor=of.leader, now=NOW, reason="台风"),
}
for name, one in PLANNING.items():
    simple(f"meetings.{name}", meet.planned if name != "record_emergency" else meet.frozen, one)
simple("meetings.convene_meeting", meet.frozen, lambda of: meeting.convene_meeting(of.meeting.pk, actor=of.office, now=NOW))


@case("meetings.add_item")
def add_item() -> Act:
    of = meet.planned()
    more = meet.ready_topic(of.department)
    return lambda: meeting.add_item(of.meeting.pk, more.pk, actor=of.operator, now=NOW)


def begun(*, statement: bool = False) -> Any:
    of = day.convened()
    if statement:
        meeting.give_statement(of.item.pk, actor=of.operator, now=day.STARTS, by="住建局")
    return of


@case("meetings.start_meeting")
def start_meeting() -> Act:
    of = meet.frozen()
    meeting.convene_meeting(of.meeting.pk, actor=of.office, now=NOW)
    return lambda: meeting.start_meeting(of.meeting.pk, actor=of.operator, now=meet.STARTS)


@case("meetings.begin_item")
def begin_item() -> Act:
    of = meet.frozen()
    meeting.convene_meeting(of.meeting.pk, actor=of.office, now=NOW)
    meeting.start_meeting(of.meeting.pk, actor=of.operator, now=meet.STARTS)
    return lambda: meeting.begin_item(of.item.pk, actor=of.operator, now=meet.STARTS)


simple("meetings.give_statement", begun, lambda of: meeting.give_statement(of.item.pk, actor=of.operator, now=day.STARTS, by="局"))
simple(
    "meetings.decide_item",
    begun,
    lambda of: meeting.decide_item(of.item.pk, actor=of.operator, now=day.STARTS, outcome="passed_in_principle", text="通过"),
)


@case("meetings.end_meeting")
def end_meeting() -> Act:
    of = begun()
    meeting.decide_item(of.item.pk, actor=of.operator, now=day.STARTS, outcome="passed_in_principle", text="通过")
    return lambda: meeting.end_meeting(of.meeting.pk, actor=of.operator, now=day.STARTS)


# the meeting day
def membered() -> Any:
    of = day.convened()
    (one,) = meeting.set_members(of.meeting.pk, actor=of.operator, now=day.STARTS, members=[("陈一", "区长")], head="陈一")
    return of, one


def late_item() -> Any:
    of = meet.frozen()
    item = meeting.add_item(of.meeting.pk, meet.ready_topic(of.department).pk, actor=of.operator, now=EVE)
    return of, item


def asked_late() -> Any:
    of, item = late_item()
    meeting.ask_late_item(item.pk, actor=of.operator, now=EVE, reason="急")
    return of, item


def listed_speech(*, begun_at: bool = False) -> Any:
    of = day.convened()
    rows = [meeting.add_speech(of.item.pk, actor=of.operator, now=day.STARTS, kind="member", speaker=name) for name in "甲乙"]
    if begun_at:
        meeting.give_floor(rows[0].pk, actor=of.operator, now=day.STARTS)
    return of, rows


simple(
    "meetings.save_recording",
    day.held,
    lambda of: meeting.save_recording(of.meeting.pk, actor=of.operator, now=OVER, url="https://v.example/1.mp4", marks={of.item.pk: 90}),
)
EVE = meet.STARTS - timedelta(days=1)
simple("meetings.ask_late_item", late_item, lambda of: meeting.ask_late_item(of[1].pk, actor=of[0].operator, now=EVE, reason="急"))
simple("meetings.approve_late_item", asked_late, lambda of: meeting.approve_late_item(of[1].pk, actor=of[0].leader, now=EVE))
simple(
    "meetings.add_speech",
    day.convened,
    lambda of: meeting.add_speech(of.item.pk, actor=of.operator, now=day.STARTS, kind="member", speaker="甲"),
)
simple("meetings.give_floor", listed_speech, lambda of: meeting.give_floor(of[1][0].pk, actor=of[0].operator, now=day.STARTS))
simple(
    "meetings.end_speech",
    lambda: listed_speech(begun_at=True),
    lambda of: meeting.end_speech(of[1][0].pk, actor=of[0].operator, now=day.STARTS),
)
simple("meetings.withdraw_speech", listed_speech, lambda of: meeting.withdraw_speech(of[1][0].pk, actor=of[0].operator, now=day.STARTS))
simple("meetings.move_speech", listed_speech, lambda of: meeting.move_speech(of[1][1].pk, actor=of[0].operator, now=day.STARTS, up=True))
simple(
    "meetings.set_members",
    day.convened,
    lambda of: len(meeting.set_members(of.meeting.pk, actor=of.operator, now=day.STARTS, members=[("陈一", "区长")], head="陈一")),
)
simple(
    "meetings.note_presence",
    membered,
    lambda of: meeting.note_presence(of[1].pk, actor=of[0].operator, now=day.STARTS, presence="present"),
)
simple("meetings.take_break", day.convened, lambda of: meeting.take_break(of.meeting.pk, actor=of.operator, now=day.STARTS, minutes=9))
simple("meetings.resume_meeting", day.convened, lambda of: meeting.resume_meeting(of.meeting.pk, actor=of.operator, now=day.STARTS))
simple(
    "representatives.ask_to_speak",
    day.convened,
    lambda of: seats.ask_to_speak(of.invitations[0].token, actor=stranger(of.home.pk), now=day.STARTS),
)
simple(
    "representatives.take_back_request",
    day.convened,
    lambda of: seats.take_back_request(of.invitations[0].token, actor=stranger(of.home.pk), now=day.STARTS),
)


simple("meetings.close_meeting", day.held, lambda of: meeting.close_meeting(of.meeting.pk, actor=of.operator, now=OVER))


# representatives
simple(
    "representatives.add_representative",
    meet.frozen,
    lambda of: seats.add_representative(actor=of.operator, now=NOW, audience="public", name="张三", email="a@example.org"),
)
simple(
    "representatives.publish_house_rules",
    lambda: (of := meet.frozen(), actor(of.home, Role.HEAD, within=of.department)),
    lambda given: seats.publish_house_rules(given[0].department.pk, actor=given[1], now=NOW, in_force_on=date(2026, 1, 1), **people.TEXTS),
)


def seat(name: str, prepare: Callable[[Any], Any], act: Callable[[Any, Any], object]) -> None:
    """A case about one seat at a frozen meeting."""

    def ready() -> Act:
        of = meet.frozen()
        row = prepare(of)
        return lambda: act(of, row)

    CASES[f"representatives.{name}"] = ready


seat("leave_pool", people.pooled, lambda of, who: seats.leave_pool(who.pk, actor=of.operator, now=NOW))
seat("look_at_contact", people.pooled, lambda of, who: seats.look_at_contact(who.pk, actor=of.operator, now=NOW, purpose="联系"))
seat(
    "select_representative",
    people.pooled,
    lambda of, who: seats.select_representative(of.item.pk, who.pk, actor=of.operator, now=NOW, method="nomination", reason="推荐"),
)
seat(
    "invite", lambda of: (people.house_rules(of), people.selected(of))[1], lambda of, row: seats.invite(row.pk, actor=of.operator, now=NOW)
)
seat(
    "invite_all",
    lambda of: (people.house_rules(of), people.selected(of))[1],
    lambda of, _row: seats.invite_all(of.meeting.pk, actor=of.operator, now=NOW),
)
seat(
    "answer_invitation",
    people.invited,
    lambda of, row: seats.answer_invitation(row.token, actor=stranger(of.home.pk), now=NOW, accept=True, accepted_rules=True),
)
seat("revoke", people.invited, lambda of, row: seats.revoke(row.pk, actor=of.operator, now=NOW, reason="调整"))
seat("remind", people.invited, lambda of, row: seats.remind(row.pk, actor=of.operator, now=NOW))
seat("notify", people.accepted, lambda of, row: seats.notify(row.pk, actor=of.operator, now=NOW, requirements="九点"))
seat("notify_all", people.accepted, lambda of, _row: seats.notify_all(of.meeting.pk, actor=of.operator, now=NOW, requirements="九点"))
seat("record_delivery", people.told, lambda of, row: seats.record_delivery(row.pk, actor=of.operator, now=NOW, door="phone"))
seat(
    "record_deliveries",
    people.told,
    lambda of, row: seats.record_deliveries(of.meeting.pk, [row.pk], actor=of.operator, now=NOW, door="phone"),
)
seat("open_link", people.told, lambda _of, row: seats.open_link(row.token, now=NOW))
seat(
    "fetch_material",
    people.told,
    lambda _of, row: seats.fetch_material(row.token, Material.objects.filter(invitation=row).order_by("pk")[0].document_id, now=NOW),
)
seat(
    "meeting_changed",
    people.invited,
    lambda of, _row: seats.meeting_changed(Happened("meeting.cancel", of.meeting, of.operator, NOW, {"reason": "台风"})),
)
seat("check_notices", people.told, lambda of, _row: seats.check_notices(Happened("meeting.convene", of.meeting, of.office, NOW)))
seat("item_withdrawn", people.pooled, lambda of, _row: seats.item_withdrawn(Happened("agenda_item.withdraw", of.item, of.operator, NOW)))

seat(
    "record_answer",
    people.invited,
    lambda of, row: seats.record_answer(row.pk, actor=of.operator, now=NOW, accept=True, door="phone", accepted_rules=True),
)
seat("record_bounce", people.told, lambda of, row: seats.record_bounce(row.pk, actor=of.operator, now=NOW, words="退回"))
seat("acknowledge", people.told, lambda of, row: seats.acknowledge(row.token, actor=stranger(of.home.pk), now=NOW))
seat("item_begins", people.told, lambda of, _row: seats.item_begins(Happened("agenda_item.begin", of.item, of.operator, NOW)))


def a_paper_more(of: Any) -> Any:
    """Somebody told, then a paper attached that nobody has yet."""
    people.told(of, door="email")
    return matter.document(of.topic, "material", by=of.clerk, title="补充材料")


seat(
    "paper_attached",
    a_paper_more,
    lambda of, paper: seats.paper_attached(Happened("topic.attach", of.topic, of.clerk, NOW, {"document": paper})),
)
seat(
    "papers_published",
    lambda of: None,
    lambda of, _: seats.papers_published(Happened("topic.publish_documents", of.topic, of.clerk, NOW)),
)
seat(
    "paper_removed",
    lambda of: matter.document(of.topic, "basis", by=of.clerk, title="没有交给人的"),
    lambda of, paper: seats.paper_removed(Happened("topic.remove_document", of.topic, of.clerk, NOW, {"document": paper})),
)


def seat_left() -> Any:
    """Somebody drawn and seated has declined."""
    of, _draw = call.drawn(people=18)
    people.house_rules(of.of)
    seats.seat_drawn(of.row.pk, actor=of.clerk, now=call.DRAWN)
    seats.invite_all(of.of.meeting.pk, actor=of.of.operator, now=call.DRAWN)
    row = Invitation.objects.filter(meeting=of.of.meeting).order_by("pk")[0]
    return seats.answer_invitation(row.token, actor=of.anybody, now=call.DRAWN, accept=False)


simple(
    "representatives.seat_freed",
    seat_left,
    lambda row: seats.seat_freed(Happened("invitation.decline", row, stranger(row.government_id), call.DRAWN)),
)


@case("representatives.failed")
def failed() -> Act:
    of = meet.frozen()
    people.told(of, door="email")
    notice = Notice.objects.get(template__endswith="notice.txt")
    return lambda: seats.failed(Happened("notice.failed", notice, of.operator, NOW))


@case("representatives.delivered")
def delivered() -> Act:
    of = meet.frozen()
    people.told(of, door="email")
    notice = Notice.objects.get(template__endswith="notice.txt")
    return lambda: seats.delivered(Happened("notice.delivered", notice, of.operator, NOW))


@case("representatives.seat_again")
def seat_again() -> Act:
    of = meet.frozen()
    row = people.invited(of)
    seats.revoke(row.pk, actor=of.operator, now=NOW, reason="调整")
    return lambda: seats.seat_again(row.pk, actor=of.operator, now=NOW, method="nomination", reason="补位")


def arriving() -> Any:
    """Everybody told, the meeting running, nobody checked in."""
    of = meet.frozen()
    row = people.told(of)
    meeting.convene_meeting(of.meeting.pk, actor=of.office, now=NOW)
    meeting.start_meeting(of.meeting.pk, actor=of.operator, now=meet.STARTS)
    return of, row


ARRIVING: dict[str, Callable[..., object]] = {
    "check_in": lambda of, row: seats.check_in(row.pk, actor=of.operator, now=meet.STARTS),
    "check_in_by_code": lambda of, row: seats.check_in_by_code(of.meeting.pk, row.token, actor=of.operator, now=meet.STARTS),
    "mark_absent": lambda of, _row: seats.mark_absent(of.meeting.pk, actor=of.operator, now=meet.STARTS),
    "pass_door": lambda of, row: seats.pass_door(of.meeting.pk, row.code, actor=of.operator, now=meet.STARTS, inward=True, key="k"),
    "sync_scans": lambda of, row: seats.sync_scans(
        of.meeting.pk, [seats.ScanIn("k", row.code, inward=True, at=meet.STARTS)], actor=of.operator, now=meet.STARTS
    ),
    "walk_in": lambda of, _row: seats.walk_in(
        of.item.pk, actor=of.operator, now=meet.STARTS, audience="expert", name="赵六", reason="代", accepted_rules=True
    ),
}
for name, arrive in ARRIVING.items():
    simple(f"representatives.{name}", arriving, lambda given, arrive=arrive: arrive(*given))


CALLS: dict[str, tuple[Callable[[], Any], Callable[[Any], object]]] = {
    "begin_call": (meet.frozen, lambda of: seats.begin_call(of.topic.pk, actor=of.clerk, now=NOW)),
    "save_call": (
        call.preparing,
        lambda of: seats.save_call(
            of.row.pk, actor=of.clerk, now=NOW, title="题", purpose="事", conditions="件", contact="", closes_on=call.CLOSES, reserves=1
        ),
    ),
    "set_quota": (call.preparing, lambda of: seats.set_quota(of.row.pk, actor=of.clerk, now=NOW, line=call.QuotaLine("街道", "东", 0, 3))),
    "remove_quota": (
        call.preparing,
        lambda of: seats.remove_quota(of.row.pk, getattr(of.row.quotas.order_by("pk").last(), "pk", 0), actor=of.clerk, now=NOW),
    ),
    "publish_call": (call.preparing, lambda of: seats.publish_call(of.row.pk, actor=of.head, now=NOW)),
    "extend_call": (
        call.opened,
        lambda of: seats.extend_call(of.row.pk, actor=of.head, now=NOW, closes_on=call.CLOSES + timedelta(days=1), reason="人少"),
    ),
    "relax_quota": (
        call.opened,
        lambda of: seats.relax_quota(of.row.quotas.order_by("-pk")[0].pk, actor=of.head, now=NOW, least=0, most=3, reason="人少"),
    ),
    "cancel_call": (call.opened, lambda of: seats.cancel_call(of.row.pk, actor=of.head, now=NOW, reason="不开了")),
    "apply_for_seat": (call.opened, lambda of: call.applied(of, 1)),
    "freeze_draw": (call.filled, lambda of: seats.freeze_draw(of.row.pk, actor=of.clerk, now=call.CLOSED, randomness=call.SOURCE)),
    "annul_draw": (call.drawable, lambda of: seats.annul_draw(of[0].row.pk, actor=of[0].head, now=call.CLOSED, reason="停开")),
    "reveal_draw": (
        call.drawable,
        lambda of: seats.reveal_draw(of[0].row.pk, actor=of[0].of.operator, now=call.DRAWN, values=call.VALUES),
    ),
    "correct_draw": (
        call.drawn,
        lambda of: seats.correct_draw(
            of[0].row.pk, actor=of[0].head, now=call.DRAWN, values=[["1", "2", "3", "4", "5", "6"]], reason="看错"
        ),
    ),
    "seat_drawn": (call.drawn, lambda of: seats.seat_drawn(of[0].row.pk, actor=of[0].clerk, now=call.DRAWN)),
    "fill_seat": (call.left, lambda of: seats.fill_seat(of[1].pk, actor=of[0].clerk, now=call.DRAWN)),
    "forget_applicants": (call.drawn, lambda _of: seats.forget_applicants(call.DRAWN + timedelta(days=99))),
}
APPLICATIONS: dict[str, Callable[[Any, Any], object]] = {
    "leave_out": lambda of, row: seats.leave_out(row.pk, actor=of.clerk, now=NOW, ground="unfit", reason="外区"),
    "take_in": lambda of, row: seats.take_in(row.pk, actor=of.clerk, now=NOW),
    "withdraw_application": lambda of, row: seats.withdraw_application(row.receipt, actor=of.anybody, now=NOW),
    "look_at_applicant": lambda of, row: seats.look_at_applicant(row.pk, actor=of.clerk, now=NOW, purpose="核对"),
}


def one_applied() -> Any:
    of = call.opened()
    return of, call.applied(of, 1)


for name, (ready, done) in CALLS.items():
    simple(f"representatives.{name}", ready, done)
for name, act in APPLICATIONS.items():
    simple(f"representatives.{name}", one_applied, lambda given, act=act: act(*given))


def verified() -> Any:
    """A meeting, the office, somebody of the pool."""
    of = meet.frozen()
    return of, actor(of.home, Role.OFFICE), pool.listed(of.home)


def waiting() -> Any:
    of = meet.frozen()
    return of, actor(of.home, Role.OFFICE), pool.joined(of.home)


LETTER: dict[str, Any] = {"body": "区政协办公室", "letter_no": "3号", "dated_on": TODAY}
SOON = NOW + timedelta(days=340)
POOL: dict[str, tuple[Callable[[], Any], Callable[[Any, Any, Any], object]]] = {
    "verify_person": (waiting, lambda _of, office, who: seats.verify_person(who.pk, actor=office, now=NOW)),
    "verify_people": (waiting, lambda _of, office, who: seats.verify_people([who.pk], actor=office, now=NOW)),
    "refuse_person": (waiting, lambda _of, office, who: seats.refuse_person(who.pk, actor=office, now=NOW, reason="外区")),
    "join_pool": (meet.frozen, lambda of: pool.joined(of.home)),
    "correct_own": (
        verified,
        lambda of, _o, who: seats.correct_own(who.token, {"unit": "新单位"}, actor=stranger(of.home.pk), now=NOW),
    ),
    "correct_person": (verified, lambda of, _o, who: seats.correct_person(who.pk, {"unit": "新单位"}, actor=of.operator, now=NOW)),
    "say_consent": (verified, lambda of, _o, who: seats.say_consent(who.token, actor=stranger(of.home.pk), now=NOW, agreed=True)),
    "declare_conflict": (verified, lambda of, _o, who: seats.declare_conflict(who.token, of.topic.pk, actor=stranger(of.home.pk), now=NOW)),
    "enter_conflict": (verified, lambda of, _o, who: seats.enter_conflict(who.pk, of.topic.pk, actor=of.operator, now=NOW, reason="亲属")),
    "leave_by_link": (verified, lambda of, _o, who: seats.leave_by_link(who.token, actor=stranger(of.home.pk), now=NOW)),
    "send_link": (verified, lambda of, _o, who: seats.send_link(who.pk, actor=of.operator, now=NOW)),
    "renew_by_link": (verified, lambda of, _o, who: seats.renew_by_link(who.token, actor=stranger(of.home.pk), now=SOON)),
    "renew_at_desk": (verified, lambda of, _o, who: seats.renew_at_desk(who.pk, actor=of.operator, now=SOON)),
    "ask_renewals": (verified, lambda _of, _o, _who: seats.ask_renewals(SOON)),
    "lapse_terms": (verified, lambda _of, _o, _who: seats.lapse_terms(SOON + timedelta(days=99))),
    "forget_people": (waiting, lambda _of, _o, _who: seats.forget_people(SOON)),
    "import_people": (
        verified,
        lambda of, _o, _who: seats.import_people("姓名,类别,电话\n李四,社会公众,1\n".encode(), "a.csv", actor=of.operator, now=NOW),
    ),
    "nominate": (verified, lambda of, _o, who: seats.nominate(of.item.pk, who.pk, actor=of.operator, now=NOW, **LETTER)),
}
for name, (ready, done) in POOL.items():
    simple(f"representatives.{name}", ready, lambda given, done=done: done(*given) if isinstance(given, tuple) else done(given))


def rules_changed() -> Any:
    of = meet.frozen()
    row = people.accepted(of)
    people.house_rules(of, duties="更新的责任")
    return of, row


simple(
    "representatives.confirm_rules",
    rules_changed,
    lambda given: seats.confirm_rules(given[1].token, actor=stranger(given[0].home.pk), now=NOW),
)
simple("representatives.confirm_for", rules_changed, lambda given: seats.confirm_for(given[1].pk, actor=given[0].operator, now=NOW))


@case("representatives.check_out")
def check_out() -> Act:
    of, row = arriving()
    seats.check_in(row.pk, actor=of.operator, now=meet.STARTS)
    return lambda: seats.check_out(row.pk, actor=of.operator, now=meet.STARTS)


INSIDE: dict[str, Callable[..., object]] = {
    "send_out": lambda of, _row: seats.send_out(of.meeting.pk, actor=of.operator, now=meet.STARTS),
    "call_back": lambda of, _row: seats.call_back(of.meeting.pk, actor=of.operator, now=meet.STARTS),
    "check_back": lambda of, row: seats.check_back(row.pk, actor=of.operator, now=meet.STARTS),
}


def came_in() -> Any:
    """Somebody is in the room; for those who come back, sent out before."""
    of, row = arriving()
    seats.check_in(row.pk, actor=of.operator, now=meet.STARTS)
    return of, row


def sent_out() -> Any:
    of, row = came_in()
    seats.send_out(of.meeting.pk, actor=of.operator, now=meet.STARTS)
    return of, row


for name, act in INSIDE.items():
    simple(f"representatives.{name}", came_in if name == "send_out" else sent_out, lambda given, act=act: act(*given))


# minutes
def suggested() -> Any:
    of = day.held()
    return of, minutes.record_suggestion(of.invitations[0].pk, actor=of.operator, now=OVER, text="补助要到户")


def composed() -> Any:
    of = day.held()
    minutes.compose_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    Minutes.objects.filter(meeting=of.meeting).update(attendees="陈一")
    return of


def circulated() -> Any:
    of = composed()
    minutes.circulate_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    return of


def issued() -> Any:
    of = circulated()
    minutes.issue_minutes(of.meeting.pk, actor=of.office, now=OVER)
    return of


simple(
    "minutes.record_suggestion",
    day.held,
    lambda of: minutes.record_suggestion(of.invitations[0].pk, actor=of.operator, now=OVER, text="到户"),
)
simple(
    "minutes.judge_suggestion",
    suggested,
    lambda given: minutes.judge_suggestion(given[1].pk, actor=given[0].clerk, now=OVER, reasonable=True),
)
simple(
    "minutes.reply_suggestion", suggested, lambda given: minutes.reply_suggestion(given[1].pk, actor=given[0].clerk, now=OVER, reply="好")
)
simple(
    "minutes.write_record",
    day.held,
    lambda of: minutes.write_record(of.item.pk, actor=of.operator, now=OVER, speaker="某委员", text="不同意", dissent=True),
)


def wished() -> Any:
    of, row = suggested()
    minutes.wish_wording(row.pk, of.invitations[0].token, actor=stranger(of.home.pk), now=OVER, text="到户，三十日内")
    return of, row


def recorded_line() -> Any:
    of = day.held()
    return of, minutes.write_record(of.item.pk, actor=of.operator, now=OVER, speaker="陈一", stance="agree")


def signed() -> Any:
    of, line = recorded_line()
    minutes.sign_record(of.meeting.pk, actor=of.office, now=OVER)
    return of, line


WORDINGS: dict[str, Callable[[Any, Any], object]] = {
    "confirm_suggestion": lambda of, row: minutes.confirm_suggestion(row.pk, of.invitations[0].token, actor=stranger(of.home.pk), now=OVER),
    "wish_wording": lambda of, row: minutes.wish_wording(
        row.pk, of.invitations[0].token, actor=stranger(of.home.pk), now=OVER, text="另一种说法"
    ),
    "settle_wish": lambda of, row: minutes.settle_wish(row.pk, actor=of.operator, now=OVER, accept=True),
    "reword_suggestion": lambda of, row: minutes.reword_suggestion(row.pk, actor=of.operator, now=OVER, text="补助直接到户"),
    "confirm_on_paper": lambda of, row: minutes.confirm_on_paper(row.pk, actor=of.operator, now=OVER),
    "write_opinion": lambda of, _row: minutes.write_opinion(
        of.invitations[0].token, actor=stranger(of.home.pk), now=OVER, text="会后想到的"
    ),
}
for name, settle in WORDINGS.items():
    simple(f"minutes.{name}", wished if name == "settle_wish" else suggested, lambda given, settle=settle: settle(*given))
simple("minutes.sign_record", recorded_line, lambda of: minutes.sign_record(of[0].meeting.pk, actor=of[0].office, now=OVER))
simple(
    "minutes.correct_line",
    signed,
    lambda of: minutes.correct_line(of[1].pk, actor=of[0].operator, now=OVER, text="保留", stance="reserve", reason="听错了"),
)
simple("minutes.note_rest_agree", membered, lambda of: minutes.note_rest_agree(of[0].item.pk, actor=of[0].operator, now=OVER))
simple(
    "minutes.look_at_record",
    recorded_line,
    lambda of: len(minutes.look_at_record(of[0].meeting.pk, actor=of[0].office, now=OVER, purpose="核对")),
)
simple("minutes.export_record", signed, lambda of: minutes.export_record(of[0].meeting.pk, actor=of[0].office, now=OVER))
simple("minutes.compose_minutes", day.held, lambda of: minutes.compose_minutes(of.meeting.pk, actor=of.operator, now=OVER))


def a_section(of: Any) -> MinutesSection:
    return MinutesSection.objects.get(minutes__meeting=of.meeting, key="general")


def remarked() -> Any:
    of = circulated()
    return of, minutes.comment_section(a_section(of).pk, actor=of.office, now=OVER, text="补日期")


def logged() -> Any:
    of = issued()
    sequence_all(OVER)
    return of


def answered_all() -> Any:
    of = issued()
    return of, of.invitations[0]


WRITING: dict[str, tuple[Callable[[], Any], Callable[[Any], object]]] = {
    "write_section": (
        composed,
        lambda of: minutes.write_section(a_section(of).pk, actor=of.operator, now=OVER, text="文", base=a_section(of).version),
    ),
    "keep_draft": (composed, lambda of: minutes.keep_draft(a_section(of).pk, actor=of.operator, now=OVER, text="文", base=0)),
    "drop_draft": (composed, lambda of: minutes.drop_draft(a_section(of).pk, actor=of.operator, now=OVER)),
    "recall_minutes": (circulated, lambda of: minutes.recall_minutes(of.meeting.pk, actor=of.operator, now=OVER)),
    "comment_section": (circulated, lambda of: minutes.comment_section(a_section(of).pk, actor=of.office, now=OVER, text="补日期")),
    "answer_comment": (
        remarked,
        lambda given: minutes.answer_comment(given[1].pk, actor=given[0].operator, now=OVER, answer="已补"),
    ),
    "close_comment": (remarked, lambda given: minutes.close_comment(given[1].pk, actor=given[0].office, now=OVER)),
    "tell_representative": (
        answered_all,
        lambda given: minutes.tell_representative(given[1].pk, actor=given[0].office, now=OVER, door="phone"),
    ),
    "export_dossier": (logged, lambda of: minutes.export_dossier(of.meeting.pk, actor=of.office, now=OVER)),
    "tell_all": (issued, lambda of: minutes.tell_all(of.meeting.pk, actor=of.office, now=OVER)),
}
for name, (prepared, write) in WRITING.items():
    simple(f"minutes.{name}", prepared, write)


@case("minutes.restore_section")
def restore_section() -> Act:
    of = composed()
    row = a_section(of)
    for base, text in enumerate(("甲", "乙")):
        minutes.write_section(row.pk, actor=of.operator, now=OVER, text=text, base=base)
    return lambda: minutes.restore_section(row.pk, actor=of.operator, now=OVER, version=1, base=2)


simple("minutes.circulate_minutes", composed, lambda of: minutes.circulate_minutes(of.meeting.pk, actor=of.operator, now=OVER))
simple("minutes.return_minutes", circulated, lambda of: minutes.return_minutes(of.meeting.pk, actor=of.office, now=OVER, reason="补"))
simple("minutes.issue_minutes", circulated, lambda of: minutes.issue_minutes(of.meeting.pk, actor=of.office, now=OVER))
simple("minutes.correct_minutes", issued, lambda of: minutes.correct_minutes(of.meeting.pk, actor=of.operator, now=OVER, reason="有误"))


# papers
def own_template() -> Any:
    who = actor(government(), Role.OFFICE)
    first = papers.put_template("minutes", actor=who, now=NOW, upload=standard_template("minutes"), file_name="a.docx")
    return who, first


TEMPLATES: dict[str, Callable[..., object]] = {
    "put_template": lambda who, _row: papers.put_template(
        "notice", actor=who, now=NOW, upload=standard_template("notice"), file_name="b.docx"
    ),
    "use_standard": lambda who, _row: papers.use_standard("minutes", actor=who, now=NOW),
    "use_version": lambda who, row: papers.use_version(row.pk, actor=who, now=NOW),
}
for name, shape in TEMPLATES.items():
    simple(f"papers.{name}", own_template, lambda given, shape=shape: shape(*given))


# following
READER: dict[str, Any] = {"address": "a@example.org", "rhythm": "daily"}


def followed() -> tuple[Follow, dict[str, Any]]:
    """Somebody who asked to be told, and who acts."""
    who: dict[str, Any] = {"actor": stranger(government().pk), "now": NOW}
    following.follow("all", "", **who, **READER)
    return Follow.objects.get(), who


@case("following.follow")
def follow() -> Act:
    row, who = followed()
    return lambda: following.follow(row.kind, row.key, **who, **READER)


simple("following.confirm", followed, lambda given: following.confirm(given[0].token, **given[1]))
simple("following.change_rhythm", followed, lambda given: following.change_rhythm(given[0].token, **given[1], rhythm="weekly"))
simple("following.stop", followed, lambda given: following.stop(given[0].token, **given[1]))
simple("following.forget_unconfirmed", followed, lambda _given: following.forget_unconfirmed(NOW + timedelta(days=9)))


@case("following.send_digests")
def send_digests() -> Act:
    row, _clerk = consultation.opened()
    who: dict[str, Any] = {"actor": stranger(row.government_id), "now": NOW - timedelta(days=1)}
    following.follow("all", "", **who, **READER)
    following.confirm(Follow.objects.get().token, **who)
    return lambda: following.send_digests(NOW + timedelta(days=1))


# publishing
def release(*, until: str = "drafting") -> Any:
    of = day.held()
    row = publishing.draft_release(of.topic.pk, actor=of.clerk, now=OVER, kind="result", title="结果", body="通过。")
    if until != "drafting":
        publishing.submit_release(row.pk, actor=of.clerk, now=OVER)
    if until in {"ready", "published"}:
        for role in (Role.EDITOR_1, Role.EDITOR_2, Role.SECRECY):
            publishing.review_release(row.pk, actor=actor(of.home, role), now=OVER)
    if until == "published":
        publishing.publish_release(row.pk, actor=of.clerk, now=OVER)
    return of, row, actor(of.home, Role.EDITOR_1), actor(of.home, Role.OFFICE)


RELEASES: dict[str, tuple[str, Callable[..., object]]] = {
    "draft_release": (
        "drafting",
        lambda of, _row, *_who: publishing.draft_release(of.topic.pk, actor=of.clerk, now=OVER, kind="decision", title="决定", body="文"),
    ),
    "save_release": ("drafting", lambda of, row, *_who: publishing.save_release(row.pk, actor=of.clerk, now=OVER, title="改", body="文")),
    "attach_file": (
        "drafting",
        lambda of, row, *_who: publishing.attach_file(row.pk, actor=of.clerk, now=OVER, upload=b"all", file_name="a.txt"),
    ),
    "submit_release": ("drafting", lambda of, row, *_who: publishing.submit_release(row.pk, actor=of.clerk, now=OVER)),
    "review_release": ("review_1", lambda _of, row, editor, _office: publishing.review_release(row.pk, actor=editor, now=OVER)),
    "return_release": (
        "review_1",
        lambda _of, row, editor, _office: publishing.return_release(row.pk, actor=editor, now=OVER, reason="补"),
    ),
    "publish_release": ("ready", lambda of, row, *_who: publishing.publish_release(row.pk, actor=of.clerk, now=OVER)),
    "withdraw_release": (
        "published",
        lambda _of, row, _editor, office: publishing.withdraw_release(row.pk, actor=office, now=OVER, reason="误"),
    ),
}
for name, (until, put_out) in RELEASES.items():
    simple(f"publishing.{name}", lambda until=until: release(until=until), lambda given, put_out=put_out: put_out(*given))


@case("publishing.remove_file")
def remove_file() -> Act:
    of, row, *_who = release()
    paper = publishing.attach_file(row.pk, actor=of.clerk, now=OVER, upload=b"all", file_name="a.txt")
    return lambda: publishing.remove_file(row.pk, paper.pk, actor=of.clerk, now=OVER)


# platform
def office_of_people() -> Any:
    home = government()
    return actor(home, Role.SECURITY_ADMIN), person(home)


ACCOUNTS: dict[str, Callable[..., object]] = {
    "add_person": lambda who, _one: accounts.add_person(actor=who, now=NOW, username="chen.er", name="陈二", password="Green-river-2026"),
    "give_role": lambda who, one: accounts.give_role(one.pk, Role.CLERK, actor=who, now=NOW),
    "set_active": lambda who, one: accounts.set_active(one.pk, actor=who, now=NOW, active=False),
}
for name, keep in ACCOUNTS.items():
    simple(f"accounts.{name}", office_of_people, lambda given, keep=keep: keep(*given))


@case("accounts.take_role")
def take_role() -> Act:
    who, one = office_of_people()
    given = accounts.give_role(one.pk, Role.CLERK, actor=who, now=NOW)
    return lambda: accounts.take_role(given.pk, actor=who, now=NOW)


simple(
    "figures.set_figure",
    lambda: actor(government(), Role.OFFICE),
    lambda who: figures.set_figure("rep.min_invites_per_year", "4", actor=who, now=NOW, since_on=TODAY, source="源", reason="因"),
)
simple(
    "figures.load_figures",
    lambda: actor(government(), Role.OFFICE),
    lambda who: figures.load_figures({"rep.max_age": "65"}, actor=who, now=NOW, since_on=TODAY, source="源", reason="因"),
)
simple(
    "figures.import_year",
    lambda: actor(government(), Role.OFFICE),
    lambda who: figures.import_year(2031, {date(2031, 1, 1): False}, source="通知", actor=who, now=NOW),
)

simple(
    "signing.set_levels",
    lambda: actor(government(), Role.OFFICE),
    lambda who: signing.set_levels("report", [HEAD], actor=who, now=NOW, reason="本区规定"),
)

MODULES = {
    "topics": topics,
    "consultations": consulting,
    "meetings": meeting,
    "representatives": seats,
    "minutes": minutes,
    "papers": papers,
    "publishing": publishing,
    "accounts": accounts,
    "figures": figures,
    "hearings": hearings,
    "guard": guard,
    "following": following,
    "signing": signing,
}


def counts() -> dict[str, int]:
    """How many rows every table of ours has."""
    return {each._meta.label: each._default_manager.count() for each in apps.get_models() if each.__module__.startswith("mingtang.")}


def same(one: object, other: object) -> bool:
    """Whether two results name the same row; counts, texts and nothing are the second time what they are."""
    return getattr(one, "pk", None) is None or getattr(one, "pk", None) == getattr(other, "pk", None)


@pytest.mark.parametrize("name", sorted(CASES))
def test_done_twice_it_does_no_harm(name):
    act = CASES[name]()
    first = act()
    before = counts()
    try:
        second = act()
    except Refused as refused:
        assert str(refused.decision.reason)  # noqa: PT017 - a refusal is one of the two good ends
    else:
        assert same(first, second) or name in ANEW
    grown = {label for label, n in counts().items() if n > before[label]} - GROWS
    assert grown <= MAY_ADD.get(name, set())


def test_every_action_is_done_twice():
    there = set()
    for name, module in MODULES.items():
        for each, function in inspect.getmembers(module, inspect.isfunction):
            taken = {"actor", "now", "happened"} & set(inspect.signature(function).parameters)
            if not each.startswith(("_", "may_")) and taken and function.__module__.startswith(module.__name__):
                there.add(f"{name}.{each}")
    assert there - set(CASES) == set()
