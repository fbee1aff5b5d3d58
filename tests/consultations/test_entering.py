"""Papers keyed in one after another: by number, once, kept when wrong, undone while it is fresh."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang.consultations import actions, queries
from mingtang.consultations.actions import OpinionIn, Paper
from mingtang.consultations.models import Consultation, Entry, Opinion
from mingtang.consultations.published.logged import content_of
from mingtang.consultations.queries.inspecting import recount
from mingtang.consultations.rules.entering import number_typed, place_typed, words_of
from mingtang.platform.accounts.models import Person
from mingtang.platform.actor import Actor, Role
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.clock import day_of
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import clerk_person, closed, moderator, opened
from tests.factories.platform import NOW, TODAY, actor, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
LABELS = {"第一条": 11, "第二条": 12, "第十二条": 22}


def enter(row: Consultation, who: Actor, number: str = "17", *, sent: str = "a", now=NOW, on=TODAY, **fields) -> Entry:
    given = OpinionIn(**{"text": "补助太少", "stance": "change", "channel": "paper", **fields})
    return actions.enter_paper(row.pk, Paper(number, on, f"QH-B{row.pk}"), given, actor=who, now=now, token=sent)


def test_what_the_fingers_type_is_understood():
    assert number_typed(" qh-b7－００１２ ") == "QH-B7-0012"
    typed = ["1", "２", "二", "第十二条", "12", "十二条", "十", "0", "3", "abc", "第", "二十十"]
    assert [place_typed(each, LABELS) for each in typed] == [11, 12, 12, 22, 22, 22, None, None, None, None, None, None]


def test_a_box_ticked_without_a_word_is_said_to_be_just_that():
    assert words_of(" ", "for", "paper") == "（表上只勾选：赞成）"
    assert [words_of("好", "for", "paper"), words_of("", "none", "paper"), words_of("", "for", "phone")] == ["好", "", ""]


def test_a_paper_becomes_an_opinion_with_its_receipt_and_every_counter_right():
    row, clerk = opened()
    clause = row.clauses.get(label="第二条")
    made = enter(row, clerk, " 017", clause_id=clause.pk, organisation="某物业公司", on_behalf="organisation", email="a@example.org")
    said = made.opinion
    assert (made.number, made.place, made.entered_by_id, made.entered_at) == ("017", clause.pk, clerk.person_id, NOW)
    assert (said.text, said.stance, said.channel, said.organisation, said.state) == (
        "补助太少",
        "change",
        "paper",
        "某物业公司",
        "received",
    )
    assert Notice.objects.filter(address="a@example.org").count() == 1
    assert {key: n for key, n in queries.tallies(row.pk).items() if n} == dict(recount(row.pk))


def test_one_paper_is_entered_once_for_each_clause_and_is_one_person():
    row, clerk = opened()
    first = enter(row, clerk)
    with refused("entered"):
        enter(row, clerk, sent="b")
    other = enter(row, clerk, sent="c", clause_id=row.clauses.get(label="第三条").pk)
    assert other.opinion.author_key == first.opinion.author_key
    assert (queries.tallies(row.pk)["all", ""], queries.tallies(row.pk)["people", ""]) == (2, 1)


def test_letters_and_calls_need_no_number_and_are_not_mistaken_for_each_other():
    row, clerk = opened()
    for sent, channel in (("a", "letter"), ("b", "phone"), ("c", "visit"), ("d", "visit")):
        enter(row, clerk, "", sent=sent, channel=channel)
    assert queries.tallies(row.pk)["people", ""] == 4
    with refused("number"):
        enter(row, clerk, "", sent="e")
    with refused("channel"):
        enter(row, clerk, "", sent="f", channel="web")


def test_a_form_of_another_draft_is_refused():
    row, clerk = opened()
    with refused("other_draft"):
        enter(row, clerk, f"QH-B{row.pk + 1}-3")
    assert enter(row, clerk, f"qh-b{row.pk}-3").number == f"QH-B{row.pk}-3"


def test_the_day_of_receipt_lies_between_the_opening_and_today():
    row, clerk = opened()
    later = NOW + timedelta(days=3)
    assert row.opened_at is not None
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=4)):
        with refused("day"):
            enter(row, clerk, on=day, now=later)
    made = enter(row, clerk, on=TODAY, now=later)
    assert row.opened_at <= made.opinion.received_at < NOW + timedelta(days=1)


def test_only_the_department_keys_in_until_the_report_is_in_approval():
    row, _clerk = opened()
    with refused("role"):
        enter(row, moderator(row))
    over, clerk = closed()
    assert enter(over, clerk, "9").opinion.channel == "paper"
    Consultation.objects.filter(pk=over.pk).update(state="report_drafted")
    with refused("closed"):
        enter(over, clerk, "10", sent="z")


def test_what_was_just_mistyped_is_undone_with_a_reason_and_the_paper_is_free_again():
    row, clerk = opened()
    made = enter(row, clerk)
    undone = actions.undo_entry(made.pk, "看错一行", actor=clerk, now=NOW + timedelta(minutes=15))
    gone = Opinion.objects.get(pk=undone.opinion_id)
    assert (gone.state, gone.withheld_code, gone.withheld_note, gone.text) == ("withheld", "mis_keyed", "看错一行", "补助太少")
    assert content_of(gone)["text"] == "补助太少"
    assert {key: n for key, n in queries.tallies(row.pk).items() if n} == dict(recount(row.pk))
    assert "opinion.undo_entry" in [each.event for each in acts_of(gone)]
    enter(row, clerk, sent="b")
    assert queries.entered_today(clerk, row.pk, TODAY)[0] == 1
    with refused("withdrawn"):
        actions.restore_opinion(gone.pk, actor=moderator(row), now=NOW, reason="又来")


def test_nothing_is_undone_late_without_a_reason_or_by_somebody_else():
    row, clerk = opened()
    made = enter(row, clerk)
    with refused("too_late"):
        actions.undo_entry(made.pk, "看错", actor=clerk, now=NOW + timedelta(minutes=16))
    with refused("reason"):
        actions.undo_entry(made.pk, " ", actor=clerk, now=NOW)
    for colleague in (actor(row.government, Role.CLERK, department=row.topic.department), moderator(row)):
        with refused("gone"):
            actions.undo_entry(made.pk, "看错", actor=colleague, now=NOW)
    Consultation.objects.filter(pk=row.pk).update(state="reported")
    with refused("report_done"):
        actions.undo_entry(made.pk, "看错", actor=clerk, now=NOW)


# the day of receipt in an export of the hotline


def test_an_export_of_the_hotline_keeps_the_day_of_each_call_and_names_the_rows_it_refuses():
    row, clerk = opened()
    later = NOW + timedelta(days=5)
    days = ["2026-11-24", "2026/11/26 08:15:00", "2026年11月28日", "", "昨天", "2026-11-23", "2026-12-30", "2026-02-30"]
    table = "工单号,诉求,来电日期\n" + "".join(f"{n},第{n}个电话,{day}\n" for n, day in enumerate(days))
    mapping = {"text": "诉求", "id": "工单号", "received": "来电日期"}
    upload = SimpleUploadedFile("热线.csv", table.encode())
    batch = actions.prepare_import(row.pk, upload, "热线.csv", mapping, channel="phone", actor=clerk, now=later)
    assert (batch.rows_good, [each["row"] for each in batch.rows_bad]) == (4, [6, 7, 8, 9])
    assert batch.rows_bad[0]["zh"] == "“昨天”不是日期。"
    actions.confirm_import(batch.pk, actor=clerk, now=later)
    came = Opinion.objects.order_by("pk").values_list("received_at", flat=True)
    assert [day_of(each).isoformat() for each in came] == ["2026-11-24", "2026-11-26", "2026-11-28", "2026-11-29"]
    again = actions.prepare_import(
        row.pk, SimpleUploadedFile("热线.csv", table.encode()), "热线.csv", mapping, channel="phone", actor=clerk, now=later
    )
    received = actions.confirm_import(again.pk, actor=clerk, now=later)
    assert (received.taken, received.known, Opinion.objects.count()) == (0, 4, 4)


# the page


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def shown(answer) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def typed(sent: str = "k1", **fields: str) -> dict[str, str]:
    base = {"channel": "paper", "number": "17", "clause": "3", "stance": "3", "text": "补助太少"}
    return {**base, "received_on": TODAY.isoformat(), "token": sent, **fields}


@pytest.fixture
def desk():
    row, _clerk = opened()
    return row, signed_in(clerk_person(row)), f"/workspace/consultations/{row.pk}/entry/"


def test_the_page_keeps_source_and_day_shows_the_receipt_and_counts(desk):
    _row, browser, url = desk
    answer = browser.post(url, typed(channel="letter"))
    made = Entry.objects.get()
    assert (made.opinion.clause.label, made.opinion.stance, answer.status_code) == ("第三条", "change", 302)
    page = browser.get(answer["Location"])
    assert page.context["form"]["channel"].value() == "letter"
    assert page.context["form"]["received_on"].value() == TODAY.isoformat()
    assert page.context["just"] == made
    assert made.opinion.receipt in shown(page)
    assert "您已录 1 条" in shown(page)
    assert "1 entered by you" in shown(browser.get(f"/en{url}"))
    browser.post(url, typed(channel="letter"))
    assert (Entry.objects.count(), Opinion.objects.count()) == (1, 1)


def test_wrong_input_keeps_everything_and_says_what_to_do(desk):
    _row, browser, url = desk
    answer = browser.post(url, typed(clause="9", stance="8", name="李奶奶"))
    for each in ("有 2 处需要改", "草案没有第 9 条，共 3 条", "请按 1、2、3、4 或 0"):
        assert each in shown(answer)
    for each in ("李奶奶", "补助太少", 'value="17"'):
        assert each in answer.content.decode()
    assert not Opinion.objects.exists()


def test_a_paper_entered_before_is_refused_with_a_link_to_it(desk):
    row, browser, url = desk
    browser.post(url, typed())
    again = browser.post(url, typed("k2", text="另写的"))
    first = Opinion.objects.get()
    assert again.status_code == 409
    assert f'href="/workspace/consultations/{row.pk}/opinions/{first.pk}/"' in again.content.decode()
    assert "17 的这一条已经录过" in shown(again)
    assert "另写的" in again.content.decode()


def test_the_last_one_is_undone_from_the_page(desk):
    _row, browser, url = desk
    browser.post(url, typed())
    made = Entry.objects.get()
    answer = browser.post(f"{url}{made.pk}/undo/", {"reason": "条号打错"}, follow=True)
    made.refresh_from_db()
    assert (made.undo_reason, Opinion.objects.get().withheld_code) == ("条号打错", "mis_keyed")
    assert "今天还没有录入" in shown(answer)


def test_nobody_else_opens_the_page(desk):
    row, _browser, url = desk
    assert signed_in(person(row.government, Role.MODERATOR)).get(url).status_code == 409
    assert Client().get(url).status_code == 302
