"""Every write on suggestions and minutes: once, in order, by the right person, and provable afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from mingtang.engines.ledger.checking import check_receipt
from mingtang.engines.ledger.packing import unpack
from mingtang.meetings.models import AgendaItem
from mingtang.minutes import actions, queries
from mingtang.minutes.models import Minutes, MinutesSection, MinutesVersion, RecordLine, Suggestion
from mingtang.minutes.policy import may_draft, may_issue, may_judge, may_see_record
from mingtang.platform.actor import Actor, Role
from mingtang.platform.audit.models import Act
from tests.factories.held import STARTS, convened, held
from tests.factories.platform import actor, department, government
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(hours=2)


@pytest.fixture
def over():
    return held()


def said(over, words: str = "写明一层住户的补偿。", *, by: int = 0) -> Suggestion:
    return actions.record_suggestion(over.invitations[by].pk, actor=over.operator, now=NOW, text=words)


def composed(over) -> Minutes:
    return actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)


def section(over, key: str) -> MinutesSection:
    return MinutesSection.objects.get(minutes__meeting=over.meeting, key=key)


def written(over, key: str, text: str, *, by=None, base: int | None = None) -> MinutesSection:
    row = section(over, key)
    return actions.write_section(row.pk, actor=by or over.operator, now=NOW, text=text, base=row.version if base is None else base)


def issued(over) -> Minutes:
    composed(over)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    return actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)


def test_a_suggestion_is_written_down_once(over):
    first, again = said(over), said(over, " 写明一层住户的补偿。 ")
    assert first == again
    assert (first.reasonable, first.item_id, str(first)) == (None, over.item.pk, "写明一层住户的补偿。")
    assert Act.objects.filter(event="suggestion.record").count() == 1


def test_a_suggestion_of_somebody_who_did_not_come_or_without_words_is_refused(over):
    with refused("absent"):
        said(over, by=2)
    with refused("empty"):
        said(over, "  ")
    with refused("role"):
        actions.record_suggestion(over.invitations[0].pk, actor=over.office, now=NOW, text="x")


def test_the_department_judges_and_answers_a_suggestion(over):
    row = said(over)
    actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=False, reason="已有规定")
    again = actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW + timedelta(hours=1), reasonable=False, reason="已有规定 ")
    assert (again.reasonable, again.reason, again.judged_at) == (False, "已有规定", NOW)
    actions.reply_suggestion(row.pk, actor=over.office, now=NOW, reply=" 见第五条 ")
    row.refresh_from_db()
    assert (row.reply, row.replied_at) == ("见第五条", NOW)
    with refused("empty"):
        actions.reply_suggestion(row.pk, actor=over.office, now=NOW, reply=" ")
    with refused("reason"):
        actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=False)
    with refused("gone"):
        actions.judge_suggestion(0, actor=over.clerk, now=NOW, reasonable=True)


def test_nobody_of_another_government_reaches_these_rows(over):
    row = said(over)
    elsewhere = government()
    office, operator = actor(elsewhere, Role.OFFICE), actor(elsewhere, Role.OPERATOR)
    with refused("gone"):
        actions.judge_suggestion(row.pk, actor=office, now=NOW, reasonable=True)
    with refused("gone"):
        actions.reply_suggestion(row.pk, actor=office, now=NOW, reply="x")
    with refused("gone"):
        actions.record_suggestion(over.invitations[0].pk, actor=operator, now=NOW, text="另一条")
    with refused("gone"):
        actions.write_record(over.item.pk, actor=operator, now=NOW, speaker="甲", text="乙")
    with refused("gone"):
        actions.compose_minutes(over.meeting.pk, actor=operator, now=NOW)
    assert Suggestion.objects.count() == 1
    assert not RecordLine.objects.exists()
    assert not Minutes.objects.exists()


def test_the_internal_record_only_grows(over):
    actions.write_record(over.item.pk, actor=over.operator, now=NOW, speaker=" 副区长 ", text=" 不同意 ", dissent=True)
    actions.write_record(over.item.pk, actor=over.operator, now=NOW, speaker="区长", text="同意")
    assert [(each.speaker, each.text, each.dissent, str(each)) for each in queries.record_lines(over.meeting.pk)] == [
        ("副区长", "不同意", True, f"副区长 {over.item.pk}"),
        ("区长", "同意", False, f"区长 {over.item.pk}"),
    ]
    for speaker, words in (("", "x"), ("x", " ")):
        with refused("empty"):
            actions.write_record(over.item.pk, actor=over.operator, now=NOW, speaker=speaker, text=words)


def test_the_draft_is_put_together_from_what_happened(over):
    good, bad = said(over), said(over, "免费送电梯。", by=1)
    actions.judge_suggestion(good.pk, actor=over.clerk, now=NOW, reasonable=True)
    actions.judge_suggestion(bad.pk, actor=over.clerk, now=NOW, reasonable=False, reason="财力不许可")
    row = composed(over)
    assert (
        row.body
        == "一、清河区老旧小区加装电梯补助实施办法\n会议原则通过。按会议意见修改后印发。\n列席代表张三（社会公众）建议：写明一层住户的补偿。"
    )
    assert row.observers == "张三（社会公众，向阳小区）\n李四（社会公众，和平小区）"
    assert row.attendees == "区长陈一\n区住房和城乡建设局"


def test_what_was_typed_about_attendees_stays_when_composed_again(over):
    composed(over)
    for key, text in (("attendees", "区长陈一"), ("excused", "副区长"), (f"item:{over.item.pk}", "手写")):
        written(over, key, text)
    row = composed(over)
    assert (row.attendees, row.excused) == ("区长陈一", "副区长")
    assert "手写" not in row.body
    assert [each.text for each in section(over, f"item:{over.item.pk}").texts.order_by("version")][1] == "手写"


def test_minutes_are_issued_by_somebody_else_and_numbered_once(over):
    row = issued(over)
    assert (row.state, row.official_no, row.year, row.number, row.issued_at) == ("issued", "政纪要〔2026〕1 号", 2026, 1, NOW)
    version = MinutesVersion.objects.get()
    assert (version.version, version.body, version.observers, version.correction, str(version)) == (
        1,
        row.body,
        row.observers,
        "",
        str(version),
    )
    with refused("wrong_state"):
        actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)
    assert MinutesVersion.objects.count() == 1


def test_the_next_minutes_of_the_year_get_the_next_number(over):
    issued(over)
    second = held(department(over.home, name="区教育局"))
    assert issued(second).official_no == "政纪要〔2026〕2 号"


def test_minutes_that_lack_a_name_or_a_suggestion_do_not_go_out(over):
    row = said(over)
    composed(over)
    with refused("unjudged"):
        actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=True)
    with refused("suggestion_missing"):
        actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    composed(over)
    written(over, "observers", "张三")
    with refused("name_missing"):
        actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    assert Minutes.objects.get().state == "drafting"


def test_minutes_of_a_running_meeting_do_not_go_out():
    running = convened()
    composed(running)
    with refused("not_ended"):
        actions.circulate_minutes(running.meeting.pk, actor=running.operator, now=NOW)


def test_a_suggestion_judged_while_the_office_looks_stops_the_issue(over):
    row = said(over)
    actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=False, reason="不可行")
    composed(over)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=True)
    with refused("suggestion_missing"):
        actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)


def test_after_the_issue_suggestions_rest_until_a_correction(over):
    row = said(over)
    actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=False, reason="不可行")
    issued(over)
    with refused("issued"):
        actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=True)
    with refused("issued"):
        said(over, "再说一条。")
    actions.reply_suggestion(row.pk, actor=over.clerk, now=NOW, reply="以后再议")
    actions.correct_minutes(over.meeting.pk, actor=over.operator, now=NOW, reason="补写建议")
    assert actions.judge_suggestion(row.pk, actor=over.clerk, now=NOW, reasonable=True).reasonable


def test_the_office_returns_a_draft_with_a_reason(over):
    composed(over)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    for act in (
        composed,
        lambda it: written(it, "observers", "x"),
    ):
        with refused("wrong_state"):
            act(over)
    with refused("reason_missing"):
        actions.return_minutes(over.meeting.pk, actor=over.office, now=NOW, reason="")
    row = actions.return_minutes(over.meeting.pk, actor=over.office, now=NOW, reason="结论写得不全")
    assert row.state == "drafting"


def test_a_correction_is_a_new_version_under_the_same_number(over):
    issued(over)
    actions.correct_minutes(over.meeting.pk, actor=over.operator, now=NOW, reason="错字")
    written(over, "general", "更正")
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    later = NOW + timedelta(days=1)
    row = actions.issue_minutes(over.meeting.pk, actor=over.office, now=later)
    assert (row.number, row.version, row.issued_at, row.first_issued_at) == (1, 2, later, NOW)
    assert [(each.version, each.correction) for each in MinutesVersion.objects.order_by("version")] == [(1, ""), (2, "错字")]


def test_the_drafter_never_issues(over):
    both = Actor(over.home.pk, over.operator.person_id, "两职", over.operator.held | over.office.held)
    composed(over)
    actions.circulate_minutes(over.meeting.pk, actor=both, now=NOW)
    with refused("own_work"):
        actions.issue_minutes(over.meeting.pk, actor=both, now=NOW)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_it_may(over, role):
    within = over.department if role in {Role.CLERK, Role.HEAD} else None
    who = actor(over.home, role, within=within)
    row = composed(over)
    assert bool(may_draft(who)) is (role is Role.OPERATOR)
    assert bool(may_issue(who, row)) is (role is Role.OFFICE)
    assert bool(may_judge(who, over.department.pk)) is (role in {Role.OFFICE, Role.CLERK, Role.HEAD})
    assert bool(may_see_record(who)) is (role in {Role.OPERATOR, Role.OFFICE, Role.LEADER})
    assert not may_judge(actor(over.home, Role.CLERK, within=department(over.home)), over.department.pk)


def test_a_statement_is_told_and_a_closed_item_is_left_out(over):
    AgendaItem.objects.filter(pk=over.item.pk).update(statement_at=NOW)
    assert "区住房和城乡建设局于11:30说明意见征集和采纳情况。" in composed(over).body
    AgendaItem.objects.filter(pk=over.item.pk).update(attendance="closed")
    assert composed(over).body == ""


def test_the_receipt_of_a_suggestion_is_printed_with_its_item_and_the_whole_of_it(over):
    row = said(over)
    visitor = Client(headers={"host": over.home.host})
    text = visitor.get(f"/r/{row.receipt}/receipt.txt").content.decode()
    assert f"第 {row.item.position} 项　" in text
    assert "写明一层住户的补偿。" in text
    held_by = unpack(next(line for line in text.splitlines() if "~" in line))
    assert not check_receipt(held_by, text="写明一层住户的补偿。").broken
    assert f"item {row.item.position}　" in visitor.get(f"/en/r/{row.receipt}/receipt.txt").content.decode()
    assert visitor.get(f"/r/{row.receipt}/receipt.pdf").content.startswith(b"%PDF-")
