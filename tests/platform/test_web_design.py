"""The living page and the sign-in pages: whole, in both languages, without a word or a style out of place."""

import re
import time
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from mingtang.platform.actor import Role
from tests.factories.platform import PASSWORD, department, government, person

pytestmark = pytest.mark.django_db
ENTRANCE = (
    "login",
    "password/reset",
    "password/reset/done",
    "password/reset/key/1-set-password",
    "password/reset/key/done",
    "inactive",
    "signup",
)
MANAGED = ("logout", "reauthenticate", "password/change", "email", "2fa", "2fa/webauthn")
GUARDED = ("2fa/totp/activate", "2fa/webauthn/add", "2fa/recovery-codes/generate")


class Reader(HTMLParser):
    """What a page is made of: its elements, identifiers, references and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._inside.append(tag)
        self.tags.append(tag)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.inline.append(tag)
        self.ids += [given["id"]] if given.get("id") else []
        self.wanted |= set((given.get("aria-describedby") or "").split()) | set((given.get("aria-labelledby") or "").split())
        self.wanted |= {given["for"]} if given.get("for") else set()

    def handle_data(self, data):
        if self._inside and self._inside[-1] not in {"script", "style"}:
            self.words.append(data)

    def handle_endtag(self, tag):
        while self._inside and self._inside.pop() != tag:
            pass


def browser(*roles: Role) -> Client:
    home = government(host="testserver")
    who = person(home, *(roles or tuple(Role)), within=department(home), password=PASSWORD)
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    client.who = who
    return client


@pytest.mark.parametrize("path", ["/workspace/design/", "/en/workspace/design/"])
def test_the_living_page_shows_every_component_without_inline_style_or_script(path):
    answer = browser().get(path)
    page = Reader(answer.content.decode())
    assert answer.status_code == 200
    assert page.inline == []
    assert sorted(page.ids) == sorted(set(page.ids))
    assert sorted(page.wanted - set(page.ids)) == []
    assert page.tags.count("h1") == 1


def test_the_living_page_needs_a_sign_in():
    government(host="testserver")
    assert Client().get("/workspace/design/").status_code == 302


def test_the_living_page_in_english_keeps_chinese_to_names_of_documents():
    words = "".join(Reader(browser().get("/en/workspace/design/").content.decode()).words)
    for title in (
        "老旧小区加装电梯补助实施办法",
        "一图读懂：您家那栋楼能补多少",
        "关于进一步规范城区共享单车停放秩序和骨干道路临时占道审批衔接工作的若干规定",
    ):
        words = words.replace(title, "")
    found = [each for each in re.findall(r"[一-鿿]{2,}", words) if each not in {"中文", "清政规"}]
    assert [each for each in found if not each.startswith(("张", "住房"))] == []


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ENTRANCE)
def test_sign_in_pages_stand_in_our_frame(prefix, path):
    government(host="testserver")
    answer = Client().get(f"{prefix}/accounts/{path}/", follow=True)
    page = Reader(answer.content.decode())
    assert answer.status_code == 200
    assert page.inline == []
    assert page.tags.count("h1") == page.tags.count("main") == 1


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", MANAGED)
def test_account_pages_of_staff_stand_in_the_workspace(prefix, path):
    answer = browser(Role.CLERK).get(f"{prefix}/accounts/{path}/")
    page = Reader(answer.content.decode())
    assert answer.status_code == 200
    assert page.inline == []
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert sorted(page.wanted - set(page.ids)) == []


@pytest.mark.parametrize("path", MANAGED)
def test_account_pages_speak_one_language_at_a_time(path):
    client = browser(Role.CLERK)
    english = "".join(Reader(client.get(f"/en/accounts/{path}/").content.decode()).words)
    assert [each for each in re.findall(r"[一-鿿]{2,}", english) if each != "中文"] == []


@pytest.mark.parametrize("path", GUARDED)
def test_what_concerns_the_accounts_safety_asks_again_who_it_is(path):
    client = browser(Role.CLERK)
    if "recovery" in path:
        Authenticator.objects.create(user=client.who, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    answer = client.get(f"/accounts/{path}/", follow=True)
    assert answer.status_code == 200
    assert "再次确认身份" in answer.content.decode() or "两步登录" in answer.content.decode()


def test_an_authenticator_app_is_set_up_used_and_given_up():
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    client = browser(Role.CLERK)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()

    def code() -> str:
        return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert 'aria-invalid="true"' in wrong.content.decode()
    done = client.post("/accounts/2fa/totp/activate/", {"code": code()}, follow=True)
    assert "备用码" in done.content.decode()
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert len(re.findall(r'<li class="num">', codes.content.decode())) == 10
    fresh = Client()
    asked = fresh.post("/accounts/login/", {"login": client.who.username, "password": PASSWORD}, follow=True)
    assert "第二步：确认身份" in asked.content.decode()
    assert "停用验证器" in client.get("/accounts/2fa/totp/deactivate/").content.decode()
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=client.who, type="totp").exists()


def test_a_code_typed_as_the_next_one_appears_still_counts():
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    client = browser(Role.CLERK)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    before = format_hotp_value(hotp_value(secret, int(time.time()) // 30 - 1))
    assert "备用码" in client.post("/accounts/2fa/totp/activate/", {"code": before}, follow=True).content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_whoever_signs_in_and_out_stays_in_the_language_of_the_page(prefix):
    client = browser(Role.CLERK)
    fresh = Client()
    signed_in = fresh.post(f"{prefix}/accounts/login/", {"login": client.who.username, "password": PASSWORD})
    signed_out = fresh.post(f"{prefix}/accounts/logout/")
    assert [signed_in["Location"], signed_out["Location"]] == [f"{prefix}/workspace/", f"{prefix}/"]


def test_a_wrong_password_is_told_on_the_same_page_with_the_name_kept():
    government(host="testserver")
    answer = Client().post("/accounts/login/", {"login": "nobody", "password": "wrong"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="nobody"' in html
    assert 'role="alert"' in html


@pytest.mark.parametrize(
    "template", ["web/400.html", "web/403.html", "web/404.html", "web/413.html", "web/429.html", "web/500.html", "web/refused.html"]
)
def test_every_page_for_a_request_gone_wrong_says_what_to_do(rf, template):
    from django.template.loader import render_to_string

    html = render_to_string(template, {"language": "zh"})
    page = Reader(html)
    assert page.tags.count("h1") == 1
    assert page.inline == []


def test_the_page_for_our_own_fault_asks_the_database_nothing(django_assert_num_queries):
    from django.template.loader import render_to_string

    with django_assert_num_queries(0):
        assert "不是您的问题" in render_to_string("web/500.html")


def test_the_site_says_so_while_the_database_does_not_answer(rf):
    from django.db import OperationalError

    from mingtang.platform.web.errors import server_error

    def connection_lost():
        raise OperationalError

    def broken(path):
        try:
            connection_lost()
        except OperationalError:
            return server_error(rf.get(path))

    for path, said in (("/", "系统正在维护"), ("/en/", "The site is being maintained")):
        answer = broken(path)
        assert (answer.status_code, answer["Retry-After"]) == (503, "120")
        assert said in answer.content.decode()
    assert server_error(rf.get("/")).status_code == 500


def test_a_host_name_that_is_not_ours_meets_a_plain_page():
    answer = Client(headers={"host": "other.example"}).get("/")
    assert answer.status_code == 400
    assert "No government is served at this address" in answer.content.decode()


def test_a_broken_request_meets_a_page_that_says_what_to_do(rf):
    from django.core.exceptions import BadRequest

    from mingtang.platform.web.errors import bad_request

    assert bad_request(rf.get("/"), BadRequest()).status_code == 400
