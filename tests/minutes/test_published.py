"""What the public reads of minutes: only what was issued, names only of those who agreed."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from mingtang.kernel.text import speaking
from mingtang.minutes import actions, published, queries
from mingtang.minutes.models import Minutes, Suggestion
from mingtang.platform.actor import Role
from tests.factories.held import STARTS, held
from tests.factories.platform import actor, department, government, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
NOW = STARTS + timedelta(hours=2)
SECRET_WORD = "内部发言不得公开"


@pytest.fixture
def over():
    """A meeting with a suggestion of each kind, an internal record, and its minutes issued."""
    made = held()
    for n, (words, good) in enumerate((("写明一层住户的补偿。", True), ("免费送电梯。", False))):
        row = actions.record_suggestion(made.invitations[n].pk, actor=made.operator, now=NOW, text=words)
        actions.judge_suggestion(row.pk, actor=made.clerk, now=NOW, reasonable=good, reason="" if good else "财力不许可")
        actions.reply_suggestion(row.pk, actor=made.clerk, now=NOW, reply=f"答复{n}")
    actions.write_record(made.item.pk, actor=made.operator, now=NOW, speaker="副区长", text=SECRET_WORD, dissent=True)
    return made


def issue(over) -> Minutes:
    actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    return actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)


def url(over, end: str = "/") -> str:
    return f"/meetings/{over.meeting.pk}/minutes{end}"


def test_nothing_is_public_before_the_issue(over, client: Client):
    actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    assert published.bulletin(over.home.pk, over.meeting.pk) is None
    assert published.suggestions(over.meeting.pk) == []
    assert published.chain(over.topic.pk) == []
    for end in ("/", ".pdf", ".docx"):
        assert client.get(url(over, end)).status_code == 404


def test_the_bulletin_names_those_who_agreed_and_nobody_else(over, client: Client):
    issue(over)
    view = published.bulletin(over.home.pk, over.meeting.pk)
    assert view is not None
    assert view.observers == "张三（社会公众，向阳小区）\n社会公众2"
    shown = client.get(url(over)).content.decode()
    assert "张三" in shown
    for hidden in ("李四", "和平小区", SECRET_WORD):
        assert hidden not in shown
    said = published.suggestions(over.meeting.pk)
    assert [(str(each.who), each.text, each.reasonable, each.reason, each.reply) for each in said] == [
        ("张三", "写明一层住户的补偿。", True, "", "答复0"),
        ("社会公众 2", "免费送电梯。", False, "财力不许可", "答复1"),
    ]
    assert "免费送电梯" in shown
    assert published.bulletin(government().pk, over.meeting.pk) is None


def test_the_house_keeps_every_name(over):
    row = issue(over)
    assert "李四（社会公众，和平小区）" in published.view_of(row).observers


def test_a_suggestion_without_a_name_stays_without_one_in_the_text(over):
    Suggestion.objects.filter(text__startswith="免费").update(reasonable=True)
    issue(over)
    view = published.bulletin(over.home.pk, over.meeting.pk)
    assert view is not None
    assert "列席代表社会公众2建议：免费送电梯。" in view.body


def test_the_bulletin_comes_as_pdf_and_docx_with_its_number_and_lists(over, client: Client):
    issue(over)
    pdf = client.get(url(over, ".pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    said = "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf.content)).pages)
    docx = client.get(url(over, ".docx"))
    assert docx["Content-Disposition"] == f'attachment; filename="minutes-{over.meeting.pk}.docx"'
    written = "".join("".join(each.text.split()) for each in Document(io.BytesIO(docx.content)).paragraphs)
    for words in (
        "清河区人民政府常务会议纪要",
        "政纪要〔2026〕1号",
        "第1次政府常务会议纪要",
        "2026年12月4日，区长陈一在区政府第一会议室主持召开第1次政府常务会议。",
        "一、清河区老旧小区加装电梯补助实施办法",
        "出席：区长陈一、区住房和城乡建设局",
        "列席：张三（社会公众，向阳小区）、社会公众2",
    ):
        assert words in said, words
        assert words in written, words
    assert SECRET_WORD not in said + written


def test_a_corrected_bulletin_says_so_and_the_old_one_stays_until_then(over, client: Client):
    issue(over)
    actions.correct_minutes(over.meeting.pk, actor=over.operator, now=NOW, reason="写错了日期")
    assert "写错了日期" not in client.get(url(over)).content.decode()
    general = queries.section_named(over.meeting.pk, "general")
    actions.write_section(general.pk, actor=over.operator, now=NOW, text="日期已改。", base=general.version)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)
    shown = client.get(url(over)).content.decode()
    assert "写错了日期" in shown
    assert "日期已改。" in shown


def test_an_unchanged_bulletin_is_not_sent_twice(over, client: Client):
    issue(over)
    first = client.get(url(over))
    assert client.get(url(over), headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert "Set-Cookie" not in first


def test_the_bulletin_is_in_english_where_it_is_ours_to_say(over, client: Client):
    issue(over)
    shown = client.get(f"/en{url(over)}").content.decode()
    assert "What representatives suggested" in shown


def test_the_matters_chain_tells_of_the_minutes(over):
    issue(over)
    entry = published.chain(over.topic.pk)[0]
    assert (entry.at, str(entry.body), entry.url) == (NOW, "政纪要〔2026〕1 号。代表合理化建议 1 条写入纪要。", url(over))
    with speaking("en"):
        assert "1 reasonable" in str(entry.body)


def test_evidence_counts_what_stands_in_issued_minutes(over):
    row = issue(over)
    days = (over.home.pk, date(2026, 12, 1), date(2026, 12, 31))
    assert (queries.suggestions_written(*days).kept, queries.names_listed(*days).kept) == (1, 2)
    assert (queries.suggestions_written(*days).broken, queries.names_listed(*days).broken) == (0, 0)
    row.body, row.observers = "空", "张三丰"
    row.save()
    assert (queries.suggestions_written(*days).broken, queries.names_listed(*days).broken) == (1, 2)
    assert queries.suggestions_written(over.home.pk, date(2026, 1, 1), date(2026, 1, 2)).kept == 0


def test_the_desk_asks_for_a_draft_and_then_for_the_issue(over):
    def asked(who) -> list[tuple[str, date | None]]:
        found = queries.desk(who, NOW + timedelta(days=1))
        return [(str(each.title), each.due_on) for each in found if "纪要" in str(each.title)]

    due = date(2026, 12, 7)
    assert (asked(over.operator), asked(over.office)) == ([("起草会议纪要", due)], [])
    actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    assert (asked(over.operator), asked(over.office)) == ([], [("印发会议纪要", due)])
    actions.issue_minutes(over.meeting.pk, actor=over.office, now=NOW)
    assert asked(over.operator) == asked(over.office) == []


def signed_in(over, *roles: Role, **options) -> Client:
    browser = Client()
    browser.force_login(person(over.home, *roles, **options))
    return browser


def test_the_operator_and_the_office_walk_the_page_from_suggestion_to_issue(over):
    place = f"/workspace/meetings/{over.meeting.pk}/minutes/"
    record = f"/workspace/meetings/{over.meeting.pk}/record/"
    operator, office = signed_in(over, Role.OPERATOR), signed_in(over, Role.OFFICE)
    assert operator.get(place).status_code == 200
    operator.post(f"{place}suggestions/", {"invitation": over.invitations[0].pk, "text": "再加一条。"})
    row = Suggestion.objects.get(text="再加一条。")
    operator.post(f"{place}suggestions/", {"invitation": "x", "text": "不算"})
    office.post(f"{place}suggestions/{row.pk}/", {"reasonable": "1"})
    office.post(f"{place}suggestions/{row.pk}/", {"reply_now": "1", "reply": "已采纳"})
    operator.post(f"{record}add/", {"item": over.item.pk, "speaker": "局长", "text": "汇报"})
    operator.post(f"{record}add/", {"item": "x", "speaker": "局长", "text": "不算"})
    operator.post(f"{place}compose/")
    made = Minutes.objects.get()
    part = queries.section_named(over.meeting.pk, "excused")
    saved = operator.post(f"{place}text/{part.pk}/", {"text": "副区长", "base": part.version})
    assert (saved.status_code, saved["Location"]) == (302, f"{place}text/#s-{part.pk}")
    operator.post(f"{place}circulate/")
    office.post(f"{place}return/", {"reason": "再核对"})
    operator.post(f"{place}circulate/")
    assert "印发" in office.get(place).content.decode()
    office.post(f"{place}issue/")
    made.refresh_from_db()
    assert (made.state, "再加一条。" in made.body) == ("issued", True)
    assert [each.text for each in queries.record_lines(over.meeting.pk)] == [SECRET_WORD, "汇报"]
    operator.post(f"{place}correct/", {"reason": "错字"})
    made.refresh_from_db()
    assert made.state == "drafting"


def test_a_refused_step_is_explained_on_the_page(over):
    place = f"/workspace/meetings/{over.meeting.pk}/minutes/"
    operator = signed_in(over, Role.OPERATOR)
    assert "纪要还没有正文" in operator.post(f"{place}circulate/", follow=True).content.decode()
    actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    actions.circulate_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    part = queries.section_named(over.meeting.pk, "excused")
    kept = operator.post(f"{place}text/{part.pk}/", {"text": "我写的", "base": part.version})
    assert kept.status_code == 409
    assert "我写的" in kept.content.decode()


def test_what_was_written_down_comes_back_when_it_cannot_be_kept(over):
    place = f"/workspace/meetings/{over.meeting.pk}/minutes/"
    record = f"/workspace/meetings/{over.meeting.pk}/record/"
    operator = signed_in(over, Role.OPERATOR)
    nobody = operator.post(f"{place}suggestions/", {"invitation": "", "text": "灯要亮一些。"})
    assert (nobody.status_code, "灯要亮一些。</textarea>" in nobody.content.decode()) == (200, True)
    unnamed = operator.post(f"{record}add/", {"item": over.item.pk, "speaker": "", "text": "先试行一年。"})
    assert (unnamed.status_code, "先试行一年。</textarea>" in unnamed.content.decode()) == (200, True)
    clerk = signed_in(over, Role.CLERK, within=over.department)
    refused = clerk.post(f"{place}suggestions/", {"invitation": over.invitations[0].pk, "text": "灯要亮一些。"})
    assert (refused.status_code, SECRET_WORD in refused.content.decode()) == (409, False)
    silent = clerk.post(f"{record}add/", {"item": over.item.pk, "speaker": "局长", "text": "汇报"})
    assert silent.status_code == 409


def test_the_internal_record_is_shown_to_those_who_may_see_it(over):
    record = f"/workspace/meetings/{over.meeting.pk}/record/"
    assert SECRET_WORD in signed_in(over, Role.OPERATOR).get(record).content.decode()
    leader = signed_in(over, Role.LEADER)
    assert SECRET_WORD not in leader.get(record).content.decode()
    assert SECRET_WORD in leader.post(record, {"look": "1", "purpose": "核对"}).content.decode()
    clerk = signed_in(over, Role.CLERK, within=over.department)
    shut = clerk.post(record, {"look": "1", "purpose": "好奇"})
    assert (shut.status_code, SECRET_WORD in shut.content.decode()) == (409, False)


def test_the_draft_comes_as_files_for_the_house_only(over):
    place = f"/workspace/meetings/{over.meeting.pk}/minutes/draft."
    office = signed_in(over, Role.OFFICE)
    assert office.get(f"{place}docx").status_code == 404
    actions.compose_minutes(over.meeting.pk, actor=over.operator, now=NOW)
    whole = "".join(each.text for each in Document(io.BytesIO(office.get(f"{place}docx").content)).paragraphs)
    assert "李四（社会公众，和平小区）" in whole
    assert office.get(f"{place}pdf").content.startswith(b"%PDF-")
    assert signed_in(over, Role.CLERK, within=over.department).get(f"{place}pdf").status_code == 409
    assert Client().get(f"{place}pdf").status_code == 302


def test_a_suggestion_of_another_government_is_not_found(over):
    with refused("gone"):
        queries.suggestion_for_update(0)
    stranger = actor(government(), Role.OFFICE)
    assert queries.desk(stranger, NOW) == []
    assert department(over.home)
