"""The pages of calls and draws: what the public reads, applying by oneself, what each member of staff presses."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from mingtang.engines.ledger.drawn import check_draw_file
from mingtang.engines.lottery.randomness import commitment
from mingtang.engines.lottery.verifying import check_draw
from mingtang.platform.actor import Role
from mingtang.platform.figures.models import FigureSetting
from mingtang.representatives import actions
from mingtang.representatives.models import Application, Call, Draw, Quota
from mingtang.representatives.rules import AUDIENCE
from mingtang.topics.actions import publish_documents
from tests.factories.calls import CLOSED, CLOSES, DRAWN, applied, drawable, drawn, filled, left, opened, preparing
from tests.factories.meetings import frozen
from tests.factories.platform import NOW, government, person
from tests.factories.topics import document

pytestmark = pytest.mark.django_db
SOURCE = {"kind": "figures", "day": DRAWN.date().isoformat(), "figure_1": "某彩票第 140 期红球", "count_1": "6"}
FORM = {"name": "张三", "phone": "000-7777", "of_age": "on", AUDIENCE: "public", "c0": "女", "token": "once"}
MOMENT = [NOW]


def clock() -> datetime:
    """What the site takes as now."""
    return MOMENT[0]


@pytest.fixture(autouse=True)
def at(settings):
    """Set the clock of the site; it begins at `NOW`."""
    settings.MINGTANG_CLOCK = f"{__name__}.clock"

    def set_to(moment):
        MOMENT[0] = moment

    set_to(NOW)
    return set_to


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def visitor(called) -> Client:
    return Client(headers={"host": called.of.home.host})


def staff(called, *roles, within=None) -> Client:
    client = visitor(called)
    client.force_login(person(called.of.home, *roles, within=within))
    return client


def signed_in(called, who) -> Client:
    """Somebody who has just signed in; days later everybody signs in anew."""
    client = visitor(called)
    client.force_login(who)
    return client


def clerk(called) -> Client:
    return staff(called, Role.CLERK, within=called.of.department)


def test_a_call_lists_the_papers_of_its_matter_as_soon_as_they_are_public():
    called = opened()
    asks, address = visitor(called), f"/calls/{called.row.pk}/"
    paper = document(called.of.topic, "material", by=called.clerk, title="三种补助方案的测算", words="测算")
    before = asks.get(address)
    assert "三种补助方案的测算" not in words(before)
    assert publish_documents(called.of.topic.pk, ["material"], actor=called.head, now=NOW)
    after = asks.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert f'href="/documents/{paper.pk}/' in after.content.decode()
    assert "三种补助方案的测算" in words(after)


def place(called, rest: str = "") -> str:
    return f"/workspace/calls/{called.row.pk}/{rest}"


def test_a_citizen_applies_without_an_account_and_keeps_a_receipt():
    called = opened()
    client, url = visitor(called), f"/calls/{called.row.pk}/apply/"
    shown = client.get(url)
    assert ("no-store" in shown["Cache-Control"], "住在本区，年满 18 周岁。" in words(shown)) == (True, True)
    empty = words(client.post(url, {"token": "x"}))
    assert (empty.count("请填写这一项。"), "必填项" in empty) == (6, False)
    assert [empty.count(each) for each in ("要写姓名和一种联系方式。电话或邮箱", "报名人须年满 18 周岁。未满的可以直接")] == [2, 2]
    assert "are needed. Phone or e-mail" in words(client.post(f"/en{url}", {"token": "x"}))
    lacking = client.post(url, {**FORM, "phone": ""})
    assert ("要写姓名和一种联系方式" in words(lacking), 'value="张三"' in lacking.content.decode()) == (True, True)
    unreadable = words(client.post(url, {**FORM, "phone": "", "email": "no address"}))
    assert ("邮箱写得不对" in unreadable, "要写姓名和一种联系方式" in unreadable) == (True, False)
    assert not Application.objects.exists()
    kept = client.post(url, FORM)
    row = Application.objects.get()
    assert kept["Location"] == f"/r/{row.receipt}/?new=1"
    page = words(client.get(kept["Location"]))
    assert [each in page for each in ("报名已收到", row.receipt, "0001", "查验这张回执")] == [True] * 4
    assert "张三" not in page
    assert client.post(url, FORM)["Location"] == kept["Location"]


def test_the_form_asks_for_the_age_that_the_government_set():
    called = opened()
    since = NOW.date() - timedelta(days=9)
    FigureSetting.objects.create(
        government=called.of.home, key="rep.min_age", value=20, since_on=since, source="本区", reason="试", set_at=NOW
    )
    shown = [words(visitor(called).get(f"/calls/{called.row.pk}/{each}/")) for each in ("apply", "form")]
    assert ["我已年满 20 周岁，符合报名条件" in each for each in shown] == [True, True]


def test_a_receipt_is_found_by_its_number_and_a_wrong_one_is_explained():
    called = opened()
    row, client = applied(called, 1), visitor(called)
    assert client.get("/r/", {"code": row.receipt.lower()})["Location"] == f"/r/{row.receipt}/"
    assert "没有这个回执号" in words(client.get("/r/", {"code": "QH-1"}))
    assert client.get("/r/QH-1/").status_code == 404
    elsewhere = Client(headers={"host": government().host})
    assert elsewhere.get(f"/r/{row.receipt}/").status_code == 404
    assert client.get("/applications/")["Location"] == "/r/"
    assert client.get(f"/applications/{row.receipt}/")["Location"] == f"/r/{row.receipt}/"


def test_an_applicant_withdraws_by_the_receipt():
    called = opened()
    row, client = applied(called, 1), visitor(called)
    url = f"/r/{row.receipt}/"
    assert client.post(url, {"withdraw": "1"}).status_code == 302
    assert "您的姓名和联系方式已经删除" in words(client.get(url))
    assert client.post(url, {"withdraw": "1"}).status_code == 302


def test_nobody_applies_on_a_page_that_is_closed_or_not_there(at):
    called = opened()
    at(CLOSED)
    assert "现在不在报名期" in words(visitor(called).get(f"/calls/{called.row.pk}/apply/"))
    assert visitor(called).get("/calls/999/apply/").status_code == 404
    assert visitor(called).get("/calls/999/").status_code == 404
    assert visitor(called).get(f"/calls/{called.row.pk}/draw-1.json").status_code == 404


def test_a_call_being_prepared_is_not_public():
    called = preparing()
    assert visitor(called).get(f"/calls/{called.row.pk}/").status_code == 404
    assert called.row.title not in words(visitor(called).get("/calls/"))


def test_the_public_page_counts_applicants_against_quotas_while_it_is_open():
    called = filled(people=5)
    shown = words(visitor(called).get(f"/calls/{called.row.pk}/"))
    assert [each in shown for each in ("5 人报名", "性别： 女", "男女都要有。", "怎样抽签")] == [True] * 4
    assert called.row.title in words(visitor(called).get("/calls/"))


def test_the_public_page_waits_for_the_randomness_when_the_list_is_frozen():
    called, draw = drawable()
    shown = words(visitor(called).get(f"/calls/{called.row.pk}/"))
    assert [each in shown for each in (draw.digest, "正在等随机数", "福利彩票第 140 期红球，6 个数，从小到大")] == [True] * 3


def test_the_public_page_tells_the_outcome_and_its_file_verifies_when_it_is_drawn():
    called, gone = left()
    shown = words(visitor(called).get(f"/calls/{called.row.pk}/"))
    outcome = json.loads(Draw.objects.get().outcome)
    assert [each in shown for each in ("抽签结果", outcome["seed"], *outcome["panel"])] == [True] * 5
    assert gone.number in outcome["panel"]
    answer = visitor(called).get(f"/calls/{called.row.pk}/draw-1.json")
    told = json.loads(answer.content)
    assert answer["Content-Disposition"] == f'attachment; filename="draw-{called.row.pk}-1.json"'
    assert check_draw(told["freeze"], told["reveal"], logged=told["digest"]).good
    assert [each["entry"]["kind"] for each in told["log"]] == ["draw.frozen", "draw.revealed"]
    assert "报名人" not in answer.content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_public_page_speaks_both_languages_in_every_state(prefix):
    of = frozen()
    made = [preparing(of), opened(frozen(of.department)), drawable(frozen(of.department))[0], drawn(frozen(of.department))[0]]
    for each in made[1:]:
        answer = visitor(each).get(f"{prefix}/calls/{each.row.pk}/")
        assert (answer.status_code, "Quotas and applicants" in words(answer)) == (200, prefix == "/en")
    assert visitor(made[0]).get(f"{prefix}/calls/").status_code == 200


def test_a_clerk_begins_and_prepares_a_call_in_the_browser():
    of = frozen()
    client = Client(headers={"host": of.home.host})
    client.force_login(person(of.home, Role.CLERK, within=of.department))
    assert client.get("/workspace/calls/").status_code == 200
    made = client.post("/workspace/calls/", {"topic": of.topic.pk})
    row = Call.objects.get()
    assert made["Location"] == f"/workspace/calls/{row.pk}/"
    url = made["Location"]
    wrong = client.post(url, {"quota": "1", "q-category": "性别", "q-value": "女", "q-least": "3", "q-most": "1"})
    assert (wrong.status_code, "下限不得大于上限" in words(wrong)) == (409, True)
    assert client.post(url, {"quota": "1", "q-category": "性别", "q-value": "女", "q-least": "0", "q-most": "3"}).status_code == 302
    assert (
        client.post(url, {"quota": "1", "q-category": "代表类别", "q-value": "社会公众", "q-least": "1", "q-most": "1"}).status_code == 302
    )
    unknown = client.post(url, {"quota": "1", "q-category": "代表类别", "q-value": "邻居", "q-least": "1", "q-most": "1"})
    assert "代表类别有：" in words(unknown)
    kept = client.post(url, {"save": "1", "title": "题", "purpose": "", "conditions": "件", "closes_on": "2026-11-30", "reserves": "1"})
    assert "请填写这一项" in words(kept)
    said = {"save": "1", "title": "新题", "purpose": "事", "conditions": "件", "closes_on": "2026-11-30", "reserves": "1"}
    assert client.post(url, said).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.reserves) == ("新题", 1)
    gone = Quota.objects.filter(category="性别")[0]
    assert client.post(url, {"remove": gone.pk}).status_code == 302
    assert sorted(Quota.objects.values_list("value", "most")) == [("expert", 1), ("public", 1)]


def test_the_head_publishes_extends_relaxes_and_cancels_in_the_browser():
    called = preparing()
    client, url = staff(called, Role.HEAD, within=called.of.department), place(called)
    assert client.post(url, {"publish": "1"}).status_code == 302
    women = called.row.quotas.get(value="女")
    for said in (
        {"extend": "1", "closes_on": (CLOSES + timedelta(days=1)).isoformat(), "reason": "人少"},
        {"relax": "1", "r-quota": women.pk, "r-least": "0", "r-most": "2", "r-reason": "人少"},
        {"cancel": "1", "reason": "不开了"},
    ):
        assert client.get(url).status_code == 200
        assert client.post(url, said).status_code == 302, said
    assert called.now().state == "cancelled"
    assert "已取消" in words(client.get(url))
    assert clerk(called).post(url, {"publish": "1"}).status_code == 409
    assert clerk(called).post(url, {"nothing": "1"}).status_code == 200


def test_the_clerk_freezes_and_the_operator_reveals_in_the_browser(at):
    called = filled()
    froze, reveals = person(called.of.home, Role.CLERK, within=called.of.department), person(called.of.home, Role.OPERATOR)
    client, operator = signed_in(called, froze), signed_in(called, reveals)
    assert "报名截止以后才能冻结" in words(client.get(place(called, "freeze/")))
    assert operator.get(place(called, "reveal/"))["Location"] == place(called)
    at(CLOSED)
    client, operator = signed_in(called, froze), signed_in(called, reveals)
    assert "全部名额可以同时满足" in words(client.get(place(called, "freeze/")))
    early = client.post(place(called, "freeze/"), {**SOURCE, "day": CLOSED.date().isoformat()})
    assert (early.status_code, "某彩票第 140 期红球" in early.content.decode()) == (409, True)
    assert client.post(place(called, "freeze/"), SOURCE)["Location"] == place(called)
    assert "由另一个人填入公开数字" in words(operator.get(place(called)))
    at(DRAWN)
    client, operator = signed_in(called, froze), signed_in(called, reveals)
    assert "填入随机数" in words(operator.get(place(called)))
    assert "名单是您冻结的" in words(client.get(place(called)))
    assert client.get(place(called, "reveal/")).status_code == 409
    wrong = operator.post(place(called, "reveal/"), {"v0": "1 2"})
    assert (wrong.status_code, "应是 6 个数字" in words(wrong), 'value="1 2"' in wrong.content.decode()) == (409, True, True)
    assert operator.post(place(called, "reveal/"), {"v0": "3 8 15 22 27 33"})["Location"] == place(called)
    assert client.post(place(called), {"seat": "1"}).status_code == 302
    assert Application.objects.filter(state="seated").count() == 3


@pytest.mark.parametrize(
    "source",
    [
        {"kind": "dice", "place": "区政府一楼大厅", "witnesses": "区公证处、居民代表", "faces": "20", "throws": "15"},
        {"kind": "offices", "office_1": "司法局", "commitment_1": "a" * 64, "office_2": "审计局", "commitment_2": "B" * 64},
    ],
    ids=["dice", "offices"],
)
def test_other_sources_of_randomness_are_announced_in_the_browser(at, source):
    called = filled()
    at(CLOSED)
    assert clerk(called).post(place(called, "freeze/"), {**source, "day": DRAWN.date().isoformat()}).status_code == 302
    assert Draw.objects.get().source_kind == source["kind"]
    assert visitor(called).get(f"/calls/{called.row.pk}/").status_code == 200


SECRETS = ("a" * 64, "b" * 64)
SEALED = [commitment(name, secret) for name, secret in zip(("司法局", "审计局"), SECRETS, strict=True)]


@pytest.mark.parametrize(
    ("source", "wrong", "values"),
    [
        (
            {"kind": "dice", "place": "区政府一楼大厅", "witnesses": "区公证处、居民代表", "faces": "20", "throws": "15"},
            {"v0": "21 2 3 4 5 6 7 8 9 10 11 12 13 14 15"},
            {"v0": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15"},
        ),
        (
            {"kind": "offices", "office_1": "司法局", "commitment_1": SEALED[0], "office_2": "审计局", "commitment_2": SEALED[1]},
            {"v0": SECRETS[0], "v1": "c" * 64},
            {"v0": SECRETS[0], "v1": SECRETS[1]},
        ),
        (
            {**SOURCE, "figure_2": "上证指数收盘", "count_2": "1", "order_2": "on"},
            {"v0": "3 8 15 22 27", "v1": "3051.28"},
            {"v0": "03，8 15 22 27 33", "v1": "3051.280"},
        ),
    ],
    ids=["dice", "offices", "figures"],
)
def test_each_source_of_randomness_draws_in_the_browser_when_its_day_has_come(at, source, wrong, values):
    called = filled()
    at(CLOSED)
    assert clerk(called).post(place(called, "freeze/"), {**source, "day": DRAWN.date().isoformat()}).status_code == 302
    at(DRAWN)
    operator = staff(called, Role.OPERATOR)
    refused = operator.post(place(called, "reveal/"), wrong)
    assert (refused.status_code, next(iter(wrong.values())) in refused.content.decode()) == (409, True)
    assert operator.post(place(called, "reveal/"), values).status_code == 302
    file = json.loads(visitor(called).get(f"/calls/{called.row.pk}/draw-1.json").content)
    assert (check_draw(file["freeze"], file["reveal"]).good, check_draw_file(file).good) == (True, True)


def test_quotas_that_cannot_be_met_are_named_before_anything_is_frozen(at):
    called = opened()
    for n in range(6):
        applied(called, n, audience="expert" if n % 3 == 2 else "public", sex="男")
    at(CLOSED)
    shown = words(clerk(called).get(place(called, "freeze/")))
    assert [each in shown for each in ("这些名额不能同时满足", "“性别：女”的下限由 1 降到 0")] == [True, True]
    assert "冻结并记入总账" not in shown


def test_the_head_annuls_and_the_history_stays_in_the_browser(at):
    called, _draw = drawable()
    at(CLOSED)
    head = staff(called, Role.HEAD, within=called.of.department)
    assert head.post(place(called), {"annul": "1", "reason": "当期停开"}).status_code == 302
    clerk(called).post(place(called, "freeze/"), SOURCE)
    assert "当期停开" in words(head.get(place(called)))
    assert "当期停开" in words(visitor(called).get(f"/calls/{called.row.pk}/"))


def test_the_office_corrects_figures_typed_wrongly_in_the_browser(at):
    called, _draw = drawn()
    at(DRAWN)
    office = staff(called, Role.OFFICE)
    assert "填的数与原出处不符" in words(office.get(place(called)))
    assert office.get(place(called, "correct/")).status_code == 200
    assert "请填写这一项" in words(office.post(place(called, "correct/"), {"v0": "3 8 15 22 27 32", "reason": ""}))
    assert office.post(place(called, "correct/"), {"v0": "3 8 15 22 27 32", "reason": "末位看错"}).status_code == 302
    assert "末位看错" in words(visitor(called).get(f"/calls/{called.row.pk}/"))
    frozen_only, _waiting = drawable(frozen(called.of.department))
    assert office.get(place(frozen_only, "correct/"))["Location"] == place(frozen_only)


def test_a_reserve_moves_up_in_the_browser_when_somebody_drawn_withdrew(at):
    called, gone = left()
    at(DRAWN)
    client = clerk(called)
    assert "由候补递补" in words(client.get(place(called)))
    client.post(place(called, f"fill/{gone.pk}/"))
    came = Application.objects.get(replaces=gone)
    assert f"递补 {gone.number}" in words(client.get(place(called)))
    assert f"{gone.number} 不能参加，{came.number} 递补" in words(visitor(called).get(f"/calls/{called.row.pk}/"))


def test_applications_are_listed_under_numbers_and_keyed_in_from_paper():
    called = filled(people=2)
    client = clerk(called)
    shown = words(client.get(place(called, "applications/")))
    assert ("0001" in shown, "报名人" in shown) == (True, False)
    assert client.post(place(called, "applications/"), {**FORM, "channel": "paper"}).status_code == 302
    assert Application.objects.order_by("pk").last().channel == "paper"
    assert "请填写这一项" in words(client.post(place(called, "applications/"), {"channel": "paper"}))
    assert "没有这个状态的报名" in words(client.get(place(called, "applications/"), {"state": "drawn"}))


def test_who_applied_is_seen_for_a_purpose_and_may_be_left_out():
    called = filled(people=1)
    row, client = Application.objects.get(), clerk(called)
    url = place(called, f"applications/{row.pk}/")
    assert "报名人0" not in words(client.get(url))
    assert client.post(url, {"look": "1", "purpose": ""}).status_code == 409
    assert "报名人0" in words(client.post(url, {"look": "1", "purpose": "核对"}))
    assert "您的岗位不需要这些信息" in words(staff(called, Role.OPERATOR).get(url))
    assert "请填写这一项" in words(client.post(url, {"leave_out": "1", "ground": "unfit", "reason": ""}))
    assert client.post(url, {"leave_out": "1", "ground": "unfit", "reason": "外区"}).status_code == 302
    assert "重新列入抽签" in words(client.get(url))
    assert client.post(url, {"take_in": "1"}).status_code == 302
    row.contact.delete()
    assert "个人信息已经删除" in words(client.post(url, {"look": "1", "purpose": "核对"}))


def test_pages_of_things_that_are_not_there_say_so():
    called = opened()
    client = clerk(called)
    for url in ("/workspace/calls/999/", place(called, "applications/999/"), "/workspace/calls/999/freeze/"):
        assert client.get(url).status_code == 409, url


def test_a_call_stands_with_its_meeting_and_its_matter():
    """On the public page and on the house's, of the meeting and of the matter; a call in preparation only in the house."""
    of = frozen()
    hidden = preparing(of)
    staff, anybody = Client(), Client()
    staff.force_login(person(of.home, Role.CLERK, Role.OPERATOR, within=of.department))
    public = (f"/meetings/{of.meeting.pk}/", f"/matters/{of.topic.pk}/")
    house = (f"/workspace/meetings/{of.meeting.pk}/invitations/", f"/workspace/calls/?topic={of.topic.pk}")
    call = f'/calls/{hidden.row.pk}/"'
    assert [call in anybody.get(each).content.decode() for each in public] == [False, False]
    assert [call in staff.get(each).content.decode() for each in house] == [True, True]
    actions.publish_call(hidden.row.pk, actor=hidden.head, now=NOW)
    assert [call in anybody.get(each).content.decode() for each in public] == [True, True]
    assert call not in staff.get(f"/workspace/calls/?topic={of.topic.pk + 1}").content.decode()
    assert staff.get(f"/workspace/calls/?topic={'9' * 5000}").status_code == 200
    assert f"/workspace/calls/?topic={of.topic.pk}" in staff.get(f"/workspace/topics/{of.topic.pk}/").content.decode()
