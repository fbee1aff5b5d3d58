"""Taking part: quoting, proposing, saying the same, and what the holder of a receipt can do afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingtang.consultations import actions, published, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.actions.arriving import in_burst
from mingtang.consultations.actions.sketching import sketch_opinions
from mingtang.consultations.jobs import sketch_what_is_shown
from mingtang.consultations.models import Consultation, DraftVersion, Opinion, OpinionContact, OpinionPair, VersionClause
from mingtang.consultations.rules.drafting import Piece
from mingtang.platform.actor import Role, stranger
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.figures.models import FigureSetting
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import closed, moderator, opened, opinion, withhold
from tests.factories.counting import counted, kept
from tests.factories.platform import NOW, TODAY, actor, government
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db


def who(row: Consultation) -> dict:
    return {"actor": stranger(row.government_id), "now": NOW}


def third(row: Consultation) -> int:
    return row.clauses.get(label="第三条").pk


def figure(row: Consultation, key: str, value: object) -> None:
    FigureSetting.objects.create(
        government=row.government, key=key, value=value, since_on=TODAY - timedelta(days=9), source="本区", reason="试", set_at=NOW
    )


# arriving


def test_a_quotation_is_held_by_its_words_and_a_proposal_is_shown_as_a_change():
    row, _clerk = opened()
    said = opinion(row, clause_id=third(row), quote="二十万元", proposed="三十万元", source_url="https://example.org/a", shown=True)
    assert (said.quote, said.quote_prefix, said.quote_suffix, said.quote_start) == ("二十万元", "每台电梯补助", "。", 6)
    _page, rows = published.shown_opinions(row.pk)
    assert rows[0].passage.change == (Piece("del", "二十万元"), Piece("ins", "三十万元"))
    assert (rows[0].source, rows[0].passage.how) == ("https://example.org/a", "")


def test_a_later_version_says_what_became_of_the_passage():
    row, _clerk = opened()
    opinion(row, clause_id=third(row), quote="每台电梯补助二十万元。", shown=True)
    opinion(row, "整体赞成", shown=True)
    stem = row.clauses.get(label="第三条").stem
    later = DraftVersion.objects.create(consultation=row, number=2, kind="revised", made_at=NOW, published_at=NOW)
    clause = VersionClause.objects.create(version=later, stem=stem, position=1, label="第三条", text="每台电梯补助二十五万元。")
    _page, rows = published.shown_opinions(row.pk)
    assert [(each.passage.how, each.passage.now) for each in rows] == [("", ""), ("changed", "每台电梯补助二十五万元。")]
    clause.delete()
    _page, rows = published.shown_opinions(row.pk)
    assert rows[1].passage.how == "gone"


def test_a_quotation_that_stands_nowhere_is_refused():
    row, _clerk = opened()
    with refused("quote"):
        opinion(row, clause_id=third(row), quote="免费安装")
    with refused("quote"):
        opinion(row, quote="二十万元")
    assert not Opinion.objects.exists()


def test_for_whom_one_speaks_is_marked_and_an_organisation_is_named():
    row, _clerk = opened()
    with refused("organisation"):
        opinion(row, on_behalf="organisation")
    with refused("behalf"):
        opinion(row, on_behalf="nobody")
    opinion(row, on_behalf="organisation", organisation="幸福里业委会", shown=True)
    opinion(row, on_behalf="helper", organisation="不该留下", shown=True)
    _page, rows = published.shown_opinions(row.pk)
    assert [(str(each.behalf), each.organisation) for each in rows] == [("帮写", ""), ("单位意见", "幸福里业委会")]


def test_a_name_is_asked_only_where_the_government_has_set_it_so():
    row, _clerk = opened()
    assert opinion(row)
    figure(row, "opinion.real_name", value=True)
    with refused("real_name"):
        opinion(row)
    named = opinion(row, name="王小明")
    assert actions.add_to_opinion(named.receipt, "再补一句", **who(row)).adds_to_id == named.pk


def test_changed_words_after_a_lost_answer_count_as_the_same_person():
    row, _clerk = opened()
    sent = [actions.receive_opinion(row.pk, OpinionIn(text), token="t", **who(row)) for text in ("好", "好", "很好", "很好", "好极了")]
    assert [each.pk for each in sent] == [sent[0].pk, sent[0].pk, sent[2].pk, sent[2].pk, sent[4].pk]
    assert [each.adds_to_id for each in sent[2:]] == [sent[0].pk] * 3
    assert kept(row) == counted(row)
    assert queries.people(row.pk) == 1


# saying the same


def test_whoever_says_the_same_is_counted_as_a_person_with_the_words_as_shown():
    row, _clerk = opened()
    first = opinion(row, "补助太少，打13812345678", clause_id=third(row), stance="against", shown=True)
    same = actions.receive_opinion(row.pk, OpinionIn("", same_as_id=first.pk), token="a", **who(row))
    again = actions.receive_opinion(row.pk, OpinionIn("", same_as_id=first.pk), token="a", **who(row))
    assert same.pk == again.pk
    assert (same.same_as_id, same.clause_id, same.stance) == (first.pk, first.clause_id, "against")
    assert "13812345678" not in same.text
    assert queries.people(row.pk) == 2
    assert kept(row) == counted(row)
    actions.show_opinions(row.pk, [same.pk], actor=moderator(row), now=NOW)
    third_person = actions.receive_opinion(row.pk, OpinionIn("", same_as_id=same.pk), token="b", **who(row))
    assert third_person.same_as_id == first.pk


def test_one_joins_only_what_everybody_can_read():
    row, _clerk = opened()
    other, _other = opened()
    hidden = (opinion(row), opinion(row, publish_consent=False, shown=True), opinion(other, shown=True))
    for each in (*(one.pk for one in hidden), 404):
        with refused("not_shown"):
            actions.receive_opinion(row.pk, OpinionIn("", same_as_id=each), **who(row))


def test_similar_opinions_are_found_on_the_same_place_only():
    row, _clerk = opened()
    few = opinion(row, "我觉得每台电梯的补助太少了，老人多的楼要多补", clause_id=third(row), shown=True)
    opinion(row, "电梯噪声很大，晚上睡不着觉，请换静音的", clause_id=third(row), shown=True)
    opinion(row, "我觉得每台电梯的补助太少了", shown=True)
    opinion(row, "我觉得每台电梯的补助太少了，不公开", clause_id=third(row), publish_consent=False, shown=True)
    sketch_what_is_shown(NOW)
    found = published.similar(row.pk, third(row), "每台电梯的补助太少了")
    assert [each.id for each in found] == [few.pk]
    assert published.similar(row.pk, third(row), "补助") == []
    withhold(row, [few.pk], code="abuse", now=NOW)
    assert published.similar(row.pk, third(row), "每台电梯的补助太少了") == []


def test_the_same_words_are_sketched_once_and_only_while_it_is_open():
    row, _clerk = opened()
    for n in range(3):
        opinion(row, "每台电梯的补助太少了" + "！" * n, shown=True)
    assert (sketch_opinions(2), sketch_opinions(2), sketch_opinions(2)) == (2, 1, 0)
    assert OpinionPair.objects.values("opinion_id").distinct().count() == 1
    opinion(row, "截止以后不再提示别人说过什么", shown=True)
    Consultation.objects.filter(pk=row.pk).update(state="closed")
    assert sketch_opinions() == 0


# marks


def test_the_same_words_many_times_are_marked_from_the_first_and_nothing_is_hidden():
    row, _clerk = opened()
    figure(row, "opinion.campaign_same", 3)
    rows = [opinion(row, "坚决反对" + "！" * n) for n in range(4)]
    opinion(row, "说点别的")
    assert list(Opinion.objects.order_by("pk").values_list("marks", flat=True)) == ["same"] * 4 + [""]
    assert {each.state for each in rows} == {"received"}
    assert [each.pk for each in queries.queue(row.pk, queries.QueueFilters(marked=True))] == [each.pk for each in rows]
    assert len(queries.queue(row.pk, queries.QueueFilters()).rows) == 5
    assert kept(row) == counted(row)


def test_a_burst_is_marked_and_ends_with_the_hour():
    row, clerk = opened()
    figure(row, "opinion.burst_per_hour", 2)
    said = [opinion(row, f"第{n}条") for n in range(4)]
    assert [each.marks for each in said] == ["", "", "burst", "burst"]
    assert opinion(row, "纸上写的", by=clerk, channel="paper").marks == ""
    assert opinion(row, "过了一小时", now=NOW + timedelta(hours=2)).marks == ""
    figures = figures_for(row.government_id, TODAY)
    assert not in_burst(opened()[0].pk, figures, NOW)


def test_without_words_nothing_is_the_same():
    row, _clerk = opened()
    figure(row, "opinion.campaign_same", 1)
    assert [opinion(row, "！！").marks, opinion(row, "好").marks] == ["", "same"]


# with the receipt


def test_a_supplement_has_its_own_receipt_and_counts_as_the_same_person():
    row, _clerk = opened()
    first = opinion(row, clause_id=third(row), on_behalf="helper")
    more = actions.add_to_opinion(first.receipt, "再补一句", token="a", **who(row))
    assert actions.add_to_opinion(first.receipt, "再补一句", token="a", **who(row)).pk == more.pk
    further = actions.add_to_opinion(more.receipt, "还有一句", token="b", **who(row))
    assert (more.adds_to_id, further.adds_to_id, more.clause_id, more.on_behalf) == (first.pk, first.pk, first.clause_id, "helper")
    assert more.receipt != first.receipt
    assert queries.people(row.pk) == 1
    assert kept(row) == counted(row)
    fate = published.fate(row.government_id, first.receipt, NOW)
    assert fate is not None
    assert fate.supplements == (more.receipt, further.receipt)


def test_nothing_is_added_after_the_period_nor_to_what_was_withdrawn():
    row, _clerk = opened()
    first, second = opinion(row), opinion(row)
    actions.withdraw_opinion(first.receipt, **who(row))
    with refused("withheld"):
        actions.add_to_opinion(first.receipt, "再补一句", **who(row))
    late = {"actor": stranger(row.government_id), "now": NOW + timedelta(days=200)}
    with refused("closed"):
        actions.add_to_opinion(second.receipt, "再补一句", **late)


def test_an_author_withdraws_and_a_tombstone_stays_with_every_counter_right():
    row, clerk = closed(opinions=3)
    said = list(Opinion.objects.order_by("pk"))
    actions.group_opinions(row.pk, [each.pk for each in said[:2]], actor=clerk, now=NOW, title="补助")
    gone = actions.withdraw_opinion(said[0].receipt, **who(row))
    assert actions.withdraw_opinion(said[0].receipt, **who(row)).pk == gone.pk
    gone.refresh_from_db()
    assert (gone.state, gone.withheld_code, gone.group_id, gone.moderated_by_id) == ("withheld", "deleted_by_author", None, None)
    assert said[1].consultation.groups.get().opinions_count == 1
    assert kept(row) == counted(row)
    assert queries.people(row.pk) == 2
    assert [act.event for act in acts_of(gone)].count("opinion.withdraw") == 1
    fate = published.fate(row.government_id, gone.receipt, NOW)
    assert fate is not None
    assert (fate.words, str(fate.told.tomb.rule if fate.told.tomb else ""), fate.may_withdraw, fate.passage.change) == (
        "",
        "提出人撤回",
        False,
        (),
    )
    with refused("withdrawn"):
        actions.restore_opinion(gone.pk, actor=moderator(row), now=NOW, reason="误会")


def test_what_is_answered_in_public_or_withheld_by_law_is_not_withdrawn():
    row, _clerk = opened()
    first, second = opinion(row), opinion(row)
    withhold(row, [first.pk], code="abuse", now=NOW)
    with refused("withheld"):
        actions.withdraw_opinion(first.receipt, **who(row))
    Consultation.objects.filter(pk=row.pk).update(state="reported")
    with refused("report_done"):
        actions.withdraw_opinion(second.receipt, **who(row))


def test_personal_data_are_destroyed_and_the_number_of_people_stays():
    row, clerk = opened()
    mine = opinion(row, name="王小明", phone="13800000000", email="wang@example.org")
    more = opinion(row, "又一条", name="王小明", phone="13800000000", email="wang@example.org")
    Notice.objects.filter(about_id=more.pk).update(state="sent")
    for each in (mine, more, mine):
        actions.erase_personal(each.receipt, **who(row))
    assert not OpinionContact.objects.exists()
    assert list(Notice.objects.filter(template="consultations/email/receipt.txt").values_list("about_id", "address", "body")) == [
        (more.pk, "", "")
    ]
    assert not Opinion.objects.filter(author_key=mine.author_key).exists()
    assert queries.people(row.pk) == 1
    assert kept(row) == counted(row)
    assert [act.event for act in acts_of(mine)] == ["opinion.receive", "opinion.erase_personal"]
    assert actions.look_at_contact(mine.pk, actor=clerk, now=NOW, purpose="回访") is None


def test_authors_say_whether_the_reply_answered_and_may_change_it():
    row, _clerk = closed(opinions=2)
    said = Opinion.objects.earliest("pk")
    with refused("no_reply"):
        actions.say_helped(said.receipt, "yes", **who(row))
    Consultation.objects.filter(pk=row.pk).update(state="reported")
    with refused("helped"):
        actions.say_helped(said.receipt, "maybe", **who(row))
    for answer, why in (("yes", ""), ("yes", ""), ("no", "没说到点上")):
        actions.say_helped(said.receipt, answer, why=why, **who(row))
    said.refresh_from_db()
    assert (said.helped, said.helped_why, str(said.helped_label)) == ("no", "没说到点上", "没有答复我的问题")
    assert {key: n for key, n in kept(row).items() if key[0] == "helped"} == {("helped", "no"): 1}
    assert [act.event for act in acts_of(said)].count("opinion.say_helped") == 2


def test_a_receipt_opens_nothing_elsewhere():
    row, _clerk = opened()
    said = opinion(row)
    far = {"actor": stranger(government().pk), "now": NOW}
    for act in (actions.withdraw_opinion, actions.erase_personal):
        with refused("receipt"):
            act(said.receipt, **far)
    with refused("receipt"):
        actions.say_helped(said.receipt, "yes", **far)
    with refused("receipt"):
        actions.add_to_opinion("QH-0000-0000-0000", "好", actor=actor(row.government, Role.CLERK), now=NOW)
