"""Calls, applications, freezing, randomness, seats and reserves: each gate refused and passed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from mingtang.engines.lottery.verifying import check_draw
from mingtang.kernel.decision import Refused
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.platform.ledger.models import LedgerEntry
from mingtang.representatives import actions, published, queries
from mingtang.representatives.models import Application, ApplicationContact, Draw, Invitation, Representative, RepresentativeContact
from mingtang.representatives.rules import QuotaLine
from tests.factories.calls import CLOSED, CLOSES, DRAWN, SOURCE, VALUES, applied, drawable, drawn, filled, given, opened, preparing
from tests.factories.platform import NOW, actor
from tests.factories.representatives import house_rules

pytestmark = pytest.mark.django_db
TOO_LATE = DRAWN + timedelta(days=91)


def logged(kind: str) -> list[dict[str, object]]:
    """The facts the public log was told of one kind of act."""
    return [json.loads(body)["facts"] for body in LedgerEntry.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True)]


def said(act):
    """The decision with which an act is refused."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.decision


def states(of) -> dict[str, str]:
    return dict(Application.objects.filter(call=of.row).order_by("pk").values_list("number", "state"))


def test_a_draw_is_the_one_anybody_recomputes_when_its_file_is_verified():
    called, draw = drawn()
    told = published.draw_file(called.of.home.pk, called.row.pk, draw.number)
    found = check_draw(told["freeze"], told["reveal"], logged=draw.digest)
    assert found.good


def test_the_log_holds_digest_and_outcome_when_a_draw_is_made():
    called, draw = drawn()
    (frozen,), (revealed,) = logged("draw.frozen"), logged("draw.revealed")
    about = {"about": f"draw:{draw.pk}", "call": f"call:{called.row.pk}", "digest": draw.digest, "source": "figures", "day": SOURCE["day"]}
    assert {name: frozen[name] for name in about} == about
    assert {name: revealed[name] for name in about} == about
    assert "outcome" not in frozen
    assert len(str(revealed["outcome"])) == 64


def test_everybody_knows_where_they_stand_when_a_draw_is_made():
    called, draw = drawn(people=12)
    outcome = json.loads(draw.outcome)
    found = states(called)
    assert sorted(number for number, state in found.items() if state == "drawn") == outcome["panel"]
    held = {number for numbers in outcome["reserves"].values() for number in numbers}
    assert {number for number, state in found.items() if state == "reserve"} == held
    assert set(found.values()) == {"drawn", "reserve", "not_drawn"}
    assert len(outcome["panel"]) == 3


def test_nothing_is_frozen_when_quotas_cannot_be_met_and_the_smallest_relaxation_is_named():
    called = opened()
    for n in range(6):
        applied(called, n, audience="expert" if n % 3 == 2 else "public", sex="男")
    why = said(lambda: actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE))
    assert why.code == "quotas"
    assert "“性别：女”的下限由 1 降到 0" in why.remedy.within("zh")
    assert (called.now().state, Draw.objects.count(), logged("draw.frozen")) == ("open", 0, [])


def test_a_call_can_be_frozen_when_the_named_quotas_were_relaxed():
    called = opened()
    for n in range(6):
        applied(called, n, audience="expert" if n % 3 == 2 else "public", sex="男")
    women, men = called.row.quotas.filter(category="性别").order_by("pk")
    actions.relax_quota(women.pk, actor=called.head, now=CLOSED, least=0, most=2, reason="没有女性报名。")
    actions.relax_quota(men.pk, actor=called.head, now=CLOSED, least=1, most=3, reason="没有女性报名。")
    actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE)
    assert called.now().state == "frozen"
    assert [each["quota"] for each in logged("call.relax_quota")] == ["性别:女", "性别:男"]


@pytest.mark.parametrize(("now", "day", "code"), [(NOW, DRAWN, "not_over"), (CLOSED, CLOSED, "source_day"), (CLOSED, NOW, "source_day")])
def test_nothing_is_frozen_when_the_day_is_not_right(now, day, code):
    called = filled()
    source = {**SOURCE, "day": day.date().isoformat()}
    assert said(lambda: actions.freeze_draw(called.row.pk, actor=called.clerk, now=now, randomness=source)).code == code


def test_the_randomness_is_refused_when_who_froze_enters_it_or_its_day_has_not_come():
    called, _draw = drawable()
    row = called.row.pk
    assert said(lambda: actions.reveal_draw(row, actor=called.clerk, now=DRAWN, values=VALUES)).code == "own_work"
    assert said(lambda: actions.reveal_draw(row, actor=called.of.operator, now=CLOSED, values=VALUES)).code == "too_early"
    assert said(lambda: actions.reveal_draw(row, actor=called.of.operator, now=DRAWN, values=[["3"]])).code == "randomness"
    assert called.now().state == "frozen"


def test_there_is_nothing_to_reveal_when_nothing_is_frozen():
    called = filled()
    assert said(lambda: actions.reveal_draw(called.row.pk, actor=called.of.operator, now=DRAWN, values=VALUES)).code == "wrong_state"


def test_an_annulled_freezing_stays_in_the_history_when_another_follows():
    called, first = drawable()
    row = called.row.pk
    assert said(lambda: actions.annul_draw(row, actor=called.head, now=CLOSED, reason=" ")).code == "reason_missing"
    actions.annul_draw(row, actor=called.head, now=CLOSED, reason="当期彩票停开。")
    again = actions.freeze_draw(row, actor=called.clerk, now=CLOSED, randomness={**SOURCE, "day": TOO_LATE.date().isoformat()})
    assert [(each.number, bool(each.annulled_at)) for each in queries.draws(row)] == [(first.number, True), (again.number, False)]
    assert [each["digest"] for each in logged("draw.annulled")] == [first.digest]
    view = published.call(called.of.home.pk, row, CLOSED.date())
    assert (view.draw.digest, [each.annulled_reason for each in view.annulled]) == (again.digest, ["当期彩票停开。"])


def test_those_drawn_get_an_invitation_when_they_are_seated():
    called, draw = drawn()
    assert actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN) == 3
    panel = json.loads(draw.outcome)["panel"]
    seated = Application.objects.filter(call=called.row, state="seated").order_by("number")
    assert [each.number for each in seated] == panel
    assert [(each.invitation.state, each.invitation.method, each.invitation.audience) for each in seated] == [
        ("selected", "draw", each.audience) for each in seated
    ]
    assert [each.invitation.representative.name for each in seated] == [each.contact.name for each in seated]
    assert actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN) == 0


def test_nobody_is_seated_when_the_matter_is_on_no_agenda():
    called, _draw = drawn()
    called.of.meeting.state = "ended"
    called.of.meeting.save(update_fields=["state"])
    assert said(lambda: actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN)).code == "no_item"


def test_the_first_fitting_reserve_moves_up_when_somebody_drawn_declines():
    called, draw = drawn()
    house_rules(called.of)
    actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN)
    leaving = Application.objects.filter(call=called.row, state="seated", answers__audience="public").order_by("number")[0]
    assert said(lambda: actions.fill_seat(leaving.pk, actor=called.clerk, now=DRAWN)).code == "not_free"
    actions.revoke(leaving.invitation_id, actor=called.clerk, now=DRAWN, reason="本人不能来")
    came = actions.fill_seat(leaving.pk, actor=called.clerk, now=DRAWN)
    waiting = json.loads(draw.outcome)["reserves"]["社会公众"]
    assert came.number in waiting
    assert (came.state, came.replaces_id, came.audience) == ("seated", leaving.pk, "public")
    assert actions.fill_seat(leaving.pk, actor=called.clerk, now=DRAWN).pk == came.pk
    assert [(each["leaves"], each["comes"]) for each in logged("draw.replaced")] == [(leaving.number, came.number)]


def test_a_seat_stays_empty_when_no_reserve_is_left():
    called, _draw = drawn(reserves=0)
    leaving = Application.objects.filter(call=called.row, state="drawn").order_by("number")[0]
    actions.withdraw_application(leaving.receipt, actor=called.anybody, now=DRAWN)
    assert said(lambda: actions.fill_seat(leaving.pk, actor=called.clerk, now=DRAWN)).code == "no_reserve"


def test_nobody_moves_up_when_the_one_who_left_was_not_drawn():
    called, _draw = drawn()
    other = Application.objects.filter(call=called.row, state="not_drawn").order_by("number")[0]
    assert said(lambda: actions.fill_seat(other.pk, actor=called.clerk, now=DRAWN)).code == "gone"


def test_somebody_left_out_is_published_with_the_ground_when_the_list_is_frozen():
    called = filled()
    first = Application.objects.filter(call=called.row).order_by("pk")[0]
    assert said(lambda: actions.leave_out(first.pk, actor=called.clerk, now=NOW, ground="x", reason="因")).code == "ground"
    actions.leave_out(first.pk, actor=called.clerk, now=NOW, ground="unfit", reason="不住在本区")
    actions.take_in(first.pk, actor=called.clerk, now=NOW)
    actions.leave_out(first.pk, actor=called.clerk, now=NOW, ground="conflict", reason="承包商亲属")
    draw = actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE)
    assert json.loads(draw.document)["excluded"] == [{"number": first.number, "why": "conflict"}]
    assert "承包商" not in draw.document
    assert said(lambda: actions.take_in(first.pk, actor=called.clerk, now=CLOSED)).code == "not_open"


def test_somebody_who_sat_often_enough_is_left_out_when_the_list_is_frozen():
    called = filled()
    who = Application.objects.filter(call=called.row).order_by("pk")[0]
    of = called.of
    for n in (1, 2):
        known = Representative.objects.create(government=of.home, audience=f"public{n}", name=who.contact.name, added_at=NOW)
        RepresentativeContact.objects.create(representative=known, phone=who.contact.phone)
        Invitation.objects.create(
            government=of.home, meeting=of.meeting, item=of.item, representative=known, audience="x", token=f"t{n}", state="present"
        )
    assert queries.past_seats([who.pk], of.meeting.year) == {who.pk: 2}
    draw = actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE)
    assert json.loads(draw.document)["excluded"] == [{"number": who.number, "why": "repeated"}]


def test_an_application_is_taken_once_when_the_form_is_sent_twice():
    called = opened()
    first, again = applied(called, 1), applied(called, 1)
    assert (first.pk, Application.objects.count()) == (again.pk, 1)
    second = said(lambda: actions.apply_for_seat(called.row.pk, given(1), actor=called.anybody, now=NOW, token="another"))
    assert second.code == "already"


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"of_age": False}, "age"), ({"phone": "", "email": ""}, "contact"), ({"audience": "media"}, "answers"), ({"sex": ""}, "answers")],
)
def test_an_application_is_refused_when_something_is_wrong(fields, code):
    called = opened()
    assert said(lambda: applied(called, 1, **fields)).code == code


def test_only_the_desk_takes_applications_when_the_closing_day_is_over():
    called = opened()
    assert said(lambda: applied(called, 1, now=CLOSED)).code == "not_open"
    keyed = actions.apply_for_seat(called.row.pk, given(2, channel="paper"), actor=called.clerk, now=CLOSED)
    assert (keyed.channel, keyed.entered_by_id) == ("paper", called.clerk.person_id)
    stranger = said(lambda: actions.apply_for_seat(called.row.pk, given(3, channel="paper"), actor=called.anybody, now=NOW))
    assert stranger.code == "role"


def test_who_applied_is_deleted_at_once_when_they_withdraw():
    called = opened()
    row = applied(called, 1)
    actions.withdraw_application(row.receipt, actor=called.anybody, now=NOW)
    assert (states(called), ApplicationContact.objects.count()) == ({row.number: "withdrawn"}, 0)
    assert actions.withdraw_application(row.receipt, actor=called.anybody, now=NOW).pk == row.pk


def test_a_receipt_is_signed_and_says_where_one_stands_when_somebody_applied():
    called = opened()
    row = applied(called, 1)
    view = published.application(called.of.home.pk, row.receipt)
    assert (view.number, view.state, view.may_withdraw, bool(view.line)) == ("0001", "received", True, True)
    assert published.application(called.of.home.pk, "QH-0000-0000-0000") is None


def test_each_look_at_an_applicant_is_recorded_with_its_purpose():
    called = opened()
    row = applied(called, 1)
    assert said(lambda: actions.look_at_applicant(row.pk, actor=called.clerk, now=NOW, purpose=" ")).code == "purpose"
    assert said(lambda: actions.look_at_applicant(row.pk, actor=called.head, now=NOW, purpose="核对")).code == "role"
    assert actions.look_at_applicant(row.pk, actor=called.clerk, now=NOW, purpose="核对住址").name == "报名人1"
    assert list(Act.objects.filter(event="application.look_at_contact").values_list("reason", "subject_title")) == [("核对住址", "0001")]


def test_applicants_are_forgotten_when_ninety_days_have_passed_since_the_draw():
    called, _draw = drawn()
    actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN)
    assert actions.forget_applicants(DRAWN + timedelta(days=90)) == 0
    assert actions.forget_applicants(TOO_LATE) == 12
    assert actions.forget_applicants(TOO_LATE) == 0
    assert ApplicationContact.objects.count() == 0
    assert list(Act.objects.filter(event="call.forget_applicants").values_list("data", flat=True)) == [{"people": 12}]
    assert Representative.objects.count() == 3


def test_a_call_is_published_by_somebody_else_when_it_is_complete():
    called = preparing()
    assert said(lambda: actions.publish_call(called.row.pk, actor=called.clerk, now=NOW)).code == "role"
    own = actor(called.of.home, Role.HEAD, within=called.of.department)
    called.row.made_by_id = own.person_id
    called.row.save(update_fields=["made_by"])
    assert said(lambda: actions.publish_call(called.row.pk, actor=own, now=NOW)).code == "own_work"
    actions.publish_call(called.row.pk, actor=called.head, now=NOW)
    assert (called.now().state, len(logged("call.publish"))) == ("open", 1)
    again = said(lambda: actions.set_quota(called.row.pk, actor=called.clerk, now=NOW, line=QuotaLine("性别", "女", 0, 3)))
    assert again.code == "published"


@pytest.mark.parametrize(
    ("line", "code"),
    [(QuotaLine("audience", "public", 9, 9), "no_seat"), (QuotaLine("年龄段", "老年", 1, 1), "adds_up")],
)
def test_a_call_is_not_published_when_its_quotas_do_not_add_up(line, code):
    called = preparing()
    actions.set_quota(called.row.pk, actor=called.clerk, now=NOW, line=line)
    assert code in {each.code for each in said(lambda: actions.publish_call(called.row.pk, actor=called.head, now=NOW)).refusals}


def test_a_quota_is_refused_when_it_makes_no_sense():
    called = preparing()
    for line, code in ((QuotaLine("年龄段", "20~30", 1, 1), "marks"), (QuotaLine("年龄段", "老年", 2, 1), "quota")):
        assert said(lambda line=line: actions.set_quota(called.row.pk, actor=called.clerk, now=NOW, line=line)).code == code


def test_a_call_without_seats_is_not_published():
    called = preparing()
    for each in called.row.quotas.filter(category="audience"):
        actions.remove_quota(called.row.pk, each.pk, actor=called.clerk, now=NOW)
    assert said(lambda: actions.publish_call(called.row.pk, actor=called.head, now=NOW)).code == "no_seats"


def test_a_call_is_extended_or_cancelled_with_a_public_reason():
    called = opened()
    later = CLOSES + timedelta(days=3)
    row = called.row.pk
    assert said(lambda: actions.extend_call(row, actor=called.head, now=NOW, closes_on=CLOSES, reason="再等等")).code == "closes_on"
    assert said(lambda: actions.extend_call(row, actor=called.head, now=NOW, closes_on=later, reason=" ")).code == "reason"
    actions.extend_call(row, actor=called.head, now=NOW, closes_on=later, reason="报名的人少。")
    assert (called.now().closes_on, called.now().change_reason) == (later, "报名的人少。")
    actions.cancel_call(row, actor=called.head, now=NOW, reason="会议取消。")
    assert (called.now().state, called.now().change_reason) == ("cancelled", "会议取消。")


def waiting(who, now) -> list[str]:
    return [each.title.within("zh") for each in queries.desk(who, now) if "/calls/" in each.url]


def test_each_step_waits_on_the_desk_of_whoever_takes_it():
    called = preparing()
    assert (waiting(called.head, NOW), waiting(called.clerk, NOW)) == (["公布代表征集"], [])
    actions.publish_call(called.row.pk, actor=called.head, now=NOW)
    for n in range(12):
        applied(called, n, audience="expert" if n % 3 == 2 else "public", sex="女男"[n % 2])
    assert (waiting(called.clerk, NOW), waiting(called.clerk, CLOSED)) == ([], ["报名已截止，冻结名单"])
    actions.freeze_draw(called.row.pk, actor=called.clerk, now=CLOSED, randomness=SOURCE)
    assert (waiting(called.of.operator, CLOSED), waiting(called.of.operator, DRAWN)) == ([], ["填入随机数并抽签"])
    assert waiting(called.clerk, DRAWN) == []
    actions.reveal_draw(called.row.pk, actor=called.of.operator, now=DRAWN, values=VALUES)
    assert waiting(called.clerk, DRAWN) == ["把入选的人安排到席位"]
    actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN)
    assert waiting(called.clerk, DRAWN) == []


def test_the_matter_tells_of_call_freezing_and_draw():
    called, _draw = drawn()
    told = [(each.at, each.title.within("zh")) for each in published.chain(called.of.topic.pk)]
    assert told == [(NOW, "征集列席代表"), (CLOSED, "冻结名单和名额"), (DRAWN, "抽签")]


def test_wrong_figures_are_corrected_by_a_third_person_and_the_wrong_outcome_stays():
    called, wrong = drawn()
    row, right = called.row.pk, [["3", "8", "15", "22", "27", "32"]]
    gone = Application.objects.filter(call=called.row, state="drawn").order_by("pk")[0]
    actions.withdraw_application(gone.receipt, actor=called.anybody, now=DRAWN)
    told = {"now": DRAWN, "reason": "末位看错。"}
    assert said(lambda: actions.correct_draw(row, actor=called.of.operator, values=right, **told)).code == "role"
    assert said(lambda: actions.correct_draw(row, actor=called.head, values=VALUES, **told)).code == "same"
    assert said(lambda: actions.correct_draw(row, actor=called.head, values=right, now=DRAWN, reason=" ")).code == "reason_missing"
    made = actions.correct_draw(row, actor=called.head, values=right, **told)
    file = published.draw_file(called.of.home.pk, row, made.number)
    assert check_draw(file["freeze"], file["reveal"], logged=wrong.digest).good
    assert [each["entry"]["kind"] for each in file["log"]] == ["draw.frozen", "draw.revealed"]
    assert [each["digest"] for each in logged("draw.annulled")] == [wrong.digest]
    panel = json.loads(made.outcome)["panel"]
    assert panel != json.loads(wrong.outcome)["panel"]
    assert states(called)[gone.number] == "withdrawn"
    assert {number for number, state in states(called).items() if state == "drawn"} == set(panel) - {gone.number}
    view = published.call(called.of.home.pk, row, DRAWN.date())
    assert (view.draw.number, [each.annulled_reason for each in view.annulled]) == (2, ["末位看错。"])
    assert said(lambda: actions.correct_draw(row, actor=called.head, values=VALUES, **told)).code == "own_work"


def test_a_draw_stands_when_somebody_drawn_has_a_seat():
    called, _draw = drawn()
    actions.seat_drawn(called.row.pk, actor=called.clerk, now=DRAWN)
    right = [["3", "8", "15", "22", "27", "32"]]
    assert said(lambda: actions.correct_draw(called.row.pk, actor=called.head, values=right, now=DRAWN, reason="看错")).code == "seated"
    waiting_one = filled()
    assert (
        said(lambda: actions.correct_draw(waiting_one.row.pk, actor=waiting_one.head, values=right, now=NOW, reason="看错")).code
        == "wrong_state"
    )
