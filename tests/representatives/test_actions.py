"""House rules, seats, answers, notice with its proof, the door: each gate refused and passed, each act twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from mingtang.meetings.actions import (
    cancel_meeting,
    change_meeting,
    convene_meeting,
    postpone_meeting,
    record_emergency,
    remove_item,
    start_meeting,
)
from mingtang.meetings.models import Meeting
from mingtang.platform import events
from mingtang.platform.accounts.models import Person
from mingtang.platform.actor import Role, stranger
from mingtang.platform.audit.models import Act
from mingtang.platform.outbox.models import Notice
from mingtang.reactions import REACTIONS
from mingtang.representatives import actions, queries
from mingtang.representatives.models import HouseRules, Invitation, Material, Representative, RepresentativeContact
from tests.factories.meetings import STARTS, frozen, planned
from tests.factories.platform import NOW, actor, government, later
from tests.factories.refusing import refused
from tests.factories.representatives import TEXTS, accepted, house_rules, invited, pooled, selected, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listening():
    """The reactions of the running site."""
    events.install(REACTIONS)


@pytest.fixture
def meeting():
    return frozen()


def anybody(of):
    return stranger(of.home.pk)


def again(row):
    row.refresh_from_db()
    return row


def test_house_rules_come_in_versions_and_the_same_texts_stay_one(meeting):
    first = house_rules(meeting)
    assert house_rules(meeting).pk == first.pk
    assert house_rules(meeting, duties="新的责任").version == 2
    assert queries.rules_in_force(meeting.department.pk, date(2025, 12, 31)) is None


def test_house_rules_need_all_four_texts_and_the_head_of_the_house(meeting):
    with refused("incomplete"):
        house_rules(meeting, discipline=" ")
    with refused("role"):
        actions.publish_house_rules(meeting.department.pk, actor=meeting.clerk, now=NOW, in_force_on=NOW.date(), **TEXTS)
    with refused("gone"):
        actions.publish_house_rules(meeting.department.pk, actor=actor(government(), Role.HEAD), now=NOW, in_force_on=NOW.date(), **TEXTS)
    assert not HouseRules.objects.exists()


def test_the_same_person_is_in_the_pool_once(meeting):
    assert pooled(meeting).pk == pooled(meeting).pk
    assert RepresentativeContact.objects.get().email == "zs@example.org"
    with refused("role"):
        actions.add_representative(actor=meeting.leader, now=NOW, audience="public", name="李四")


def test_contact_data_are_shown_for_a_purpose_and_each_look_is_recorded(meeting):
    who = pooled(meeting)
    with refused("purpose"):
        actions.look_at_contact(who.pk, actor=meeting.operator, now=NOW, purpose=" ")
    with refused("role"):
        actions.look_at_contact(who.pk, actor=meeting.leader, now=NOW, purpose="电话通知")
    with refused("gone"):
        actions.look_at_contact(who.pk, actor=planned().operator, now=NOW, purpose="电话通知")
    assert actions.look_at_contact(who.pk, actor=meeting.operator, now=NOW, purpose="电话通知").phone == "000-1234"
    kept = Act.objects.get(event="representative.look_at_contact")
    assert (kept.reason, kept.subject_id) == ("电话通知", who.pk)


def test_leaving_the_pool_deletes_the_contact_data_and_ends_invitations(meeting):
    who = pooled(meeting)
    for _ in range(2):
        assert actions.leave_pool(who.pk, actor=meeting.operator, now=NOW).left_on == NOW.date()
    assert not RepresentativeContact.objects.exists()
    assert Act.objects.filter(event="representative.leave").count() == 1
    with refused("gone"):
        actions.select_representative(meeting.item.pk, who.pk, actor=meeting.operator, now=NOW, method="draw")


def test_seats_are_given_up_to_the_approved_number(meeting):
    first = selected(meeting)
    assert selected(meeting).pk == first.pk
    selected(meeting, "李四")
    with refused("no_seat"):
        selected(meeting, "王五")
    assert selected(meeting, "赵六", audience="expert").audience == "expert"


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.CLERK, True), (Role.HEAD, True), (Role.OPERATOR, True), (Role.OFFICE, False), (Role.LEADER, False), (Role.AUDITOR, False)],
)
def test_the_lead_department_settles_who_attends(meeting, role, allowed):
    who = pooled(meeting)
    acts = actor(meeting.home, role, within=meeting.department)
    if allowed:
        assert actions.select_representative(meeting.item.pk, who.pk, actor=acts, now=NOW, method="draw").state == "selected"
    else:
        with refused("role"):
            actions.select_representative(meeting.item.pk, who.pk, actor=acts, now=NOW, method="draw")


def test_nobody_is_invited_before_house_rules_and_the_agenda():
    early = planned()
    row = selected(early)
    for code in ("no_rules", "not_frozen"):
        with refused(code):
            actions.invite(row.pk, actor=early.operator, now=NOW)


def test_an_invitation_goes_out_once_with_link_and_calendar_day(meeting):
    row = invited(meeting)
    assert actions.invite(row.pk, actor=meeting.operator, now=NOW).state == "invited"
    mail = Notice.objects.get(template="representatives/email/invitation.txt")
    assert mail.address == "zs@example.org"
    assert f"http://{meeting.home.host}:8000/invitation/{row.token}/" in mail.body
    assert "METHOD:REQUEST" in mail.calendar_ics


def test_inviting_all_is_all_or_nobody(meeting):
    selected(meeting)
    selected(meeting, "李四", email="")
    with refused("no_rules"):
        actions.invite_all(meeting.meeting.pk, actor=meeting.operator, now=NOW)
    house_rules(meeting)
    assert actions.invite_all(meeting.meeting.pk, actor=meeting.operator, now=NOW) == 2
    assert actions.invite_all(meeting.meeting.pk, actor=meeting.operator, now=NOW) == 0
    assert Notice.objects.filter(template="representatives/email/invitation.txt").count() == 1


def test_whoever_accepts_has_accepted_the_rules_in_force(meeting):
    row = invited(meeting)
    say = {"actor": anybody(meeting), "now": NOW, "accept": True}
    with refused("rules"):
        actions.answer_invitation(row.token, **say)
    for _ in range(2):
        done = actions.answer_invitation(row.token, accepted_rules=True, publish_name=False, **say)
    assert (done.state, done.rules.version, done.publish_name) == ("accepted", 1, False)


def test_a_link_that_is_lost_late_or_taken_back_answers_nothing(meeting):
    row = invited(meeting)
    with refused("gone"):
        actions.answer_invitation("nonsense", actor=anybody(meeting), now=NOW, accept=False)
    actions.revoke(row.pk, actor=meeting.operator, now=NOW, reason="换人")
    with refused("wrong_state"):
        actions.answer_invitation(row.token, actor=anybody(meeting), now=NOW, accept=True, accepted_rules=True)
    other = invited(meeting, "李四")
    Meeting.objects.filter(pk=meeting.meeting.pk).update(state="running")
    with refused("over"):
        actions.answer_invitation(other.token, actor=anybody(meeting), now=NOW, accept=True, accepted_rules=True)


def test_a_declined_seat_is_free_and_may_be_given_to_the_same_person_with_a_new_link(meeting):
    row = invited(meeting)
    for _ in range(2):
        actions.answer_invitation(row.token, actor=anybody(meeting), now=NOW, accept=False, reason="出差")
    assert again(row).decline_reason == "出差"
    assert queries.taken(meeting.item.pk) == []
    old = row.token
    back = selected(meeting)
    assert (back.pk, back.state, back.decline_reason, back.invited_at) == (row.pk, "selected", "", None)
    assert back.token != old
    with refused("gone"):
        actions.answer_invitation(old, actor=anybody(meeting), now=NOW, accept=True, accepted_rules=True)


def test_taking_a_seat_back_needs_a_reason_and_tells_the_person(meeting):
    row = invited(meeting)
    with refused("reason_missing"):
        actions.revoke(row.pk, actor=meeting.operator, now=NOW, reason="")
    for _ in range(2):
        assert actions.revoke(row.pk, actor=meeting.operator, now=NOW, reason="席位调整").decline_reason == "席位调整"
    assert "席位调整" in Notice.objects.get(template="representatives/email/revoked.txt").body


def test_a_notice_carries_requirements_and_papers_by_their_hash(meeting):
    row = accepted(meeting)
    with refused("requirements"):
        actions.notify(row.pk, actor=meeting.operator, now=NOW, requirements=" ")
    for _ in range(2):
        done = actions.notify(row.pk, actor=meeting.operator, now=NOW, requirements="带证件")
    assert (done.state, done.noticed_by_door, done.delivered_at) == ("noticed", "email", None)
    papers = Material.objects.filter(invitation=row)
    assert {each.document.kind for each in papers} == {"material", "draft", "explanation"}
    assert all(each.sha256 == each.document.file.sha256 for each in papers)
    assert Notice.objects.filter(template="representatives/email/notice.txt").count() == 1


def test_a_notice_counts_as_delivered_when_the_mail_server_took_it(meeting):
    row = actions.notify(accepted(meeting).pk, actor=meeting.operator, now=NOW, requirements="带证件")
    mail = Notice.objects.get(template="representatives/email/notice.txt")
    events.announce(events.Happened("notice.delivered", mail, anybody(meeting), later(minutes=1)))
    events.announce(events.Happened("notice.delivered", mail, anybody(meeting), later(minutes=9)))
    assert again(row).delivered_at == later(minutes=1)
    invitation = Notice.objects.get(template="representatives/email/invitation.txt")
    Invitation.objects.update(delivered_at=None)
    events.announce(events.Happened("notice.delivered", invitation, anybody(meeting), NOW))
    assert again(row).delivered_at is None


def test_without_an_address_the_link_is_told_by_phone_and_recorded(meeting):
    row = accepted(meeting, email="")
    with refused("not_noticed"):
        actions.record_delivery(row.pk, actor=meeting.operator, now=NOW, door="phone")
    row = actions.notify(row.pk, actor=meeting.operator, now=NOW, requirements="带证件")
    assert row.noticed_by_door == "link"
    with refused("not_delivered"):
        convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW)
    with refused("door"):
        actions.record_delivery(row.pk, actor=meeting.operator, now=NOW, door="pigeon")
    for at in (NOW, later(hours=1)):
        assert actions.record_delivery(row.pk, actor=meeting.operator, now=at, door="phone").delivered_at == NOW
    assert convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW).state == "convened"


def test_several_are_recorded_as_reached_in_one_go_each_in_the_log_and_once(meeting):
    rows = [
        actions.notify(accepted(meeting, name, email="").pk, actor=meeting.operator, now=NOW, requirements="带证件")
        for name in ("张三", "李四")
    ]
    ids = [each.pk for each in rows]
    given = {"actor": meeting.operator, "door": "phone"}
    assert actions.record_deliveries(meeting.meeting.pk, ids[:1], now=NOW, **given) == 1
    assert actions.record_deliveries(meeting.meeting.pk, ids, now=later(hours=1), **given) == 1
    assert actions.record_deliveries(meeting.meeting.pk, ids, now=later(hours=2), **given) == 0
    assert [each.delivered_at for each in Invitation.objects.filter(pk__in=ids).order_by("pk")] == [NOW, later(hours=1)]
    assert Act.objects.filter(event="invitation.record_delivery").count() == 2
    with refused("door"):
        actions.record_deliveries(meeting.meeting.pk, ids, now=NOW, actor=meeting.operator, door="pigeon")
    assert actions.record_deliveries(meeting.meeting.pk + 1, ids, now=NOW, **given) == 0


def test_many_are_ticked_on_the_list_of_invitations_and_nobody_is_said(meeting):
    row = actions.notify(accepted(meeting, email="").pk, actor=meeting.operator, now=NOW, requirements="带证件")
    client = Client(headers={"host": meeting.home.host})
    client.force_login(Person.objects.get(pk=meeting.operator.person_id), backend="django.contrib.auth.backends.ModelBackend")
    page = f"/workspace/meetings/{meeting.meeting.pk}/invitations/"
    assert f'name="person" value="{row.pk}"' in client.get(page).content.decode()
    assert "没有勾选" in client.post(f"{page}reached/", {"door": "phone"}, follow=True).content.decode()
    said = client.post(f"{page}reached/", {"door": "phone", "person": [row.pk]}, follow=True).content.decode()
    assert "已记录送达 1 人" in said
    assert f'name="person" value="{row.pk}"' not in said
    assert client.get(f"{page}reached/").status_code == 405


def test_opening_the_link_and_each_paper_is_proof_once(meeting):
    row = told(meeting)
    Invitation.objects.filter(pk=row.pk).update(delivered_at=None)
    paper = Material.objects.filter(invitation=row).first()
    for at in (later(hours=1), later(hours=2)):
        assert actions.open_link(row.token, now=at).pk == row.pk
        assert actions.fetch_material(row.token, paper.document_id, now=at)
    assert again(row).opened_at == later(hours=1)
    assert again(paper).fetched_at == later(hours=1)
    assert actions.open_link("nonsense", now=NOW) is None
    assert actions.fetch_material(row.token, 999, now=NOW) is None


def test_papers_are_closed_when_the_seat_or_the_meeting_is_gone(meeting):
    row = told(meeting)
    paper = Material.objects.filter(invitation=row).first()
    actions.revoke(row.pk, actor=meeting.operator, now=NOW, reason="换人")
    assert actions.fetch_material(row.token, paper.document_id, now=NOW) is None


def test_nobody_told_means_no_convening(meeting):
    accepted(meeting)
    with refused("not_noticed"):
        convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW)


def test_a_late_notice_stops_the_convening_until_a_leader_records_the_emergency(meeting):
    told(meeting, now=STARTS - timedelta(days=1))
    with refused("late_notice"):
        convene_meeting(meeting.meeting.pk, actor=meeting.office, now=STARTS - timedelta(days=1))
    assert Meeting.objects.get(pk=meeting.meeting.pk).state == "frozen"
    record_emergency(meeting.meeting.pk, actor=meeting.leader, now=NOW, reason="台风来袭")
    assert convene_meeting(meeting.meeting.pk, actor=meeting.office, now=NOW).state == "convened"


def test_notifying_all_tells_everybody_who_accepted(meeting):
    accepted(meeting)
    accepted(meeting, "李四")
    invited(meeting, "赵六", audience="expert")
    assert actions.notify_all(meeting.meeting.pk, actor=meeting.operator, now=NOW, requirements="带证件") == 2
    assert [each.state for each in queries.invitations(meeting.meeting.pk)] == ["noticed", "noticed", "invited"]


def test_a_reminder_goes_out_once_a_day(meeting):
    row = invited(meeting)
    for at in (NOW, later(hours=2), later(days=1)):
        actions.remind(row.pk, actor=meeting.operator, now=at)
    assert Notice.objects.filter(template="representatives/email/reminder.txt").count() == 2
    with refused("no_address"):
        actions.remind(invited(meeting, "李四", email="").pk, actor=meeting.operator, now=NOW)
    with refused("wrong_state"):
        actions.remind(selected(meeting, "赵六", audience="expert").pk, actor=meeting.operator, now=NOW)


@pytest.mark.parametrize("what", ["change", "postpone", "cancel"])
def test_who_was_invited_hears_of_every_change(meeting, what):
    invited(meeting)
    selected(meeting, "李四")
    who = {"actor": meeting.operator, "now": NOW}
    if what == "change":
        change_meeting(meeting.meeting.pk, starts_at=STARTS, place=meeting.meeting.place, chair="新主持", **who)
        assert not Notice.objects.filter(template="representatives/email/change.txt").exists()
        change_meeting(meeting.meeting.pk, starts_at=STARTS + timedelta(hours=5), place="二楼", chair="新主持", **who)
    else:
        (postpone_meeting if what == "postpone" else cancel_meeting)(meeting.meeting.pk, reason="台风来袭", **who)
    mail = Notice.objects.get(template=f"representatives/email/{what}.txt")
    assert ("二楼" if what == "change" else "台风来袭") in mail.body
    assert ("METHOD:REQUEST" if what == "change" else "METHOD:CANCEL") in mail.calendar_ics


def test_an_item_with_seats_is_not_taken_off(meeting):
    row = selected(meeting)
    with refused("seats"):
        remove_item(meeting.item.pk, actor=meeting.operator, now=NOW)
    actions.revoke(row.pk, actor=meeting.operator, now=NOW, reason="改期")
    remove_item(meeting.item.pk, actor=meeting.operator, now=NOW)
    with refused("wrong_state"):
        actions.invite(row.pk, actor=meeting.operator, now=NOW)


def convened(of):
    convene_meeting(of.meeting.pk, actor=of.office, now=NOW)
    start_meeting(of.meeting.pk, actor=of.operator, now=STARTS)


def test_presence_is_recorded_once_in_and_once_out(meeting):
    row = told(meeting)
    who = {"actor": meeting.operator}
    with refused("not_convened"):
        actions.check_in(row.pk, now=NOW, **who)
    convened(meeting)
    with refused("absent"):
        actions.check_out(row.pk, now=STARTS, **who)
    link = f"https://{meeting.home.host}/invitation/{row.token}/"
    for at in (STARTS, STARTS + timedelta(minutes=5)):
        actions.check_in_by_code(meeting.meeting.pk, link, now=at, **who)
    for at in (STARTS + timedelta(hours=1), STARTS + timedelta(hours=2)):
        actions.check_out(row.pk, now=at, **who)
    assert (again(row).state, row.in_at, row.out_at) == ("present", STARTS, STARTS + timedelta(hours=1))
    with refused("code"):
        actions.check_in_by_code(meeting.meeting.pk, "nonsense", now=STARTS, **who)


def test_those_who_did_not_come_are_absent_and_open_invitations_lapse(meeting):
    came, stayed, silent = told(meeting), told(meeting, "李四"), invited(meeting, "赵六", audience="expert")
    convened(meeting)
    actions.check_in(came.pk, actor=meeting.operator, now=STARTS)
    assert actions.mark_absent(meeting.meeting.pk, actor=meeting.operator, now=STARTS) == 1
    assert actions.mark_absent(meeting.meeting.pk, actor=meeting.operator, now=STARTS) == 0
    assert [again(each).state for each in (came, stayed, silent)] == ["present", "absent", "lapsed"]
    assert actions.check_in(stayed.pk, actor=meeting.operator, now=STARTS).state == "present"
    assert [(each.name, each.present) for each in queries.attendance(meeting.meeting.pk)] == [("张三", True), ("李四", True)]


def test_one_government_never_acts_on_anothers_seats(meeting):
    row, other = told(meeting), frozen()
    who = {"actor": other.operator, "now": NOW}
    for act in (
        lambda: actions.invite(row.pk, **who),
        lambda: actions.revoke(row.pk, reason="x", **who),
        lambda: actions.remind(row.pk, **who),
        lambda: actions.notify(row.pk, requirements="x", **who),
        lambda: actions.check_in(row.pk, **who),
        lambda: actions.check_out(row.pk, **who),
        lambda: actions.record_delivery(row.pk, door="hand", **who),
        lambda: actions.mark_absent(meeting.meeting.pk, **who),
        lambda: actions.select_representative(meeting.item.pk, row.representative_id, method="draw", **who),
        lambda: actions.answer_invitation(row.token, accept=False, **who),
    ):
        with refused("gone"):
            act()
    assert Representative.objects.count() == 1


def test_the_door_is_kept_by_operator_and_office(meeting):
    row = told(meeting)
    convened(meeting)
    with refused("role"):
        actions.check_in(row.pk, actor=meeting.clerk, now=STARTS)
    assert actions.check_in(row.pk, actor=meeting.office, now=STARTS).state == "present"
