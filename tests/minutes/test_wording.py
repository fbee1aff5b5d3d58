"""The wording of a suggestion: confirmed by the person, wished otherwise, mended; written opinions; nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang.minutes import actions, published, queries
from mingtang.minutes.models import Suggestion, Wording
from mingtang.platform.actor import Role, stranger
from mingtang.platform.clock import closing_of, day_of
from tests.factories.held import STARTS, held
from tests.factories.platform import actor
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
OVER = STARTS + timedelta(hours=2)


def said(of=None, text="补助款直接到户。"):
    of = of or held()
    row = actions.record_suggestion(of.invitations[0].pk, actor=of.operator, now=OVER, text=text, ground="有人等了八个月。")
    return of, row, of.invitations[0].token


def again(row):
    return Suggestion.objects.get(pk=row.pk)


def test_the_person_confirms_the_words_on_their_phone_and_they_stay():
    of, row, token = said()
    who = {"actor": stranger(of.home.pk), "now": OVER}
    assert actions.confirm_suggestion(row.pk, token, **who).confirmed_way == "link"
    with refused("confirmed"):
        actions.wish_wording(row.pk, token, text="别的", **who)
    with refused("confirmed"):
        actions.reword_suggestion(row.pk, actor=of.operator, now=OVER, text="别的")
    (mine,) = published.mine(of.invitations[0].pk)
    assert (mine.text, mine.ground, mine.confirmed_at) == ("补助款直接到户。", "有人等了八个月。", OVER)


def test_nobody_confirms_or_changes_the_words_of_somebody_else():
    of, row, _token = said()
    other = of.invitations[1].token
    for act in (
        lambda: actions.confirm_suggestion(row.pk, other, actor=stranger(of.home.pk), now=OVER),
        lambda: actions.wish_wording(row.pk, other, actor=stranger(of.home.pk), now=OVER, text="改"),
    ):
        with refused("gone"):
            act()
    assert again(row).confirmed_at is None


def test_a_wish_taken_becomes_the_wording_and_the_first_words_stay_kept():
    of, row, token = said()
    actions.judge_suggestion(row.pk, actor=of.clerk, now=OVER, reasonable=True)
    actions.wish_wording(row.pk, token, actor=stranger(of.home.pk), now=OVER, text="验收后三十日内到户。")
    assert [each.pk for each in queries.wordings(of.meeting.pk)] == [row.pk]
    actions.settle_wish(row.pk, actor=of.operator, now=OVER, accept=True)
    row = again(row)
    assert (row.text, row.confirmed_way, row.wish, row.reasonable) == ("验收后三十日内到户。", "link", "", None)
    assert list(Wording.objects.values_list("text", "wished")) == [("补助款直接到户。", False)]


def test_a_wish_left_needs_a_reason_which_the_person_sees():
    of, row, token = said()
    actions.wish_wording(row.pk, token, actor=stranger(of.home.pk), now=OVER, text="全部免费。")
    with refused("reason"):
        actions.settle_wish(row.pk, actor=of.operator, now=OVER, accept=False)
    actions.settle_wish(row.pk, actor=of.operator, now=OVER, accept=False, reason="会上没有这样说，录音可查。")
    (mine,) = published.mine(of.invitations[0].pk)
    assert (mine.text, mine.wish, mine.left) == ("补助款直接到户。", "", (("全部免费。", "会上没有这样说，录音可查。"),))
    assert actions.confirm_suggestion(row.pk, token, actor=stranger(of.home.pk), now=OVER).confirmed_at == OVER


def test_words_mended_by_the_operator_are_judged_anew_and_the_old_ones_stay_kept():
    of, row, _token = said()
    actions.judge_suggestion(row.pk, actor=of.clerk, now=OVER, reasonable=False, reason="另有规定")
    actions.reword_suggestion(row.pk, actor=of.operator, now=OVER, text="补助款三十日内到户。")
    row = again(row)
    assert (row.reasonable, row.reason, row.judged_at) == (None, "", None)
    assert Wording.objects.get().text == "补助款直接到户。"
    with refused("empty"):
        actions.reword_suggestion(row.pk, actor=of.operator, now=OVER, text="  ")
    with refused("role"):
        actions.reword_suggestion(row.pk, actor=actor(of.home, Role.CLERK), now=OVER, text="别的")


def test_a_signature_is_kept_as_a_scan_or_as_the_operators_word():
    of, row, _token = said()
    scan = SimpleUploadedFile("签字.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    row = actions.confirm_on_paper(row.pk, actor=of.operator, now=OVER, scan=scan)
    assert (row.confirmed_way, row.signature.media_type) == ("signature", "image/png")
    _, other, _ = said(of, "另一条。")
    assert actions.confirm_on_paper(other.pk, actor=of.operator, now=OVER).signature is None


def test_a_written_opinion_is_taken_until_the_end_of_the_second_day():
    of = held()
    token, last = of.invitations[0].token, closing_of(day_of(of.meeting.ended_at) + timedelta(days=2))
    who = {"actor": stranger(of.home.pk)}
    row = actions.write_opinion(token, now=last - timedelta(seconds=1), text="会后又想到一点。", **who)
    assert (row.source, row.confirmed_way, row.recorded_by, row.item_id) == ("written", "own", None, of.item.pk)
    assert actions.write_opinion(token, now=last, text="会后又想到一点。", **who).pk == row.pk
    with refused("too_late"):
        actions.write_opinion(token, now=last, text="再一点。", **who)
    with refused("absent"):
        actions.write_opinion(of.invitations[-1].token, now=OVER, text="没来也想说。", **who)
    with refused("gone"):
        actions.write_opinion("nobody", now=OVER, text="谁？", **who)
    with refused("empty"):
        actions.write_opinion(token, now=OVER, text=" ", **who)


def test_issued_minutes_take_no_other_words():
    of, row, token = said()
    actions.judge_suggestion(row.pk, actor=of.clerk, now=OVER, reasonable=True)
    actions.compose_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    actions.circulate_minutes(of.meeting.pk, actor=of.operator, now=OVER)
    actions.issue_minutes(of.meeting.pk, actor=of.office, now=OVER)
    with refused("issued"):
        actions.wish_wording(row.pk, token, actor=stranger(of.home.pk), now=OVER, text="别的")
    with refused("issued"):
        actions.reword_suggestion(row.pk, actor=of.operator, now=OVER, text="别的")
