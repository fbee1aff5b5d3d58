"""Pages of hearings and the other activities as a stranger, as the person concerned, and as staff see them."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from mingtang.consultations.actions import show_all
from mingtang.engines.ledger.checking import check_receipt
from mingtang.engines.ledger.packing import unpack
from mingtang.engines.ledger.receipts import leaf_of
from mingtang.hearings import actions, published
from mingtang.hearings.models import Activity, Hearing, HearingProposal, Member, Paper, Participant, ParticipantContact
from mingtang.kernel.obligations import EVIDENCE
from mingtang.oversight.queries import matrix
from mingtang.platform.actor import Role, stranger
from mingtang.platform.ledger.models import LedgerEntry
from mingtang.platform.ledger.sequencing import sequence_all
from mingtang.portal.matter import matter_page
from tests.factories.consultations import moderator
from tests.factories.hearings import (
    AFTER,
    STARTS,
    announced,
    decided,
    enrolled,
    held,
    in_session,
    listed,
    planned,
    reported,
    served,
    settled,
)
from tests.factories.platform import NOW, department, government, person
from tests.factories.topics import approved
from tests.hearings.test_actions import answered

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def visitor(of) -> Client:
    return Client(headers={"host": of.home.host})


def staff(of, *roles, within=None) -> Client:
    client = visitor(of)
    client.force_login(person(of.home, *roles, within=within))
    return client


def desk(of, role=Role.CLERK) -> Client:
    return staff(of, role, within=of.department)


def url(of, tail="") -> str:
    return f"/workspace/hearings/{of.hearing.pk}/{tail}"


def test_an_announced_hearing_is_public_with_every_field_and_nothing_personal():
    of = announced()
    enrolled(of, "张三丰", phone="000-1234", words="我想说水价")
    quiet = decided()
    page = visitor(of).get(f"/hearings/{of.hearing.pk}/")
    shown = words(page)
    for text in (
        "听取对阶梯水价调整的意见",
        "区政府决定",
        "区政府第二会议室",
        "年满18周岁",
        "消费者抽签",
        "排列五号码",
        "网上或到政务大厅报名",
        "旁听 2 席",
        "价格科",
        "孙敏",
        "各类席位合计 5 席，与总数一致",
    ):
        assert text in shown
    assert not re.search("张三丰|000-1234|我想说水价", shown)
    assert "ETag" in page.headers
    assert not page.cookies
    assert visitor(quiet).get(f"/hearings/{quiet.hearing.pk}/").status_code == 404
    assert Client(headers={"host": government().host}).get(f"/hearings/{of.hearing.pk}/").status_code == 404


def test_the_list_names_consenting_people_and_numbers_the_others_and_the_draw_can_be_repeated():
    of = listed()
    shown = words(visitor(of).get(f"/hearings/{of.hearing.pk}/"))
    for each in of.people("chosen"):
        assert (each.name in shown) is each.publish_name
        assert each.publish_name or f"（{each.number} 号）" in shown
    drawn = words(visitor(of).get(f"/hearings/{of.hearing.pk}/draw/"))
    assert re.search(r"\b4\W+7\W+2\W+1\W+9\b", drawn)
    assert set(re.findall(r"\b0000[1-9]\b", drawn)) == {f"0000{n}" for n in range(1, 6)}
    assert visitor(of).get(f"/hearings/{announced().hearing.pk}/draw/").status_code == 404


def test_points_are_shown_once_moderated_and_answered_once_reported():
    of = reported()
    page = f"/hearings/{of.hearing.pk}/"
    before = words(visitor(of).get(page))
    assert "（待审核）" in before
    assert "第二阶梯降到二百立方" not in before
    show_all(of.consultation.pk, actor=moderator(of.consultation), now=STARTS)
    shown = words(visitor(of).get(page))
    assert "第二阶梯降到二百立方" in shown
    assert "已归入征求意见" in shown
    answered(of)
    done = words(visitor(of).get(page))
    assert "归入“阶梯水量”" in done
    assert "已采纳" in done


def test_the_report_hides_names_without_consent_and_the_chain_tells_the_course():
    of = reported()
    shown = words(visitor(of).get(f"/hearings/{of.hearing.pk}/"))
    hidden = [each for each in of.people() if not each.publish_name]
    assert all(each.name not in shown for each in hidden)
    assert "主张降低第二阶梯" in shown
    titles = [str(each.title) for each in published.chain(of.topic.pk)]
    assert titles == ["公告听证会", "公布听证参加人名单", "举行听证会", "公布听证报告"]
    talked = survey(of)
    assert str(published.chain(of.topic.pk)[-1].title) == f"问卷调查：{talked.title}"
    assert matter_page(of.home.pk, of.topic.pk, STARTS + timedelta(days=3)).steps >= 6


def test_a_hearing_put_off_or_cancelled_keeps_its_page_with_the_reason():
    of = announced()
    actions.postpone(of.hearing.pk, actor=of.clerk, now=NOW, reason="材料未备齐")
    assert "材料未备齐" in words(visitor(of).get(f"/hearings/{of.hearing.pk}/"))
    actions.cancel(of.hearing.pk, actor=of.head, now=NOW, reason="方案撤回")
    assert "听证会已取消。原因：方案撤回" in words(visitor(of).get(f"/hearings/{of.hearing.pk}/"))
    changed = announced()
    actions.extend_enrolment(changed.hearing.pk, actor=changed.clerk, now=NOW, enrol_until=AFTER.date(), reason="人少")
    assert "原因：人少" in words(visitor(changed).get(f"/hearings/{changed.hearing.pk}/"))


def test_somebody_enrols_in_the_browser_keeps_what_was_typed_and_withdraws_again():
    of = announced()
    page = f"/hearings/{of.hearing.pk}/enrol/"
    form = {"seat": "participant", "category": "", "name": "张三", "phone": "000-1", "of_age": "on", "token": "t"}
    wrong = visitor(of).post(page, form)
    assert (wrong.status_code, "参加人请选一个类别" in words(wrong)) == (200, True)
    young = visitor(of).post(page, {**form, "category": "consumer", "of_age": ""})
    assert (young.status_code, "须年满 18 周岁" in words(young), 'value="张三"' in young.content.decode()) == (409, True, True)
    done = visitor(of).post(page, {**form, "category": "consumer"})
    row = Participant.objects.get()
    assert done["Location"] == f"/hearing-mine/{row.token}/?new=1"
    assert "报名号 00001" in words(visitor(of).get(done["Location"]))
    assert visitor(of).post(f"/hearing-mine/{row.token}/", {"leave": "1", "reason": ""}).status_code == 302
    assert "已退出" in words(visitor(of).get(f"/hearing-mine/{row.token}/"))


def test_outside_the_period_the_form_says_so_and_unknown_hearings_are_not_found():
    of = settled()
    assert "现在不在报名期" in words(visitor(of).get(f"/hearings/{of.hearing.pk}/enrol/"))
    assert visitor(of).get("/hearings/0/enrol/").status_code == 404


def test_the_personal_page_has_papers_the_record_to_confirm_and_the_fate_of_points():
    of = held()
    row = of.people("present")[0]
    mine = f"/hearing-mine/{row.token}/"
    paper = Paper.objects.filter(participant=row).first()
    fetched = visitor(of).get(f"{mine}papers/{paper.document_id}/")
    assert b"".join(fetched.streaming_content) == f"{of.topic.pk} {paper.document.kind}".encode()
    assert visitor(of).get(f"{mine}papers/0/").status_code == 404
    assert "听证笔录" not in words(visitor(of).get(mine))
    actions.circulate_record(of.hearing.pk, actor=of.clerk, now=STARTS)
    assert "笔录属实，我确认" in words(visitor(of).get(mine))
    empty = visitor(of).post(mine, {"refuse": "1", "reason": ""})
    assert (empty.status_code, "要写明理由" in words(empty)) == (409, True)
    assert visitor(of).post(mine, {"accept": "1", "reason": ""}).status_code == 302
    shown = words(visitor(of).get(mine))
    assert "电子确认" in shown
    assert "第二阶梯降到二百立方" in shown
    lost = visitor(of).get("/hearing-mine/nonsense/")
    assert (lost.status_code, "不对应任何报名" in words(lost)) == (404, True)
    assert Client(headers={"host": government().host}).get(mine).status_code == 404


def test_a_citizen_proposes_a_hearing_and_reads_the_answer_by_receipt():
    of = decided()
    page = f"/matters/{of.topic.pk}/propose-hearing/"
    assert visitor(of).get(page).status_code == 200
    assert visitor(of).post(page, {"words": ""}).status_code == 200
    done = visitor(of).post(page, {"words": "请开听证会", "name": "张三", "token": "t"})
    row = HearingProposal.objects.get()
    assert done["Location"] == f"/hearings/proposals/{row.receipt}/?new=1"
    assert "请记下回执号" in words(visitor(of).get(done["Location"]))
    actions.answer_proposal(row.pk, actor=of.head, now=NOW, accept=True, answer="直接涉及居民利益")
    assert "直接涉及居民利益" in words(visitor(of).get(f"/hearings/proposals/{row.receipt.lower()}/"))
    listing = words(visitor(of).get("/hearings/"))
    assert "直接涉及居民利益" in listing
    assert "请开听证会" not in listing
    assert visitor(of).get("/hearings/proposals/XX-0000/").status_code == 404
    assert visitor(of).get("/matters/0/propose-hearing/").status_code == 404


def test_a_proposal_has_a_receipt_that_proves_its_words_on_paper_as_text_and_in_the_log():
    of = decided()
    row = actions.propose_hearing(of.topic.pk, actor=stranger(of.home.pk), now=NOW, words="请开听证会", token="t")
    assert actions.propose_hearing(of.topic.pk, actor=stranger(of.home.pk), now=NOW, words="请开听证会", token="t") == row
    waits = words(visitor(of).get(f"/r/{row.receipt}/"))
    assert "一分钟之内记入总账" in waits
    assert "查验这张回执" in waits
    sequence_all(NOW)
    entry = LedgerEntry.objects.get(kind="hearing_proposal.receive")
    assert f"Entry {entry.position} of the public log" in words(visitor(of).get(f"/en/r/{row.receipt}/"))
    assert "请开" not in entry.body
    assert row.receipt not in entry.body
    text = visitor(of).get(f"/r/{row.receipt}/receipt.txt").content.decode()
    held = unpack(next(line for line in text.splitlines() if "~" in line))
    assert leaf_of(held.signed).hex() == entry.leaf
    assert not check_receipt(held, text="请开听证会").broken
    assert check_receipt(held, text="请开听证会吧").broken
    pdf = PdfReader(BytesIO(visitor(of).get(f"/en/r/{row.receipt}/receipt.pdf").content))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Receipt of a proposal for a hearing"
    assert row.receipt in pdf.pages[0].extract_text()
    assert visitor(of).get("/r/QH-0000-0000-0000/receipt.txt").status_code == 404


def test_a_proposal_older_than_the_log_is_shown_without_proof():
    of = decided()
    row = HearingProposal.objects.create(government=of.home, topic=of.topic, words="请开", receipt="QH-1111-1111-1111", received_at=NOW)
    shown = words(visitor(of).get(f"/r/{row.receipt}/"))
    assert "请开" in shown
    assert "总账" not in shown.partition("牵头部门答复后")[0]
    assert "查验这张回执" not in shown
    assert row.receipt in visitor(of).get(f"/r/{row.receipt}/receipt.txt").content.decode()


def survey(of) -> Activity:
    row = planned(of, "survey", reach="self_selected", asked=300, answered=187, summary="三个营业厅。")
    actions.start_activity(row.pk, actor=of.clerk, now=NOW)
    questions = [("几口人", False, [("1 口", 62), ("2 口", 62), ("3 口", 63)]), ("关心什么", True, [("水质", 133), ("价格", 121)])]
    actions.save_questions(row.pk, questions, actor=of.clerk, now=NOW)
    actions.finish_activity(row.pk, actor=of.clerk, now=NOW)
    return actions.publish_activity(row.pk, actor=of.clerk, now=NOW)


def test_a_survey_page_says_n_and_that_it_is_not_representative_and_its_shares_add_up():
    of = decided()
    row = survey(of)
    shown = words(visitor(of).get(f"/listening/{row.pk}/"))
    assert "n = 187" in shown
    assert "不能代表全体居民" in shown
    view = published.activity(of.home.pk, row.pk)
    assert [each.share for each in view.questions[0].answers] == ["33.2", "33.1", "33.7"]
    assert [each.share for each in view.questions[1].answers] == ["71.1", "64.7"]
    hidden = planned(of, "symposium")
    assert visitor(of).get(f"/listening/{hidden.pk}/").status_code == 404
    assert "survey 活动" in words(visitor(of).get("/hearings/?which=activities"))


def test_who_was_heard_is_named_by_consent_and_finds_the_fate_of_their_points_by_link():
    of = decided()
    row = planned(of, "symposium", summary="五位住户", answered=2)
    named = actions.add_member(row.pk, actor=of.clerk, now=NOW, name="高秀兰", publish_name=True)
    actions.add_member(row.pk, actor=of.clerk, now=NOW, name="不愿具名者")
    actions.add_point(row.pk, actor=of.clerk, now=NOW, member_id=named.pk, claim="按人口算")
    actions.add_point(row.pk, actor=of.clerk, now=NOW, claim="没人认领的话")
    actions.start_activity(row.pk, actor=of.clerk, now=NOW)
    actions.finish_activity(row.pk, actor=of.clerk, now=NOW)
    assert "按人口算" in words(visitor(of).get(f"/listening-mine/{named.token}/"))
    actions.publish_activity(row.pk, actor=of.clerk, now=NOW)
    show_all(of.consultation.pk, actor=moderator(of.consultation), now=NOW)
    shown = words(visitor(of).get(f"/listening/{row.pk}/"))
    assert "高秀兰" in shown
    assert "另有 1 位没有同意公开姓名" in shown
    assert "未记名" in shown
    assert "不愿具名者" not in shown
    assert visitor(of).get("/listening-mine/nonsense/").status_code == 404


def test_departments_replies_are_three_numbers():
    of = decided()
    row = planned(of, "departments", due_on=AFTER.date(), summary="情况")
    other = department(of.home, name="区司法局")
    actions.add_member(row.pk, actor=of.clerk, now=NOW, department_id=other.pk)
    actions.start_activity(row.pk, actor=of.clerk, now=NOW)
    clerk = staff(of, Role.CLERK, within=other)
    member = Member.objects.get()
    assert "请本部门回复" in words(clerk.get("/workspace/activities/"))
    assert "回复征求意见" in words(clerk.get("/workspace/"))
    assert "没有意见" not in words(clerk.get(f"/workspace/requests/{member.pk}/"))
    empty = clerk.post(f"/workspace/requests/{member.pk}/", {"claim": "", "stance": "change"})
    assert (empty.status_code, "要点是空的" in words(empty)) == (409, True)
    assert clerk.post(f"/workspace/requests/{member.pk}/", {"none": "1", "stance": "none"}).status_code == 302
    assert "已回复" in words(clerk.get(f"/workspace/requests/{member.pk}/"))
    assert desk(of).get(f"/workspace/requests/{member.pk}/").status_code == 409
    actions.finish_activity(row.pk, actor=of.clerk, now=NOW)
    actions.publish_activity(row.pk, actor=of.clerk, now=NOW)
    assert "有意见 0，无意见 1，未回复 0" in words(visitor(of).get(f"/listening/{row.pk}/"))


def test_the_head_decides_and_the_clerk_writes_the_notice_in_the_browser():
    of = decided()
    topic = approved(of.department)
    head, clerk = desk(of, Role.HEAD), desk(of)
    refusal = clerk.post("/workspace/hearings/", {"topic": topic.pk, "preset": "price", "why": "切身利益"})
    assert refusal.status_code == 409
    made = head.post("/workspace/hearings/", {"topic": topic.pk, "preset": "price", "why": "切身利益"})
    row = Hearing.objects.get(topic=topic)
    assert made["Location"] == f"/workspace/hearings/{row.pk}/"
    assert "公告前还缺" in words(clerk.get(made["Location"]))
    notice = f"/workspace/hearings/{row.pk}/notice/"
    assert clerk.get(notice).status_code == 200
    bad = clerk.post(notice, {"title": "听证会", "preset": "price", "observers_how": "order", "seats_consumer": "-1"})
    assert bad.status_code == 200
    good = {
        "title": "听证会",
        "preset": "price",
        "observers_how": "order",
        "seats_consumer": "8",
        "how_consumer": "lot",
        "seats_operator": "2",
    }
    assert clerk.post(notice, good).status_code == 302
    row.refresh_from_db()
    assert (row.seats_stated, [(each.category, each.seats, each.method) for each in row.quotas.all()]) == (
        10,
        [("consumer", 8, "lot"), ("operator", 2, "lot")],
    )
    refusal = clerk.post(f"/workspace/hearings/{row.pk}/act/", {"announce": "1"})
    assert (refusal.status_code, "还没有公布" in words(refusal)) == (409, True)
    assert "听证" in words(clerk.get("/workspace/hearings/?state=decided"))
    assert "写公告" in words(clerk.get("/workspace/"))


def test_enrolment_choice_list_and_papers_in_the_browser():
    of = announced()
    clerk = desk(of)
    people = url(of, "people/")
    assert clerk.post(people, {"key_in": "1"}).status_code == 200
    key = {
        "key_in": "1",
        "seat": "participant",
        "category": "operator",
        "name": "自来水公司",
        "phone": "000-5",
        "of_age": "on",
        "channel": "paper",
    }
    assert clerk.post(people, key).status_code == 302
    assert clerk.post(people, {"nominate": "1", "category": "expert", "name": "陈教授", "reason": "区科协推荐"}).status_code == 302
    assert clerk.post(people, {"nominate": "1", "category": "expert", "name": "另一位", "reason": "推荐"}).status_code == 409
    shown = words(clerk.get(f"{people}?state=chosen&category=expert"))
    assert "陈教授" in shown
    assert "自来水公司" not in shown
    who = Participant.objects.get(name="自来水公司")
    one = f"{people}{who.pk}/"
    assert clerk.post(one, {"choose": "1", "reason": ""}).status_code == 409
    assert clerk.post(one, {"choose": "1", "reason": "唯一企业"}).status_code == 302
    assert clerk.post(one, {"look": "1", "purpose": ""}).status_code == 409
    assert "000-5" in words(clerk.post(one, {"look": "1", "purpose": "送材料"}))
    assert clerk.get(url(decided(of.department), f"people/{who.pk}/")).status_code == 409
    late = {"extend": "1", "enrol_until": "2026-12-12", "reason": ""}
    assert clerk.post(url(of, "act/"), late).status_code == 409
    assert clerk.post(url(of, "act/"), {"extend": "1", "enrol_until": ""}).status_code == 200
    assert clerk.post(url(of, "act/"), {**late, "reason": "人少"}).status_code == 302
    assert clerk.post(url(of, "act/"), {"postpone": "1", "reason": "改期"}).status_code == 302
    assert clerk.post(url(of, "act/"), {"reschedule": "1", "starts_at": "x"}).status_code == 200
    assert "另定时间" in words(clerk.get(url(of)))


def test_the_desk_follows_a_hearing_through_its_buttons():
    of = settled()
    clerk, act = desk(of), url(of, "act/")
    assert clerk.post(act, {"publish_list": "1"}).status_code == 302
    of = listed()
    clerk, act = desk(of), url(of, "act/")
    first = of.people("chosen")[0]
    assert clerk.post(url(of, f"people/{first.pk}/"), {"serve": "1", "door": "hand"}).status_code == 302
    assert clerk.post(act, {"serve_all": "1"}).status_code == 302
    second = of.people("served")[1]
    assert clerk.post(url(of, f"people/{second.pk}/"), {"reached": "1", "door": "post"}).status_code == 302
    assert clerk.post(act, {"finish_serving": "1"}).status_code == 409
    assert clerk.get(act).status_code == 405


def test_the_day_runs_from_the_door_to_the_closing_in_the_browser():
    of = served()
    door = staff(of, Role.OPERATOR)
    page = url(of, "checkin/")
    assert "0 / 5" in words(door.get(page))
    first, second = of.people("served")[:2]
    assert door.post(page, {"code": first.number}).status_code == 302
    assert door.post(page, {"person": second.pk}).status_code == 302
    assert door.post(page, {"code": "99999"}).status_code == 409
    assert desk(of).post(url(of, "act/"), {"open": "1"}).status_code == 409
    of = in_session()
    clerk, console = desk(of), url(of, "console/")
    assert "还没有人发言" in words(clerk.get(console))
    for _pressed_twice in range(2):
        assert clerk.post(console, {"next": "0"}).status_code == 302
    assert "正在发言" in words(clerk.get(console))
    assert [each.ended_at for each in of.hearing.speeches.exclude(began_at=None)] == [None]
    who = of.people("present")[0]
    point = {"point": "1", "person": who.pk, "claim": "降低第二阶梯", "ground": "人多", "stance": "change"}
    assert clerk.post(console, point).status_code == 302
    assert clerk.post(console, {**point, "person": ""}).status_code == 409
    assert clerk.post(console, {**point, "claim": ""}).status_code == 200
    assert clerk.post(console, {"speech": "1", "kind": "answer", "speaker": "价格科", "minutes": ""}).status_code == 302
    assert clerk.post(console, {"speech": "1"}).status_code == 200
    assert clerk.post(console, {"close": "1"})["Location"] == url(of, "record/")


def test_the_record_and_the_report_in_the_browser(own_files):
    of = held()
    clerk, page = desk(of), url(of, "record/")
    assert clerk.post(page, {"save": "1", "text": ""}).status_code == 200
    assert clerk.post(page, {"save": "1", "text": "笔录全文"}).status_code == 302
    assert clerk.post(page, {"circulate": "1"}).status_code == 302
    assert clerk.post(page, {"confirm": "1"}).status_code == 409
    for each in of.people("present"):
        assert clerk.post(url(of, f"people/{each.pk}/"), {"signature": "1", "reason": "不愿签"}).status_code == 302
    assert clerk.post(page, {"confirm": "1"}).status_code == 302
    report = url(of, "report/")
    assert clerk.post(report, {"publish": "1"}).status_code == 409
    assert clerk.post(report, {"save": "1", "text": ""}).status_code == 200
    assert clerk.post(report, {"save": "1", "text": "报告全文"}).status_code == 302
    assert clerk.post(report, {"publish": "1"}).status_code == 302
    assert "报告全文" in words(clerk.get(report))
    assert "公众页面" in words(clerk.get(url(of)))


def test_activities_are_kept_in_the_browser():
    of = decided()
    clerk = desk(of)
    made = clerk.post("/workspace/activities/", {"topic": of.topic.pk, "kind": "survey", "title": "营业厅问卷"})
    page = made["Location"]
    row = Activity.objects.get()
    assert (
        clerk.post(
            page, {"save": "1", "title": "营业厅问卷", "reach": "random", "asked": "", "answered": "10", "summary": "情况"}
        ).status_code
        == 302
    )
    assert clerk.post(page, {"questions": "1", "text": "合适吗\n- 合适 六"}).status_code == 200
    assert clerk.post(page, {"questions": "1", "text": "合适吗（多选）\n\n- 合适 6\n- 偏低 4"}).status_code == 302
    assert "- 合适 6" in clerk.get(page).content.decode()
    for step in ("start", "finish", "publish"):
        assert clerk.post(page, {step: "1"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "published"
    assert clerk.post(page, {"save": "1", "title": "改"}).status_code == 409
    talk = planned(of, "symposium")
    page = f"/workspace/activities/{talk.pk}/"
    assert clerk.post(page, {"member": "1", "name": "甲"}).status_code == 302
    assert clerk.post(page, {"point": "1", "person": "", "claim": "话", "stance": "ask"}).status_code == 302
    assert clerk.post(page, {"remove": str(Member.objects.get().pk)}).status_code == 302
    assert clerk.post(page, {"cancel": "1", "reason": ""}).status_code == 409
    expert = planned(of, "expert")
    assert clerk.post(f"/workspace/activities/{expert.pk}/", {"member": "1", "name": "乙", "declared": "on"}).status_code == 302
    ask = planned(of, "departments", due_on=AFTER.date())
    page = f"/workspace/activities/{ask.pk}/"
    assert clerk.post(page, {"ask": "1", "department": department(of.home).pk}).status_code == 302
    assert clerk.get(page).status_code == 200
    assert clerk.get("/workspace/activities/?kind=expert").status_code == 200


def test_a_proposal_is_answered_in_the_browser():
    of = decided()
    row = actions.propose_hearing(of.topic.pk, actor=stranger(of.home.pk), now=NOW, words="请开", phone="000-7")
    head, page = desk(of, Role.HEAD), f"/workspace/hearings/proposals/{row.pk}/"
    assert "答复听证建议" in words(head.get("/workspace/"))
    assert row.receipt in words(head.get("/workspace/hearings/proposals/"))
    assert head.post(page, {"decline": "1", "answer": ""}).status_code == 409
    assert "000-7" in words(desk(of).post(page, {"look": "1", "purpose": "答复"}))
    assert head.post(page, {"decline": "1", "answer": "已经决定召开"}).status_code == 302
    assert "已经决定召开" in words(head.get(page))


def test_strangers_and_administrators_see_no_desk():
    of = announced()
    assert visitor(of).get(url(of)).status_code == 302
    assert staff(of, Role.SYSTEM_ADMIN).get(url(of)).status_code == 409
    assert staff(of, Role.CLERK, within=department(of.home)).get(url(of, "people/")).status_code == 409


def counted(client, path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_lists_and_pages_cost_the_same_queries_at_one_and_at_thirty():
    of = settled()
    clerk = desk(of)
    paths = [
        (visitor(of), "/hearings/"),
        (visitor(of), f"/hearings/{of.hearing.pk}/"),
        (clerk, url(of, "people/")),
        (clerk, "/workspace/hearings/"),
    ]
    for client, path in paths:
        client.get(path)
    before = [counted(client, path) for client, path in paths]
    rows = list(Participant.objects.filter(hearing=of.hearing))
    for n in range(30):
        one = Participant.objects.get(pk=rows[0].pk)
        one.pk, one.number, one.token = None, f"1{n:04d}", f"copy{n}"
        one.save()
        hearing = Hearing.objects.get(pk=of.hearing.pk)
        hearing.pk = None
        hearing.save()
    assert [counted(client, path) for client, path in paths] == before


def test_the_duties_of_listening_are_carried_shown_and_counted():
    of = reported()
    survey(of)
    duties = {each.obligation.id: each for each in matrix(of.home.pk, NOW.date(), (STARTS + timedelta(days=9)).date())}
    assert duties["2.1d"].state == "kept"
    assert len(duties["2.1d"].rules) >= 6
    assert {each.url_name for each in duties["2.1d"].pages} == {"portal:hearings"}
    assert any(each.url.startswith("/listening/") for each in duties["2.1c"].evidence.examples)
    assert len(EVIDENCE["2.1d"]) == 1


def test_a_hearing_whose_day_is_long_past_without_a_record_breaks_the_duty():
    of = announced()
    last = (STARTS + timedelta(days=90)).date()
    assert {each.obligation.id: each for each in matrix(of.home.pk, NOW.date(), last)}["2.1d"].state == "broken"
    actions.postpone(of.hearing.pk, actor=of.clerk, now=NOW, reason="改期")
    assert {each.obligation.id: each for each in matrix(of.home.pk, NOW.date(), last)}["2.1d"].state == "no_case"


def test_english_pages_speak_english():
    of = reported()
    for path in (
        "/en/hearings/",
        f"/en/hearings/{of.hearing.pk}/",
        f"/en/hearings/{of.hearing.pk}/draw/",
        f"/en/matters/{of.topic.pk}/propose-hearing/",
    ):
        page = visitor(of).get(path)
        assert page.status_code == 200
        assert "Hearing" in words(page)


def test_many_are_ticked_as_told_on_the_list_of_people():
    of = reported()
    ParticipantContact.objects.all().update(email="")
    clerk, people = desk(of), url(of, "people/")
    assert 'name="person"' not in clerk.get(people).content.decode()
    answered(of)
    first, second, *rest = of.people("signed")
    shown = clerk.get(people).content.decode()
    assert all(f'name="person" value="{each.pk}"' in shown for each in (first, second, *rest))
    assert "没有勾选" in words(clerk.post(f"{people}told/", {"door": "phone"}, follow=True))
    said = clerk.post(f"{people}told/", {"door": "phone", "person": [first.pk, second.pk]}, follow=True)
    assert "已记录告知 2 人" in words(said)
    assert f'name="person" value="{first.pk}"' not in said.content.decode()
    assert [each.told_by_door for each in Participant.objects.filter(pk__in=[first.pk, second.pk])] == ["phone", "phone"]
    assert "Told the outcome" in words(clerk.get(f"/en{people}"))
