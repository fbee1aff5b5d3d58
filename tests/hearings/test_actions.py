"""A hearing from the decision to the report: each gate refused, then passed; done twice does no harm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingtang.consultations import actions as consulting
from mingtang.consultations.models import Opinion, OpinionGroup
from mingtang.hearings import actions, published, queries
from mingtang.hearings.models import Hearing, HearingProposal, Member, Paper, Participant, ParticipantContact, Point, Speech
from mingtang.platform.actor import Role, stranger
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import closing_of
from mingtang.platform.events import Happened
from mingtang.platform.files.keep import keep
from mingtang.platform.jobs.models import Job
from mingtang.platform.jobs.runner import run_due
from mingtang.platform.outbox.deliver import deliver_due
from mingtang.platform.outbox.models import Notice
from mingtang.publishing.models import Release
from mingtang.topics.models import TopicDocument
from tests.factories.consultations import moderator
from tests.factories.hearings import (
    AFTER,
    NOTICE,
    SEATS,
    SETTLE,
    STARTS,
    UNTIL,
    announced,
    confirmed,
    decided,
    drawn,
    enrolled,
    held,
    in_session,
    listed,
    planned,
    reported,
    served,
    settled,
)
from tests.factories.platform import NOW, actor, department, government
from tests.factories.refusing import refused
from tests.factories.topics import approved, submitted

pytestmark = pytest.mark.django_db


def who(of):
    return {"actor": of.clerk, "now": NOW}


def public(of):
    return {"actor": stranger(of.home.pk), "now": NOW}


def names(of, *states):
    return [each.name for each in of.people(*states)]


def test_a_hearing_is_decided_by_the_head_once_on_an_approved_matter():
    of = department(government(), name="区发展和改革局")
    topic = approved(of)
    head, clerk = actor(of.government, Role.HEAD, within=of), actor(of.government, Role.CLERK, within=of)
    with refused("role"):
        actions.decide_hearing(topic.pk, actor=clerk, now=NOW, why="切身利益")
    with refused("why"):
        actions.decide_hearing(topic.pk, actor=head, now=NOW, why=" ")
    with refused("why"):
        actions.decide_hearing(topic.pk, actor=head, now=NOW, why="切身利益", preset="fast")
    made = actions.decide_hearing(topic.pk, actor=head, now=NOW, why="切身利益")
    assert actions.decide_hearing(topic.pk, actor=head, now=NOW, why="再来一次").pk == made.pk
    waiting, _levels = submitted(of)
    with refused("not_approved"):
        actions.decide_hearing(waiting.pk, actor=head, now=NOW, why="切身利益")
    with refused("gone"):
        actions.decide_hearing(topic.pk, actor=actor(government(), Role.OFFICE), now=NOW, why="别处")


def test_a_notice_is_announced_when_it_is_whole_and_then_stays():
    of = decided(place="", seats_stated=7, consulted=False)
    with refused("missing"):
        actions.announce(of.hearing.pk, **who(of))
    with refused("papers"):
        actions.announce(of.hearing.pk, **who(of))
    with refused("sum"):
        actions.announce(of.hearing.pk, **who(of))
    with pytest.raises(TypeError, match="colour"):
        actions.save_notice(of.hearing.pk, **who(of), colour="red")
    whole = announced()
    assert (whole.hearing.state, whole.hearing.announced_at, whole.hearing.seats_stated) == ("enrolling", NOW, 5)
    with refused("announced"):
        actions.save_notice(whole.hearing.pk, **who(whole), place="别处")
    with refused("wrong_state"):
        actions.announce(whole.hearing.pk, **who(whole))


def test_a_total_that_does_not_add_up_is_announced_with_its_explanation():
    of = announced(seats_stated=7, seats_note="含旁听2席", seats=SEATS)
    assert str(of.hearing.seat_sum().says).endswith("差数与旁听席相同。")


def test_somebody_enrols_without_an_account_once_and_gets_a_mail():
    of = announced()
    row = enrolled(of, "张三", phone="000-1")
    assert (row.number, row.state, row.category) == ("00001", "enrolled", "consumer")
    with refused("already"):
        enrolled(of, "张三", phone="000-1")
    given = actions.EnrolmentIn("李四", category="consumer", of_age=True, email="ls@example.org")
    one = actions.enrol(of.hearing.pk, given, **public(of), token="form-1")
    assert actions.enrol(of.hearing.pk, given, **public(of), token="form-1").pk == one.pk
    assert Notice.objects.filter(template="hearings/email/enrolled.txt").count() == 2
    assert ParticipantContact.objects.get(participant=row).phone == "000-1"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"of_age": False}, "age"),
        ({"category": "expert"}, "category"),
        ({"phone": "", "email": ""}, "contact"),
        ({"seat": "media", "category": ""}, "category"),
        ({"channel": "paper"}, "role"),
    ],
)
def test_an_enrolment_is_refused_for_its_reason(fields, code):
    of = announced()
    with refused(code):
        enrolled(of, **fields)


def test_the_desk_keys_in_what_came_on_paper_and_observers_take_their_own_seats():
    of = announced()
    given = actions.EnrolmentIn("王五", category="consumer", of_age=True, phone="000-2", channel="paper")
    assert actions.enrol(of.hearing.pk, given, **who(of)).channel == "paper"
    watcher = enrolled(of, "旁听人", seat="observer", category="consumer")
    assert (watcher.seat, watcher.category) == ("observer", "")
    with refused("not_enrolling"):
        enrolled(of, "迟到", now=AFTER)


def test_enrolment_is_extended_to_a_later_day_with_a_public_reason_before_the_draw():
    of = announced()
    with refused("extend"):
        actions.extend_enrolment(of.hearing.pk, **who(of), enrol_until=UNTIL, reason="人少")
    with refused("reason_missing"):
        actions.extend_enrolment(of.hearing.pk, **who(of), enrol_until=date(2026, 12, 12), reason="")
    with refused("deadline"):
        actions.extend_enrolment(of.hearing.pk, **who(of), enrol_until=date(2027, 1, 4), reason="人少")
    row = actions.extend_enrolment(of.hearing.pk, **who(of), enrol_until=date(2026, 12, 12), reason="人少")
    assert (row.enrol_until, row.change_reason) == (date(2026, 12, 12), "人少")


def test_nobody_is_picked_by_hand_out_of_seats_that_are_drawn():
    of = announced()
    person, servant = enrolled(of), enrolled(of, "公务员", civil_servant=True)
    for act in (actions.choose, actions.pass_over):
        with refused("by_lot"):
            act(person.pk, **who(of), reason="认识他")
    with refused("by_lot"):
        actions.hold_in_reserve(person.pk, **who(of))
    assert actions.pass_over(servant.pk, **who(of), reason="现职公务员").state == "passed_over"


def test_seats_by_rule_are_given_with_reasons_and_reserves_move_up():
    of = announced()
    first, second, third = (enrolled(of, f"企业{n}", category="operator") for n in range(3))
    with refused("reason"):
        actions.choose(first.pk, **who(of), reason="")
    assert actions.choose(first.pk, **who(of), reason="唯一供水企业").method_reason == "唯一供水企业"
    assert actions.choose(first.pk, **who(of), reason="再选").state == "chosen"
    with refused("full"):
        actions.choose(second.pk, **who(of), reason="也不错")
    assert actions.hold_in_reserve(second.pk, **who(of)).state == "reserve"
    assert actions.hold_in_reserve(second.pk, **who(of)).state == "reserve"
    with refused("reason"):
        actions.pass_over(third.pk, **who(of), reason=" ")
    assert actions.pass_over(third.pk, **who(of), reason="不合条件").state == "passed_over"
    assert actions.pass_over(third.pk, **who(of), reason="不合条件").state == "passed_over"
    actions.withdraw_self(first.token, **public(of), reason="")
    assert actions.withdraw_self(first.token, **public(of), reason="").left_reason == "本人退出"
    assert actions.choose(second.pk, **who(of), reason="递补").state == "chosen"


def test_an_observer_is_seated_by_rule_where_the_notice_says_so():
    of = announced(observers=1, observers_how="rule")
    one, two = enrolled(of, "甲", seat="observer"), enrolled(of, "乙", seat="observer")
    assert actions.choose(one.pk, **who(of), reason="盲人代表").state == "chosen"
    with refused("full"):
        actions.choose(two.pk, **who(of), reason="也来")


def test_a_nominee_takes_the_seat_of_its_category_with_the_nominating_body():
    of = announced()
    given = actions.EnrolmentIn("陈教授", category="expert")
    with refused("reason"):
        actions.nominate(of.hearing.pk, given, **who(of), reason="")
    row = actions.nominate(of.hearing.pk, given, **who(of), reason="区科协推荐")
    assert actions.nominate(of.hearing.pk, given, **who(of), reason="区科协推荐").pk == row.pk
    assert (row.state, row.method, row.channel) == ("chosen", "nomination", "nominated")
    early = decided()
    with refused("wrong_state"):
        actions.nominate(early.hearing.pk, given, **who(early), reason="推荐")


def _clerk():
    row = Hearing.objects.order_by("-id").first()
    return actor(row.government, Role.CLERK, within=row.topic.department)


def test_the_list_is_settled_once_everybody_has_an_answer_and_everybody_is_told():
    of = announced()
    enrolled(of)
    with refused("not_over"):
        actions.settle(of.hearing.pk, **who(of))
    with refused("undecided"):
        actions.settle(of.hearing.pk, actor=of.clerk, now=AFTER)
    drawn(of)
    with refused("seats_left"):
        actions.settle(of.hearing.pk, actor=of.clerk, now=SETTLE)
    assert actions.settle(of.hearing.pk, actor=of.clerk, now=SETTLE, reason="报名不足").short_reason == "报名不足"
    full = settled()
    sent = Notice.objects.filter(government=full.home)
    assert sent.filter(template__endswith="chosen.txt").exclude(template__endswith="not_chosen.txt").count() == 4
    assert sent.filter(template__endswith="not_chosen.txt").count() == 2


def test_the_list_is_published_before_the_day():
    of = settled()
    with refused("too_late"):
        actions.publish_list(of.hearing.pk, actor=of.clerk, now=STARTS)
    assert actions.publish_list(of.hearing.pk, actor=of.clerk, now=AFTER).state == "listed"
    with refused("wrong_state"):
        actions.choose(served().people("served")[0].pk, actor=_clerk(), now=AFTER, reason="换人")


def test_papers_reach_everybody_seven_days_ahead_with_proof_or_the_hearing_is_put_off():
    of = settled()
    with refused("not_listed"):
        actions.serve(of.people("chosen")[0].pk, actor=of.clerk, now=AFTER)
    of = listed()
    with refused("not_sent"):
        actions.finish_serving(of.hearing.pk, actor=of.clerk, now=AFTER)
    first = of.people("chosen")[0]
    with refused("door"):
        actions.record_delivery(first.pk, actor=of.clerk, now=AFTER, door="hand")
    assert actions.serve_all(of.hearing.pk, actor=of.clerk, now=AFTER) == 5
    assert actions.serve_all(of.hearing.pk, actor=of.clerk, now=AFTER) == 0
    assert actions.serve(first.pk, actor=of.clerk, now=AFTER).sent_at == AFTER
    assert Paper.objects.filter(participant=first).count() == 3
    with refused("not_delivered"):
        actions.finish_serving(of.hearing.pk, actor=of.clerk, now=AFTER)
    with refused("door"):
        actions.record_delivery(first.pk, actor=of.clerk, now=AFTER, door="phone")
    for each in of.people("served"):
        actions.record_delivery(each.pk, actor=of.clerk, now=AFTER + timedelta(days=1), door="post")
        actions.record_delivery(each.pk, actor=of.clerk, now=STARTS, door="post")
    assert actions.finish_serving(of.hearing.pk, actor=of.clerk, now=AFTER + timedelta(days=2)).state == "served"


def test_papers_that_come_too_late_do_not_count():
    of = listed()
    for each in of.people("chosen"):
        actions.serve(each.pk, actor=of.clerk, now=STARTS - timedelta(days=6), door="hand")
    with refused("late"):
        actions.finish_serving(of.hearing.pk, actor=of.clerk, now=STARTS - timedelta(days=6))


def test_opening_the_link_or_a_paper_or_a_delivered_mail_is_proof():
    of = listed()
    opener, reader, mailed = of.people("chosen")[:3]
    assert actions.open_link(opener.token, now=AFTER).opened_at is None
    for each in (opener, reader, mailed):
        actions.serve(each.pk, actor=of.clerk, now=AFTER)
    assert actions.open_link(opener.token, now=AFTER).opened_at == AFTER
    paper = Paper.objects.filter(participant=reader).first()
    assert actions.fetch_paper(reader.token, paper.document_id, now=AFTER).fetched_at is None
    assert actions.fetch_paper(reader.token, paper.document_id, now=STARTS).fetched_at == AFTER
    assert actions.fetch_paper(opener.token, 0, now=AFTER) is None
    deliver_due(AFTER)
    mailed.refresh_from_db()
    assert mailed.arrived_at is not None
    actions.withdraw(reader.pk, actor=of.clerk, now=AFTER, reason="病了")
    assert actions.fetch_paper(reader.token, paper.document_id, now=AFTER) is None
    assert actions.open_link("nobody", now=AFTER) is None


def test_of_a_paper_released_in_part_the_public_copy_is_handed_over_and_of_one_withheld_nothing(own_files):
    of = listed()
    draft = TopicDocument.objects.get(topic=of.topic, kind="draft")
    copy = keep("遮盖后的副本".encode(), "副本.txt", government_id=of.home.pk, person_id=None, now=NOW)
    TopicDocument.objects.filter(pk=draft.pk).update(disclosure="partial", redacted=copy, withheld_at=NOW)
    who = of.people("chosen")[0]
    actions.serve(who.pk, actor=of.clerk, now=AFTER)
    found = actions.fetch_paper(who.token, draft.pk, now=AFTER)
    assert (found.sha256, published.paper(found)) == (copy.sha256, copy)
    shown = published.personal(actions.open_link(who.token, now=AFTER)).papers
    assert {each.size for each in shown if each.document_id == draft.pk} == {copy.byte_count}
    TopicDocument.objects.filter(pk=draft.pk).update(disclosure="closed")
    assert actions.fetch_paper(who.token, draft.pk, now=AFTER) is None
    assert draft.pk not in {each.document_id for each in published.personal(actions.open_link(who.token, now=AFTER)).papers}


def test_papers_nobody_opened_are_reminded_of_once_a_day():
    of = listed()
    actions.serve_all(of.hearing.pk, actor=of.clerk, now=AFTER)
    assert actions.remind_due(AFTER) == 0
    later = AFTER + timedelta(days=1)
    assert actions.remind_due(later) == 4
    assert actions.remind_due(later) == 0
    assert Act.objects.filter(event="hearing.remind_papers").count() == 1


def test_without_the_quorum_it_is_put_off_everybody_is_told_and_the_list_stands():
    of = served()
    with refused("too_early"):
        actions.open_hearing(of.hearing.pk, actor=of.clerk, now=NOW)
    for each in of.people("served")[:3]:
        actions.check_in(each.pk, actor=of.operator, now=STARTS)
    with refused("quorum"):
        actions.open_hearing(of.hearing.pk, actor=of.clerk, now=STARTS)
    with refused("reason_missing"):
        actions.postpone(of.hearing.pk, actor=of.clerk, now=STARTS, reason=" ")
    put_off = actions.postpone(of.hearing.pk, actor=of.clerk, now=STARTS, reason="到会不足三分之二")
    assert (put_off.state, {each.state for each in of.people()}) == ("postponed", {"served", "reserve"})
    assert Notice.objects.filter(template="hearings/email/change.txt").count() == 6
    with refused("no_day"):
        actions.reschedule(of.hearing.pk, actor=of.clerk, now=STARTS, starts_at=STARTS)
    again = STARTS + timedelta(days=14)
    row = actions.reschedule(of.hearing.pk, actor=of.clerk, now=STARTS, starts_at=again, place="大礼堂")
    assert (row.state, row.starts_at, row.place) == ("listed", again, "大礼堂")
    assert actions.finish_serving(of.hearing.pk, actor=of.clerk, now=STARTS).state == "served"


def test_put_off_before_the_list_people_enrol_again():
    of = announced()
    actions.postpone(of.hearing.pk, **who(of), reason="材料未备齐")
    with refused("no_day"):
        actions.reschedule(of.hearing.pk, **who(of), starts_at=STARTS)
    row = actions.reschedule(of.hearing.pk, **who(of), starts_at=STARTS + timedelta(days=9), enrol_until=date(2026, 12, 20))
    assert (row.state, row.enrol_until) == ("enrolling", date(2026, 12, 20))


def test_who_decided_it_cancels_it_and_those_enrolled_are_told():
    of = announced()
    enrolled(of)
    with refused("role"):
        actions.cancel(of.hearing.pk, **who(of), reason="方案撤回")
    assert actions.cancel(of.hearing.pk, actor=of.head, now=NOW, reason="方案撤回").state == "cancelled"
    quiet = decided()
    actions.cancel(quiet.hearing.pk, actor=quiet.head, now=NOW, reason="方案撤回")
    assert Notice.objects.filter(template="hearings/email/change.txt").count() == 1


def test_the_door_knows_numbers_links_and_those_without_papers():
    of = served()
    first, second = of.people("served")[:2]
    assert actions.check_in_by_code(of.hearing.pk, str(int(first.number)), actor=of.operator, now=STARTS).state == "present"
    assert actions.check_in_by_code(of.hearing.pk, f"https://x/hearing-mine/{second.token}/", actor=of.operator, now=STARTS).in_at == STARTS
    assert actions.check_in(first.pk, actor=of.operator, now=STARTS + timedelta(hours=1)).in_at == STARTS
    with refused("code"):
        actions.check_in_by_code(of.hearing.pk, "99999", actor=of.operator, now=STARTS)
    with refused("not_the_day"):
        actions.check_in(listed().people("chosen")[0].pk, actor=_clerk(), now=STARTS)


def test_people_speak_in_order_with_their_times_and_points_land_among_the_opinions():
    of = in_session()
    row = of.hearing
    assert [each.kind for each in queries.speeches(row.pk)] == ["presenter", *["participant"] * 4]
    at = {"actor": of.clerk, "now": STARTS}
    assert actions.next_speech(row.pk, **at).kind == "presenter"
    later = STARTS + timedelta(minutes=12)
    assert actions.next_speech(row.pk, actor=of.clerk, now=later).participant == of.people("present")[0]
    assert Speech.objects.get(hearing=row, position=1).ended_at == later
    with refused("speaker"):
        actions.add_speech(row.pk, **at, kind="song", speaker="甲")
    assert actions.add_speech(row.pk, **at, kind="question", speaker="消协", minutes=3).position == 6
    person = of.people("present")[0]
    point = actions.note_point(row.pk, **at, participant_id=person.pk, claim="降低第二阶梯", ground="人多")
    assert actions.note_point(row.pk, **at, participant_id=person.pk, claim="降低第二阶梯", ground="人多").pk == point.pk
    opinion = Opinion.objects.get(pk=point.opinion_id)
    assert (opinion.channel, opinion.text, opinion.consultation) == ("hearing", "降低第二阶梯\n人多", of.consultation)
    for bad in ({"participant_id": 0, "claim": "话"}, {"participant_id": person.pk, "claim": " "}):
        with refused("point"):
            actions.note_point(row.pk, **at, **bad)


def test_the_session_closes_into_a_record_of_what_was_noted():
    of = in_session()
    person = of.people("present")[0]
    actions.note_point(of.hearing.pk, actor=of.clerk, now=STARTS, participant_id=person.pk, claim="没轮到也说了")
    for _turn in range(6):
        actions.next_speech(of.hearing.pk, actor=of.clerk, now=STARTS)
    assert actions.next_speech(of.hearing.pk, actor=of.clerk, now=STARTS) is None
    row = actions.close_hearing(of.hearing.pk, actor=of.clerk, now=STARTS + timedelta(hours=1))
    assert "应到参加人 5 人，实到 4 人。" in row.record_text
    assert "没轮到也说了" in row.record_text
    assert names(of, "absent") == ["陈教授"]
    with refused("wrong_state"):
        actions.next_speech(of.hearing.pk, actor=of.clerk, now=STARTS)
    silent = held()
    assert "公布成本监审" in silent.hearing.record_text


def test_each_confirms_the_record_by_link_or_on_paper_or_refuses_with_a_reason(own_files):
    of = held()
    one, two, three, four = of.people("present")
    at = {"actor": of.clerk, "now": STARTS + timedelta(hours=3)}
    with refused("no_record"):
        actions.sign_record(one.token, **public(of), accept=True)
    with refused("no_record"):
        actions.confirm_record(of.hearing.pk, **at)
    actions.save_record(of.hearing.pk, **at, text="改过的笔录")
    sent = actions.circulate_record(of.hearing.pk, **at)
    assert actions.circulate_record(of.hearing.pk, **at).record_sha256 == sent.record_sha256
    assert actions.save_record(of.hearing.pk, **at, text="再改的笔录").record_sha256 == ""
    actions.circulate_record(of.hearing.pk, **at)
    assert actions.sign_record(one.token, **public(of), accept=True).signed_way == "electronic"
    assert actions.sign_record(one.token, **public(of), accept=True).state == "signed"
    with refused("signed"):
        actions.save_record(of.hearing.pk, **at, text="太晚了")
    with refused("reason_missing"):
        actions.sign_record(two.token, **public(of), accept=False, reason=" ")
    actions.sign_record(two.token, **public(of), accept=False, reason="漏了我的话")
    with refused("unsigned"):
        actions.confirm_record(of.hearing.pk, **at)
    scan = b"%PDF-1.4 signature"
    assert actions.record_signature(three.pk, **at, upload=scan, file_name="签名.pdf").signed_way == "scanned"
    assert actions.record_signature(three.pk, **at, upload=scan, file_name="签名.pdf").state == "signed"
    with refused("reason_missing"):
        actions.record_signature(four.pk, **at)
    assert actions.record_signature(four.pk, **at, reason="不愿签").state == "refused"
    assert actions.confirm_record(of.hearing.pk, **at).state == "confirmed"


def test_the_report_needs_words_and_every_point_a_place():
    of = confirmed()
    with refused("wrong_state"):
        actions.save_report(in_session().hearing.pk, actor=_clerk(), now=STARTS, text="早了")
    with refused("no_report"):
        actions.publish_report(of.hearing.pk, actor=of.clerk, now=STARTS)
    actions.save_report(of.hearing.pk, actor=of.clerk, now=STARTS, text="报告")
    stray = Point.objects.create(hearing=of.hearing, claim="没归入", noted_at=STARTS)
    with refused("unplaced"):
        actions.publish_report(of.hearing.pk, actor=of.clerk, now=STARTS)
    stray.delete()
    assert actions.publish_report(of.hearing.pk, actor=of.clerk, now=STARTS).state == "reported"


def answered(of):
    """The consultation of the matter is closed, answered and its report published."""
    row, after = of.consultation, closing_of(date(2027, 1, 8)) + timedelta(hours=1)
    at = {"actor": of.clerk, "now": after}
    consulting.close_consultation(row.pk, **at)
    consulting.show_all(row.pk, actor=moderator(row), now=after)
    ids = list(Opinion.objects.filter(consultation=row).values_list("pk", flat=True))
    group = consulting.group_opinions(row.pk, ids[:1], **at, title="阶梯水量")
    consulting.answer_group(group.pk, **at, verdict="adopted", reason="已采纳")
    consulting.answer_opinions(row.pk, ids[1:], **at, verdict="covered", reason="方案已写明，请见第七条。")
    consulting.save_report(row.pk, **at, intro="情况")
    consulting.submit_report(row.pk, **at)
    consulting.sign_report(row.pk, actor=of.head, now=after)
    consulting.sign_report(row.pk, actor=actor(of.home, Role.OFFICE), now=after)
    consulting.publish_report(row.pk, **at)
    return after


def test_the_adoption_report_waits_for_the_hearing():
    of = held()
    with refused("hearing_pending"):
        answered(of)


def test_everybody_heard_is_told_what_became_of_each_point_by_mail_or_by_the_desk():
    of = reported()
    someone = of.people("signed")[0]
    with refused("no_outcome"):
        actions.record_told(someone.pk, actor=of.clerk, now=STARTS, door="phone")
    ParticipantContact.objects.filter(participant=someone).update(email="")
    talk = planned(of, summary="两位住户", answered=2)
    for name, email in (("高秀兰", "gao@example.org"), ("韩冬", "")):
        heard = actions.add_member(talk.pk, **who(of), name=name, email=email)
        actions.add_point(talk.pk, **who(of), member_id=heard.pk, claim=f"{name}的意见")
    after = answered(of)
    assert [each.told_at for each in Member.objects.order_by("id")] == [after, None]
    assert of.now().outcomes_at == after
    assert Notice.objects.filter(template="hearings/email/outcome.txt").count() == 4
    with refused("no_outcome"):
        actions.record_told(someone.pk, actor=of.clerk, now=after, door="pigeon")
    assert actions.record_told(someone.pk, actor=of.clerk, now=after, door="phone").told_by_door == "phone"
    assert actions.record_told(someone.pk, actor=of.clerk, now=after + timedelta(days=1), door="hand").told_at == after


def test_everybody_heard_hears_of_the_decision_as_authors_do_and_once_for_each_address():
    of = reported()
    first, second = of.people("signed")[:2]
    ParticipantContact.objects.all().update(email="")
    for each, address in ((first, "zhu@example.org"), (second, "GAO@example.org")):
        ParticipantContact.objects.update_or_create(participant=each, defaults={"email": address, "consent_at": NOW})
    talk = planned(of, summary="三位住户", answered=3)
    for name, email in (("高秀兰", "gao@example.org"), ("韩冬", ""), ("沈青", "shen@example.org")):
        heard = actions.add_member(talk.pk, **who(of), name=name, email=email)
        actions.add_point(talk.pk, **who(of), member_id=heard.pk, claim=f"{name}的意见")
    actions.add_member(talk.pk, **who(of), name="没有说话的人", email="quiet@example.org")
    after = answered(of)
    about = {"topic_id": of.hearing.topic_id, "release_id": 7, "title": "关于水价的决定", "now": after}
    steps = []
    about["progress"] = lambda done, every: steps.append((done, every))
    assert (actions.tell_heard(**about), actions.tell_heard(**about)) == (3, 0)
    assert steps == [(0, 4), (4, 4)] * 2
    told = Notice.objects.filter(template="hearings/email/milestone.txt")
    assert sorted(each.address.lower() for each in told) == ["gao@example.org", "shen@example.org", "zhu@example.org"]
    mine = told.get(address="zhu@example.org")
    assert f"/hearing-mine/{first.token}/" in mine.body
    assert "关于水价的决定" in mine.subject_line


def test_a_corrected_answer_is_told_to_everybody_heard_by_letter_or_by_hand_once():
    of = reported()
    first, second = of.people("signed")[:2]
    ParticipantContact.objects.all().update(email="")
    ParticipantContact.objects.update_or_create(participant=first, defaults={"email": "zhu@example.org", "consent_at": NOW})
    talk = planned(of, summary="三位住户", answered=3)
    for name, email in (("高秀兰", "gao@example.org"), ("韩冬", ""), ("沈青", "ZHU@example.org")):
        heard = actions.add_member(talk.pk, **who(of), name=name, email=email)
        actions.add_point(talk.pk, **who(of), member_id=heard.pk, claim=f"{name}的意见")
    said = Point.objects.create(hearing=of.hearing, participant=first, claim="再算一次", noted_at=NOW)
    also = Point.objects.create(hearing=of.hearing, participant=second, claim="慢一点涨", noted_at=NOW)
    actions.landing.land(of.topic.pk, [said, also], **who(of))
    after = answered(of)
    actions.record_told(second.pk, actor=of.clerk, now=after, door="hand")
    group = OpinionGroup.objects.get(consultation=of.consultation)
    Opinion.objects.filter(consultation=of.consultation).update(group=group, verdict="", reason="")
    later = after + timedelta(days=3)
    answer = consulting.AnswerIn("partly", "改为分两年执行，第二年起再评估一次。")
    made = consulting.ask_correction(of.consultation.pk, actor=of.clerk, now=later, answer=answer, why="第一次测算有误", group_id=group.pk)
    consulting.publish_correction(made.pk, actor=actor(of.home, Role.OFFICE), now=later)
    run_due(later)
    told = Notice.objects.filter(template="hearings/email/corrected.txt")
    assert sorted(each.address.lower() for each in told) == ["gao@example.org", "zhu@example.org"]
    assert "第一次测算有误" in told.get(address="gao@example.org").body
    with refused("no_outcome"):
        actions.record_told(second.pk, actor=of.clerk, now=later, door="pigeon")
    people = Participant.objects.filter(hearing=of.hearing)
    assert (people.get(pk=first.pk).is_told, people.get(pk=second.pk).is_told) == (True, False)
    assert {each.name: each.is_told for each in Member.objects.all()} == {"高秀兰": True, "韩冬": False, "沈青": True}
    waiting = [each for each in queries.desk(of.clerk, later) if str(each.action) == "去告知"]
    assert [(each.topic, each.url) for each in waiting] == [
        (of.hearing.title, f"/workspace/hearings/{of.hearing.pk}/people/"),
        (talk.title, f"/workspace/activities/{talk.pk}/"),
    ]
    about = {"group_id": group.pk, "opinion_id": None, "why": "第一次测算有误", "at": later, "now": later + timedelta(hours=1)}
    assert actions.tell_of_correction(made.pk, **about, progress=lambda *_: None) == 0
    given = {"actor": of.clerk, "now": later + timedelta(days=1), "door": "phone"}
    handy = Member.objects.get(name="韩冬")
    assert actions.record_members_told(talk.pk, [each.pk for each in Member.objects.all()], **given) == 1
    assert actions.record_members_told(talk.pk, [handy.pk], **given) == 0
    assert actions.record_told_many(of.hearing.pk, [first.pk, second.pk], **given) == 1
    untold = people.exclude(corrected_at=None).exclude(pk__in=[first.pk, second.pk])
    actions.record_told_many(of.hearing.pk, list(untold.values_list("pk", flat=True)), **given)
    assert not [each for each in queries.desk(of.clerk, later) if str(each.action) == "去告知"]
    actions.tell_of_correction(made.pk, **about, progress=lambda *_: None)
    assert all(each.is_told for each in [*people, *Member.objects.all()] if each.corrected_at)


def test_members_are_noted_as_told_once_the_report_is_out():
    of = reported()
    talk = planned(of, summary="住户", answered=1)
    heard = actions.add_member(talk.pk, **who(of), name="韩冬")
    actions.add_point(talk.pk, **who(of), member_id=heard.pk, claim="楼道太暗")
    with refused("no_outcome"):
        actions.record_members_told(talk.pk, [heard.pk], **who(of), door="phone")
    with refused("role"):
        actions.record_members_told(talk.pk, [heard.pk], actor=actor(of.home, Role.OFFICE), now=NOW, door="phone")


@pytest.mark.parametrize(
    ("kind", "corrects", "jobs"), [("decision", None, 1), ("improvement", None, 1), ("interpretation", None, 0), ("result", 3, 0)]
)
def test_what_those_heard_are_told_of_is_what_authors_are_told_of(kind, corrects, jobs):
    of = reported()
    row = Release(government_id=of.home.pk, topic_id=of.hearing.topic_id, kind=kind, corrects_id=corrects, title="关于|水价的决定", pk=7)
    for _ in range(2):
        actions.release_published(Happened("release.publish", row, of.clerk, NOW))
    queued = Job.objects.filter(name="hearings.milestone")
    assert [each.arguments["title"] for each in queued] == ["关于水价的决定"] * jobs


def test_several_people_are_recorded_as_told_in_one_go_each_in_the_log_and_once():
    of = reported()
    ParticipantContact.objects.all().update(email="")
    people = of.people("signed")
    with refused("no_outcome"):
        actions.record_told_many(of.hearing.pk, [people[0].pk], actor=of.clerk, now=STARTS, door="phone")
    after = answered(of)
    ids = [each.pk for each in people[:3]]
    given = {"actor": of.clerk, "door": "phone"}
    assert actions.record_told_many(of.hearing.pk, ids, now=after, **given) == 3
    assert actions.record_told_many(of.hearing.pk, [*ids, people[3].pk], now=after + timedelta(days=1), **given) == 1
    assert [each.told_at for each in Participant.objects.filter(pk__in=ids)] == [after] * 3
    assert Act.objects.filter(event="participant.record_told").count() == 4
    assert actions.record_told_many(of.hearing.pk + 1, ids, now=after, **given) == 0


def test_a_proposal_gets_a_receipt_and_an_answer_with_a_reason_that_may_decide_the_hearing():
    of = department(government(), name="区发展和改革局")
    topic, head = approved(of), actor(of.government, Role.HEAD, within=of)
    open_door = {"actor": stranger(of.government_id), "now": NOW}
    with refused("empty"):
        actions.propose_hearing(topic.pk, **open_door, words=" ")
    made = actions.propose_hearing(topic.pk, **open_door, words="请开听证会", token="t1", name="张三", email="z@example.org")
    assert actions.propose_hearing(topic.pk, **open_door, words="请开听证会", token="t1").pk == made.pk
    with refused("role"):
        actions.answer_proposal(made.pk, actor=actor(of.government, Role.CLERK, within=of), now=NOW, accept=True, answer="好")
    with refused("reason_missing"):
        actions.answer_proposal(made.pk, actor=head, now=NOW, accept=False, answer=" ")
    row = actions.answer_proposal(made.pk, actor=head, now=NOW, accept=True, answer="直接涉及居民利益", preset="price")
    assert actions.answer_proposal(made.pk, actor=head, now=NOW, accept=True, answer="再答").answer == "直接涉及居民利益"
    assert (row.state, row.hearing.preset) == ("accepted", "price")
    assert Notice.objects.filter(template="hearings/email/proposal.txt").count() == 1
    other = actions.propose_hearing(topic.pk, **open_door, words="再开一次")
    assert actions.answer_proposal(other.pk, actor=head, now=NOW, accept=False, answer="已经决定召开").hearing is None
    with refused("gone"):
        actions.answer_proposal(0, actor=head, now=NOW, accept=True, answer="好")
    unapproved, _levels = submitted(of)
    with refused("gone"):
        actions.propose_hearing(unapproved.pk, **open_door, words="请开")
    assert HearingProposal.objects.count() == 2


def test_contact_data_are_seen_by_the_clerk_for_a_purpose_and_each_look_is_recorded():
    of = announced()
    row = enrolled(of, "张三", phone="000-9")
    with refused("role"):
        actions.look_at_contact(row.pk, actor=of.head, now=NOW, purpose="核对")
    with refused("purpose"):
        actions.look_at_contact(row.pk, **who(of), purpose=" ")
    assert actions.look_at_contact(row.pk, **who(of), purpose="通知补材料").phone == "000-9"
    made = actions.propose_hearing(of.topic.pk, **public(of), words="再开一次", phone="000-8")
    assert actions.look_at_proposer(made.pk, **who(of), purpose="答复").phone == "000-8"
    assert list(Act.objects.filter(event__endswith="look_at_contact").values_list("reason", flat=True)) == ["通知补材料", "答复"]


def test_another_government_touches_nothing():
    of, elsewhere = announced(), actor(government(), Role.OFFICE, Role.OPERATOR)
    row = enrolled(of)
    for act in (
        lambda: actions.announce(of.hearing.pk, actor=elsewhere, now=NOW),
        lambda: actions.check_in(row.pk, actor=elsewhere, now=NOW),
        lambda: actions.withdraw(row.pk, actor=elsewhere, now=NOW, reason="x"),
        lambda: actions.sign_record(row.token, actor=elsewhere, now=NOW, accept=True),
        lambda: actions.announce(0, actor=elsewhere, now=NOW),
        lambda: actions.withdraw(0, actor=elsewhere, now=NOW, reason="x"),
        lambda: actions.withdraw_self("nobody", actor=elsewhere, now=NOW, reason="x"),
        lambda: actions.sign_record("nobody", actor=elsewhere, now=NOW, accept=True),
    ):
        with refused("gone"):
            act()


def test_the_notice_of_these_tests_has_every_field_real_notices_have():
    assert set(NOTICE) >= {"purpose", "basis", "starts_at", "place", "conditions", "how_to_enrol", "enrol_until", "observers", "contact"}


def test_contact_data_of_people_without_a_seat_are_deleted_when_their_days_are_over():
    settled()
    assert actions.forget_unselected(STARTS + timedelta(days=90)) == 0
    assert actions.forget_unselected(STARTS + timedelta(days=91)) == 2
    assert actions.forget_unselected(STARTS + timedelta(days=92)) == 0
    kept = set(ParticipantContact.objects.values_list("participant__state", flat=True))
    assert kept == {"chosen"}
    assert Act.objects.get(event="hearing.forget_unselected").data == {"people": 2}
