"""The wizard, the dossier, the lists and the planner, as staff walk them."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang.platform.accounts.models import Person
from mingtang.platform.actor import Role
from mingtang.topics.models import StatutoryStep, Topic, TopicDocument
from tests.factories.platform import actor, department, government, person
from tests.factories.topics import FIELDS, approved, approvers, complete, document, submitted, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def housing():
    return department(government(), name="住房和城乡建设局")


@pytest.fixture
def clerk(housing):
    return person(housing.government, Role.CLERK, within=housing)


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def desk(clerk):
    """A browser in which the clerk is signed in."""
    return signed_in(clerk)


def words(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


BASICS = {
    **{name: FIELDS[name] for name in ("title", "title_en", "summary", "background", "content", "differences", "contact")},
    "focus_areas": ["governance"],
    "touches_interests": "yes",
}
OPENNESS = {
    "forms": ["attendance", "publication"],
    "form_reason": "关系切身利益",
    "seats_total": "3",
    "seats_public": "2",
    "why_public": "住户",
    "seats_expert": "1",
    "why_expert": "懂行",
}
STEPS = {
    1: BASICS,
    2: OPENNESS,
    3: {"is_major": "no", "exclusion": "minor"},
    4: {"disclosure": "open", "interpretation_plan": "图解"},
    5: {"meeting_kind": "executive", "wished_on": "2027-01-20"},
}


def test_a_clerk_declares_a_matter_from_the_first_word_to_the_number(desk, housing):
    approvers(housing)
    begun = desk.post("/workspace/topics/new/", {"title": "加装电梯", "department": housing.pk})
    kept = Topic.objects.get()
    assert begun["Location"] == f"/workspace/topics/{kept.pk}/edit/1/"
    for step, typed in STEPS.items():
        assert desk.post(f"/workspace/topics/{kept.pk}/edit/{step}/", typed)["Location"] == f"/workspace/topics/{kept.pk}/edit/{step + 1}/"
    for kind in ("draft", "basis", "explanation"):
        upload = SimpleUploadedFile(f"{kind}.txt", f"{kind} 正文".encode())
        added = desk.post(
            f"/workspace/topics/{kept.pk}/documents/add/",
            {"kind": kind, "disclosure": "open", "upload": upload, "issuer": "住建局", "dated_on": "2026-11-20"},
        )
        assert added["Location"] == f"/workspace/topics/{kept.pk}/edit/4/"
    check = desk.get(f"/workspace/topics/{kept.pk}/edit/6/")
    assert "都备齐了，可以报批。" in words(check)
    assert "20 / 20" in words(check)
    done = desk.post(f"/workspace/topics/{kept.pk}/edit/6/")
    assert done["Location"] == f"/workspace/topics/{kept.pk}/"
    assert "已报批，编号 QH-2026-00001。" in words(desk.get(done["Location"])) or "已报批，编号 QH-" in words(desk.get(done["Location"]))
    assert Topic.objects.get().state == "submitted"


def test_saving_without_going_on_stays_on_the_step(desk, housing, clerk):
    kept = topic(housing, drafted_by=clerk)
    assert desk.post(f"/workspace/topics/{kept.pk}/edit/1/", {**BASICS, "stay": "1"})["Location"].endswith("/edit/1/")


@pytest.mark.parametrize(
    ("step", "typed", "said", "kept_words"),
    [
        (1, {**BASICS, "title": "", "content": "我写的主要内容"}, "请填写这一项。", "我写的主要内容"),
        (2, {**OPENNESS, "seats_public": "-2", "form_reason": "我写的理由"}, "", "我写的理由"),
        (2, {**OPENNESS, "seats_media": "", "why_media": "媒体关注"}, "写了为什么请，还没有填席位。", "媒体关注"),
        (2, {**OPENNESS, "broadcast_url": "不是网址", "why_public": "住在河边"}, "", "住在河边"),
        (5, {"meeting_kind": "executive", "wished_on": "下周三"}, "“下周三”不是日期", "下周三"),
        (4, {"disclosure": "secretly", "interpretation_plan": "我写的解读"}, "", "我写的解读"),
    ],
)
def test_wrong_input_is_named_and_nothing_typed_is_lost(desk, housing, clerk, step, typed, said, kept_words):
    kept = topic(housing, drafted_by=clerk)
    answer = desk.post(f"/workspace/topics/{kept.pk}/edit/{step}/", typed)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert kept_words in answer.content.decode()
    assert Topic.objects.get().version == 1


def test_an_incomplete_declaration_is_refused_with_every_lack_and_a_link_to_each(desk, housing, clerk):
    approvers(housing)
    kept = topic(housing, drafted_by=clerk)
    answer = desk.post(f"/workspace/topics/{kept.pk}/edit/6/")
    assert answer.status_code == 409
    assert "缺“背景和依据”。" in words(answer)
    assert answer.content.decode().count(f"/workspace/topics/{kept.pk}/edit/2/") >= 3
    assert Topic.objects.get().state == "drafting"


def test_seats_that_do_not_add_up_are_shown_as_wrong_beside_the_step(desk, housing, clerk):
    kept = topic(housing, drafted_by=clerk)
    desk.post(f"/workspace/topics/{kept.pk}/edit/2/", {**OPENNESS, "seats_total": "5"})
    shown = words(desk.get(f"/workspace/topics/{kept.pk}/edit/2/"))
    assert "席位合计 5，各类相加是 3。请改其中一个。" in shown
    assert "有误 1" in shown


def test_seats_are_added_up_when_the_total_is_left_empty(desk, housing, clerk):
    kept = topic(housing, drafted_by=clerk)
    desk.post(f"/workspace/topics/{kept.pk}/edit/2/", {**OPENNESS, "seats_total": ""})
    assert Topic.objects.get().seats_total == 3


def test_what_the_submission_needs_is_not_called_optional(desk, housing, clerk):
    kept = topic(housing, drafted_by=clerk)
    shown = words(desk.get(f"/workspace/topics/{kept.pk}/edit/5/"))
    assert "希望上会日期" in shown
    assert "选填" not in shown


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_step_is_shown_in_both_languages(desk, housing, clerk, step, prefix):
    kept = complete(housing)
    answer = desk.get(f"{prefix}/workspace/topics/{kept.pk}/edit/{step}/")
    assert answer.status_code == 200
    assert ("Six steps" if prefix else "六步") in words(answer)


@pytest.mark.parametrize("step", [0, 7])
def test_a_step_that_does_not_exist_is_not_found(desk, housing, clerk, step):
    kept = topic(housing, drafted_by=clerk)
    assert desk.get(f"/workspace/topics/{kept.pk}/edit/{step}/").status_code == 404


def test_a_secret_matter_shows_its_name_and_nothing_to_fill_in(desk, housing, clerk):
    desk.post("/workspace/topics/new/", {"title": "〇一", "department": housing.pk, "is_secret": "on"})
    kept = Topic.objects.get()
    assert kept.is_secret
    assert desk.get(f"/workspace/topics/{kept.pk}/edit/2/")["Location"].endswith("/edit/1/")
    first = desk.get(f"/workspace/topics/{kept.pk}/edit/1/").content.decode()
    assert 'name="title"' in first
    assert 'name="content"' not in first
    assert desk.post(f"/workspace/topics/{kept.pk}/edit/1/", {"title": "〇二", "content": "密"})["Location"].endswith("/edit/6/")
    after = Topic.objects.get()
    assert (after.title, after.content) == ("〇二", "")
    assert desk.get(f"/workspace/topics/{kept.pk}/").status_code == 200


def test_a_declaration_in_approval_is_not_edited(desk, housing):
    kept, _ = submitted(housing)
    answer = desk.get(f"/workspace/topics/{kept.pk}/edit/1/")
    assert answer.status_code == 409
    assert "内容不能直接改" in words(answer)


def test_the_department_list_of_a_new_matter_is_the_clerks_own(desk, housing):
    other = department(housing.government, name="教育局")
    assert "教育局" not in words(desk.get("/workspace/topics/new/"))
    answer = desk.post("/workspace/topics/new/", {"title": "写好的名称", "department": other.pk})
    assert "写好的名称" in answer.content.decode()
    assert not Topic.objects.exists()


def test_a_statutory_step_is_recorded_and_wrong_facts_are_kept(desk, housing, clerk):
    kept = topic(housing, drafted_by=clerk)
    paper = document(kept, "legality")
    wrong = desk.post(f"/workspace/topics/{kept.pk}/steps/legality/", {"status": "not_needed", "reason": "我写的理由"})
    assert wrong.status_code == 409
    assert "不能省略" in words(wrong)
    assert "我写的理由" in wrong.content.decode()
    facts = {"status": "done", "started_on": "2026-11-02", "done_on": "2026-11-13", "outcome": "lawful", "document_id": paper.pk}
    assert desk.post(f"/workspace/topics/{kept.pk}/steps/legality/", facts)["Location"].endswith("/edit/3/")
    assert desk.post(f"/workspace/topics/{kept.pk}/steps/expert/", {"status": "under_way", "people": ""})["Location"].endswith("/edit/3/")
    assert {each.kind: (each.status, each.outcome, each.document_id) for each in StatutoryStep.objects.all()} == {
        "legality": ("done", "lawful", paper.pk),
        "expert": ("under_way", "", None),
    }
    again = desk.get(f"/workspace/topics/{kept.pk}/steps/legality/").content.decode()
    assert "2026-11-13" in again
    assert desk.get(f"/workspace/topics/{kept.pk}/steps/nonsense/").status_code == 404


def test_a_step_recorded_after_approval_leads_back_to_the_dossier(desk, housing):
    kept = approved(housing)
    assert desk.post(f"/workspace/topics/{kept.pk}/steps/risk/", {"status": "under_way"})["Location"] == f"/workspace/topics/{kept.pk}/"
    upload = SimpleUploadedFile("r.txt", "风险".encode())
    assert (
        desk.post(f"/workspace/topics/{kept.pk}/documents/add/", {"kind": "risk", "disclosure": "open", "upload": upload})["Location"]
        == f"/workspace/topics/{kept.pk}/"
    )


def test_a_disguised_file_is_refused_and_the_words_about_it_kept(desk, housing, clerk):
    kept = topic(housing, drafted_by=clerk)
    upload = SimpleUploadedFile("draft.pdf", b"MZ\x90\x00" + b"\x00" * 60)
    answer = desk.post(
        f"/workspace/topics/{kept.pk}/documents/add/", {"kind": "draft", "disclosure": "open", "title": "我写的标题", "upload": upload}
    )
    assert answer.status_code == 409
    assert "我写的标题" in answer.content.decode()
    assert not TopicDocument.objects.exists()


def test_a_document_is_downloaded_and_removed_by_its_department(desk, housing, clerk):
    kept = topic(housing, drafted_by=clerk)
    paper = document(kept, words="正文")
    shown = desk.get(f"/workspace/topics/{kept.pk}/documents/{paper.pk}/")
    assert b"".join(shown.streaming_content).decode() == "正文"
    other = document(topic(housing))
    assert desk.get(f"/workspace/topics/{kept.pk}/documents/{other.pk}/").status_code == 404
    away = desk.post(f"/workspace/topics/{kept.pk}/documents/{paper.pk}/remove/", {"back": "//evil.example/"})
    assert away["Location"] == f"/workspace/topics/{kept.pk}/"
    assert not TopicDocument.objects.filter(pk=paper.pk).exists()


def test_the_dossier_shows_everything_and_what_comes_next(desk, housing):
    kept = approved(housing, is_major=True, major_category="policy", exclusion="")
    shown = words(desk.get(f"/workspace/topics/{kept.pk}/"))
    for expected in (kept.index_no, "下一步：", "公开征求意见", "专家论证", "不需要", "分管领导审批", "draft 文件", "开始申报", "批准"):
        assert expected in shown
    assert "topic." not in shown


def test_levels_are_given_from_the_dossier_and_the_reason_of_a_return_is_shown(housing):
    kept, (head, _, _) = submitted(housing)
    client = signed_in(Person.objects.get(pk=head.person_id))
    page = f"/workspace/topics/{kept.pk}/"
    assert "批准" in words(client.get(page))
    client.post(f"{page}return/", {"reason": ""})
    assert "要写明理由" in words(client.get(page))
    client.post(f"{page}return/", {"reason": "缺少依据文件"})
    shown = words(client.get(page))
    assert "已退回。" in shown
    assert "缺少依据文件" in shown
    assert Topic.objects.get().state == "returned"


def test_an_approval_given_twice_says_so_the_second_time(housing):
    kept, (head, *_) = submitted(housing)
    client = signed_in(Person.objects.get(pk=head.person_id))
    page = f"/workspace/topics/{kept.pk}/"
    for said in ("已批准这一级。", "这一步由"):
        client.post(f"{page}approve/", {"remark": "同意"})
        assert said in words(client.get(page))


def test_an_approved_matter_is_reopened_and_withdrawn_with_a_reason(desk, housing, clerk):
    kept = approved(housing)
    page = f"/workspace/topics/{kept.pk}/"
    desk.post(f"{page}reopen/", {"reason": "增加席位"})
    assert "重新报批" in words(desk.get(page))
    desk.post(f"{page}withdraw/", {"reason": "上级已有规定"})
    assert Topic.objects.get().state == "withdrawn"
    assert "上级已有规定" in words(desk.get(page))


def test_withholding_is_approved_from_the_dossier(housing):
    kept = approved(housing)
    paper = document(kept, "risk", disclosure="closed", ground="trade")
    office = person(housing.government, Role.OFFICE)
    client = signed_in(office)
    page = f"/workspace/topics/{kept.pk}/"
    assert "待批准" in words(client.get(page))
    client.post(f"{page}documents/{paper.pk}/withhold/")
    assert "已批准不公开" in words(client.get(page))
    assert TopicDocument.objects.get(pk=paper.pk).withheld_by == office.name


@pytest.mark.parametrize("way", ["approve", "return", "reopen", "withdraw", "documents/1/remove", "documents/1/withhold"])
def test_nothing_is_done_by_merely_opening_an_address(desk, housing, way):
    kept = approved(housing)
    assert desk.get(f"/workspace/topics/{kept.pk}/{way}/").status_code == 405


def test_people_of_other_departments_and_strangers_do_not_see_the_dossier(housing):
    kept = approved(housing)
    outsider = signed_in(person(housing.government, Role.CLERK, within=department(housing.government)))
    assert outsider.get(f"/workspace/topics/{kept.pk}/").status_code == 409
    assert outsider.get(f"/workspace/topics/{kept.pk}/print/").status_code == 409
    assert Client().get(f"/workspace/topics/{kept.pk}/").status_code == 302
    citizen = signed_in(person(housing.government))
    assert "没有岗位" in words(citizen.get(f"/workspace/topics/{kept.pk}/"))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=电梯&state=approved&area=welfare&year=2026",
        "?department=²&year=²&q=²",
        "?after=nonsense",
        "?after=WyJ4IiwxXQ",
        "?department=99999999999999999999",
    ],
)
def test_the_list_takes_whatever_is_asked(desk, housing, query):
    approved(housing)
    answer = desk.get(f"/workspace/topics/{query}")
    assert answer.status_code == 200


def test_the_list_says_when_nothing_fits(desk, housing):
    assert "没有符合条件的议题。" in words(desk.get("/workspace/topics/?q=没有的"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_at_1_and_at_30_rows(housing, clerk, desk, number, django_assert_max_num_queries):
    for n in range(number):
        topic(housing, title=f"议题{n}", drafted_by=clerk)
    desk.get("/workspace/topics/")
    with django_assert_max_num_queries(14):
        assert words(desk.get("/workspace/topics/")).count("议题") >= number


def test_the_declaration_prints_with_every_field(desk, housing):
    kept = approved(housing)
    shown = words(desk.get(f"/workspace/topics/{kept.pk}/print/"))
    for expected in (
        "议题申报表",
        kept.index_no,
        "城市治理",
        "住在老旧小区",
        "席位合计 3",
        "主动公开",
        "不属于重大行政决策事项",
        "draft 文件",
        "2027-01-20",
    ):
        assert expected in shown


@pytest.mark.parametrize("query", ["", "?kind=normdoc&wished=2026-12-31", "?kind=nonsense&wished=nonsense", "?wished=2026-11-25"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_planner_answers_whatever_is_asked(desk, query, prefix):
    answer = desk.get(f"{prefix}/workspace/planner/{query}")
    assert answer.status_code == 200
    assert ("Earliest lawful meeting day" if prefix else "最早合法上会日") in words(answer)
    if "nonsense" in query:
        assert "nonsense" in answer.content.decode()


def test_the_planner_offers_three_ways_out_when_the_wished_day_is_too_soon(desk):
    shown = words(desk.get("/workspace/planner/?wished=2020-01-02"))
    for expected in ("上不了会", "缩短征求意见", "先上会听情况", "《决策条例》第十五条"):
        assert expected in shown


def test_the_auditor_sees_no_business(housing):
    kept = approved(housing)
    assert signed_in(person(housing.government, Role.AUDITOR)).get(f"/workspace/topics/{kept.pk}/").status_code == 409
    assert actor(housing.government, Role.AUDITOR).is_staff
