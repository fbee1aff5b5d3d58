"""Several people write one text: nobody's words are lost, a conflict is shown with both, comments are answered before the issue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingtang.minutes import actions, queries, rules
from mingtang.minutes.models import Minutes, MinutesSection, SectionComment, SectionDraft, SectionText
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from tests.factories.held import STARTS, held
from tests.factories.platform import actor, government, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(hours=2)


@pytest.fixture
def over():
    made = held()
    actions.compose_minutes(made.meeting.pk, actor=made.operator, now=NOW)
    return made


def section(over, key: str = "general") -> MinutesSection:
    return MinutesSection.objects.get(minutes__meeting=over.meeting, key=key)


def write(over, text: str, base: int, *, by=None, key: str = "general") -> MinutesSection:
    return actions.write_section(section(over, key).pk, actor=by or over.operator, now=NOW, text=text, base=base)


def body(over) -> str:
    return Minutes.objects.get(meeting=over.meeting).body


def test_two_people_in_different_sections_do_not_meet(over):
    other = actor(over.home, Role.OPERATOR)
    item = f"item:{over.item.pk}"
    write(over, "其他事项另行安排。", 0)
    write(over, "会议要求写明一层补偿。", 1, by=other, key=item)
    assert body(over) == "一、清河区老旧小区加装电梯补助实施办法\n会议要求写明一层补偿。\n\n其他事项另行安排。"
    assert not SectionDraft.objects.exists()


def test_the_second_of_two_in_one_section_is_refused_and_keeps_every_word(over):
    other = actor(over.home, Role.OPERATOR)
    write(over, "甲写的一段。", 0)
    with refused("conflict"):
        write(over, "乙写的一段。", 0, by=other)
    assert (section(over).text, section(over).version) == ("甲写的一段。", 1)
    draft = SectionDraft.objects.get()
    assert (draft.person_id, draft.base, draft.text) == (other.person_id, 0, "乙写的一段。")
    row = Minutes.objects.get()
    view = next(each for each in queries.sections(row, other.person_id) if each.row.key == "general")
    assert view.clash is not None
    assert "".join(each.text for each in view.clash.theirs if each.op != "del") == "甲写的一段。"
    assert "".join(each.text for each in view.clash.mine if each.op != "del") == "乙写的一段。"
    assert (view.text, view.base, view.clash.their_name) == ("乙写的一段。", 1, str(section(over).changed_by))
    settled = write(over, "甲写的一段。乙写的一段。", view.base, by=other)
    assert (settled.version, settled.text) == (2, "甲写的一段。乙写的一段。")
    assert not SectionDraft.objects.exists()
    assert [each.text for each in SectionText.objects.filter(section=settled).order_by("version")] == [
        "甲写的一段。",
        "甲写的一段。乙写的一段。",
    ]


def test_changes_in_different_lines_are_laid_together_for_the_second_to_check(over):
    other = actor(over.home, Role.OPERATOR)
    write(over, "一\n二\n三", 0)
    write(over, "一改\n二\n三", 1)
    with refused("conflict"):
        write(over, "一\n二\n三改", 1, by=other)
    view = next(each for each in queries.sections(Minutes.objects.get(), other.person_id) if each.row.key == "general")
    assert view.clash is not None
    assert (view.clash.combined, view.text) == (True, "一改\n二\n三改")


def test_the_same_words_saved_by_both_are_no_conflict(over):
    write(over, "同一段。", 0)
    again = write(over, "同一段。\r\n", 0, by=actor(over.home, Role.OPERATOR))
    assert (again.version, SectionText.objects.filter(section=again).count()) == (1, 1)


def test_what_is_typed_survives_until_it_is_saved_or_dropped(over):
    row = section(over)
    kept = actions.keep_draft(row.pk, actor=over.operator, now=NOW, text="打到一半", base=0)
    again = actions.keep_draft(row.pk, actor=over.operator, now=NOW, text="打到一半多", base=0)
    assert kept is not None
    assert again is not None
    assert (kept.pk, again.text, section(over).text) == (again.pk, "打到一半多", "")
    assert queries.sections(Minutes.objects.get(), None)[1].draft is None
    actions.drop_draft(row.pk, actor=over.operator, now=NOW)
    assert not SectionDraft.objects.exists()
    actions.keep_draft(row.pk, actor=over.operator, now=NOW, text="又来", base=0)
    assert actions.keep_draft(row.pk, actor=over.operator, now=NOW, text="", base=0) is None
    assert not SectionDraft.objects.exists()
    assert not Act.objects.filter(event="minutes.write").exists()


def test_an_older_version_comes_back_as_the_newest(over):
    for base, text in enumerate(("甲", "乙")):
        write(over, text, base)
    with refused("conflict"):
        actions.restore_section(section(over).pk, actor=over.operator, now=NOW, version=1, base=1)
    back = actions.restore_section(section(over).pk, actor=over.operator, now=NOW, version=1, base=2)
    assert (back.text, back.version) == ("甲", 3)
    with refused("gone"):
        actions.restore_section(back.pk, actor=over.operator, now=NOW, version=9, base=3)
    assert [(each.op, each.text) for each in queries.version_changes(back, 2)] == [("del", "甲"), ("ins", "乙")]


def test_sections_are_written_by_the_operator_while_drafting_and_by_nobody_elsewhere(over):
    with refused("role"):
        write(over, "x", 0, by=over.office)
    with refused("gone"):
        write(over, "x", 0, by=actor(government(), Role.OPERATOR))
    with refused("gone"):
        actions.write_section(0, actor=over.operator, now=NOW, text="x", base=0)
    with refused("too_long"):
        write(over, "长" * (rules.LONGEST + 1), 0)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    with refused("wrong_state"):
        write(over, "x", 0)
    assert section(over).version == 0


def test_whoever_wrote_at_the_minutes_does_not_issue_them(over):
    both = actor(over.home, Role.OPERATOR, Role.OFFICE)
    write(over, "我写的。", 0, by=both)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    with refused("own_work"):
        actions.issue_minutes(over.meeting.pk, actor=both, now=NOW)
    assert actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW).state == "issued"


def test_comments_go_round_and_are_answered_before_the_issue(over):
    row = section(over, f"item:{over.item.pk}")
    with refused("not_circulated"):
        actions.comment_section(row.pk, actor=over.office, now=NOW, text="补上日期")
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    with refused("empty"):
        actions.comment_section(row.pk, actor=over.office, now=NOW, text=" ")
    first = actions.comment_section(row.pk, actor=over.clerk, now=NOW, text=" 补上日期 ")
    assert actions.comment_section(row.pk, actor=over.clerk, now=NOW, text="补上日期") == first
    second = actions.comment_section(row.pk, actor=over.office, now=NOW, text="核对金额")
    with refused("comments_open"):
        actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)
    with refused("role"):
        actions.answer_comment(first.pk, actor=over.clerk, now=NOW, answer="已补")
    with refused("empty"):
        actions.answer_comment(first.pk, actor=over.operator, now=NOW, answer=" ")
    assert actions.answer_comment(first.pk, actor=over.operator, now=NOW, answer="已补").answer == "已补"
    with refused("role"):
        actions.close_comment(second.pk, actor=over.clerk, now=NOW)
    actions.close_comment(second.pk, actor=over.office, now=NOW)
    assert [(each.is_open, str(each)) for each in SectionComment.objects.order_by("pk")] == [(False, "补上日期"), (False, "核对金额")]
    assert actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW).state == "issued"


def test_circulated_minutes_are_taken_back_to_work_comments_in(over):
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.recall_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    write(over, "补上日期。", 0)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    with refused("role"):
        actions.recall_minutes(over.meeting.pk, actor=over.office, now=NOW)


def test_an_item_that_is_closed_afterwards_leaves_the_text_but_not_the_house(over):
    key = f"item:{over.item.pk}"
    type(over.item).objects.filter(pk=over.item.pk).update(attendance="closed")
    actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    assert (body(over), section(over, key).heading) == ("", "")
    assert "会议原则通过" in section(over, key).texts.order_by("version")[0].text
    assert key not in {each.row.key for each in queries.sections(Minutes.objects.get(), None)}


LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", ""]), max_size=6).map("\n".join)


@given(LINES, LINES, LINES)
def test_laid_together_words_hold_both_changes_or_nothing(base, theirs, mine):
    both = rules.merged(base, theirs, mine)
    if mine == base:
        assert both == theirs
    if theirs in (base, mine):
        assert both == mine
    assert both == rules.merged(base, mine, theirs)


def signed_in(over, *roles: Role) -> tuple[Client, int]:
    browser, who = Client(), person(over.home, *roles)
    browser.force_login(who)
    return browser, who.pk


def test_the_editor_shows_both_texts_and_a_draft_after_a_reload(over):
    place = f"/workspace/meetings/{over.meeting.pk}/minutes/text/"
    (one, _), (two, second) = signed_in(over, Role.OPERATOR), signed_in(over, Role.OPERATOR)
    row = section(over)
    assert one.post(f"{place}{row.pk}/keep/", {"text": "草稿文字", "base": 0}).status_code == 200
    assert "草稿文字</textarea>" in one.get(place).content.decode()
    assert one.post(f"{place}{row.pk}/", {"text": "甲的文字", "base": 0}).status_code == 302
    early = two.post(f"{place}{row.pk}/keep/", {"text": "乙的文字", "base": 0}).content.decode()
    assert "刚保存了第 1 版" in early
    clash = two.post(f"{place}{row.pk}/", {"text": "乙的文字", "base": 0})
    shown = clash.content.decode()
    assert clash.status_code == 409
    assert "甲的文字" in shown
    assert "乙的文字</textarea>" in shown
    assert SectionDraft.objects.filter(person_id=second).count() == 1
    assert two.post(f"{place}{row.pk}/drop/").status_code == 302
    assert not SectionDraft.objects.exists()
    long = two.post(f"{place}{row.pk}/", {"text": "长" * 20_001, "base": 1})
    assert (long.status_code, "长" * 20_001 in long.content.decode()) == (409, True)
    assert "甲的文字" in one.get(f"{place}{row.pk}/versions/1/").content.decode()
    assert one.get(f"{place}{row.pk}/versions/7/").status_code == 409
    one.post(f"{place}{row.pk}/", {"text": "甲再改", "base": 1})
    one.post(f"{place}{row.pk}/restore/", {"version": 1, "base": 2})
    assert section(over).text == "甲的文字"
    assert one.post(f"{place}{row.pk}/restore/", {"version": "x"}).status_code == 302


def test_comments_are_made_answered_and_closed_on_the_page(over):
    base = f"/workspace/meetings/{over.meeting.pk}/minutes/"
    (operator, _), (office, _) = signed_in(over, Role.OPERATOR), signed_in(over, Role.OFFICE)
    row = section(over)
    early = office.post(f"{base}text/{row.pk}/comments/", {"comment": "太早的批注"})
    assert (early.status_code, "太早的批注" in early.content.decode()) == (409, False)
    operator.post(f"{base}circulate/")
    office.post(f"{base}text/{row.pk}/comments/", {"comment": "请补日期"})
    made = SectionComment.objects.get()
    assert "请补日期" in operator.get(f"{base}text/").content.decode()
    assert "还有 1 条批注没有答复" in operator.get(base).content.decode()
    operator.post(f"{base}comments/{made.pk}/", {"answer": "已补"})
    office.post(f"{base}comments/{made.pk}/", {"close": "1"})
    made.refresh_from_db()
    assert (made.answer, made.closed_at is not None) == ("已补", True)
    office.post(f"{base}issue/")
    assert Minutes.objects.get().state == "issued"
    assert Client().get(f"{base}text/").status_code == 302
