"""Opinions through every door: received, keyed in, imported, moderated; counters that always add up."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Count, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mingtang.consultations import actions, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.models import (
    BARE,
    HOMELESS,
    MODERATED,
    SINGLE,
    Consultation,
    ImportBatch,
    Opinion,
    OpinionContact,
    OpinionFile,
    OpinionGroup,
)
from mingtang.platform.actor import Role, stranger, system
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import at_hour, closing_of
from mingtang.platform.outbox.models import Notice
from mingtang.platform.web.models import PageVersion
from tests.factories.consultations import CLOSES, clerk_person, closed, complete, moderator, opened, opinion, withhold
from tests.factories.counting import counted, kept
from tests.factories.platform import NOW, acting, actor, government, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db


def test_anybody_says_something_and_gets_a_receipt():
    row, _clerk = opened()
    clause = row.clauses.get(label="第二条")
    made = opinion(row, " 补助太少了 ", clause_id=clause.pk, stance="change")
    assert made.text == "补助太少了"
    assert made.receipt.startswith("QH-")
    assert (made.state, made.channel, made.entered_by_id) == ("received", "web", None)
    assert kept(row) == counted(row)
    assert acts_of(made).get().event == "opinion.receive"


def test_the_same_form_sent_twice_gives_the_same_receipt():
    row, _clerk = opened()
    first = actions.receive_opinion(row.pk, OpinionIn("好"), actor=stranger(row.government_id), now=NOW, token="abc")
    again = actions.receive_opinion(row.pk, OpinionIn("好"), actor=stranger(row.government_id), now=NOW, token="abc")
    other = actions.receive_opinion(row.pk, OpinionIn("好"), actor=stranger(row.government_id), now=NOW, token="xyz")
    assert first.receipt == again.receipt != other.receipt
    assert kept(row)["all", ""] == 2


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"text": " "}, "empty"),
        ({"text": "长" * 2001}, "too_long"),
        ({"stance": "maybe"}, "unknown"),
        ({"channel": "web", "clause_id": 404}, "clause"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_not_counted(given_, code):
    row, _clerk = opened()
    with refused(code):
        actions.receive_opinion(row.pk, OpinionIn(**{"text": "好", **given_}), actor=stranger(row.government_id), now=NOW)
    assert not Opinion.objects.exists()
    assert not kept(row)


def test_a_clause_of_another_draft_is_refused():
    row, _clerk = opened()
    other, _other = opened()
    with refused("clause"):
        opinion(row, clause_id=other.clauses.get(position=1).pk)


def test_the_web_closes_at_24_00_while_paper_is_keyed_in_until_the_report():
    row, clerk = opened()
    assert opinion(row, now=at_hour(CLOSES, 23, 59))
    with refused("closed"):
        opinion(row, now=closing_of(CLOSES))
    assert opinion(row, by=clerk, channel="paper", now=closing_of(CLOSES))
    actions.close_consultation(row.pk, actor=clerk, now=closing_of(CLOSES))
    assert opinion(row, by=clerk, channel="letter", now=closing_of(CLOSES) + timedelta(days=3))


def test_nothing_is_taken_before_opening():
    row, clerk = complete()
    with refused("not_open"):
        opinion(row)
    with refused("not_open"):
        opinion(row, by=clerk, channel="paper")


def test_only_the_department_keys_in():
    row, _clerk = opened()
    for who in (stranger(row.government_id), moderator(row), actor(row.government, Role.OFFICE)):
        with refused("role"):
            opinion(row, by=who, channel="phone")


def test_a_stranger_of_another_government_says_nothing_here():
    row, _clerk = opened()
    with refused("gone"):
        opinion(row, by=stranger(government().pk))
    assert not Opinion.objects.exists()


def test_contact_data_lie_apart_and_the_receipt_is_mailed():
    row, _clerk = opened()
    made = opinion(row, name="王小明", email="wang@example.org", phone="13800000000")
    kept_contact = OpinionContact.objects.get(opinion=made)
    assert (kept_contact.name, kept_contact.email, kept_contact.phone) == ("王小明", "wang@example.org", "13800000000")
    assert "王小明" not in json.dumps([Opinion.objects.values().get()], default=str, ensure_ascii=False)
    notice = Notice.objects.get(address="wang@example.org")
    assert made.receipt in notice.subject_line + notice.body
    assert not [act for act in Act.objects.all() if "wang" in json.dumps(act.data) or "王小明" in act.subject_title + act.reason]


def test_people_are_told_apart_by_what_they_left_and_by_nothing_else():
    row, _clerk = opened()
    other, _other = opened()
    one, two = opinion(row, phone="13800000000"), opinion(row, "第二句", phone="13800000000")
    three, four = opinion(row, "不留名"), opinion(row, "也不留名")
    assert one.author_key == two.author_key
    assert len({one.author_key, three.author_key, four.author_key}) == 3
    assert opinion(other, phone="13800000000").author_key != one.author_key
    assert queries.people(row.pk) == 3


def test_attachments_are_kept_and_a_dangerous_one_stops_everything():
    row, _clerk = opened()
    opinion(row, uploads=[SimpleUploadedFile("照片说明.txt", "楼道照片说明".encode())])
    assert OpinionFile.objects.get().file.name == "照片说明.txt"
    with refused("kind"):
        opinion(row, "附了程序", uploads=[SimpleUploadedFile("a.pdf", b"MZ\x90\x00" + b"\x00" * 200)])
    assert kept(row)["all", ""] == 1 == Opinion.objects.count()


def test_receiving_bumps_every_page_that_shows_the_number():
    row, _clerk = opened()
    before = dict(PageVersion.objects.values_list("key", "number"))
    opinion(row)
    after = dict(PageVersion.objects.values_list("key", "number"))
    assert {key for key in after if after[key] != before.get(key)} == {
        "home",
        "consultations",
        f"consultation:{row.pk}",
        f"topic:{row.topic_id}",
    }


# moderation


def test_showing_and_withholding_keep_the_counters_right():
    row, _clerk = opened()
    rows = [opinion(row, f"第{n}条") for n in range(4)]
    who = moderator(row)
    assert actions.show_opinions(row.pk, [rows[0].pk, rows[1].pk], actor=who, now=NOW) == 2
    assert withhold(row, [rows[1].pk, rows[2].pk], now=NOW, code="abuse", note="骂人") == 2
    assert kept(row) == counted(row)
    assert kept(row)["state", "shown"] == kept(row)["state", "received"] == 1
    assert kept(row)["state", "withheld"] == 2


def test_deciding_twice_changes_nothing_more():
    row, _clerk = opened()
    made, who = opinion(row), moderator(row)
    assert actions.show_opinions(row.pk, [made.pk], actor=who, now=NOW) == 1
    assert actions.show_opinions(row.pk, [made.pk], actor=who, now=NOW) == 0
    assert withhold(row, [made.pk], now=NOW, code="empty") == 1
    assert withhold(row, [made.pk], now=NOW, code="abuse") == 0
    made.refresh_from_db()
    assert made.withheld_code == "empty"
    assert [act.event for act in acts_of(made)] == ["opinion.receive", "opinion.show", "opinion.dispute", "opinion.withhold"]


def test_withholding_needs_one_of_the_published_reasons():
    row, _clerk = opened()
    made = opinion(row)
    for code in ("", "because", "received"):
        with refused("reason"):
            withhold(row, [made.pk], now=NOW, code=code)


def test_nobody_moderates_what_they_keyed_in_themselves():
    row, _clerk = opened()
    both = person(row.government, Role.MODERATOR)
    busy = acting(both, Role.MODERATOR, Role.CLERK)
    made = opinion(row, by=busy, channel="paper")
    with refused("own_work"):
        actions.show_opinions(row.pk, [made.pk], actor=busy, now=NOW)
    with refused("own_work"):
        actions.propose_withholding(row.pk, [made.pk], actor=busy, now=NOW, code="empty")
    web = opinion(row)
    assert actions.show_all(row.pk, actor=busy, now=NOW) == 1
    web.refresh_from_db()
    made.refresh_from_db()
    assert (web.state, made.state) == ("shown", "received")


def test_the_system_shows_everything_that_waits():
    row, clerk = opened()
    opinion(row)
    opinion(row, by=clerk, channel="paper")
    assert actions.show_all(row.pk, actor=system(row.government_id), now=NOW) == 2
    assert actions.show_all(row.pk, actor=system(row.government_id), now=NOW) == 0
    assert kept(row) == counted(row)


def test_clerks_and_other_governments_moderate_nothing():
    row, clerk = opened()
    made = opinion(row)
    with refused("role"):
        actions.show_opinions(row.pk, [made.pk], actor=clerk, now=NOW)
    with refused("role"):
        actions.show_all(row.pk, actor=clerk, now=NOW)
    far = actor(government(), Role.MODERATOR)
    with refused("gone"):
        actions.show_opinions(row.pk, [made.pk], actor=far, now=NOW)
    with refused("gone"):
        actions.show_all(row.pk, actor=far, now=NOW)
    with refused("gone"):
        actions.restore_opinion(made.pk, actor=far, now=NOW, reason="看错了")
    made.refresh_from_db()
    assert made.state == "received"


def test_a_withheld_opinion_leaves_its_group_and_comes_back_without_a_place():
    row, clerk = closed(opinions=3)
    rows = list(Opinion.objects.order_by("pk"))
    group = actions.group_opinions(row.pk, [each.pk for each in rows], actor=clerk, now=NOW, title="补助")
    who = moderator(row)
    withhold(row, [rows[0].pk], now=NOW, code="personal_data")
    again = OpinionGroup.objects.get(pk=group.pk if hasattr(group, "pk") else group)
    assert (again.opinions_count, again.people_count) == (2, 2)
    assert queries.places(row.pk).homeless == 0
    with refused("reason_missing"):
        actions.restore_opinion(rows[0].pk, actor=who, now=NOW, reason="")
    back = actions.restore_opinion(rows[0].pk, actor=who, now=NOW, reason="核对后没有个人信息")
    assert (back.state, back.withheld_code) == ("shown", "")
    assert queries.places(row.pk).homeless == 1
    assert kept(row) == counted(row)


def test_nothing_comes_back_into_a_report_that_is_signed_or_published():
    row, _clerk = closed(opinions=1)
    made, who = Opinion.objects.get(), moderator(row)
    withhold(row, [made.pk], now=NOW, code="abuse")
    Consultation.objects.filter(pk=row.pk).update(state="reported")
    with refused("report_done"):
        actions.restore_opinion(made.pk, actor=who, now=NOW, reason="看错了")
    with refused("wrong_state"):
        actions.restore_opinion(
            opinion(opened()[0]).pk, actor=actor(Opinion.objects.latest("pk").government, Role.MODERATOR), now=NOW, reason="没隐藏过"
        )


# contact data


def test_each_look_at_contact_data_is_recorded_with_its_purpose():
    row, clerk = opened()
    made = opinion(row, name="王小明", phone="13800000000")
    for purpose in ("", "  "):
        with refused("purpose"):
            actions.look_at_contact(made.pk, actor=clerk, now=NOW, purpose=purpose)
    found = actions.look_at_contact(made.pk, actor=clerk, now=NOW, purpose="请他来座谈")
    assert found is not None
    assert found.phone == "13800000000"
    look = Act.objects.get(event="opinion.look_at_contact")
    assert (look.actor_id, look.reason) == (clerk.person_id, "请他来座谈")
    for who in (moderator(row), actor(row.government, Role.OFFICE), actor(government(), Role.CLERK)):
        with refused("gone" if who.government_id != row.government_id else "role"):
            actions.look_at_contact(made.pk, actor=who, now=NOW, purpose="好奇")
    assert Act.objects.filter(event="opinion.look_at_contact").count() == 1
    assert actions.look_at_contact(opinion(row).pk, actor=clerk, now=NOW, purpose="回复") is None


# in bulk

MAPPING = {"text": "意见", "author": "提出人", "stance": "态度", "clause": "条号", "id": "编号"}
HEAD = "编号,意见,提出人,态度,条号\n"


def prepare(row: Consultation, clerk, content: bytes, name: str = "意见.csv", mapping=None) -> ImportBatch:
    return actions.prepare_import(
        row.pk, SimpleUploadedFile(name, content), name, mapping or MAPPING, channel="paper", actor=clerk, now=NOW
    )


def test_a_file_is_previewed_row_by_row_and_taken_once():
    row, clerk = opened()
    content = (
        HEAD
        + "1,补助太少,张三,建议修改,第三条\n2,,李四,,\n3,支持,张三,for,\n4,好,王五,也许,\n5,好,赵六,,第九条\n6,"
        + "长" * 2001
        + ",,,\n"
    ).encode()
    batch = prepare(row, clerk, content)
    assert (batch.rows_good, batch.rows_bad_count) == (2, 4)
    assert [each["row"] for each in batch.rows_bad] == [3, 5, 6, 7]
    assert all(each["zh"] and each["en"] for each in batch.rows_bad)
    assert "也许" in batch.rows_bad[1]["zh"]
    assert not Opinion.objects.exists()
    assert actions.confirm_import(batch.pk, actor=clerk, now=NOW) == actions.importing.Received(2, 0)
    assert actions.confirm_import(batch.pk, actor=clerk, now=NOW) == actions.importing.Received(2, 0)
    assert Opinion.objects.count() == 2
    assert queries.people(row.pk) == 1
    assert kept(row) == counted(row)
    again = prepare(row, clerk, content)
    assert actions.confirm_import(again.pk, actor=clerk, now=NOW) == actions.importing.Received(0, 2)


def test_the_same_file_without_numbers_is_not_taken_twice():
    row, clerk = opened()
    content, mapping = "意见\n好\n好\n不好\n".encode(), {"text": "意见"}
    for expected in ((3, 0), (0, 3)):
        batch = prepare(row, clerk, content, mapping=mapping)
        done = actions.confirm_import(batch.pk, actor=clerk, now=NOW)
        assert (done.taken, done.known) == expected


def workbook(*rows: tuple) -> bytes:
    book, out = Workbook(), BytesIO()
    for each in rows:
        book.active.append(each)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("意见.xlsx", workbook(("编号", "意见"), (1, "补助太少"), (2, "支持"))),
        ("意见.jsonl", '{"编号": 1, "意见": "补助太少"}\n{"编号": 2, "意见": "支持"}\n'.encode()),
        ("意见.csv", "编号,意见\n1,补助太少\n2,支持\n".encode("gb18030")),
        ("意见.csv", "编号;意见\n1;补助太少\n2;支持\n".encode()),
    ],
)
def test_every_kind_of_table_is_read(name, content):
    row, clerk = opened()
    batch = prepare(row, clerk, content, name, {"text": "意见", "id": "编号"})
    assert actions.confirm_import(batch.pk, actor=clerk, now=NOW).taken == 2
    assert set(Opinion.objects.values_list("text", flat=True)) == {"补助太少", "支持"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("意见.csv", "内容\n好\n".encode(), "columns"),
        ("意见.csv", b"", "empty"),
        ("意见.csv", "意见\n".encode(), "no_rows"),
        ("意见.xlsx", b"PK\x03\x04broken", "broken"),
        ("意见.exe", b"MZ\x90\x00" + b"\x00" * 100, "kind"),
        ("意见.pdf", b"%PDF-1.4 x", "kind"),
    ],
)
def test_a_broken_file_is_refused_with_its_cause(name, content, code):
    row, clerk = opened()
    with refused(code):
        prepare(row, clerk, content, name, {"text": "意见"})
    assert not ImportBatch.objects.exists()


def test_many_bad_rows_are_counted_whole_and_listed_in_part():
    row, clerk = opened()
    batch = prepare(row, clerk, ("编号,意见\n" + "".join(f"{n},\n" for n in range(250))).encode(), mapping={"text": "意见", "id": "编号"})
    assert (batch.rows_good, batch.rows_bad_count, len(batch.rows_bad)) == (0, 250, 200)


def test_another_government_confirms_no_import():
    row, clerk = opened()
    batch = prepare(row, clerk, "意见\n好\n".encode(), mapping={"text": "意见"})
    with refused("gone"):
        actions.confirm_import(batch.pk, actor=actor(government(), Role.CLERK), now=NOW)
    with refused("gone"):
        actions.confirm_import(404, actor=clerk, now=NOW)
    with refused("role"):
        actions.confirm_import(batch.pk, actor=moderator(row), now=NOW)
    assert not Opinion.objects.exists()


def test_thousands_are_taken_in_batches_with_right_counters(django_assert_max_num_queries):
    row, clerk = opened()
    clauses = [None, *row.clauses.values_list("pk", flat=True)]
    many = [
        OpinionIn(
            f"第{n}条意见",
            channel="import",
            clause_id=clauses[n % 4],
            author=f"人{n % 700}",
            outside_id=f"old:{n}",
            stance="for" if n % 2 else "against",
        )
        for n in range(2500)
    ]
    with django_assert_max_num_queries(260):
        assert actions.receive_many(row.pk, iter(many), actor=clerk, now=NOW) == actions.importing.Received(2500, 0)
    assert actions.receive_many(row.pk, many[:10], actor=clerk, now=NOW) == actions.importing.Received(0, 10)
    assert kept(row) == counted(row)
    assert queries.people(row.pk) == 700


def test_bulk_keeps_contacts_and_withheld_ones_with_their_reason():
    row, clerk = opened()
    rows = [OpinionIn("留了电话", channel="phone", name="王小明", phone="138"), OpinionIn("骂人", channel="import", withheld="abuse")]
    actions.receive_many(row.pk, rows, actor=clerk, now=NOW)
    assert OpinionContact.objects.get().opinion.text == "留了电话"
    assert dict(Opinion.objects.values_list("text", "state")) == {"留了电话": "received", "骂人": "withheld"}
    assert kept(row) == counted(row)


@pytest.mark.parametrize(
    ("bad", "code"), [({"clause_id": 404}, "clause"), ({"withheld": "because"}, "reason"), ({"channel": "pigeon"}, "unknown")]
)
def test_one_bad_row_in_bulk_takes_nothing(bad, code):
    row, clerk = opened()
    with refused(code):
        actions.receive_many(
            row.pk, [OpinionIn("好", channel="paper"), OpinionIn("不好", **{"channel": "paper", **bad})], actor=clerk, now=NOW
        )
    assert not Opinion.objects.exists()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["new", "show", "withhold", "restore", "group", "take out", "answer"]), st.integers(0, 5)), max_size=16
    )
)
def test_whatever_happens_the_counters_equal_the_rows(steps):
    row, clerk = opened()
    who = moderator(row)
    for name, n in steps:
        ids = list(Opinion.objects.filter(consultation=row).order_by("pk").values_list("pk", "state"))
        if name == "new" or not ids:
            opinion(row, f"意见{n}", stance="for" if n % 2 else "ask", phone=f"1380000000{n % 3}")
            continue
        pk, state = ids[n % len(ids)]
        if name == "show":
            actions.show_opinions(row.pk, [pk], actor=who, now=NOW)
        elif name == "withhold":
            withhold(row, [pk], now=NOW, code="off_topic")
        elif name == "group" and state != "withheld":
            actions.group_opinions(row.pk, [pk, ids[0][0]], actor=clerk, now=NOW, title="说的是一回事")
        elif name == "take out":
            actions.remove_from_group(row.pk, [pk], actor=clerk, now=NOW)
        elif name == "answer":
            actions.answer_opinions(row.pk, [pk, ids[0][0]], actor=clerk, now=NOW, verdict="adopted")
        elif state == "withheld":
            actions.restore_opinion(pk, actor=who, now=NOW, reason="看错了")
    assert kept(row) == counted(row)
    states = Opinion.objects.filter(consultation=row).values("state").annotate(n=Count("pk")).order_by()
    assert {("state", each["state"]): each["n"] for each in states} == {key: n for key, n in kept(row).items() if key[0] == "state"}


@pytest.mark.parametrize(
    ("rows", "key", "index"),
    [
        (MODERATED, ("-received_at", "-id"), "mt_opinion_recent_ix"),
        (MODERATED & Q(clause_id=1), ("-received_at", "-id"), "mt_opinion_clause_at_ix"),
        (HOMELESS, ("id",), "mt_opinion_homeless_ix"),
        (Q(group_id=1), ("id",), "mt_opinion_group_id_ix"),
        (SINGLE, ("id",), "mt_opinion_single_ix"),
        (BARE & Q(verdict="partly"), ("verdict",), "mt_opinion_bare_ix"),
        (Q(), ("id",), "mt_opinion_ix"),
    ],
)
def test_each_list_of_opinions_can_be_read_from_an_index_of_its_own(rows, key, index):
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
        connection.cursor().execute("SET LOCAL enable_sort = off")
    assert index in Opinion.objects.filter(rows, consultation_id=1).order_by(*key)[:31].explain()


@pytest.mark.django_db
def test_rows_that_were_not_taken_are_downloaded_mended_and_imported_again(client):
    row, clerk = opened()
    table = "意见,态度\n太贵,赞成\n,反对\n=HYPERLINK(1),也许\n"
    batch = actions.prepare_import(
        row.pk, table.encode(), "热线.csv", {"text": "意见", "stance": "态度"}, channel="phone", actor=clerk, now=NOW
    )
    client.force_login(clerk_person(row))
    url = f"/workspace/consultations/{row.pk}/opinions/import/{batch.pk}/rejected.csv"
    lines = b"".join(client.get(url).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "意见,态度,行,问题"
    assert [line.split(",")[:3] for line in lines[1:]] == [["", "反对", "3"], ["'=HYPERLINK(1)", "也许", "4"]]
    mended = "\n".join(lines).replace(",反对", "贵,反对", 1).replace("也许", "反对")
    again = actions.prepare_import(
        row.pk, mended.encode(), "改好.csv", {"text": "意见", "stance": "态度"}, channel="phone", actor=clerk, now=NOW
    )
    assert (again.rows_good, again.rows_bad) == (2, [])
