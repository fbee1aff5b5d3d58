"""The internal record: positions, the head against the majority, signing, corrections, each look."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from mingtang.meetings import actions as meeting_actions
from mingtang.minutes import actions, queries, rules
from mingtang.minutes.models import RecordLine
from mingtang.minutes.queries.archive import archive_paper
from mingtang.minutes.rules import ItemPositions
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.documents.official import to_pdf
from tests.factories.held import STARTS, convened, held
from tests.factories.platform import actor
from tests.factories.refusing import codes, refused

pytestmark = pytest.mark.django_db
OVER = STARTS + timedelta(hours=2)
MEMBERS = [("陈一", "区长"), ("李二", "副区长"), ("王三", "副区长"), ("赵四", "主任")]


def sitting():
    """A meeting over whose members all came, one item decided."""
    of = convened()
    who = {"actor": of.operator, "now": STARTS}
    for row in meeting_actions.set_members(of.meeting.pk, members=MEMBERS, head="陈一", **who):
        meeting_actions.note_presence(row.pk, presence="present", **who)
    meeting_actions.decide_item(of.item.pk, outcome="passed", text="原则同意。", **who)
    meeting_actions.end_meeting(of.meeting.pk, **who)
    return of


def line(of, speaker, stance="", text="", **more):
    return actions.write_record(of.item.pk, actor=of.operator, now=OVER, speaker=speaker, stance=stance, text=text, **more)


@pytest.mark.parametrize(
    ("stances", "most"),
    [
        ([], ""),
        (["agree", "disagree"], ""),
        (["agree", "agree", "disagree"], "agree"),
        (["disagree", "disagree", "agree", "absent"], "disagree"),
        (["agree", "reserve", "reserve"], ""),
    ],
)
def test_a_majority_is_more_than_half_of_those_who_took_a_position(stances, most):
    assert rules.majority(stances) == most


def test_the_head_differs_when_the_others_majority_is_another():
    others = {"李二": "disagree", "王三": "disagree", "赵四": "agree"}
    assert rules.head_differs(ItemPositions(1, decided=True, stances={**others, "陈一": "agree"}, head="陈一"))
    assert not rules.head_differs(ItemPositions(1, decided=True, stances={**others, "陈一": "disagree"}, head="陈一"))
    assert not rules.head_differs(ItemPositions(1, decided=True, stances=others, head="陈一"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"speaker": " ", "text": "话", "stance": ""}, "empty"),
        ({"speaker": "某", "text": "", "stance": ""}, "empty"),
        ({"speaker": "某", "text": " ", "stance": "disagree"}, "dissent"),
        ({"speaker": "某", "text": "话", "stance": "", "signed": True}, "signed"),
    ],
)
def test_a_line_that_lacks_something_is_refused_for_it(given, code):
    assert codes(rules.may_write_line(**{"signed": False, "correcting": False, **given})) == [code]


def test_everybody_else_agrees_in_one_act_and_dissent_is_marked():
    of = sitting()
    line(of, "李二", "reserve", "资金来源要再核实。")
    assert actions.note_rest_agree(of.item.pk, actor=of.operator, now=OVER) == 3
    assert actions.note_rest_agree(of.item.pk, actor=of.operator, now=OVER) == 0
    assert queries.positions(of.meeting.pk)[of.item.pk].stances == {"李二": "reserve", "陈一": "agree", "王三": "agree", "赵四": "agree"}
    assert list(RecordLine.objects.filter(dissent=True).values_list("speaker", flat=True)) == ["李二"]


def test_a_head_against_the_majority_is_signed_only_with_the_reason():
    of = sitting()
    for name in ("李二", "王三", "赵四"):
        line(of, name, "disagree", "补助标准偏高。")
    line(of, "陈一", "agree")
    with refused("head_reason"):
        actions.sign_record(of.meeting.pk, actor=of.office, now=OVER)
    line(of, "陈一", "agree", "民生急需，标准两年后评估调整。")
    assert actions.sign_record(of.meeting.pk, actor=of.office, now=OVER).state == "signed"


def test_a_record_is_signed_after_the_meeting_by_somebody_who_did_not_write_it():
    of = sitting()
    with refused("no_positions"):
        actions.sign_record(of.meeting.pk, actor=of.office, now=OVER)
    actions.note_rest_agree(of.item.pk, actor=of.operator, now=OVER)
    with refused("role"):
        actions.sign_record(of.meeting.pk, actor=of.operator, now=OVER)
    both = actor(of.home, Role.OPERATOR, Role.OFFICE)
    actions.write_record(of.item.pk, actor=both, now=OVER, speaker="李二", text="补一句。")
    with refused("own_work"):
        actions.sign_record(of.meeting.pk, actor=both, now=OVER)
    running = convened(of.department)
    with refused("not_ended"):
        actions.sign_record(running.meeting.pk, actor=of.office, now=STARTS)


def signed():
    of = sitting()
    actions.note_rest_agree(of.item.pk, actor=of.operator, now=OVER)
    return of, actions.sign_record(of.meeting.pk, actor=of.office, now=OVER)


def test_after_signing_nothing_is_written_and_a_correction_stands_beside_the_first_words():
    of, row = signed()
    with refused("signed"):
        line(of, "李二", text="还想补充。")
    wrong = RecordLine.objects.get(speaker="李二")
    who = {"actor": of.operator, "now": OVER}
    with refused("reason"):
        actions.correct_line(wrong.pk, text="保留意见。", stance="reserve", reason=" ", **who)
    made = actions.correct_line(wrong.pk, text="保留意见。", stance="reserve", reason="记录人听错。", **who)
    with refused("corrected"):
        actions.correct_line(wrong.pk, text="不同意。", stance="disagree", reason="再改", **who)
    wrong.refresh_from_db()
    assert (wrong.stance, made.corrects_id, made.dissent) == ("agree", wrong.pk, True)
    assert queries.positions(of.meeting.pk)[of.item.pk].stances["李二"] == "reserve"
    assert queries.intact(row, queries.record_lines(of.meeting.pk))


def test_one_changed_sign_of_a_signed_line_shows():
    of, row = signed()
    RecordLine.objects.filter(speaker="李二").update(text="改过")
    assert not queries.intact(row, queries.record_lines(of.meeting.pk))


def test_whoever_does_not_write_says_what_for_and_the_look_is_kept():
    of, _row = signed()
    with refused("purpose"):
        actions.look_at_record(of.meeting.pk, actor=of.office, now=OVER, purpose=" ")
    assert len(actions.look_at_record(of.meeting.pk, actor=of.office, now=OVER, purpose="答复监委询问")) == 4
    assert list(Act.objects.filter(event="record.look").values_list("reason", flat=True)) == ["答复监委询问"]
    actions.look_at_record(of.meeting.pk, actor=of.operator, now=OVER, purpose="")
    assert Act.objects.filter(event="record.look").count() == 1
    with refused("role"):
        actions.look_at_record(of.meeting.pk, actor=of.clerk, now=OVER, purpose="好奇")


def test_only_the_signed_record_goes_to_the_archive_with_who_was_there_and_what_each_said():
    of = held()
    with refused("unsigned"):
        actions.export_record(of.meeting.pk, actor=of.office, now=OVER)
    of, row = signed()
    actions.export_record(of.meeting.pk, actor=of.office, now=OVER)
    assert Act.objects.filter(event="record.export").count() == 1
    words = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(archive_paper(row)))).pages).split())
    for each in ("陈一（区长）", "张三", "李二（同意）", "决定：通过。原则同意。", row.sha256[:16]):
        assert each in words
