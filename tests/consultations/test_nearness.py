"""The engine's index: nearest groups at the desk, what others said while typing, and the machine that looks through by night."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mingtang.consultations import actions, published, queries
from mingtang.consultations.actions.indexing import drop_index, index_opinions
from mingtang.consultations.actions.proposing import run_proposals
from mingtang.consultations.jobs import index_what_was_said, propose_by_night
from mingtang.consultations.models import GroupingRun, GroupProposal, Opinion, OpinionGroup, index_folder
from mingtang.consultations.queries import GroupFilters
from mingtang.platform.clock import at_hour, day_of
from tests.consultations.test_proposing import COPIES, OTHER, SAME, heard, members, run
from tests.factories.consultations import clerk_person, moderator, opinion, withhold
from tests.factories.platform import NOW

pytestmark = pytest.mark.django_db
NIGHT = at_hour(day_of(NOW) + timedelta(days=1), 3, 30)


def words(row: Any, typed: str) -> list[str]:
    return [each.words for each in published.similar(row.pk, None, typed)]


@pytest.mark.usefixtures("installed")
def test_where_sentence_vectors_are_there_what_means_the_same_is_found_in_other_words():
    """The small network hears the characters in any order; shared pairs of them there are few."""
    row, _clerk, _said = heard("上牌免费上牌免费免费", "AAAAAAAA，A")
    typed = "费免牌上费免A牌上费免"
    assert index_opinions() == 2
    assert words(row, typed)[:1] == ["上牌免费上牌免费免费"]
    drop_index(row.pk)
    assert words(row, typed) == []


def test_the_index_takes_in_each_wording_once_and_only_what_is_new():
    row, _clerk, _said = heard(SAME, SAME, OTHER)
    assert index_opinions() == 2
    assert index_opinions() == 0
    opinion(row, "希望增加充电桩，晚上找不到位置。", shown=True)
    opinion(row, SAME, shown=True)
    assert index_opinions() == 1


def test_similar_words_are_found_by_the_index_only_where_they_may_be_shown():
    row, _clerk, said = heard(SAME, COPIES[2], OTHER)
    index_what_was_said(NOW)
    assert words(row, "一楼住户的采光会受影响")[:2] == [SAME, COPIES[2]]
    withhold(row, [said[0].pk])
    assert words(row, "一楼住户的采光会受影响") == [COPIES[2]]
    opinion(row, "一楼住户的采光会受影响，请补偿我们。")
    index_what_was_said(NOW)
    assert words(row, "一楼住户的采光会受影响") == [COPIES[2]]
    assert words(row, "完全不同的话题，宠物犬登记") == []
    Opinion.objects.filter(pk=said[1].pk).update(clause=row.clauses.first())
    assert words(row, "一楼住户的采光会受影响") == []


def test_without_an_index_similar_words_are_found_by_their_sketches():
    row, _clerk, _said = heard(SAME, OTHER)
    from mingtang.consultations.actions.sketching import sketch_opinions

    sketch_opinions()
    assert words(row, "一楼住户的采光会受影响") == [SAME]
    index_opinions()
    drop_index(row.pk)
    assert words(row, "一楼住户的采光会受影响") == [SAME]


def test_words_that_are_destroyed_leave_the_index_with_them():
    row, _clerk, said = heard(SAME, OTHER)
    index_opinions()
    withhold(row, [said[0].pk], code="personal_data")
    actions.erase_opinion(said[0].pk, actor=moderator(row), now=NOW, reason="应本人要求")
    assert not index_folder(row.pk).exists()
    assert index_opinions() == 1
    assert SAME not in "".join(path.read_text("utf-8", "ignore") for path in index_folder(row.pk).rglob("*.jsonl"))


def test_the_nearest_groups_are_offered_but_those_ruled_out_are_not():
    row, clerk, said = heard(SAME, OTHER, COPIES[2], "一楼采光受影响怎么办")
    light = actions.group_opinions(row.pk, [said[0].pk], actor=clerk, now=NOW, title="采光")
    actions.group_opinions(row.pk, [said[1].pk], actor=clerk, now=NOW, title="材料")
    assert queries.nearest_groups(row.pk, said[2].pk) == []
    index_opinions()
    found = queries.nearest_groups(row.pk, said[2].pk)
    assert (found[0].group, found[0].percent > 50) == (light, True)
    actions.keep_out(row.pk, said[2].pk, [light.pk], actor=clerk, now=NOW)
    assert light not in [each.group for each in queries.nearest_groups(row.pk, said[2].pk)]
    assert queries.nearest_groups(row.pk, 0) == []


def test_what_a_person_took_apart_the_machine_does_not_put_together_again():
    row, clerk, said = heard(*COPIES)
    group = actions.group_opinions(row.pk, [each.pk for each in said], actor=clerk, now=NOW, title="采光")
    actions.part_group(group.pk, actor=clerk, now=NOW)
    made = run(row, clerk)
    assert (made.state, made.proposed) == ("done", 0)
    more = opinion(row, COPIES[2], shown=True, author="后来的人")
    run(row, clerk)
    (only,) = GroupProposal.objects.filter(consultation=row, state="open")
    assert members(only) == {said[2].pk, more.pk}


def test_an_opinion_kept_out_of_a_group_is_not_proposed_into_it():
    row, clerk, said = heard(SAME, COPIES[1])
    group = actions.group_opinions(row.pk, [said[0].pk], actor=clerk, now=NOW, title="采光")
    opinion(row, OTHER, shown=True)
    run(row, clerk)
    (only,) = GroupProposal.objects.filter(consultation=row, state="open")
    assert only.near == group
    actions.dismiss_proposals(row.pk, [only.pk], actor=clerk, now=NOW)
    run(row, clerk)
    assert not GroupProposal.objects.filter(consultation=row, state="open").exists()
    assert queries.kept_out(said[1].pk) == set()
    actions.keep_out(row.pk, said[1].pk, [group.pk], actor=clerk, now=NOW)
    assert run(row, clerk).proposed == 0


def test_by_night_the_machine_looks_through_what_came_and_by_day_it_waits():
    row, _clerk, _said = heard(*COPIES)
    propose_by_night(NIGHT + timedelta(hours=8))
    assert not GroupingRun.objects.exists()
    propose_by_night(NIGHT)
    (made,) = GroupingRun.objects.filter(consultation=row)
    run_proposals(made.pk, now=NIGHT, progress=lambda _done, _every: None)
    assert (made.made_by, GroupProposal.objects.count()) == (None, 1)
    propose_by_night(NIGHT + timedelta(days=1))
    assert GroupingRun.objects.count() == 1
    opinion(row, OTHER, now=NIGHT + timedelta(hours=2))
    propose_by_night(NIGHT + timedelta(days=1))
    assert GroupingRun.objects.count() == 2


def test_the_desk_in_the_browser_places_rules_out_undoes_and_moves_all_that_match(client: Client):
    row, clerk, said = heard(SAME, OTHER, COPIES[2], "同意", "赞成")
    me = clerk_person(row)
    group = actions.group_opinions(row.pk, [said[0].pk], actor=clerk, now=NOW, title="采光")
    index_opinions()
    client.force_login(me)
    desk = f"/workspace/consultations/{row.pk}/grouping/"
    page = client.get(desk).content.decode()
    assert f'hx-get="{desk}near/{said[2].pk}/"' in page
    piece = client.get(f"{desk}near/{said[2].pk}/").content.decode()
    assert f'name="near" value="{group.pk}"' in piece
    assert "没有相近的组" in client.get(f"{desk}near/{said[0].pk}/").content.decode()
    told = {"near": group.pk, "seen": queries.last_number(row.pk)}
    assert "已归组 1 条" in client.post(f"{desk}near/{said[2].pk}/", told, follow=True).content.decode()
    assert (
        "记下了" in client.post(f"{desk}near/{said[1].pk}/", {"near": "", f"offered-{said[1].pk}": group.pk}, follow=True).content.decode()
    )
    assert queries.kept_out(said[1].pk) == {group.pk}
    stance = {"opinion": [said[3].pk, said[4].pk], "stance": "1", "seen": "99"}
    assert "2 条列为只表态" in client.post(f"{desk}act/", stance, follow=True).content.decode()
    undo = queries.next_undo(row.pk, me.pk)
    assert undo is not None
    assert "已撤销" in client.post(f"{desk}steps/{undo.pk}/undo/", follow=True).content.decode()
    record = client.get(f"{desk}steps/").content.decode()
    assert "列为只表态" in record
    assert "已重做" in client.post(f"{desk}steps/{undo.pk}/redo/", {"here": "1"}, follow=True).content.decode()
    assert "符合筛选的 1 条" in client.get(f"{desk}all/?home=none").content.decode()
    assert "没有符合条件" in client.get(f"{desk}all/?q=没有这样的话").content.decode()
    some = {"kept": "home=none", "upto": queries.newest(row.pk), "go": "1"}
    assert "请写新组的名称" in client.post(f"{desk}all/", some).content.decode()
    assert "已移动 1 条" in client.post(f"{desk}all/", {**some, "title": "办事方便"}, follow=True).content.decode()
    assert "都有着落" in client.get(desk).content.decode()
    assert queries.count_matching(row.pk, GroupFilters()) == 0


def test_a_group_that_somebody_changed_is_not_overwritten_in_the_browser(client: Client):
    row, clerk, said = heard(SAME, OTHER)
    group = actions.group_opinions(row.pk, [said[0].pk], actor=clerk, now=NOW, title="采光")
    seen = queries.last_number(row.pk)
    other = Client()
    from tests.consultations.test_stepping import colleague

    actions.answer_group(group.pk, actor=colleague(row), now=NOW, verdict="adopted", reason="已写入")
    other.force_login(clerk_person(row))
    page = f"/workspace/consultations/{row.pk}/grouping/{group.pk}/"
    answer = other.post(page, {"verdict": "not_adopted", "reason": "我写的理由要保留", "seen": seen})
    assert (answer.status_code, "我写的理由要保留" in answer.content.decode()) == (409, True)
    assert "您打开本页以后" in answer.content.decode()
    gone = other.post(f"{page}change/", {"part": "1", "seen": queries.last_number(row.pk)}, follow=True)
    assert "已拆散" in gone.content.decode()
    assert not OpinionGroup.objects.exists()


def test_the_charts_have_their_numbers_in_tables_and_one_file(client: Client):
    row, clerk, said = heard(SAME, COPIES[1], OTHER, OTHER)
    actions.group_opinions(row.pk, [each.pk for each in said[:2]], actor=clerk, now=NOW, title="采光补偿")
    actions.group_opinions(row.pk, [each.pk for each in said[2:]], actor=clerk, now=NOW, title="采光以外的材料")
    client.force_login(clerk_person(row))
    url = f"/workspace/consultations/{row.pk}/grouping/numbers"
    page = client.get(f"{url}/").content.decode()
    assert page.count("data-chart=") == 4
    lines = client.get(f"{url}.csv").content.decode().splitlines()
    assert sum(line.startswith("组,") for line in lines) == 2
    assert {line.split(",")[5] for line in lines if line.startswith("位置,")} == {"100", "0"}
    assert client.get(f"{url}.csv").content == client.get(f"{url}.csv").content


def test_a_map_of_no_one_and_two_texts():
    from mingtang.engines.grouping.mapping import Spot, plane

    assert plane([]) == []
    assert plane(["采光"]) == [Spot(50, 50, -1, 0)]
    one, two = plane(["采光补偿", "停车收费"])
    assert (one.nearest, two.nearest, {one.x, two.x}) == (-1, -1, {0, 100})
    assert plane(["采光补偿", "停车收费"]) == [one, two]
