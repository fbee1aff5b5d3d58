"""The draw of a hearing's seats: frozen, logged, revealed by a second person, verifiable; annulled or corrected in public."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.test import Client

from mingtang.engines.lottery.verifying import check_draw
from mingtang.hearings import actions, published, queries
from mingtang.hearings.models import HearingDraw, Participant
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from tests.factories.hearings import (
    AFTER,
    DRAWN_ON,
    FIGURES,
    RANDOMNESS,
    REVEAL,
    SETTLE,
    announced,
    drawn,
    enrolled,
    frozen,
    reported,
    settled,
)
from tests.factories.ledger import told
from tests.factories.platform import NOW, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
RIGHT = [["4", "7", "2", "1", "8"]]

MOMENT = [NOW]


def clock():
    return MOMENT[0]


@pytest.fixture(autouse=True)
def at(settings):
    """Set the clock of the site; it begins at `NOW`."""
    settings.MINGTANG_CLOCK = f"{__name__}.clock"

    def set_to(moment):
        MOMENT[0] = moment

    set_to(NOW)
    return set_to


def over(consumers=5, **options):
    of = announced(**options)
    for n in range(consumers):
        enrolled(of, f"消费者{n}")
    return of


def states(of):
    return {each.number: (each.state, each.method, each.rank) for each in Participant.objects.filter(hearing=of.hearing).order_by("pk")}


def test_the_draw_freezes_logs_reveals_and_seats_everybody_and_anybody_can_repeat_it(tmp_path):
    of = over()
    for n in range(3):
        enrolled(of, f"旁听{n}", seat="observer")
    with refused("not_over"):
        actions.freeze_seats(of.hearing.pk, actor=of.clerk, now=NOW, randomness=RANDOMNESS)
    with refused("source_day"):
        actions.freeze_seats(of.hearing.pk, actor=of.clerk, now=AFTER, randomness={**RANDOMNESS, "day": AFTER.date().isoformat()})
    with refused("randomness"):
        actions.freeze_seats(of.hearing.pk, actor=of.clerk, now=AFTER, randomness={**RANDOMNESS, "sources": []})
    with refused("role"):
        actions.freeze_seats(of.hearing.pk, actor=of.operator, now=AFTER, randomness=RANDOMNESS)
    made = frozen(of)
    assert frozen(of).pk == made.pk
    with refused("too_early"):
        actions.reveal_seats(of.hearing.pk, actor=of.operator, now=AFTER, values=FIGURES)
    with refused("own_work"):
        actions.reveal_seats(of.hearing.pk, actor=of.clerk, now=REVEAL, values=FIGURES)
    with refused("randomness"):
        actions.reveal_seats(of.hearing.pk, actor=of.operator, now=REVEAL, values=[["4"]])
    done = actions.reveal_seats(of.hearing.pk, actor=of.operator, now=REVEAL, values=FIGURES)
    assert actions.reveal_seats(of.hearing.pk, actor=of.operator, now=REVEAL, values=RIGHT).outcome == done.outcome
    outcome = json.loads(done.outcome)
    expected = dict.fromkeys(outcome["panel"], ("chosen", "lot", 0))
    expected |= {number: ("reserve", "lot", rank) for rank, number in enumerate(outcome["reserves"]["消费者"], 1)}
    expected |= {"00006": ("chosen", "order", 1), "00007": ("chosen", "order", 2), "00008": ("reserve", "order", 3)}
    assert states(of) == expected
    assert len(outcome["panel"]) == 3
    file = published.draw_file(of.home.pk, of.hearing.pk, 1)
    assert check_draw(file["freeze"], file["reveal"], logged=made.digest).broken == 0
    path = tmp_path / "draw.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    call_command("draw", "verify", str(path), "--logged", made.digest)
    facts = {
        "about": f"hearingdraw:{made.pk}",
        "hearing": f"hearing:{of.hearing.pk}",
        "digest": made.digest,
        "source": "figures",
        "day": DRAWN_ON.isoformat(),
    }
    assert told("hearing_draw.frozen")[0] == facts
    assert set(told("hearing_draw.revealed")[0]) == {*facts, "outcome"}


def test_with_fewer_people_than_seats_all_are_drawn_and_who_left_meanwhile_stays_away():
    of = over(consumers=2)
    frozen(of)
    leaver = of.people()[0]
    actions.withdraw(leaver.pk, actor=of.clerk, now=AFTER, reason="有事")
    actions.reveal_seats(of.hearing.pk, actor=of.operator, now=REVEAL, values=FIGURES)
    assert [each.state for each in of.people()] == ["withdrawn", "chosen"]


def test_one_household_has_at_most_one_of_the_drawn_seats():
    of = announced(one_per_household=True)
    for n in range(3):
        enrolled(of, f"一家{n}", phone="000-8888")
    for n in range(3):
        enrolled(of, f"别家{n}")
    drawn(of)
    assert Participant.objects.filter(hearing=of.hearing, state="chosen", contact__phone="000-8888").count() <= 1
    document = json.loads(HearingDraw.objects.get().document)
    assert [each.get("household", "") for each in document["people"]] == ["h1", "h1", "h1", "", "", ""]
    assert "000-8888" not in HearingDraw.objects.get().document


def test_a_frozen_list_does_not_change_until_it_is_drawn():
    of = over()
    servant = Participant.objects.filter(hearing=of.hearing).order_by("pk")[0]
    Participant.objects.filter(pk=servant.pk).update(civil_servant=True)
    frozen(of)
    at = {"actor": of.clerk, "now": AFTER}
    with refused("frozen"):
        actions.pass_over(servant.pk, **at, reason="现职公务员")
    with refused("extend"):
        actions.extend_enrolment(of.hearing.pk, **at, enrol_until=DRAWN_ON, reason="人少")
    with refused("undecided"):
        actions.settle(of.hearing.pk, **at)
    with refused("lots"):
        actions.seat_in_order(of.hearing.pk, **at)


def test_what_was_frozen_is_annulled_in_public_before_the_randomness_and_frozen_again():
    of = over()
    with refused("no_draw"):
        actions.annul_seats(of.hearing.pk, actor=of.head, now=AFTER, reason="没有冻结过")
    frozen(of)
    with refused("role"):
        actions.annul_seats(of.hearing.pk, actor=of.clerk, now=AFTER, reason="彩票停开")
    with refused("reason_missing"):
        actions.annul_seats(of.hearing.pk, actor=of.head, now=AFTER, reason=" ")
    actions.annul_seats(of.hearing.pk, actor=of.head, now=AFTER, reason="当期彩票停开")
    assert frozen(of).number == 2
    actions.reveal_seats(of.hearing.pk, actor=of.operator, now=REVEAL, values=FIGURES)
    none = announced()
    with refused("no_draw"):
        actions.reveal_seats(none.hearing.pk, actor=none.operator, now=REVEAL, values=FIGURES)
    with refused("no_draw"):
        actions.annul_seats(of.hearing.pk, actor=of.head, now=REVEAL, reason="想重抽")
    assert queries.draw_of(of.hearing.pk).number == 2
    page = Client(headers={"host": of.home.host}).get(f"/hearings/{of.hearing.pk}/draw/").content.decode()
    assert "当期彩票停开" in page


def test_a_hearing_put_off_annuls_the_list_that_waits():
    of = over()
    frozen(of)
    actions.postpone(of.hearing.pk, actor=of.clerk, now=AFTER, reason="场地停电")
    assert (HearingDraw.objects.get().annulled_reason, queries.draw_of(of.hearing.pk)) == ("场地停电", None)


def test_wrong_figures_are_corrected_by_a_third_person_before_the_list_is_settled():
    of = over()
    drawn(of)
    at = {"now": REVEAL, "values": RIGHT, "reason": "末位看错"}
    with refused("own_work"):
        actions.correct_seats(of.hearing.pk, actor=replace(of.head, person_id=of.operator.person_id), **at)
    with refused("same"):
        actions.correct_seats(of.hearing.pk, actor=of.head, **{**at, "values": FIGURES})
    with refused("reason_missing"):
        actions.correct_seats(of.hearing.pk, actor=of.head, **{**at, "reason": ""})
    made = actions.correct_seats(of.hearing.pk, actor=of.head, **at)
    outcome = json.loads(made.outcome)
    assert sorted(number for number, (state, *_rest) in states(of).items() if state == "chosen") == sorted(outcome["panel"])
    assert (made.number, made.digest == HearingDraw.objects.get(number=1).digest) == (2, True)
    view = published.hearing(of.home.pk, of.hearing.pk, SETTLE)
    assert (view.draw.number, [each.annulled_reason for each in view.annulled]) == (2, ["末位看错"])
    assert Act.objects.filter(event="hearing_draw.revealed").count() == 2
    early = over()
    frozen(early)
    with refused("no_draw"):
        actions.correct_seats(early.hearing.pk, actor=early.head, **at)
    late = settled()
    with refused("seated"):
        actions.correct_seats(late.hearing.pk, actor=late.head, **at)


def test_seats_go_in_the_order_of_enrolment_where_none_is_drawn():
    of = announced(seats={"consumer": (2, "order"), "operator": (1, "rule")})
    for n in range(3):
        enrolled(of, f"消费者{n}")
    actions.seat_in_order(of.hearing.pk, actor=of.clerk, now=AFTER)
    actions.seat_in_order(of.hearing.pk, actor=of.clerk, now=AFTER)
    assert list(states(of).values()) == [("chosen", "order", 1), ("chosen", "order", 2), ("reserve", "order", 3)]
    assert Client(headers={"host": of.home.host}).get(f"/hearings/{of.hearing.pk}/draw/").status_code == 404


def test_the_acts_of_a_hearing_stand_in_the_public_log_with_plain_facts():
    of = reported()
    matter = f"topic:{of.topic.pk}"
    notice = told("hearing.announce")[0]
    assert (notice["matter"], notice["starts"], len(notice["words"]), len(notice["seats"])) == (
        matter,
        of.hearing.starts_at.isoformat(),
        64,
        64,
    )
    assert told("hearing.publish_list")[0]["people"] == 5
    assert told("hearing.confirm_record")[0] == {"about": f"hearing:{of.hearing.pk}", "matter": matter, "record": of.hearing.record_sha256}
    assert set(told("hearing.publish_report")[0]) == {"about", "matter", "report"}


def signed_in(of, who) -> Client:
    client = Client(headers={"host": of.home.host})
    client.force_login(who)
    return client


def test_the_draw_is_frozen_revealed_and_corrected_on_pages_and_wrong_input_is_kept(at):
    of = over()
    home, public = f"/workspace/hearings/{of.hearing.pk}/", f"/hearings/{of.hearing.pk}/draw/"
    people = {role: person(of.home, role, within=of.department) for role in (Role.CLERK, Role.OPERATOR, Role.HEAD)}
    clerk, operator, head = (signed_in(of, each) for each in people.values())
    assert operator.get(f"{home}reveal/")["Location"] == home
    assert head.get(f"{home}correct/")["Location"] == home
    assert "报名期还没有结束" in clerk.get(f"{home}freeze/").content.decode()
    at(AFTER)
    clerk, operator, head = (signed_in(of, each) for each in people.values())
    assert "冻结 5 人的名单" in clerk.get(home).content.decode()
    given = {"kind": "figures", "day": "2026-12-11", "figure_1": "排列五第 26338 期", "count_1": "5", "order_1": "on"}
    early = clerk.post(f"{home}freeze/", given)
    assert (early.status_code, "随机数的日子要在冻结之后" in early.content.decode(), "排列五第 26338 期" in early.content.decode()) == (
        409,
        True,
        True,
    )
    assert clerk.post(f"{home}freeze/", {**given, "day": "2026-12-12"})["Location"] == home
    assert "作废冻结的名单" in head.get(home).content.decode()
    frozen_page = Client(headers={"host": of.home.host}).get(public).content.decode()
    assert "正在等随机数" in frozen_page
    at(REVEAL)
    clerk, operator, head = (signed_in(of, each) for each in people.values())
    assert "名单是您冻结的" in clerk.get(home).content.decode()
    assert clerk.get(f"{home}reveal/").status_code == 409
    assert "应是 5 个数字" in operator.post(f"{home}reveal/", {"v0": "4 7"}).content.decode()
    assert operator.post(f"{home}reveal/", {"v0": "4 7 2 1 9"})["Location"] == home
    assert head.post(f"{home}correct/", {"v0": "4 7 2 1 8", "reason": "末位看错"})["Location"] == home
    drawn_page = Client(headers={"host": of.home.host}).get(public).content.decode()
    assert [each in drawn_page for each in ("抽签结果", "末位看错", "消费者", "draw/2.json")] == [True] * 4
    file = Client(headers={"host": of.home.host}).get(f"{public}2.json")
    assert (file.status_code, json.loads(file.content)["reveal"]["values"]) == (200, RIGHT)
    assert Client(headers={"host": of.home.host}).get(f"{public}3.json").status_code == 404
    english = Client(headers={"host": of.home.host}).get(f"/en{public}").content.decode()
    assert [each in english for each in ("The outcome", "Consumers", "Category")] == [True] * 3


def test_a_list_is_annulled_from_the_page_of_the_hearing(at):
    of = over()
    frozen(of)
    at(AFTER)
    home, head = f"/workspace/hearings/{of.hearing.pk}/", signed_in(of, person(of.home, Role.HEAD, within=of.department))
    assert "没有写理由" in head.post(f"{home}act/", {"annul": "1"}).content.decode()
    assert head.post(f"{home}act/", {"annul": "1", "reason": "彩票停开"})["Location"] == home
    assert HearingDraw.objects.get().annulled_reason == "彩票停开"
