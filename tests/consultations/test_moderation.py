"""Four eyes: proposed, confirmed or rejected; hidden at once; copies; parts blacked out; appeals; what the author is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mingtang.consultations import actions, published, queries
from mingtang.consultations.models import Appeal, Consultation, Opinion, OpinionMask, Withholding
from mingtang.consultations.published.moderating import moderation_counts
from mingtang.consultations.queries.inspecting import recount
from mingtang.consultations.rules.masking import blacked, flagged_parts, may_mask, sentences
from mingtang.platform.actor import Actor, Role, stranger
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.figures.models import FigureSetting
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import closed, moderator, opened, opinion, withhold
from tests.factories.platform import NOW, TODAY, acting, actor, government, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db


def state(row: Opinion) -> str:
    return Opinion.objects.values_list("state", flat=True).get(pk=row.pk)


def adds_up(row: Consultation) -> bool:
    return {key: n for key, n in queries.tallies(row.pk).items() if n} == dict(recount(row.pk))


def propose(row: Consultation, said: Opinion, who: Actor | None = None, **fields: Any) -> int:
    given: dict[str, Any] = {"code": "abuse", "now": NOW, **fields}
    return actions.propose_withholding(row.pk, [said.pk], actor=who or moderator(row), **given)


def alone(row: Consultation) -> None:
    """A small district: one person decides, from today on."""
    FigureSetting.objects.create(
        government=row.government, key="moderation.four_eyes", value="1", since_on=TODAY, source="区里", reason="只有一名审核人", set_at=NOW
    )


def test_one_person_proposes_and_only_another_confirms():
    row, _clerk = opened()
    said, first, second = opinion(row), moderator(row), moderator(row)
    assert propose(row, said, first, note="骂人") == 1
    assert (state(said), adds_up(row)) == ("doubted", True)
    with refused("own_work"):
        actions.confirm_withholding(row.pk, [said.pk], actor=first, now=NOW)
    with refused("role"):
        actions.confirm_withholding(row.pk, [said.pk], actor=actor(row.government, Role.OFFICE), now=NOW)
    assert actions.confirm_withholding(row.pk, [said.pk], actor=second, now=NOW) == 1
    assert (state(said), adds_up(row)) == ("withheld", True)
    made = Withholding.objects.get()
    assert (made.proposed_by_id, made.decided_by_id, made.outcome) == (first.person_id, second.person_id, "withheld")
    assert str(made) == "侮辱、谩骂"
    assert [act.event for act in acts_of(said)] == ["opinion.receive", "opinion.doubt", "opinion.withhold"]


def test_nobody_confirms_what_they_keyed_in():
    row, _clerk = opened()
    busy = acting(person(row.government, Role.MODERATOR), Role.MODERATOR, Role.CLERK)
    said = opinion(row, by=busy, channel="paper")
    propose(row, said)
    with refused("own_work"):
        actions.confirm_withholding(row.pk, [said.pk], actor=busy, now=NOW)


def test_what_was_shown_stays_shown_until_another_confirms():
    row, _clerk = opened()
    said = opinion(row, shown=True)
    propose(row, said)
    assert state(said) == "disputed"
    ((_page, (view,)), counts) = published.shown_opinions(row.pk), moderation_counts(row.pk)
    assert (view.words, view.tomb) == ("补助太少了", None)
    assert (counts.shown, counts.waiting, counts.withheld, counts.reasons) == (1, 0, 0, ())


def test_a_rejected_proposal_shows_the_opinion_and_needs_a_reason():
    row, _clerk = opened()
    said, second = opinion(row), moderator(row)
    propose(row, said)
    with refused("reason_missing"):
        actions.dismiss_withholding(row.pk, [said.pk], actor=second, now=NOW, reason=" ")
    assert actions.dismiss_withholding(row.pk, [said.pk], actor=second, now=NOW, reason="话重，没有骂人") == 1
    assert (state(said), adds_up(row)) == ("shown", True)
    assert (Withholding.objects.get().outcome, Withholding.objects.get().reason) == ("shown", "话重，没有骂人")


def test_a_small_district_decides_alone_from_the_day_it_says_so():
    row, _clerk = opened()
    said, earlier, only = opinion(row), opinion(row), moderator(row)
    propose(row, earlier, only)
    alone(row)
    assert propose(row, said, only) == 1
    assert actions.confirm_withholding(row.pk, [earlier.pk], actor=only, now=NOW) == 1
    assert (state(said), state(earlier), adds_up(row)) == ("withheld", "withheld", True)
    _page, rows = published.shown_opinions(row.pk)
    assert {str(each.tomb.who) for each in rows} == {"意见审核人决定"}


@pytest.mark.parametrize("code", ["unlawful", "personal_data"])
def test_what_is_urgent_is_hidden_at_once_and_confirmed_within_its_hours(code):
    row, _clerk = opened()
    said, first, second = opinion(row, shown=True, email="wang@example.org"), moderator(row), moderator(row)
    Notice.objects.all().delete()
    propose(row, said, first, code=code, at_once=True, note="三楼老李")
    assert (state(said), adds_up(row)) == ("hidden", True)
    _page, (view,) = published.shown_opinions(row.pk)
    assert (view.words, view.tomb.is_final, str(view.tomb.who)) == ("", False, "意见审核人先行隐藏，待另一位审核人确认")
    assert "先行隐藏" in Notice.objects.get().body
    (item,) = [each for each in queries.desk(second, NOW + timedelta(hours=25)) if "先行隐藏" in str(each.title)]
    assert str(item.sub) == "已过确认时限"
    assert not [each for each in queries.desk(first, NOW) if "先行隐藏" in str(each.title)]
    actions.dismiss_withholding(row.pk, [said.pk], actor=second, now=NOW, reason="没有他人信息")
    assert (state(said), Opinion.objects.get().withheld_code, adds_up(row)) == ("shown", "", True)
    assert Notice.objects.filter(subject_line__startswith="您的意见恢复显示").count() == 1


def test_hiding_at_once_takes_the_place_of_a_proposal_that_waits():
    row, _clerk = opened()
    said = opinion(row)
    propose(row, said)
    propose(row, said, code="unlawful", at_once=True)
    assert state(said) == "hidden"
    assert list(Withholding.objects.order_by("pk").values_list("outcome", "code")) == [("shown", "abuse"), ("", "unlawful")]


def test_other_reasons_are_not_hidden_at_once():
    row, _clerk = opened()
    with refused("not_urgent"):
        propose(row, opinion(row), at_once=True)


def test_a_duplicate_names_the_one_kept_and_the_person_still_counts_once():
    row, _clerk = opened()
    kept, copy = opinion(row, phone="138", shown=True), opinion(row, phone="138")
    propose(row, copy, code="duplicate")
    actions.confirm_withholding(row.pk, [copy.pk], actor=moderator(row), now=NOW)
    assert Withholding.objects.get().kept_id == kept.pk
    assert (queries.people(row.pk), queries.tallies(row.pk)["all", ""], adds_up(row)) == (1, 2, True)
    _page, rows = published.shown_opinions(row.pk)
    assert rows[0].tomb.kept_at == kept.received_at
    assert kept.receipt not in str(rows)


@pytest.mark.parametrize("how", ["another person", "itself", "nothing", "withheld"])
def test_what_is_no_copy_by_the_same_person_is_not_taken_for_one(how):
    row, _clerk = opened()
    said = opinion(row, phone="138")
    other = opinion(row, phone="138" if how == "withheld" else "139")
    if how == "withheld":
        withhold(row, [other.pk])
    receipt = {"another person": other.receipt, "itself": said.receipt, "nothing": "", "withheld": other.receipt}[how]
    with refused("copy"):
        propose(row, said, code="duplicate", kept=receipt)


def test_a_copy_is_not_confirmed_once_the_one_kept_is_withheld():
    row, _clerk = opened()
    kept, copy = opinion(row, phone="138"), opinion(row, phone="138")
    propose(row, copy, code="duplicate", kept=kept.receipt)
    withhold(row, [kept.pk])
    with refused("copy"):
        actions.confirm_withholding(row.pk, [copy.pk], actor=moderator(row), now=NOW)


# parts blacked out

WORDS = "三楼老李不同意。补助太少，请提高。电话13812345678。"


def test_a_part_is_blacked_out_with_its_reason_and_the_original_stays():
    row, _clerk = opened()
    said, who = opinion(row, WORDS, shown=True), moderator(row)
    (made,) = actions.mask_parts(said.pk, ["三楼老李", " "], actor=who, now=NOW, code="personal_data")
    assert actions.mask_parts(said.pk, ["三楼老李"], actor=who, now=NOW, code="personal_data") == []
    _page, (view,) = published.shown_opinions(row.pk)
    assert (view.words, [str(each) for each in view.masked]) == ("▇▇▇▇不同意。补助太少，请提高。电话138████5678。", ["含他人个人信息"])
    assert Opinion.objects.get().text == WORDS
    fate = published.fate(row.government_id, said.receipt, NOW)
    assert [(quote, str(why)) for quote, why in fate.told.masks] == [("三楼老李", "含他人个人信息")]
    undone = actions.unmask_part(made.pk, actor=who, now=NOW)
    assert (str(undone), undone.undone_by_id) == ("含他人个人信息", who.person_id)
    _page, (view,) = published.shown_opinions(row.pk)
    assert (view.words[:4], view.masked) == ("三楼老李", ())
    assert [act.event for act in acts_of(said)][-2:] == ["opinion.mask", "opinion.unmask"]


@pytest.mark.parametrize(
    ("quotes", "code", "why"),
    [
        (["没有的话"], "abuse", "quote"),
        ([], "abuse", "quote"),
        (["三"], "abuse", "quote"),
        ([WORDS], "abuse", "whole"),
        (["三楼"], "off_topic", "reason"),
    ],
)
def test_only_words_of_the_text_are_blacked_out_and_never_all_of_it(quotes, code, why):
    row, _clerk = opened()
    said = opinion(row, WORDS)
    with refused(why):
        actions.mask_parts(said.pk, quotes, actor=moderator(row), now=NOW, code=code)
    assert not OpinionMask.objects.exists()


def test_clerks_and_other_governments_black_out_nothing():
    row, clerk = opened()
    said = opinion(row, WORDS)
    (made,) = actions.mask_parts(said.pk, ["三楼"], actor=moderator(row), now=NOW, code="abuse")
    far = actor(government(), Role.MODERATOR)
    for who, code in ((clerk, "role"), (far, "gone")):
        with refused(code):
            actions.mask_parts(said.pk, ["老李"], actor=who, now=NOW, code="abuse")
        with refused(code):
            actions.unmask_part(made.pk, actor=who, now=NOW)


def test_a_mark_that_touches_a_number_takes_all_of_it():
    assert blacked("电话13812345678。", ["5678"]) == "电话▇▇▇▇▇▇▇▇。"
    assert blacked("甲乙丙丁", ["甲乙", "乙丙", ""]) == "▇▇▇丁"
    assert may_mask("甲乙丙", "甲乙", "abuse")


def test_what_the_guard_finds_is_marked_and_sentences_are_told_apart():
    assert flagged_parts("打13812345678找我") == [("打", False), ("138████5678", True), ("找我", False)]
    assert sentences("一句。两句！一句。三") == ["一句。", "两句！", "三"]


# appeals


def appealed(row: Consultation, words: str = "我没有骂人") -> tuple[Opinion, Appeal]:
    said = opinion(row, email="wang@example.org")
    withhold(row, [said.pk])
    return said, actions.appeal_withholding(said.receipt, actor=stranger(row.government_id), now=NOW, words=words)


def test_the_author_is_told_rule_reason_clause_and_how_to_appeal():
    row, _clerk = opened()
    said = opinion(row, email="wang@example.org")
    withhold(row, [said.pk], note="请就事论事")
    told = published.fate(row.government_id, said.receipt, NOW).told
    assert (str(told.tomb.rule), told.tomb.note, told.tomb.clause) == ("侮辱、谩骂", "请就事论事", "711 Art.14")
    assert (told.may_appeal, told.until) == (True, TODAY + timedelta(days=15))
    body = Notice.objects.latest("pk").body
    assert all(each in body for each in ("侮辱、谩骂", "请就事论事", "15 日内", f"/r/{said.receipt}/"))


@pytest.mark.parametrize(("restore", "outcome"), [(True, "restored"), (False, "upheld")])
def test_an_appeal_is_decided_by_somebody_who_had_no_part_in_it(restore, outcome):
    row, _clerk = opened()
    said, made = appealed(row)
    decided = made.withholding
    for part in (decided.proposed_by, Withholding.objects.get().decided_by):
        with refused("own_work"):
            actions.decide_appeal(made.pk, actor=acting(part, Role.MODERATOR), now=NOW, restore=restore, reason="看过了")
    office = actor(row.government, Role.OFFICE)
    assert [str(each.title) for each in queries.desk(office, NOW)] == ["复议申诉 1 件"]
    with refused("reason_missing"):
        actions.decide_appeal(made.pk, actor=office, now=NOW, restore=restore, reason="")
    actions.decide_appeal(made.pk, actor=office, now=NOW, restore=restore, reason="看过了")
    assert (state(said), adds_up(row)) == ("shown" if restore else "withheld", True)
    told = published.fate(row.government_id, said.receipt, NOW).told
    assert (told.appeal_state, told.appeal_reason, told.may_appeal) == (outcome, "看过了", False)
    assert "看过了" in Notice.objects.latest("pk").body
    counts = moderation_counts(row.pk)
    assert (counts.appeals, counts.restored, counts.upheld, counts.undecided) == (1, int(restore), int(not restore), 0)
    with refused("wrong_state"):
        actions.decide_appeal(made.pk, actor=office, now=NOW, restore=restore, reason="再看")


def test_an_appeal_is_made_once_in_time_and_with_words():
    row, _clerk = opened()
    anybody = stranger(row.government_id)
    open_one = opinion(row)
    with refused("nothing"):
        actions.appeal_withholding(open_one.receipt, actor=anybody, now=NOW, words="为什么")
    withhold(row, [open_one.pk])
    with refused("empty"):
        actions.appeal_withholding(open_one.receipt, actor=anybody, now=NOW, words=" ")
    with refused("too_late"):
        actions.appeal_withholding(open_one.receipt, actor=anybody, now=NOW + timedelta(days=16), words="为什么")
    with refused("gone"):
        actions.appeal_withholding("QH-0000", actor=anybody, now=NOW, words="为什么")
    first = actions.appeal_withholding(open_one.receipt, actor=anybody, now=NOW, words="为什么")
    assert actions.appeal_withholding(open_one.receipt, actor=anybody, now=NOW, words="为什么").pk == first.pk
    with refused("appealed"):
        actions.appeal_withholding(open_one.receipt, actor=anybody, now=NOW, words="再问一次")
    assert str(first) == open_one.receipt
    with refused("appeal_waiting"):
        actions.restore_opinion(open_one.pk, actor=moderator(row), now=NOW, reason="看错了")


def test_after_the_report_an_appeal_is_granted_only_with_an_answer():
    row, _clerk = closed()
    _said, made = appealed(opened()[0])
    of = made.withholding.opinion.consultation
    Consultation.objects.filter(pk=of.pk).update(state="reported")
    office = actor(of.government, Role.OFFICE)
    with refused("verdict"):
        actions.decide_appeal(made.pk, actor=office, now=NOW, restore=True, reason="没有骂人")
    actions.decide_appeal(made.pk, actor=office, now=NOW, restore=True, reason="没有骂人", verdict="not_adopted")
    back = Opinion.objects.get(pk=made.withholding.opinion_id)
    assert (back.state, back.verdict, back.reason) == ("shown", "not_adopted", "没有骂人")
    assert adds_up(of)
    assert row.pk != of.pk


def test_another_government_decides_no_appeal():
    _said, made = appealed(opened()[0])
    with refused("gone"):
        actions.decide_appeal(made.pk, actor=actor(government(), Role.OFFICE), now=NOW, restore=True, reason="看过了")


# what stands by itself


def test_a_matter_without_any_moderation_says_zero():
    row, _clerk = opened()
    counts = moderation_counts(row.pk)
    assert (counts.withheld, counts.hidden, counts.reasons, counts.appeals, counts.undecided) == (0, 0, (), 0, 0)


def test_the_desk_asks_another_moderator_to_confirm():
    row, _clerk = opened()
    first, second = moderator(row), moderator(row)
    propose(row, opinion(row), first)
    assert [str(each.title) for each in queries.desk(second, NOW)] == ["确认或驳回拟不显示的意见 1 条"]
    assert queries.desk(first, NOW) == []
