"""The staff site: my desk, my account, people, figures, calendar, the record, the outbox, the jobs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mingtang.platform.accounts.models import Assignment, Person
from mingtang.platform.actor import BUSINESS_ROLES, STAFF_ROLES, Role
from mingtang.platform.audit.models import Act
from mingtang.platform.figures.models import CalendarYear, FigureSetting
from mingtang.platform.jobs.models import Job
from mingtang.platform.outbox.models import Notice
from mingtang.platform.outbox.post import inbox, post
from mingtang.platform.signing.running import begin_chain
from tests.factories.held import held
from tests.factories.platform import NOW, PASSWORD, department, government, person
from tests.factories.topics import submitted, topic

pytestmark = pytest.mark.django_db
PAGES = [
    "",
    "me/",
    "topics/",
    "consultations/",
    "meetings/",
    "representatives/",
    "house-rules/",
    "releases/",
    "planner/",
    "obligations/",
    "figures/",
    "figures/calendar/",
]
ADMIN = {
    "people/": {Role.SECURITY_ADMIN},
    "audit/": {Role.AUDITOR},
    "jobs/": {Role.SYSTEM_ADMIN},
    "outbox/": {Role.SYSTEM_ADMIN, Role.OFFICE, Role.OPERATOR},
}


def words(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def home():
    return government()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("full", [False, True])
def test_every_page_stands_empty_and_full_in_both_languages(path, prefix, full):
    given = held().home if full else government()
    answer = signed_in(person(given, Role.OFFICE)).get(f"{prefix}/workspace/{path}")
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
@pytest.mark.parametrize("path", sorted(ADMIN))
def test_each_administrator_sees_the_own_pages_only(home, role, path):
    answer = signed_in(person(home, role)).get(f"/workspace/{path}")
    assert answer.status_code == (200 if role in ADMIN[path] else 409)


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_the_rail_leads_each_role_to_pages_it_may_open(home, role):
    client = signed_in(person(home, role, within=None))
    links = set(re.findall(r'href="(/workspace/[^"]*)"', client.get("/workspace/").content.decode()))
    assert ("/workspace/topics/" in links) is (role in BUSINESS_ROLES)
    assert [each for each in links if client.get(each).status_code != 200] == []


def test_a_desk_shows_what_waits_and_an_empty_one_says_so(home):
    kept, (head, *_) = submitted(department(home))
    shown = words(signed_in(Person.objects.get(pk=head.person_id)).get("/workspace/"))
    assert "审批申报表：部门负责人" in shown
    assert str(kept) in shown
    assert signed_in(person(home, Role.AUDITOR)).get("/workspace/").status_code == 200


def test_messages_are_read_and_gone(home):
    who = person(home, Role.CLERK)
    post("topics/email/returned.txt", to=inbox(who), government_id=home.pk, now=NOW, topic="路灯", reason="缺草案", name=who.name)
    client = signed_in(who)
    assert "路灯" in words(client.get("/workspace/"))
    client.post("/workspace/inbox/read/")
    assert Notice.objects.get().read_at is not None


def test_the_security_administrator_adds_a_person_and_gives_and_takes_a_role(home):
    housing = department(home)
    client = signed_in(person(home, Role.SECURITY_ADMIN))
    typed = {"username": "lihua", "name": "李华", "department": housing.pk, "password": PASSWORD}
    assert "密码不合规定" in words(client.post("/workspace/people/", {**typed, "password": "1234567890a"}))
    where = client.post("/workspace/people/", typed)["Location"]
    assert "已有人用" in words(client.post("/workspace/people/", typed))
    assert client.post(where, {"role": "clerk", "department": housing.pk})["Location"] == where
    row = Assignment.objects.get(role="clerk")
    assert "经办人" in words(client.get(where))
    assert "互相独立" in words(client.post(where, {"role": "auditor", "department": ""}))
    client.post(f"{where}act/", {"take": row.pk})
    row.refresh_from_db()
    assert row.until_on is not None
    client.post(f"{where}act/", {"close": "1"})
    assert not Person.objects.get(username="lihua").is_active
    client.post(f"{where}act/", {"open": "1"})
    assert Person.objects.get(username="lihua").is_active


def test_people_of_another_government_are_not_found(home):
    client = signed_in(person(home, Role.SECURITY_ADMIN))
    stranger = person(government(host="other.localhost"))
    home.host = "testserver"
    home.save()
    assert client.get(f"/workspace/people/{stranger.pk}/").status_code == 404
    assert client.post(f"/workspace/people/{stranger.pk}/act/", {"take": "²"}).status_code == 302
    assert Person.objects.get(pk=stranger.pk).is_active


def test_the_office_sets_a_figure_and_is_told_when_it_may_not(home):
    client = signed_in(person(home, Role.OFFICE))
    typed = {"value": "5", "since_on": "2026-11-24", "source": "区政府办〔2026〕3号", "reason": "席位多"}
    assert client.post("/workspace/figures/rep.seats_default/", typed)["Location"].endswith("/figures/rep.seats_default/")
    assert "区政府办〔2026〕3号" in words(client.get("/workspace/figures/rep.seats_default/"))
    refused = client.post("/workspace/figures/legal.min_workdays/", {**typed, "value": "3"})
    assert refused.status_code == 409
    assert "地方不能放宽" in words(refused)
    assert "席位多" in refused.content.decode()
    assert client.get("/workspace/figures/no.such/").status_code == 404
    assert FigureSetting.objects.count() == 1


def test_a_clerk_reads_figures_and_sets_none(home):
    client = signed_in(person(home, Role.CLERK))
    assert client.get("/workspace/figures/rep.seats_default/").status_code == 200
    typed = {"value": "5", "since_on": "2026-11-24", "source": "x", "reason": "y"}
    assert client.post("/workspace/figures/rep.seats_default/", typed).status_code == 409
    assert not FigureSetting.objects.exists()


def test_a_year_of_holidays_is_taken_line_by_line_and_a_wrong_line_is_named(home):
    client = signed_in(person(home, Role.OFFICE))
    wrong = client.post("/workspace/figures/calendar/", {"year": "2027", "source": "通知", "lines": "休 2027-01-01\n明天放假"})
    assert wrong.status_code == 409
    assert "第 2 行看不懂" in words(wrong)
    assert "明天放假" in wrong.content.decode()
    assert (
        client.post("/workspace/figures/calendar/", {"year": "2027", "source": "通知", "lines": "休 2027-01-01 2027-01-03"}).status_code
        == 302
    )
    assert CalendarYear.objects.get().days.count() == 3


def test_a_failed_notice_is_queued_again_by_its_own_government_only(home):
    who = person(home, Role.OPERATOR)
    notice = post("topics/email/returned.txt", to=inbox(who), government_id=home.pk, now=NOW, topic="路灯", reason="x", name="y")
    client = signed_in(who)
    client.post(f"/workspace/outbox/{notice.pk}/resend/")
    assert Notice.objects.get().state == "queued"
    Notice.objects.update(state="failed")
    client.post(f"/workspace/outbox/{notice.pk}/resend/")
    assert Notice.objects.get().state == "queued"
    assert Act.objects.filter(event="notice.resend").count() == 1
    client.post("/workspace/outbox/0/resend/")
    assert "没有这条记录" in words(client.get("/workspace/outbox/"))


def test_the_auditor_finds_acts_and_the_system_administrator_sees_jobs(home):
    submitted(department(home))
    Job.objects.create(name="close_consultations", due_at=NOW, created_at=NOW)
    shown = words(signed_in(person(home, Role.AUDITOR)).get("/workspace/audit/?event=topic.submit"))
    assert "topic.attach" not in shown
    assert "close_consultations" in words(signed_in(person(home, Role.SYSTEM_ADMIN)).get("/workspace/jobs/"))


@pytest.mark.parametrize("query", ["?after=nonsense", "?after=WzFd", "?q=²&who=²&event=²&state=²"])
@pytest.mark.parametrize("path", sorted(ADMIN))
def test_lists_take_whatever_is_asked(home, path, query):
    who = person(home, min(ADMIN[path]))
    assert signed_in(who).get(f"/workspace/{path}{query}").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_a_desk_costs_the_same_however_much_waits(home, number, django_assert_max_num_queries):
    housing = department(home)
    who = person(home, Role.HEAD, within=housing)
    for n in range(number):
        chain = begin_chain(home.pk, "declaration", housing.pk, now=NOW)
        topic(housing, title=f"议题{n}", state="submitted", submitted_at=NOW, chain=chain)
    client = signed_in(who)
    client.get("/workspace/")
    with django_assert_max_num_queries(48):
        assert words(client.get("/workspace/")).count("审批申报表") == number
