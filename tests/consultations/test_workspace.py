"""How staff prepare, review, open, moderate, key in and import, page by page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.consultations import actions, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.models import Consultation, ImportBatch, Opinion
from mingtang.consultations.queries.listening import many_doors, opened_with_papers, reported_in_time
from mingtang.platform.accounts.models import Person
from mingtang.platform.actor import Role, system
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import closing_of
from tests.consultations.test_stepping import colleague
from tests.factories.consultations import (
    CLAUSES,
    CLOSES,
    EFFECTS,
    NOTICE,
    begun,
    clerk_person,
    closed,
    complete,
    in_review,
    opened,
    opinion,
    reviewed,
    withhold,
)
from tests.factories.platform import NOW, TODAY, acting, actor, department, government, person
from tests.factories.topics import approved, drafter

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def clerk(row: Consultation) -> Client:
    return signed_in(clerk_person(row))


def staff(row: Consultation, *roles: Role) -> Client:
    return signed_in(person(row.government, *roles))


def url(row: Consultation, tail: str = "") -> str:
    return f"/workspace/consultations/{row.pk}/{tail}"


def follow(answer, client: Client) -> str:
    assert answer.status_code == 302
    return words(client.get(answer["Location"]))


TYPED = {**NOTICE, "closes_on": CLOSES.isoformat(), "effects": "\n".join(f"{who}：{what}" for who, what in EFFECTS)}
DRAFT = "第一章　总则\n第一条　目的　为了方便出行。\n第二条　本办法适用于老旧住宅。\n"


def test_a_consultation_goes_from_the_dossier_to_the_public_page():
    made = approved(department(government(), name="住建局"))
    who = person(made.government, Role.CLERK, within=made.department)
    browser = signed_in(who)
    before = browser.get(f"/workspace/topics/{made.pk}/consultation/")
    assert "还没有开始准备征求意见" in words(before)
    assert not Consultation.objects.exists()
    browser.post(f"/workspace/topics/{made.pk}/consultation/")
    row = Consultation.objects.get()
    assert browser.get(f"/workspace/topics/{made.pk}/consultation/")["Location"] == url(row)
    assert browser.post(url(row, "edit/"), TYPED)["Location"] == url(row)
    assert "识别出 1 个章节、2 条。" in follow(browser.post(url(row, "draft/"), {"text": DRAFT}), browser)
    first = row.clauses.get(label="第一条")
    assert (first.chapter, first.heading) == ("第一章　总则", "目的")
    browser.post(
        url(row, f"draft/{first.pk}/"),
        {"label": "第一条", "heading": "目的", "text": "为了方便出行。", "plain": "方便大家。", "now_text": ""},
    )
    assert row.clauses.get(label="第一条").plain == "方便大家。"
    browser.post(url(row, "submit/"))
    for role in (Role.EDITOR_1, Role.EDITOR_2, Role.SECRECY):
        assert "退回修改" in words(staff(row, role).get(url(row)))
        staff(row, role).post(url(row, "review/"), {"remark": "同意"})
    assert "现在向社会公开" in words(browser.get(url(row)))
    browser.post(url(row, "open/"), {"closes_on": CLOSES.isoformat()})
    assert Consultation.objects.get().state == "open"
    assert Client().get(f"/consultations/{row.pk}/").status_code == 200


@pytest.mark.parametrize("tail", ["", "edit/", "draft/", "opinions/", "opinions/key-in/", "opinions/import/"])
def test_strangers_sign_in_first_and_outsiders_are_refused(tail):
    row, _clerk = opened()
    assert "/accounts/" in Client().get(url(row, tail))["Location"]
    far = department(government())
    outsider = signed_in(person(far.government, Role.CLERK, Role.MODERATOR, within=far))
    answer = outsider.get(url(row, tail), headers={"host": far.government.host})
    assert answer.status_code in {404, 409}
    assert "加装电梯" not in words(answer)


@pytest.mark.parametrize("tail", ["submit/", "review/", "return/", "open/", "extend/", "close/", "cancel/", "opinions/moderate/"])
def test_acts_are_posted_never_fetched(tail):
    row, _clerk = opened()
    assert clerk(row).get(url(row, tail)).status_code == 405


def test_wrong_input_in_the_notice_is_kept_and_named():
    row, _clerk = begun()
    answer = clerk(row).post(url(row, "edit/"), {**TYPED, "closes_on": "明天", "effects": "没有冒号的一行", "summary": "写了很久的说明"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "不是日期" in html
    assert "缺少冒号" in html
    assert "写了很久的说明" in html
    assert "没有冒号的一行" in html
    row.refresh_from_db()
    assert row.closes_on is None


def test_what_is_missing_is_listed_with_its_remedy():
    row, _clerk = begun()
    shown = words(clerk(row).get(url(row)))
    assert "公开前还缺" in shown
    assert "草案还没有分条录入" in shown
    refused = follow(clerk(row).post(url(row, "submit/")), clerk(row))
    assert refused


def test_a_refused_act_says_why_on_the_page():
    row, _clerk = begun()
    browser = clerk(row)
    assert "草案还没有分条录入" in follow(browser.post(url(row, "submit/")), browser)


def test_the_draft_page_keeps_chapters_and_lists_what_it_could_not_place():
    row, _clerk = complete()
    browser = clerk(row)
    html = browser.get(url(row, "draft/")).content.decode()
    assert "第二章　补助" in html
    answer = browser.post(url(row, "draft/"), {"text": "办法\n张三\n第一条　好。\n"})
    assert answer["Location"] == url(row, "draft/v1/blocks/")
    listed = follow(answer, browser)
    assert "识别出 1 条，1 段没有识别，请逐段指明。" in listed
    assert "张三" in listed
    assert row.clauses.count() == 1
    nothing = browser.post(url(row, "draft/"), {"text": "标题\n没有分条的文字。"})
    said = follow(nothing, browser)
    assert "没有识别出条款，请在下面逐段指明" in said
    assert "没有分条的文字" in said
    assert row.clauses.count() == 1
    assert "请粘贴草案或选择文件" in words(browser.post(url(row, "draft/"), {"text": ""}))


def test_a_broken_draft_file_is_refused_with_the_cause():
    row, _clerk = complete()
    answer = clerk(row).post(url(row, "draft/"), {"upload": SimpleUploadedFile("草案.docx", b"PK\x03\x04broken")})
    assert answer.status_code == 409
    assert "打不开" in words(answer)
    assert row.clauses.count() == len(CLAUSES)


def test_a_clause_that_is_not_there_is_not_found():
    row, _clerk = complete()
    assert clerk(row).get(url(row, "draft/404/")).status_code == 404


def test_a_reviewer_returns_with_a_reason():
    row, _clerk = in_review()
    editor = staff(row, Role.EDITOR_1)
    assert "要写明理由" in follow(editor.post(url(row, "return/"), {"reason": ""}), editor)
    editor.post(url(row, "return/"), {"reason": "错别字"})
    row.refresh_from_db()
    assert row.state == "preparing"


def test_opening_with_a_broken_day_says_so():
    row, _clerk = reviewed()
    browser = clerk(row)
    assert "不是日期" in follow(browser.post(url(row, "open/"), {"closes_on": "哪天都行"}), browser)
    row.refresh_from_db()
    assert row.state == "reviewed"


def test_extending_and_cancelling_from_the_page():
    row, _clerk = opened()
    browser = clerk(row)
    later = (CLOSES + timedelta(days=5)).isoformat()
    assert "多听几天" in follow(browser.post(url(row, "extend/"), {"closes_on": later, "reason": "多听几天"}), browser)
    assert "上级政策有变" in follow(browser.post(url(row, "cancel/"), {"reason": "上级政策有变"}), browser)
    assert "重新准备征求意见" in words(browser.get(f"/workspace/topics/{row.topic_id}/consultation/"))


def test_an_extension_that_is_not_right_comes_back_as_it_was_typed():
    row, _clerk = opened()
    browser = clerk(row)
    unfinished = browser.post(url(row, "extend/"), {"closes_on": "哪天都行", "reason": "多听几天"})
    assert unfinished.status_code == 200
    assert "哪天都行”不是日期" in words(unfinished)
    assert "多听几天</textarea>" in unfinished.content.decode()
    earlier = (CLOSES - timedelta(days=5)).isoformat()
    refused = browser.post(url(row, "extend/"), {"closes_on": earlier, "reason": "早些收"})
    assert refused.status_code == 409
    assert "只能延长，不能缩短" in words(refused)
    assert "早些收</textarea>" in refused.content.decode()


def test_a_single_answer_that_is_refused_keeps_its_words_its_ticks_and_the_filter():
    row, _clerk = closed(opinions=2)
    one, other = Opinion.objects.filter(consultation=row).order_by("id")
    given = {"answer": "1", "opinion": [one.pk], "verdict": "not_adopted", "landed_in": "第二条", "kept": "home=any"}
    refused = clerk(row).post(url(row, "grouping/act/"), given)
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "要说明理由" in words(refused)
    assert f'value="{one.pk}" checked' in shown
    assert f'value="{other.pk}" checked' not in shown
    assert 'value="第二条"' in shown
    assert 'name="kept" value="home=any"' in shown
    unfinished = clerk(row).post(url(row, "grouping/act/"), given | {"verdict": "", "reason": "道路照明标准如此"})
    assert unfinished.status_code == 200
    assert "道路照明标准如此</textarea>" in unfinished.content.decode()


@pytest.mark.parametrize(
    ("given", "said", "left"),
    [
        ({"group_now": "1"}, "新建一组要写名称", 'name="title" maxlength="200" value=""'),
        ({"group_now": "1", "title": "路灯", "seen": "0"}, "", 'value="路灯"'),
        ({"stance": "1", "title": "没写完的名称", "seen": "0"}, "", 'value="没写完的名称"'),
        ({"ungroup": "1", "seen": "0"}, "", 'name="kept" value="home=any"'),
    ],
)
def test_grouping_that_is_refused_keeps_its_ticks_its_title_and_the_filter(given, said, left):
    row, _clerk = closed(opinions=2)
    one, other = Opinion.objects.filter(consultation=row).order_by("id")
    actions.group_opinions(row.pk, [one.pk], actor=colleague(row), now=closing_of(CLOSES), title="先有的组")
    refused = clerk(row).post(url(row, "grouping/act/"), {"opinion": [one.pk], "kept": "home=any", **given})
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert said in words(refused)
    assert f'value="{one.pk}" checked' in shown
    assert f'value="{other.pk}" checked' not in shown
    assert left in shown


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"group_now": "1", "title": "路灯"}, 'value="路灯"'),
        ({"answer": "1", "verdict": "not_adopted", "reason": "道路照明标准如此"}, "道路照明标准如此</textarea>"),
    ],
)
def test_where_nothing_is_ticked_that_is_said_and_what_was_typed_stays(given, left):
    row, _clerk = closed(opinions=2)
    told = clerk(row).post(url(row, "grouping/act/"), {"kept": "home=any", **given})
    shown = told.content.decode()
    assert "没有选中意见。请先勾选。" in words(told)
    assert left in shown
    assert 'name="kept" value="home=any"' in shown
    assert "checked" not in shown.split("data-desk", 1)[1].split("</table>", 1)[0]


def test_a_period_that_is_over_offers_closing_and_nothing_else():
    row, _clerk = opened()
    Consultation.objects.filter(pk=row.pk).update(closes_on=TODAY - timedelta(days=20))
    browser = clerk(row)
    shown = words(browser.get(url(row)))
    assert "截止，开始整理" in shown
    assert "延长期限" not in shown
    browser.post(url(row, "close/"))
    row.refresh_from_db()
    assert row.state == "closed"
    assert "取消征求意见" not in words(browser.get(url(row)))


# opinions


def test_moderating_by_ticking_says_how_many_really_changed():
    row, _clerk = opened()
    rows = [opinion(row, f"第{n}条") for n in range(3)]
    who = staff(row, Role.MODERATOR)
    act, ids = url(row, "opinions/moderate/"), [each.pk for each in rows]
    assert "请先勾选" in follow(who.post(act, {"show": "1"}), who)
    assert "已显示 2 条" in follow(who.post(act, {"show": "1", "opinion": ids[:2]}), who)
    assert "已显示 1 条" in follow(who.post(act, {"show": "1", "opinion": ids}), who)
    unnamed = who.post(act, {"withhold": "1", "opinion": ids[:1], "state": "shown", "note": "骂人"})
    assert unnamed.status_code == 409
    assert "须选择理由" in words(unnamed)
    assert 'value="骂人"' in unnamed.content.decode()
    assert f'value="{ids[0]}" checked' in unnamed.content.decode()
    chosen = {"opinion": [ids[0], "²", "x", "9" * 30], "code": "abuse"}
    assert "1 条已提出不显示" in follow(who.post(act, {"withhold": "1", "state": "shown", **chosen}), who)
    assert "须由另一人确认" in words(who.post(act, {"confirm": "1", "state": "proposed", "opinion": ids[:1]}))
    second = staff(row, Role.MODERATOR)
    assert "侮辱、谩骂" in words(second.get(url(row, "opinions/?state=proposed")))
    assert "1 条不显示" in follow(second.post(act, {"confirm": "1", "state": "proposed", "opinion": ids[:1]}), second)
    withheld = words(who.get(url(row, "opinions/?state=withheld")))
    assert "侮辱、谩骂" in withheld
    assert "恢复显示" in withheld
    assert "要写明理由" in follow(who.post(url(row, f"opinions/{ids[0]}/restore/"), {"reason": ""}), who)
    assert "已恢复显示" in follow(who.post(url(row, f"opinions/{ids[0]}/restore/"), {"reason": "看错了"}), who)


def test_the_queue_blacks_out_numbers_and_says_so():
    row, _clerk = opened()
    made = opinion(row, "打 13812345678 找我", uploads=[SimpleUploadedFile("图.txt", b"words here")])
    who = staff(row, Role.MODERATOR)
    shown = who.get(url(row, "opinions/"))
    assert "13812345678" not in shown.content.decode()
    assert "138████5678" in words(shown)
    assert "显示时自动遮盖" in words(shown)
    assert "附件 图.txt" in words(shown)
    whole = who.get(url(row, f"opinions/{made.pk}/"))
    assert "13812345678" in words(whole)
    attached = who.get(url(row, f"opinions/{made.pk}/files/{made.files.get().pk}/"))
    assert b"".join(attached.streaming_content) == b"words here"
    assert who.get(url(row, f"opinions/{made.pk}/files/404/")).status_code == 409
    assert who.get(url(row, "opinions/404/")).status_code == 409


def test_only_moderators_and_the_office_that_decides_appeals_open_the_queue():
    row, _clerk = opened()
    assert staff(row, Role.LEADER).get(url(row, "opinions/")).status_code == 409
    assert "没有待复议的申诉" in words(staff(row, Role.OFFICE).get(url(row, "opinions/")))
    assert staff(row, Role.MODERATOR).get(url(row, "opinions/?state=nonsense")).status_code == 200


def test_keying_in_keeps_the_source_for_the_next_one():
    row, _clerk = opened()
    browser = clerk(row)
    clause = row.clauses.get(position=2)
    typed = {
        "channel": "phone",
        "clause": clause.pk,
        "stance": "ask",
        "text": "什么时候开始",
        "name": "李奶奶",
        "phone": "0000",
        "token": "k1",
    }
    answer = browser.post(url(row, "opinions/key-in/"), typed)
    made = Opinion.objects.get()
    assert answer["Location"].endswith("?channel=phone")
    assert made.receipt in follow(answer, browser)
    assert (made.channel, made.clause_id) == ("phone", clause.pk)
    assert made.entered_by is not None
    browser.post(url(row, "opinions/key-in/"), typed)
    assert Opinion.objects.count() == 1
    empty = browser.post(url(row, "opinions/key-in/"), {**typed, "text": "", "token": "k2"})
    assert "请填写这一项" in words(empty)
    assert "李奶奶" in empty.content.decode()


def test_a_file_is_previewed_and_confirmed_page_by_page():
    row, _clerk = opened()
    browser = clerk(row)
    mapping = {"channel": "survey", "text": "意见", "author": "", "stance": "", "clause": "", "id": "编号"}
    table = SimpleUploadedFile("问卷.csv", "编号,意见\n1,补助太少\n2,\n".encode())
    preview = browser.post(url(row, "opinions/import/"), {**mapping, "upload": table})
    assert "可录入 1 行，有误 1 行" in words(preview)
    batch = ImportBatch.objects.get()
    assert "录入 1 条" in follow(browser.post(url(row, f"opinions/import/{batch.pk}/")), browser)
    assert "录入 1 条" in follow(browser.post(url(row, f"opinions/import/{batch.pk}/")), browser)
    assert Opinion.objects.get().channel == "survey"
    wrong = browser.post(
        url(row, "opinions/import/"), {**mapping, "text": "内容", "upload": SimpleUploadedFile("问卷.csv", "编号,意见\n1,好\n".encode())}
    )
    assert wrong.status_code == 409
    assert "文件里的列有：编号、意见" in words(wrong)
    assert 'value="内容"' in wrong.content.decode()
    assert browser.post(url(row, "opinions/import/404/")).status_code == 409


def test_contact_data_are_opened_for_a_purpose_only():
    row, _clerk = opened()
    made = opinion(row, name="王小明", phone="13800000000")
    browser = clerk(row)
    page = browser.get(url(row, f"opinions/{made.pk}/"))
    assert "王小明" not in page.content.decode()
    assert "联系提出人" in words(page)
    empty = browser.post(url(row, f"opinions/{made.pk}/contact/"), {"purpose": ""})
    assert "要写明用途" in words(empty)
    assert "没有留联系方式" not in words(empty)
    assert "13800000000" in words(browser.post(url(row, f"opinions/{made.pk}/contact/"), {"purpose": "回访"}))
    assert Act.objects.filter(event="opinion.look_at_contact", reason="回访").count() == 1
    other = staff(row, Role.MODERATOR)
    assert "联系提出人" not in words(other.get(url(row, f"opinions/{made.pk}/")))
    assert "王小明" not in words(other.post(url(row, f"opinions/{made.pk}/contact/"), {"purpose": "好奇"}))


# the same cost, however much


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_pages_of_staff_cost_the_same_at_one_and_at_a_thousand_opinions():
    row, _clerk = opened()
    opinion(row)
    who = signed_in(person(row.government, Role.MODERATOR, Role.CLERK))
    pages = [url(row), url(row, "opinions/"), "/workspace/consultations/"]
    before = [cost(who, each) for each in pages]
    actions.receive_many(
        row.pk, [OpinionIn(f"第{n}条", channel="web", outside_id=str(n)) for n in range(1000)], actor=system(row.government_id), now=NOW
    )
    assert [cost(who, each) for each in pages] == before


def test_the_list_of_staff_costs_the_same_at_one_and_at_thirty():
    home = government()
    housing = department(home)
    first, _clerk = opened(approved(housing))
    who = signed_in(person(home, Role.OFFICE))
    before = cost(who, "/workspace/consultations/")
    for _n in range(30):
        Consultation.objects.create(government=home, topic=approved(housing), kind="other", prepared_by=first.prepared_by, created_at=NOW)
    assert cost(who, "/workspace/consultations/") == before
    assert "after=" in who.get("/workspace/consultations/").content.decode()
    assert "after=" not in who.get("/workspace/consultations/?state=open").content.decode()


def test_the_desk_costs_the_same_at_one_and_at_many_consultations(django_assert_max_num_queries):
    home = government()
    housing = department(home)
    row, _clerk = opened(approved(housing))
    opinion(row)
    who = actor(home, Role.MODERATOR, Role.CLERK, Role.EDITOR_1)
    in_review(approved(housing))
    with CaptureQueriesContext(connection) as caught:
        assert len(queries.desk(who, NOW)) == 3
    for _n in range(6):
        opinion(opened(approved(housing))[0])
        in_review(approved(housing))
    with django_assert_max_num_queries(len(caught)):
        assert len(queries.desk(who, NOW)) == 21


def test_the_desk_says_what_waits_for_whom():
    row, its_clerk = complete()

    def titles(who, now=NOW) -> list[str]:
        return [str(item.title) for item in queries.desk(who, now)]

    editor, watcher = actor(row.government, Role.EDITOR_1), actor(row.government, Role.MODERATOR)
    assert titles(its_clerk) == ["准备征求意见"]
    assert titles(editor) == titles(watcher) == []
    actions.submit_review(row.pk, actor=its_clerk, now=NOW)
    assert titles(its_clerk) == []
    assert titles(editor) == ["公开前第 1 道审核"]
    actions.give_review(row.pk, actor=editor, now=NOW)
    assert titles(editor) == []
    for role in (Role.EDITOR_2, Role.SECRECY):
        actions.give_review(row.pk, actor=actor(row.government, role), now=NOW)
    assert titles(its_clerk) == ["审核通过，可以公开征求意见"]
    actions.open_consultation(row.pk, actor=its_clerk, now=NOW)
    assert titles(its_clerk) == ["征求意见进行中"]
    half = NOW + timedelta(days=30)
    assert "只有 0 人提意见；还没有用过：纸质、电话" in str(queries.desk(its_clerk, half)[0].sub)
    made = opinion(row)
    assert titles(watcher) == ["审核新到意见 1 条"]
    assert queries.desk(watcher, NOW)[0].due_on > TODAY
    assert titles(its_clerk, closing_of(CLOSES)) == ["期限已满，可以截止整理"]
    actions.close_consultation(row.pk, actor=its_clerk, now=closing_of(CLOSES))
    assert titles(its_clerk) == ["1 条意见没有着落"]
    withhold(row, [made.pk], now=NOW, code="empty")
    assert titles(its_clerk) == ["起草采纳情况报告"]


def test_evidence_counts_what_was_opened_and_reported():
    row, its_clerk = opened()
    first, last = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert opened_with_papers(row.government_id, first, last).kept == 1
    assert opened_with_papers(row.government_id, last, last).kept == 0
    opinion(row)
    assert many_doors(row.government_id, first, last).kept == 0
    opinion(row, by=its_clerk, channel="paper")
    assert many_doors(row.government_id, first, last).kept == 1
    far = CLOSES + timedelta(days=60)
    assert (reported_in_time(row.government_id, first, last).broken, reported_in_time(row.government_id, first, far).broken) == (0, 1)


def test_a_department_sees_its_own_and_the_office_sees_all():
    home = government()
    mine, _clerk = opened(approved(department(home)))
    other, _other = opened(approved(department(home)))
    seen = {row.pk for row in queries.consultations(drafter(mine.topic))}
    assert seen == {mine.pk}
    assert {row.pk for row in queries.consultations(actor(home, Role.OFFICE))} == {mine.pk, other.pk}
    assert {row.pk for row in queries.consultations(acting(person(government(), Role.OFFICE)))} == set()
