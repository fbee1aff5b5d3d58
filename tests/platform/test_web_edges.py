"""The manners of pages: who is asked to sign in, what is cached, how refusals reach people."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from mingtang.platform.accounts.models import Person
from mingtang.platform.actor import Role
from mingtang.platform.web.middleware import government_of
from tests.factories.platform import government, person
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_the_host_name_selects_the_government():
    one, other = government(host="qinghe.localhost"), government(host="linhu.localhost")
    assert government_of("QINGHE.localhost:8000") == one
    assert government_of("linhu.localhost") == other
    assert government_of("unknown.localhost") is None


def test_the_only_government_answers_at_every_address():
    only = government(host="qinghe.localhost")
    assert government_of("127.0.0.1:8000") == only


def test_an_address_without_a_government_says_so():
    government()
    government()
    answer = Client().get("/matters/")
    assert answer.status_code == 404
    assert "没有对应的政府" in answer.content.decode()


def test_strangers_are_asked_to_sign_in_and_come_back():
    government()
    answer = Client().get("/workspace/topics/?q=1")
    assert answer.status_code == 302
    assert "next=/workspace/topics/%3Fq%3D1" in answer["Location"]


def test_staff_pages_are_never_cached_and_public_ones_are_conditional():
    kept = approved()
    staff = signed_in(person(kept.government, Role.OFFICE)).get("/workspace/topics/")
    assert "no-store" in staff["Cache-Control"]
    public = Client().get("/matters/")
    assert public["Cache-Control"].startswith("public")
    again = Client().get("/matters/", headers={"if-none-match": public["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, public["ETag"])
    assert Client().get("/en/matters/")["ETag"] != public["ETag"]
    assert not public.cookies


def test_a_public_page_is_the_same_for_staff_and_for_strangers():
    kept = approved()
    staff = signed_in(person(kept.government, Role.OFFICE)).get("/matters/")
    assert staff.content == Client().get("/matters/").content


def test_staff_without_a_request_for_half_an_hour_are_signed_out(settings):
    who = person(government(), Role.OFFICE)
    client = signed_in(who)
    assert client.get("/workspace/topics/").status_code == 200
    session = client.session
    session["seen_at"] -= timedelta(minutes=settings.MINGTANG_IDLE_MINUTES).total_seconds() + 60
    session.save()
    assert client.get("/workspace/topics/").status_code == 302


def test_a_refusal_is_shown_with_reason_remedy_and_a_409():
    kept = approved()
    outsider = signed_in(person(kept.government, Role.MODERATOR, within=kept.department))
    answer = outsider.get(f"/workspace/topics/{kept.pk}/edit/1/")
    assert answer.status_code == 409
    assert "申报表现在是“已批准”" in words(answer)
    assert "变更并重新报批" in words(answer)


def test_a_refused_act_is_shown_once_on_the_next_page():
    kept = approved()
    client = signed_in(person(kept.government, Role.INSPECTOR))
    page = f"/workspace/topics/{kept.pk}/"
    client.post(f"{page}reopen/", {"reason": "x"})
    assert "这一步由经办人办理。" in words(client.get(page))
    assert "这一步由经办人办理。" not in words(client.get(page))


@pytest.mark.parametrize(("path", "said"), [("/nowhere/", "404"), ("/en/nowhere/", "404")])
def test_an_address_that_does_not_exist_says_what_to_do(path, said):
    government()
    answer = Client().get(path)
    assert answer.status_code == int(said)
    assert len(words(answer).strip()) > 20


def test_a_form_without_its_token_is_refused_with_the_reason():
    who = person(government(), Role.CLERK)
    client = Client(enforce_csrf_checks=True)
    client.force_login(who)
    answer = client.post("/workspace/topics/new/", {"title": "x"})
    assert answer.status_code == 403
    assert len(words(answer).strip()) > 20


def test_pages_forbid_foreign_scripts_and_frames():
    approved()
    answer = Client().get("/matters/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert " style=" not in answer.content.decode()
    assert " onclick=" not in answer.content.decode()


def test_large_print_and_contrast_are_kept_to_known_values():
    approved()
    assert 'data-size="large"' in Client().get("/matters/?size=large").content.decode()
    assert "evil" not in Client().get("/matters/?size=evil&contrast=evil").content.decode().replace("size=evil", "").replace(
        "contrast=evil", ""
    )
