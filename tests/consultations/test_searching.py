"""Opinions found by their words, by staff and by the public; what nobody may read is found by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from mingtang.consultations import actions, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.actions.wording import word_opinions
from mingtang.consultations.jobs import word_what_came
from mingtang.consultations.models import Opinion, OpinionWords
from mingtang.consultations.published import shown_opinions
from mingtang.consultations.queries import GroupFilters, QueueFilters
from mingtang.platform.actor import stranger
from mingtang.platform.paging import STRETCHES
from mingtang.platform.search.finding import scoped
from mingtang.platform.search.tokens import phrases, tokens
from tests.factories.consultations import moderator, opened
from tests.factories.platform import NOW, department, government
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db

SAID = (
    "一楼采光受影响，希望补偿写清楚",
    "加裝電梯的補償標準太低",
    "噪音大，夜里十点后停用；B栋没有电",
    "费用按楼层分摊",
)


def said(*texts: str, channel: str = "paper"):
    row, clerk = opened(approved(department(government())))
    late = NOW + timedelta(hours=1)
    actions.receive_many(row.pk, [OpinionIn(each, channel=channel, received_at=late) for each in texts], actor=clerk, now=late)
    actions.show_all(row.pk, actor=moderator(row), now=late)
    word_what_came(late)
    return row, clerk


def public(row, words: str, **narrowed: str) -> list[str]:
    _page, rows = shown_opinions(row.pk, words=words, **narrowed)
    return [each.words for each in rows]


def test_a_text_becomes_pairs_and_a_question_becomes_phrases():
    assert tokens("加裝電梯，ＡＢ１2 好") == "加装 装电 电梯 梯 ab12 好"
    assert phrases(" 电梯 B栋費 ") == [["电梯"], ["b"], ["栋费"]]
    assert phrases("費") == [["费*"]]
    assert phrases("，。%'\"*") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("补偿", [1, 0]),
        ("補償", [1, 0]),
        ("补偿标准", [1]),
        ("电梯", [1]),
        ("补偿 采光", [0]),
        ("采光写清楚", []),
        ("b栋", [2]),
        ("费", [3]),
        ("电", [2, 1]),
        ("没有这样的话", []),
        ("\"'*) OR", []),
    ],
)
def test_words_are_found_as_they_stand_when_anybody_searches(words, found):
    row, _clerk = said(*SAID)
    assert public(row, words) == [SAID[n] for n in found]
    staff = queries.queue(row.pk, QueueFilters(state="shown", words=words))
    assert [each.text for each in staff] == [SAID[n] for n in reversed(found)]
    desk = queries.opinions_page(row.pk, GroupFilters(words=words))
    assert [each.text for each in desk] == [SAID[n] for n in reversed(found)]


def test_another_consultation_is_not_searched_even_by_its_mark():
    row, _clerk = said(*SAID)
    other, _clerk = opened(approved(department(government())))
    assert public(other, "补偿") == []
    assert public(row, scoped(row.pk)) == []


def test_only_what_the_public_may_read_is_found_by_it():
    row, clerk = opened(approved(department(government())))
    given = [OpinionIn("住户电话 13800138000 请联系"), OpinionIn("不愿公开的补偿意见", publish_consent=False), OpinionIn("等着的补偿意见")]
    made = [actions.receive_opinion(row.pk, each, actor=stranger(row.government_id), now=NOW) for each in given]
    actions.show_opinions(row.pk, [made[0].pk, made[1].pk], actor=moderator(row), now=NOW)
    word_what_came(NOW)
    assert public(row, "13800138000") == []
    assert public(row, "补偿") == []
    assert len(public(row, "请联系")) == 1
    assert [each.pk for each in queries.queue(row.pk, QueueFilters(words="补偿"))] == [made[2].pk]
    assert [each.pk for each in queries.queue(row.pk, QueueFilters(state="shown", words="13800138000"))] == [made[0].pk]
    del clerk


def test_a_piece_blacked_out_is_found_no_more_and_found_again_when_shown():
    row, _clerk = said("楼上老王天天吵闹，请管一管")
    opinion, watcher = Opinion.objects.get(), moderator(row)
    assert len(public(row, "老王")) == 1
    (mask,) = actions.mask_parts(opinion.pk, ["老王"], actor=watcher, now=NOW, code="personal_data")
    assert (public(row, "老王"), public(row, "吵闹"), OpinionWords.objects.count()) == ([], [], 0)
    word_what_came(NOW)
    assert (public(row, "老王"), len(public(row, "吵闹"))) == ([], 1)
    assert len(queries.queue(row.pk, QueueFilters(state="shown", words="老王"))) == 1
    actions.unmask_part(mask.pk, actor=watcher, now=NOW)
    word_what_came(NOW)
    assert len(public(row, "老王")) == 1


def test_what_waits_is_put_into_the_index_once():
    row, _clerk = opened(approved(department(government())))
    for text in SAID:
        actions.receive_opinion(row.pk, OpinionIn(text), actor=stranger(row.government_id), now=NOW)
    assert (word_opinions(3), word_opinions(3), word_opinions(3)) == (3, 1, 0)
    assert OpinionWords.objects.count() == 4


def test_pages_go_on_where_the_last_ended_and_a_long_search_in_stretches():
    row, _clerk = said(*(f"第{n}户的补偿" for n in range(65)))
    seen, after = [], ""
    for _turn in range(3):
        found, rows = shown_opinions(row.pk, words="补偿", after=after)
        seen, after = [*seen, *(each.words for each in rows)], found.after
    assert seen == [f"第{n}户的补偿" for n in reversed(range(65))]
    assert after == ""
    broken, rows = shown_opinions(row.pk, words="补偿", after="!")
    assert (broken.bad_token, broken.first, len(rows)) == (True, True, 30)
    assert sum(STRETCHES) > 65


def test_the_page_keeps_what_was_typed_and_says_when_nothing_fits(client):
    row, _clerk = said(*SAID)
    url = reverse("portal:opinions", args=[row.pk])
    page = client.get(url, {"q": "采光"}, headers={"host": row.government.host}).content.decode()
    assert 'value="采光"' in page
    assert SAID[0] in page
    assert SAID[3] not in page
    none = client.get(url, {"q": "没有这样的话"}, headers={"host": row.government.host}).content.decode()
    assert "没有符合条件的意见。" in none
    assert "去掉筛选" in none
