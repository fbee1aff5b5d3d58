"""What the public sees: the list, the draft, the opinions, the form, the receipt; and what it never sees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.consultations import actions, published
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.models import Consultation, Opinion, OpinionContact, OpinionFile
from mingtang.platform.actor import system
from mingtang.platform.clock import closing_of, day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.figures.models import FigureSetting
from mingtang.platform.web.chain import Progress
from tests.factories.consultations import CLOSES, closed, complete, in_review, opened, opinion, reviewed, withhold
from tests.factories.platform import NOW, TODAY, department, government
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page(url: str, **headers: str):
    return Client().get(url, headers=headers)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_empty_list_says_what_will_stand_here(prefix):
    government()
    assert ("Nothing here." if prefix else "这里没有征求意见。") in words(page(f"{prefix}/consultations/"))


def test_what_was_never_open_is_on_no_public_page():
    home = government()
    for made in (complete(approved(department(home))), in_review(approved(department(home))), reviewed(approved(department(home)))):
        row = made[0]
        for url in ("", "opinions/", "say/", "report/", "report/opinions.csv", "report/opinions.jsonl"):
            assert page(f"/consultations/{row.pk}/{url}").status_code == 404
    assert "加装电梯" not in words(page("/consultations/"))


def test_another_governments_consultation_is_not_here():
    home = government()
    row, _clerk = opened(approved(department(home)))
    other = government()
    for url in ("", "opinions/", "say/"):
        assert Client(headers={"host": other.host}).get(f"/consultations/{row.pk}/{url}").status_code == 404
        assert Client(headers={"host": home.host}).get(f"/consultations/{row.pk}/{url}").status_code == 200


@pytest.mark.parametrize("number", ["404", "99999999999999999999999"])
def test_a_number_that_nothing_has_is_not_found(number):
    government()
    for url in ("", "opinions/", "say/", "report/"):
        assert page(f"/consultations/{number}/{url}").status_code == 404


def test_the_page_shows_draft_plain_words_and_numbers_per_clause():
    row, clerk = opened()
    third = row.clauses.get(label="第三条")
    opinion(row, "太少", clause_id=third.pk, stance="change")
    opinion(row, "很好", clause_id=third.pk, stance="for")
    opinion(row, "总体可以", by=clerk, channel="paper")
    shown = words(page(f"/consultations/{row.pk}/"))
    for expected in (
        "意见 3 条",
        "网上 2",
        "纸质 1",
        "赞成 1",
        "建议修改 1",
        "2 条意见",
        "对整个草案 1 条意见",
        "第一章",
        "四层以上的老房子都算。",
        "每台补助十五万元。",
        "住在老旧小区的人",
        "装电梯可以申请补助",
        "补助标准合适吗",
        "电话 0000-0000001，工作日",
        "法定不少于 15 日",
    ):
        assert expected in shown, expected
    assert "15 days required" in words(page(f"/en/consultations/{row.pk}/"))


def test_public_pages_set_no_cookie_and_answer_conditionally():
    row, _clerk = opened()
    client = Client()
    for url in ("/consultations/", f"/consultations/{row.pk}/", f"/consultations/{row.pk}/opinions/"):
        first = client.get(url)
        assert not first.cookies
        assert "csrf" not in first.content.decode()
        assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 304
    tags = {url: client.get(url)["ETag"] for url in ("/consultations/", f"/consultations/{row.pk}/")}
    opinion(row)
    for url, tag in tags.items():
        assert client.get(url, headers={"if-none-match": tag}).status_code == 200


def test_withheld_words_contacts_and_numbers_never_reach_the_public():
    row, _clerk = opened()
    secret = opinion(row, "骂人的秘密话")
    waiting = opinion(row, "还没审的秘密话")
    private = opinion(row, "不许公开的秘密话", publish_consent=False, shown=True)
    phoned = opinion(
        row, "请打13812345678，找我", name="王小明", email="wang@example.org", phone="13987654321", display_name="", shown=True
    )
    withhold(row, [secret.pk], now=NOW, code="abuse", note="含辱骂，电话13812345678")
    pages = [f"/consultations/{row.pk}/", f"/consultations/{row.pk}/opinions/", "/consultations/", "/", f"/matters/{row.topic_id}/"]
    for url in pages:
        html = page(url).content.decode()
        assert "秘密话" not in html, url
        for hidden in (
            "13812345678",
            "13987654321",
            "王小明",
            "wang@example.org",
            phoned.author_key,
            secret.receipt,
            waiting.receipt,
            private.receipt,
        ):
            assert hidden not in html, (url, hidden)
    shown = words(page(f"/consultations/{row.pk}/opinions/"))
    assert "138████5678" in shown
    assert "依法不显示：侮辱、谩骂" in shown
    assert "含辱骂" in shown
    assert "没有同意公开" in shown
    assert "收到 4 条：已显示 2，待审核 1，依法不显示 1" in shown


def test_opinions_are_paged_and_narrowed_by_clause():
    row, _clerk = opened()
    second = row.clauses.get(label="第二条")
    given = [OpinionIn(f"第{n}号意见", channel="web", clause_id=second.pk if n % 2 else None, outside_id=str(n)) for n in range(70)]
    actions.receive_many(row.pk, given, actor=system(row.government_id), now=NOW)
    actions.show_all(row.pk, actor=system(row.government_id), now=NOW)
    seen, url = [], f"/consultations/{row.pk}/opinions/?clause={second.pk}"
    while url:
        html = page(url).content.decode()
        seen += re.findall(r"第(\d+)号意见", html)
        found = re.search(r'rel="next" href="([^"]+)"', html)
        url = found[1].replace("&amp;", "&") if found else ""
    assert seen == [str(n) for n in range(69, 0, -2)]
    assert len(re.findall(r"号意见", page(f"/consultations/{row.pk}/opinions/?clause=0").content.decode())) == 30


@pytest.mark.parametrize(
    "query", ["clause=x", "clause=" + "9" * 40, "after=nonsense", "after=WyJ4Il0", "after=WzFd", "after=WyJ4IiwxXQ", "which=x", "clause=-1"]
)
def test_pages_take_whatever_is_asked(query):
    row, _clerk = opened()
    for url in (f"/consultations/{row.pk}/opinions/", "/consultations/", f"/consultations/{row.pk}/", f"/consultations/{row.pk}/say/"):
        assert page(f"{url}?{query}").status_code == 200


def queries_of(url: str) -> int:
    page(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert page(url).status_code == 200
    return len(caught)


def test_a_page_costs_the_same_at_one_and_at_a_thousand_opinions():
    row, _clerk = opened()
    opinion(row, shown=True)
    urls = [f"/consultations/{row.pk}/", f"/consultations/{row.pk}/opinions/", "/consultations/", f"/consultations/{row.pk}/say/"]
    before = [queries_of(url) for url in urls]
    clauses = [None, *row.clauses.values_list("pk", flat=True)]
    many = [OpinionIn(f"第{n}条", channel="web", clause_id=clauses[n % 4], outside_id=str(n)) for n in range(1000)]
    actions.receive_many(row.pk, many, actor=system(row.government_id), now=NOW)
    actions.show_all(row.pk, actor=system(row.government_id), now=NOW)
    assert [queries_of(url) for url in urls] == before
    assert max(before) <= 16


def test_the_list_costs_the_same_at_one_and_at_thirty_consultations():
    home = government()
    housing = department(home)
    opened(approved(housing))
    before = queries_of("/consultations/")
    first = Consultation.objects.get()
    for n in range(31):
        made = approved(housing)
        Consultation.objects.create(
            government=home,
            topic=made,
            state="open",
            kind="other",
            prepared_by=first.prepared_by,
            created_at=NOW,
            opened_at=NOW + timedelta(minutes=n),
            closes_on=CLOSES,
        )
    assert queries_of("/consultations/") == before
    assert "after=" in page("/consultations/").content.decode()


def test_the_list_is_narrowed_by_what_it_waits_for():
    home = government()
    today = day_of(NOW)
    rows = {name: opened(approved(department(home)))[0] for name in ("open", "waiting", "done", "cancelled")}
    for name, change in {
        "waiting": {"closes_on": today - timedelta(days=40)},
        "done": {"state": "reported", "reported_at": NOW, "closes_on": today - timedelta(days=9)},
        "cancelled": {"state": "cancelled", "cancelled_at": NOW, "cancel_reason": "政策有变"},
    }.items():
        Consultation.objects.filter(pk=rows[name].pk).update(**change)
    found = {
        which: {row.id for row in published.consultations(home.pk, today, which=which)[1]} for which in ("open", "waiting", "done", "")
    }
    assert found == {
        "open": {rows["open"].pk},
        "waiting": {rows["waiting"].pk},
        "done": {rows["done"].pk},
        "": {row.pk for row in rows.values()},
    }
    assert [row.id for row in published.open_now(home.pk, today)] == [rows["open"].pk]
    assert [row.id for row in published.awaiting_report(home.pk, today)] == [rows["waiting"].pk]
    late = published.overdue_reports(home.pk, today)
    assert [(row.id, row.report_late) for row in late] == [(rows["waiting"].pk, 10)]
    assert "逾期" in words(page("/consultations/?which=waiting"))


def test_a_cancelled_consultation_keeps_its_page_with_the_reason():
    row, clerk = opened()
    opinion(row, "说过的话", shown=True)
    actions.cancel_consultation(row.pk, actor=clerk, now=NOW, reason="上级政策有变")
    shown = words(page(f"/consultations/{row.pk}/"))
    assert "已取消" in shown
    assert "上级政策有变" in shown
    assert f"/consultations/{row.pk}/say/" not in page(f"/consultations/{row.pk}/").content.decode()
    assert "说过的话" in words(page(f"/consultations/{row.pk}/opinions/"))
    assert "征求意见已取消" in words(page(f"/consultations/{row.pk}/say/"))
    assert "征求意见已取消" in words(page(f"/r/{Opinion.objects.get().receipt}/"))
    assert page(f"/matters/{row.topic_id}/").status_code == 200


def test_an_extension_and_a_shortening_are_explained_in_public():
    row, clerk = opened(closes_on=TODAY + timedelta(days=5), shorten_reason="汛期将至")
    actions.extend_consultation(row.pk, actor=clerk, now=NOW, closes_on=CLOSES, reason="多听几天")
    shown = words(page(f"/consultations/{row.pk}/"))
    assert "缩短期限的理由：汛期将至" in shown
    assert "多听几天" in shown


# saying something


def say(row: Consultation, client: Client | None = None, **typed):
    given = {"stance": "change", "text": "补助太少了", "audience": "", "publish_consent": "on", "token": "t1", "clause": ""}
    return (client or Client()).post(f"/consultations/{row.pk}/say/", {**given, **typed})


def test_somebody_without_an_account_says_something_and_follows_it():
    row, _clerk = opened()
    client = Client()
    form = client.get(f"/consultations/{row.pk}/say/?clause={row.clauses.get(position=3).pk}")
    assert "对第三条提意见" in words(form)
    token = re.search(r'name="token" value="([^"]+)"', form.content.decode())[1]
    sent = say(row, client, token=token, clause=str(row.clauses.get(position=3).pk))
    made = Opinion.objects.get()
    assert sent["Location"] == f"/r/{made.receipt}/?new=1"
    assert made.clause.label == "第三条"
    receipt = words(client.get(sent["Location"]))
    assert made.receipt in receipt
    assert "待审核" in receipt
    assert say(row, client, token=token)["Location"] == sent["Location"]
    withhold(row, [made.pk], now=NOW, code="off_topic", note="说的是另一件事")
    after = words(page(f"/r/{made.receipt.lower()}/"))
    assert "与草案无关" in after
    assert "说的是另一件事" in after
    assert "补助太少了" in after


def test_wrong_input_keeps_what_was_typed_and_says_the_fix():
    row, _clerk = opened()
    answer = say(row, text="", stance="", email="不是邮箱", name="王小明")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not Opinion.objects.exists()
    assert "请填写这一项" in html
    assert 'value="不是邮箱"' in html
    assert 'value="王小明"' in html
    assert 'value="t1"' in html
    too_long = say(row, text="长" * 2001)
    assert "长" * 2001 in too_long.content.decode()


def test_the_form_comes_as_a_fragment_or_as_a_page():
    row, _clerk = opened()
    part = page(f"/consultations/{row.pk}/say/", **{"hx-request": "true"})
    assert "<html" not in part.content.decode()
    assert "csrfmiddlewaretoken" in part.content.decode()
    assert "no-store" in part["Cache-Control"]
    assert "<html" in page(f"/consultations/{row.pk}/say/").content.decode()


def test_a_form_without_its_token_of_origin_is_refused():
    row, _clerk = opened()
    strict = Client(enforce_csrf_checks=True)
    assert say(row, strict).status_code == 403
    assert not Opinion.objects.exists()


def test_contact_and_attachments_are_kept_for_staff():
    row, _clerk = opened()
    sent = say(row, name="王小明", email="wang@example.org", phone="0000", uploads=[SimpleUploadedFile("照片.txt", "照片".encode())])
    assert sent.status_code == 302
    assert OpinionContact.objects.get().email == "wang@example.org"
    assert OpinionFile.objects.get().file.name == "照片.txt"
    receipt = page(f"/r/{Opinion.objects.get().receipt}/").content.decode()
    assert "wang@example.org" not in receipt
    assert "王小明" not in receipt


def test_too_many_or_dangerous_attachments_are_refused_with_the_cause():
    row, _clerk = opened()
    four = [SimpleUploadedFile(f"{n}.txt", b"x y z") for n in range(4)]
    assert "最多 3 个文件" in words(say(row, uploads=four))
    bad = say(row, uploads=[SimpleUploadedFile("a.exe", b"MZ\x90\x00" + b"\x00" * 99)])
    assert bad.status_code == 409
    assert "补助太少了" in bad.content.decode()
    assert not Opinion.objects.exists()


def test_when_it_is_closed_the_form_says_so_and_takes_nothing():
    row, _clerk = opened()
    Consultation.objects.filter(pk=row.pk).update(closes_on=TODAY - timedelta(days=30))
    assert "24:00 截止" in words(page(f"/consultations/{row.pk}/say/"))
    assert "<textarea" not in page(f"/consultations/{row.pk}/say/").content.decode()
    late = say(row)
    assert late.status_code == 409
    assert "截止" in words(late)
    assert "补助太少了" in late.content.decode()
    assert not Opinion.objects.exists()


def test_a_flood_from_one_address_is_slowed_and_the_text_kept():
    row, _clerk = opened()
    FigureSetting.objects.create(
        government=row.government,
        key="opinion.rate_per_hour",
        value="2",
        since_on=TODAY - timedelta(days=400),
        set_at=NOW,
        set_by=row.prepared_by,
    )
    assert [say(row, token=f"t{n}").status_code for n in range(3)] == [302, 302, 409]
    assert Opinion.objects.count() == 2
    assert "补助太少了" in say(row, token="t9").content.decode()
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert say(row, elsewhere, token="t10").status_code == 302


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}"])
def test_a_receipt_is_found_however_it_is_typed(typed):
    row, _clerk = opened()
    made = opinion(row)
    code = typed.format(made.receipt, lower=made.receipt.lower())
    assert Client().get("/r/", {"code": code})["Location"] == f"/r/{made.receipt}/"


@pytest.mark.parametrize("code", ["QH-0000-0000-0000", "x", "'; drop", "长" * 300])
def test_a_receipt_that_is_not_there_is_said_kindly(code):
    government()
    assert "没有这个回执号" in words(Client().get("/r/", {"code": code}))
    assert page("/r/QH-0000-0000-0000/").status_code == 404
    assert page("/r/").status_code == 200


def test_a_receipt_of_another_government_is_not_found():
    row, _clerk = opened()
    made = opinion(row)
    assert Client(headers={"host": government().host}).get(f"/r/{made.receipt}/").status_code == 404


# what the matter page gets


def stages_of(row: Consultation, now):
    return published.stages(row.topic_id, figures_for(row.government_id, day_of(now)), work_calendar(), now)


def test_the_chain_tells_opening_doors_and_cancelling():
    row, clerk = opened()
    assert published.chain(404) == []
    assert [str(each.title) for each in published.chain(row.topic_id)] == [f"公开征求意见，至 {CLOSES} 24:00"]
    assert str(published.chain(row.topic_id)[0].body) == "0 条意见。"
    assert {document.url for document in published.chain(row.topic_id)[0].documents}
    opinion(row)
    opinion(row, by=clerk, channel="phone")
    assert str(published.chain(row.topic_id)[0].body) == "网上 1 条、电话 1 条。"
    assert published.of_topic(row.topic_id, day_of(NOW)) == (row.pk, True)
    actions.cancel_consultation(row.pk, actor=clerk, now=NOW, reason="政策有变")
    assert [str(each.body) for each in published.chain(row.topic_id)][-1] == "政策有变"
    assert published.of_topic(row.topic_id, day_of(NOW)) == (row.pk, False)
    assert [each.progress for each in stages_of(row, NOW)] == [Progress.SKIPPED, Progress.NEXT]
    assert published.of_topic(404, day_of(NOW)) == (0, False)


def test_the_stages_follow_the_clock_without_any_worker():
    row, _clerk = opened()
    at = closing_of(CLOSES)
    for now, expected in (
        (NOW, [Progress.NOW, Progress.NEXT]),
        (at - timedelta(minutes=1), [Progress.NOW, Progress.NEXT]),
        (at, [Progress.DONE, Progress.NOW]),
        (at + timedelta(days=29), [Progress.DONE, Progress.NOW]),
        (at + timedelta(days=31), [Progress.DONE, Progress.LATE]),
    ):
        assert [each.progress for each in stages_of(row, now)] == expected, now


def test_before_any_consultation_the_stages_name_the_rule():
    made = approved()
    assert [each.progress for each in published.stages(made.pk, figures_for(made.government_id, TODAY), work_calendar(), NOW)] == [
        Progress.NEXT,
        Progress.NEXT,
    ]


def test_a_closed_consultation_awaits_its_report():
    row, _clerk = closed(opinions=2)
    view = published.consultation(row.government_id, row.pk, closing_of(CLOSES))
    assert view is not None
    assert (view.row.is_open, view.shown, view.waiting) == (False, 2, 0)
    assert "已截止" in words(page(f"/consultations/{row.pk}/"))
