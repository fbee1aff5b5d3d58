"""The door: codes, scans handed in later, people without an invitation, out and back in for closed items."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from mingtang.meetings.actions import begin_item, convene_meeting, start_meeting
from mingtang.meetings.models import AgendaItem
from mingtang.platform import events
from mingtang.platform.actor import Role
from mingtang.platform.codes import ALPHABET, new_code, token_in
from mingtang.reactions import REACTIONS
from mingtang.representatives import actions, published, queries
from mingtang.representatives.actions import ScanIn
from mingtang.representatives.models import CheckIn, Invitation, Representative
from mingtang.representatives.rules import MOST_ENTRIES, code_in, may_walk_in, moment_of
from tests.factories.meetings import STARTS, frozen, ready_topic
from tests.factories.platform import NOW, person
from tests.factories.refusing import codes, refused
from tests.factories.representatives import told

AT = STARTS + timedelta(minutes=5)


@pytest.fixture
def meeting(db: None) -> Any:
    """A meeting that runs, two people told."""
    events.install(REACTIONS)
    made = frozen()
    told(made)
    told(made, "李四")
    convene_meeting(made.meeting.pk, actor=made.office, now=NOW)
    start_meeting(made.meeting.pk, actor=made.operator, now=STARTS)
    return made


def seats(meeting: Any) -> list[Invitation]:
    return list(Invitation.objects.filter(meeting=meeting.meeting).order_by("pk"))


def closed(meeting: Any) -> AgendaItem:
    """A second item, closed to representatives."""
    row = AgendaItem.objects.get(pk=meeting.item.pk)
    row.pk, row.position, row.attendance, row.topic = None, 2, "closed", ready_topic(meeting.department)
    row.save(force_insert=True)
    return row


def passed(row: Invitation) -> list[tuple[bool, str, datetime]]:
    return list(CheckIn.objects.filter(invitation=row).order_by("pk").values_list("inward", "way", "at"))


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_a_code_is_understood_however_it_is_typed_or_scanned(signs):
    code = f"{signs[:4]}-{signs[4:]}"
    for typed in (code, f" {signs.lower()} ", f"{signs[:4]} {signs[4:]}", f"https://qh.example/invitation/abc/#{code}"):
        assert code_in(typed) == code


@pytest.mark.parametrize("typed", ["", "7F3K", "7F3K-20M", "7F3K-20MU", "https://qh.example/invitation/abc/"])
def test_what_is_no_code_is_none(typed):
    assert code_in(typed) == ""


def test_new_codes_read_back_and_links_give_their_token():
    assert all(code_in(code) == code for code in (new_code(groups=2) for _ in range(50)))
    assert [token_in(each) for each in (" abc ", "https://x/invitation/abc/", "https://x/invitation/abc/#7F3K-20M9")] == ["abc"] * 3


def test_a_clock_that_runs_wrong_is_not_believed():
    assert moment_of(STARTS, STARTS, AT) == STARTS
    assert moment_of(AT + timedelta(minutes=1), STARTS, AT) == AT + timedelta(minutes=1)
    assert moment_of(AT + timedelta(hours=1), STARTS, AT) == AT
    assert moment_of(STARTS - timedelta(days=3), STARTS, AT) == AT


def test_whoever_comes_uninvited_needs_a_free_approved_seat_a_reason_and_the_discipline():
    def asked(**changes: Any) -> list[str]:
        told = {
            "audience": "public",
            "seats": {"public": 1},
            "present": [],
            "meeting_state": "running",
            "attendance": "open",
            "reason": "代",
        }
        return codes(may_walk_in(**{**told, "accepted_rules": True, **changes}))

    assert asked() == []
    assert asked(present=["public"]) == ["no_seat"]
    assert asked(audience="media") == ["no_seat"]
    assert asked(reason=" ", accepted_rules=False) == ["reason", "rules"]
    assert asked(meeting_state="frozen", attendance="closed") == ["not_convened", "closed"]


def test_a_scan_brings_in_takes_out_and_brings_back(meeting):
    row = seats(meeting)[0]
    who = {"actor": meeting.operator}
    link = f"https://{meeting.home.host}/invitation/{row.token}/"
    for n, (scanned, inward) in enumerate(((row.code, True), (link, False), (f"{link}#{row.code}", True))):
        actions.pass_door(meeting.meeting.pk, scanned, now=AT + timedelta(minutes=n), inward=inward, key=f"k{n}", **who)
    row.refresh_from_db()
    assert (row.state, row.in_at, row.out_at) == ("present", AT, None)
    assert [(inward, way) for inward, way, _at in passed(row)] == [(True, "scan"), (False, "scan"), (True, "scan")]
    with refused("code"):
        actions.pass_door(meeting.meeting.pk, "ZZZZ-ZZZZ", now=AT, inward=True, **who)
    with refused("role"):
        actions.pass_door(meeting.meeting.pk, row.code, now=AT, inward=True, actor=meeting.clerk)


def test_scans_handed_in_later_count_once_each_at_their_own_moment(meeting):
    first, second = seats(meeting)
    scans = [
        ScanIn("a2", first.code, inward=False, at=AT + timedelta(minutes=9)),
        ScanIn("a1", first.code, inward=True, at=AT),
        ScanIn("b1", "ZZZZ-ZZZZ", inward=True, at=AT),
        ScanIn("c1", second.code, inward=False, at=AT),
    ]
    later = AT + timedelta(hours=1)
    for _ in range(2):
        done = actions.sync_scans(meeting.meeting.pk, scans, actor=meeting.operator, now=later)
        assert [(each.key, each.name, each.refusal is None) for each in done] == [
            ("a2", "张三", True),
            ("a1", "张三", True),
            ("b1", "", False),
            ("c1", "", False),
        ]
    assert passed(first) == [(True, "scan", AT), (False, "scan", AT + timedelta(minutes=9))]
    assert passed(second) == []
    first.refresh_from_db()
    assert (first.in_at, first.out_at) == (AT, AT + timedelta(minutes=9))


def test_too_many_scans_at_once_are_refused(meeting):
    scans = [ScanIn(str(n), "x", inward=True, at=AT) for n in range(MOST_ENTRIES + 1)]
    with refused("many"):
        actions.sync_scans(meeting.meeting.pk, scans, actor=meeting.operator, now=AT)


def test_a_closed_item_begins_when_everybody_is_out_and_they_come_back_after_it(meeting):
    first, second = seats(meeting)
    who = {"actor": meeting.operator}
    actions.check_in(first.pk, now=AT, **who)
    actions.check_in(second.pk, now=AT, **who)
    actions.check_out(second.pk, now=AT, **who)
    item = closed(meeting)
    with refused("inside"):
        begin_item(item.pk, now=AT, **who)
    assert [actions.send_out(meeting.meeting.pk, now=AT + timedelta(minutes=n), **who) for n in (1, 2)] == [1, 0]
    begin_item(item.pk, now=AT + timedelta(minutes=3), **who)
    for act in (lambda: actions.check_back(first.pk, now=AT, **who), lambda: actions.call_back(meeting.meeting.pk, now=AT, **who)):
        with refused("closed_item"):
            act()
    AgendaItem.objects.filter(pk=item.pk).update(state="decided")
    assert [actions.call_back(meeting.meeting.pk, now=AT + timedelta(minutes=20), **who) for _ in range(2)] == [1, 0]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_inside, second.is_inside) == (True, False)
    assert [way for _inward, way, _at in passed(first)] == ["list", "closed", "closed"]


def test_whoever_arrives_during_a_closed_item_is_here_and_waits_outside(meeting):
    row = seats(meeting)[0]
    begin_item(closed(meeting).pk, actor=meeting.operator, now=STARTS)
    actions.check_in(row.pk, actor=meeting.operator, now=AT)
    row.refresh_from_db()
    assert (row.state, row.is_inside) == ("present", False)
    assert [each.pk for each in queries.waiting_outside(meeting.meeting.pk)] == [row.pk]


def test_somebody_without_an_invitation_takes_a_free_seat_and_no_contact_data_are_kept(meeting):
    given_in = {"audience": "expert", "name": "赵六", "reason": "代替王教授", "accepted_rules": True}
    for _ in range(2):
        row = actions.walk_in(meeting.item.pk, actor=meeting.operator, now=AT, **given_in)
    assert (row.state, row.method, row.rules.version, row.in_at) == ("present", "walk_in", 1, AT)
    assert Representative.objects.filter(name="赵六", left_on__isnull=False, contact=None).count() == 1
    assert not Representative.objects.filter(name="赵六", state="listed").exists()
    with refused("no_seat"):
        actions.walk_in(meeting.item.pk, actor=meeting.operator, now=AT, **{**given_in, "name": "钱七"})
    with refused("role"):
        actions.walk_in(meeting.item.pk, actor=meeting.clerk, now=AT, **{**given_in, "name": "钱七"})
    shown = [(str(each.who), str(each.method), each.method_reason) for each in published.seats(meeting.meeting.pk)]
    assert shown[-1] == ("专家学者 1", "现场到会", "代替王教授")
    assert queries.attendance(meeting.meeting.pk)[-1].name == "赵六"


def desk(meeting: Any) -> Client:
    client = Client(headers={"host": meeting.home.host})
    client.force_login(person(meeting.home, Role.OPERATOR))
    return client


def test_a_device_hands_in_what_it_saw_as_json(meeting, settings):
    settings.MINGTANG_CLOCK = f"{__name__}.clock"
    page = f"/workspace/meetings/{meeting.meeting.pk}/checkin/"
    row, operator = seats(meeting)[0], desk(meeting)
    people = operator.get(f"{page}roster/").json()["people"]
    assert [(each["code"], each["name"]) for each in people] == [(each.code, each.representative.name) for each in seats(meeting)]
    body = {"scans": [{"key": "k1", "scanned": row.code, "inward": True, "at": AT.isoformat()}]}
    answer = operator.post(f"{page}sync/", json.dumps(body), content_type="application/json")
    assert answer.json() == {"done": [{"key": "k1", "name": "张三", "reason": "", "remedy": ""}]}
    row.refresh_from_db()
    assert row.in_at == AT
    for broken in (b"", b"[]", b'{"scans": [{"key": "", "scanned": "x", "inward": true, "at": "2026-01-01T00:00:00+08:00"}]}'):
        assert operator.post(f"{page}sync/", broken, content_type="application/json").status_code == 400
    late = {"scans": [{"key": "k2", "scanned": "x", "inward": True, "at": "2026-01-01T00:00:00"}]}
    assert operator.post(f"{page}sync/", json.dumps(late), content_type="application/json").status_code == 400


def clock() -> datetime:
    """What the site takes as now."""
    return AT


def test_the_page_of_the_door_finds_by_name_and_code_and_keeps_what_was_typed(meeting, settings):
    settings.MINGTANG_CLOCK = f"{__name__}.clock"
    page, operator = f"/workspace/meetings/{meeting.meeting.pk}/checkin/", desk(meeting)
    row = seats(meeting)[1]
    for words, there in (("李", True), (row.code[:6].lower(), True), ("没有的人", False)):
        shown = operator.get(page, {"q": words}).content.decode()
        assert ("李四" in shown) is there
    wrong = operator.post(page, {"code": "ZZZZ-ZZZZ"})
    assert wrong.status_code == 409
    assert 'value="ZZZZ-ZZZZ"' in wrong.content.decode()
    unreasoned = operator.post(page, {"walk_in": "1", "item": meeting.item.pk, "audience": "expert", "name": "赵六"})
    assert "赵六" in unreasoned.content.decode()
    assert not Representative.objects.filter(name="赵六").exists()
    given_in = {"walk_in": "1", "item": meeting.item.pk, "audience": "expert", "name": "赵六", "reason": "代", "accepted_rules": "on"}
    assert operator.post(page, given_in).status_code == 302
    assert operator.post(f"{page}{row.pk}/", {"in": "1"}).status_code == 302
    for name in ("out", "back", "out"):
        operator.post(f"{page}{row.pk}/", {name: "1"})
    assert [inward for inward, _way, _at in passed(row)] == [True, False, True, False]


def test_the_list_on_paper_has_names_and_codes(meeting):
    answer = desk(meeting).get(f"/workspace/meetings/{meeting.meeting.pk}/checkin/list/")
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace(" ", "").replace("\n", "")
    for each in seats(meeting):
        assert each.code in said
        assert each.representative.name in said
