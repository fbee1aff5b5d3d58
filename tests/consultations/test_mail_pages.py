"""The desk of mails in the browser's eyes: trays, one mail, what is typed and kept, where the public is told to write."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from mingtang.consultations.models import Mail, Mailbox, Opinion
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import closing_of
from mingtang.platform.mailbox.boxes import boxes_in
from tests.factories.consultations import CLOSES, clerk_person, closed, opened
from tests.factories.mails import PDF, arrived, assigned, mail
from tests.factories.platform import NOW, person

pytestmark = pytest.mark.django_db
BOX = boxes_in("imaps://yijian%40qinghe.example.org:geheim@mail.example.org/INBOX")


def shown(answer) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def desk():
    row, _clerk = opened()
    return row, signed_in(clerk_person(row))


def typed(**fields: str) -> dict[str, str]:
    return {"clause": "3", "stance": "3", "text": "第三条太少", "token": "k1", **fields}


def test_an_empty_tray_says_what_would_lie_there_and_how_to_connect_a_box(desk):
    _row, browser = desk
    page = shown(browser.get("/workspace/mails/"))
    assert ("这一格没有邮件" in page, "还没有接邮箱" in page) == (True, True)
    assert "No mail lies here" in shown(browser.get("/en/workspace/mails/?tray=aside"))
    assert "自动回复、退信和群发邮件放在这里" in shown(browser.get("/workspace/mails/?tray=automatic"))


def test_the_trays_show_what_lies_in_them_and_never_who_sent_it(desk):
    row, browser = desk
    arrived(mail(subject="散件", message_id="<0@x>", files=(("a.pdf", PDF),)), row)
    assigned(row, message_id="<1@x>")
    assigned(row, message_id="<2@x>", Auto_Submitted="auto-replied")
    trays = {tray: shown(browser.get(f"/workspace/mails/?tray={tray}")) for tray in ("unplaced", "waiting", "automatic", "nonsense")}
    assert ("散件" in trays["unplaced"], "附件 1" in trays["unplaced"], "散件" in trays["nonsense"]) == (True, True, True)
    assert (f"[QH-B{row.pk}] 意见" in trays["waiting"], "自动回复" in trays["automatic"]) == (True, True)
    assert not [tray for tray, page in trays.items() if "example.org" in page or "李四" in page]
    assert "这一格没有邮件" in shown(browser.get(f"/workspace/mails/?tray=waiting&consultation={row.pk + 9}"))


def test_the_desk_says_when_the_box_was_read_and_that_it_cannot_be(desk, settings):
    row, browser = desk
    settings.MINGTANG_MAILBOXES = BOX
    box = Mailbox.objects.create(government=row.government, key=BOX[0].key, read_at=NOW)
    assert "公众写到 yijian@qinghe.example.org" in shown(browser.get("/workspace/mails/"))
    Mailbox.objects.filter(pk=box.pk).update(problem="sign-in: failed", problem_at=NOW)
    page = shown(browser.get("/workspace/mails/"))
    assert ("邮箱自 2026-11-24" in page, "sign-in: failed" in page, "geheim" in page) == (True, True, False)


def test_a_mail_shows_its_words_folds_the_rest_and_lists_what_was_refused(desk):
    row, browser = desk
    made = assigned(row, "太少\n\n-- \n某某小区", files=(("a.pdf", PDF), ("b.pdf", b"MZ\x90\x00")))
    page = browser.get(f"/workspace/mails/{made.pk}/")
    for each in (
        "太少",
        "后面的引文和签名 8 字，没有算作意见",
        "a.pdf",
        "没有收：“b.pdf”不是可以上传的类型。",
        f"QH-B{row.pk}",
        "整封收下",
    ):
        assert each in shown(page)
    assert "li@example.org" not in page.content.decode()
    kept = made.files.get(position=1)
    assert b"".join(browser.get(f"/workspace/mails/{made.pk}/files/{kept.pk}/").streaming_content) == PDF
    assert browser.get(f"/workspace/mails/{made.pk}/files/{made.files.get(position=2).pk}/").status_code == 409


def test_who_sent_it_is_shown_for_a_purpose_only(desk):
    row, browser = desk
    made = assigned(row)
    assert "要写明用途" in shown(browser.post(f"/workspace/mails/{made.pk}/sender/", {"purpose": ""}))
    page = browser.post(f"/workspace/mails/{made.pk}/sender/", {"purpose": "核对单位"})
    assert ("li@example.org" in shown(page), "本次查看已留痕" in shown(page)) == (True, True)
    assert Act.objects.filter(event="mail.look_at_sender", reason="核对单位").count() == 1


def test_one_press_takes_it_whole_and_a_second_changes_nothing(desk):
    row, browser = desk
    made = assigned(row)
    for _again in range(2):
        answer = browser.post(f"/workspace/mails/{made.pk}/accept/", {"token": "t1"}, follow=True)
    said = Opinion.objects.get()
    assert (said.text, said.channel, said.receipt in shown(answer), "撤销" in shown(answer)) == (
        "我觉得每台二十万元不够。",
        "email",
        True,
        True,
    )


def test_wrong_input_keeps_the_words_and_right_input_makes_an_opinion_on_the_clause(desk):
    row, browser = desk
    made = assigned(row)
    url = f"/workspace/mails/{made.pk}/"
    assert "我觉得每台二十万元不够。" in browser.get(url).context["form"]["text"].value()
    bad = browser.post(url, typed(clause="9", text="我改过的字"))
    assert ("草案没有第 9 条，共 3 条" in shown(bad), "我改过的字" in bad.content.decode(), Opinion.objects.count()) == (True, True, 0)
    browser.post(url, typed(organisation="某业委会", silent="on"))
    said = Opinion.objects.get()
    assert (said.clause.label, said.stance, said.text, said.organisation, said.publish_consent) == (
        "第三条",
        "change",
        "第三条太少",
        "某业委会",
        False,
    )
    again = browser.post(url, typed(token="k2"))
    assert (again.status_code, "已经录过" in shown(again), "第三条太少" in again.content.decode()) == (409, True, True)


def test_a_mail_is_given_set_aside_and_taken_up_with_a_word_each_time(desk):
    row, browser = desk
    made = arrived(mail(), row)
    url = f"/workspace/mails/{made.pk}/"
    assert "还没有选征求意见" in shown(browser.post(f"{url}assign/", {}, follow=True))
    assert "已归好" in shown(browser.post(f"{url}assign/", {"consultation": row.pk}, follow=True))
    assert "已放回" in shown(browser.post(f"{url}assign/", {"release": "1"}, follow=True))
    assert "没有公开" in shown(browser.post(f"{url}assign/", {"consultation": row.pk + 77}))
    assert "有 1 处需要改" in shown(browser.post(f"{url}aside/", {"code": "", "note": "写过的说明"}))
    assert "已放在一边" in shown(browser.post(f"{url}aside/", {"code": "letter"}, follow=True))
    assert "现在是" in shown(browser.post(f"{url}aside/", {"code": "spam"}))
    assert "重新拿出来办" in shown(browser.post(f"{url}take-up/", follow=True))
    assert Mail.objects.get().state == "waiting"


def test_an_opinion_made_by_mistake_is_undone_on_the_page_of_its_mail(desk):
    row, browser = desk
    made = assigned(row)
    url = f"/workspace/mails/{made.pk}/"
    browser.post(f"{url}accept/", {"token": "t1"})
    entry = made.entries.get()
    answer = browser.post(f"/workspace/consultations/{row.pk}/entry/{entry.pk}/undo/", {"reason": "看错", "next": url})
    assert (answer["Location"], Mail.objects.get().state) == (url, "waiting")


def test_a_late_mail_says_so_with_the_rule(settings):
    settings.MINGTANG_CLOCK = "tests.consultations.test_mail_pages.after_closing"
    row, _clerk = closed()
    made = assigned(row, at=after_closing(), now=after_closing())
    browser = signed_in(clerk_person(row))
    assert "截止之后才到" in shown(browser.get(f"/workspace/mails/{made.pk}/"))
    assert "逾期" in shown(browser.get("/workspace/mails/?tray=waiting"))


def after_closing():
    return closing_of(CLOSES) + timedelta(hours=2)


def test_mails_are_for_those_who_sort_them(desk):
    row, _browser = desk
    made = assigned(row)
    other = signed_in(person(row.government, "moderator"))
    assert [other.get(url).status_code for url in ("/workspace/mails/", f"/workspace/mails/{made.pk}/")] == [409, 409]
    assert Client().get("/workspace/mails/").status_code == 302


def test_the_page_of_a_consultation_says_where_to_write_once_a_box_is_connected(settings):
    row, _clerk = opened()
    url = f"/consultations/{row.pk}/"
    before = Client().get(url)
    assert "主题里写" not in shown(before)
    settings.MINGTANG_MAILBOXES = BOX
    after = Client().get(url, headers={"If-None-Match": before["ETag"]})
    assert f"yijian@qinghe.example.org，主题里写 [QH-B{row.pk}]" in shown(after)
    assert f"with [QH-B{row.pk}] in the subject" in shown(Client().get(f"/en{url}"))
    assert ("请在信里写明" in shown(after), "geheim" in after.content.decode()) == (True, False)
