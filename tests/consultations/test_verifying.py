"""Verified opinions: the way to the provider and back, what is kept of it, where it is demanded, and how it is destroyed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from mingtang.consultations import actions, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.models import ONCE, Consultation, Opinion
from mingtang.consultations.queries import consultation_material
from mingtang.consultations.rules.verifying import ERASED_KEY, UNVERIFIED, may_demand
from mingtang.platform.actor import Role, stranger
from mingtang.platform.audit.acts import acts_of
from mingtang.platform.identity.asking import WELL_KNOWN, forget_known
from mingtang.platform.identity.proof import ASKED, VERIFIED, Verified
from tests.consultations.test_portal import page, words
from tests.consultations.test_taking import figure, third, who
from tests.factories.consultations import clerk_person, complete, moderator, opened, opinion, withhold
from tests.factories.counting import counted, kept
from tests.factories.platform import NOW, government, person
from tests.factories.refusing import refused
from tests.identity_provider import IdentityProvider

pytestmark = pytest.mark.django_db
MARK = "ab" * 32
passed = timedelta()


def clock() -> datetime:
    """The clock of the site under test: the real one, moved on by `passed`."""
    return datetime.now(UTC) + passed


@pytest.fixture
def idp(settings):
    forget_known()
    with IdentityProvider(lambda: clock().timestamp()) as one:
        settings.MINGTANG_OIDC = one.known_as(name_zh="省统一身份认证", name_en="Provincial login")
        settings.MINGTANG_CLOCK = "tests.consultations.test_verifying.clock"
        yield one
    forget_known()


@pytest.fixture
def later(monkeypatch):
    def move(**span: float) -> None:
        monkeypatch.setattr("tests.consultations.test_verifying.passed", timedelta(**span))

    return move


def leave(client: Client, row: Consultation, query: str = "", prefix: str = ""):
    return client.get(f"{prefix}/consultations/{row.pk}/verify/{query}")


def verify(client: Client, row: Consultation, idp: IdentityProvider, query: str = "", prefix: str = ""):
    """The way there and back."""
    return client.get("/identity/", idp.agree(leave(client, row, query, prefix)["Location"]))


def send(client: Client, row: Consultation, text: str = "补助太少了", **typed: str):
    given = {"stance": "change", "text": text, "publish_consent": "on", "token": "t1", "as_verified": "on", **typed}
    return client.post(f"/consultations/{row.pk}/say/", given)


def proved(mark: str = MARK, once: str = "1") -> Verified:
    return Verified(mark, "https://id.example.gov.cn", NOW, once)


def every_text() -> str:
    """All that the database holds in words."""
    found = []
    for model in apps.get_models():
        names = [
            each.name for each in model._meta.concrete_fields if isinstance(each, models.CharField | models.TextField | models.JSONField)
        ]
        found += [str(value) for row in model._default_manager.values_list(*names) for value in row] if names else []
    return "\n".join(found)


# without a provider


def test_without_a_provider_nothing_of_it_appears():
    row, _clerk = opened()
    for url in ("", "say/"):
        assert "核验" not in words(page(f"/consultations/{row.pk}/{url}"))
    assert page(f"/consultations/{row.pk}/verify/").status_code == 404
    assert page("/identity/?code=a&state=b").status_code == 404
    assert "核验" not in words(page("/privacy/"))
    client = Client()
    client.force_login(clerk_person(row))
    assert "verified_only_reason" not in client.get(f"/workspace/consultations/{row.pk}/edit/").content.decode()
    assert send(Client(), row).status_code == 409
    assert send(Client(), row, as_verified="").status_code == 302


# there and back


def test_somebody_verified_comes_back_and_sends_and_only_the_word_is_shown(idp):
    row, _clerk = opened()
    client = Client()
    left = leave(client, row, f"?clause={third(row)}")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(left["Location"]).query).items()}
    assert {name: asked[name] for name in ("response_type", "scope", "redirect_uri", "code_challenge_method")} == {
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": "http://testserver/identity/",
        "code_challenge_method": "S256",
    }
    back = client.get("/identity/", idp.agree(left["Location"]))
    assert back["Location"] == f"/consultations/{row.pk}/say/?clause={third(row)}#verified-{third(row)}"
    for response, name, path in ((left, ASKED, "/identity/"), (back, VERIFIED, f"/consultations/{row.pk}/say/")):
        cookie = response.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", path)
        assert idp.subject not in cookie.value
        assert "no-store" in response["Cache-Control"]
    form = words(client.get(back["Location"]))
    assert "省统一身份认证证明您是真实的一个人" in form
    assert "去核验" not in form
    done = send(client, row, clause=str(third(row)))
    assert done.cookies[VERIFIED].value == ""
    said = Opinion.objects.get()
    assert (said.verified_by, said.is_verified, len(said.author_key)) == (idp.issuer, True, 64)
    assert idp.subject not in every_text()
    assert "已核验" in words(page(done["Location"])).partition("删除我的个人信息")[0]
    assert "身份  已核验" in page(f"/r/{said.receipt}/receipt.txt").content.decode()
    actions.show_opinions(row.pk, [said.pk], actor=moderator(row), now=NOW)
    for url, word in ((f"/consultations/{row.pk}/opinions/", "已核验"), (f"/en/consultations/{row.pk}/opinions/", "Verified")):
        shown = page(url)
        assert word in words(shown)
        assert not shown.cookies
        assert idp.issuer not in shown.content.decode()


def test_the_way_is_in_english_too(idp):
    row, _clerk = opened()
    assert "be verified by Provincial login" in words(page("/en/privacy/"))
    client = Client()
    back = verify(client, row, idp, prefix="/en")
    assert back["Location"] == f"/en/consultations/{row.pk}/say/#verified-0"
    assert "Provincial login proves that you are one real person" in words(client.get(back["Location"]))


def test_the_same_person_counts_once_in_a_matter_and_cannot_be_followed_into_another(idp):
    row, _clerk = opened()
    other, _other = opened()
    client = Client(headers={"host": row.government.host})
    for n, name in enumerate(("王小明", "王大明")):
        verify(client, row, idp)
        send(client, row, f"第{n}条", token=f"t{n}", name=name)
    idp.subject = "another"
    verify(client, row, idp)
    send(client, row, "别人说的", token="t9")
    idp.subject = "330102199001011234"
    far = Client(headers={"host": other.government.host})
    verify(far, other, idp)
    send(far, other)
    first, second, third_one, elsewhere = Opinion.objects.order_by("pk")
    assert first.author_key == second.author_key
    assert len({first.author_key, third_one.author_key, elsewhere.author_key}) == 3
    assert (queries.people(row.pk), queries.people(other.pk)) == (2, 1)
    assert kept(row)["verified", ""] == 3
    told = words(Client(headers={"host": row.government.host}).get(f"/consultations/{row.pk}/analysis/"))
    assert "2 人提了 3 条意见。其中 3 条的提出人经过身份核验" in told
    assert kept(row) == counted(row)
    assert [each.pk for each in queries.same_person(first)] == [second.pk]
    withhold(row, [second.pk], code="duplicate")
    second.refresh_from_db()
    assert (second.state, second.withholding.kept_id) == ("withheld", first.pk)


# how it can fail


@pytest.mark.parametrize(
    ("brings", "code"), [({"error": "access_denied"}, "denied"), ({"state": "x"}, "stale"), ({"iss": "https://x"}, "wrong")]
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_whoever_is_not_verified_comes_back_to_the_form_with_a_sentence(idp, brings, code, prefix):
    row, _clerk = opened()
    client = Client()
    brought = {**idp.agree(leave(client, row, f"?clause={third(row)}", prefix)["Location"]), **brings}
    back = client.get("/identity/", brought)
    assert back["Location"] == f"{prefix}/consultations/{row.pk}/say/?clause={third(row)}&verified={code}#verified-{third(row)}"
    assert back.cookies[ASKED].value == ""
    assert VERIFIED not in client.cookies
    form = client.get(back["Location"])
    assert UNVERIFIED[code].reason.within("en" if prefix else "zh") in words(form)
    assert 'role="alert"' not in form.content.decode()  # or the draft kept in the browser would not be put back
    assert send(client, row, as_verified="").status_code == 302


@pytest.mark.parametrize("claims", [{"nonce": "x"}, {"iss": "https://x"}, {"exp": 1}])
def test_a_token_that_does_not_hold_verifies_nobody(idp, claims):
    row, _clerk = opened()
    idp.claims = claims
    client = Client()
    assert verify(client, row, idp)["Location"].endswith("verified=wrong#verified-0")
    assert send(client, row).status_code == 409
    assert not Opinion.objects.exists()


def test_a_provider_that_is_down_keeps_nobody_from_commenting(idp):
    row, _clerk = opened()
    idp.answers[WELL_KNOWN] = (503, b"{}")
    client = Client()
    back = leave(client, row)
    assert back["Location"] == f"/consultations/{row.pk}/say/?verified=down#verified-0"
    assert "身份认证服务现在连不上" in words(client.get(back["Location"]))
    assert send(client, row, as_verified="").status_code == 302
    assert not Opinion.objects.get().is_verified


def test_what_was_brought_back_once_brings_nothing_twice(idp):
    row, _clerk = opened()
    client = Client()
    brought = idp.agree(leave(client, row)["Location"])
    held = client.cookies[ASKED].value
    assert client.get("/identity/", brought)["Location"].endswith("say/#verified-0")
    assert "已经过期或者用过了" in words(client.get("/identity/", brought))
    thief = Client()
    thief.cookies[ASKED] = held
    idp.codes[brought["code"]] = {}
    assert thief.get("/identity/", brought)["Location"].endswith("verified=stale#verified-0")
    assert VERIFIED not in thief.cookies


@pytest.mark.parametrize("minutes", [11, 90])
def test_whoever_stays_away_too_long_starts_again(idp, later, minutes):
    row, _clerk = opened()
    client = Client()
    brought = idp.agree(leave(client, row)["Location"])
    later(minutes=minutes)
    answer = client.get("/identity/", brought)
    assert answer.status_code == 409
    assert "已经过期或者用过了" in words(answer)


def test_nobody_stays_in_the_browser_of_the_next_for_long(idp, later):
    row, _clerk = opened()
    client = Client()
    verify(client, row, idp)
    later(minutes=21)
    assert "去核验" in words(client.get(f"/consultations/{row.pk}/say/"))
    late = send(client, row, "写了很久")
    assert late.status_code == 409
    assert "核验已过期" in words(late)
    assert "写了很久" in late.content.decode()
    assert send(client, row, "写了很久", as_verified="").status_code == 302


def test_a_proof_is_for_one_opinion_on_one_consultation_and_cannot_be_made(idp):
    row, _clerk = opened()
    other, _other = opened(now=NOW)
    client = Client(headers={"host": row.government.host})
    verify(client, row, idp)
    held = client.cookies[VERIFIED].value
    first = send(client, row)
    client.cookies[VERIFIED] = held
    assert send(client, row)["Location"] == first["Location"]  # the same form again is the same opinion
    client.cookies[VERIFIED] = held
    used = send(client, row, "又一条", token="t2")
    assert used.status_code == 409
    assert "核验已经用过" in words(used)
    far = Client(headers={"host": other.government.host})
    for forged in (held, held[:-1], f"{held}x", held.replace(":", "."), "x" * 3000, ""):
        far.cookies[VERIFIED] = forged
        assert send(far, other).status_code == 409
    far.cookies[VERIFIED] = leave(far, other).cookies[ASKED].value
    assert send(far, other).status_code == 409
    assert Opinion.objects.count() == 1


def test_whether_a_proof_was_used_is_looked_up_in_its_own_index():
    row, _clerk = opened()
    rows = Opinion.objects.filter(ONCE, consultation=row, verified_once="1")
    if connection.vendor == "sqlite":
        assert "mt_opinion_once_uq" in rows.explain()


def test_the_database_keeps_a_proof_to_one_opinion_and_a_verification_whole():
    row, _clerk = opened()
    opinion(row, verified=proved())
    other = opinion(row, "另一条")
    for wrong in ({"verified_once": "1"}, {"verified_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opinion.objects.filter(pk=other.pk).update(**wrong)


def test_leaving_has_a_limit_and_needs_an_open_consultation(idp):
    row, _clerk = opened()
    figure(row, "opinion.rate_per_hour", 1)
    client = Client()
    assert leave(client, row)["Location"].startswith(f"{idp.issuer}/authorize?")
    assert leave(client, row).status_code == 409
    Consultation.objects.filter(pk=row.pk).update(state="closed")
    assert leave(Client(), row).status_code == 404
    assert Client().get("/consultations/404/verify/").status_code == 404


def test_a_consultation_that_went_away_meanwhile_verifies_nobody(idp):
    row, _clerk = opened()
    client = Client()
    brought = idp.agree(leave(client, row)["Location"])
    Consultation.objects.filter(pk=row.pk).update(opened_at=None)
    assert "verified=stale" in client.get("/identity/", brought)["Location"]


def test_who_writes_for_another_is_not_marked_verified():
    row, _clerk = opened()
    with refused("proof_helper"):
        opinion(row, on_behalf="helper", verified=proved())
    assert opinion(row, on_behalf="organisation", organisation="业委会", verified=proved()).is_verified


# where it is demanded


DEMANDED = {"verified_only_reason": "关系到分房名额，一户一票"}


def test_where_it_is_demanded_others_are_told_why_and_what_else_they_can_do(idp):
    row, clerk = opened()
    Consultation.objects.filter(pk=row.pk).update(**DEMANDED)
    assert "关系到分房名额，一户一票" in words(page(f"/consultations/{row.pk}/?1"))
    form = words(page(f"/consultations/{row.pk}/say/"))
    assert "这次网上只收核验过身份的意见" in form
    assert "来信：行政中心 3 楼" in form
    client = Client()
    for typed in ({}, {"as_verified": ""}):
        told = send(client, row, **typed)
        assert told.status_code == 409
    for part in ("要先核验身份。理由：关系到分房名额，一户一票", "纸质意见", "补助太少了"):
        assert part in told.content.decode()
    verify(client, row, idp)
    assert send(client, row).status_code == 302
    said = Opinion.objects.get()
    assert actions.add_to_opinion(said.receipt, "再补一句", **who(row)).verified_at is None
    assert opinion(row, "纸上写的", by=clerk, channel="paper").verified_at is None
    assert queries.people(row.pk) == 2


def test_joining_an_opinion_needs_what_the_consultation_demands():
    row, _clerk = opened()
    first = opinion(row, shown=True)
    Consultation.objects.filter(pk=row.pk).update(**DEMANDED)
    with refused("unverified"):
        actions.receive_opinion(row.pk, OpinionIn("", same_as_id=first.pk), token="a", **who(row))
    joined = actions.receive_opinion(row.pk, OpinionIn("", same_as_id=first.pk, verified=proved()), token="a", **who(row))
    assert (joined.same_as_id, joined.author_key, joined.is_verified) == (first.pk, MARK, True)


def test_it_is_demanded_only_where_people_can_be_verified_and_can_speak_without():
    assert may_demand("", provider=False, ways="")
    assert may_demand("理由", provider=True, ways="来信：三楼")
    assert [may_demand("理由", provider=with_it, ways="").code for with_it in (False, True)] == ["no_provider", "no_other_way"]


def test_the_demand_is_written_in_the_notice_guarded_and_checked_before_opening(idp, settings):
    row, _clerk = complete()
    client = Client()
    client.force_login(clerk_person(row))
    form = client.get(f"/workspace/consultations/{row.pk}/edit/").content.decode()
    assert "verified_only_reason" in form
    typed = {"kind": "other", "summary": "要点", "effects": "人：事", "ways": "", "contact": "电话", "closes_on": "2027-01-08", **DEMANDED}
    assert client.post(f"/workspace/consultations/{row.pk}/edit/", typed).status_code == 302
    row.refresh_from_db()
    assert row.verified_only_reason == DEMANDED["verified_only_reason"]
    assert DEMANDED["verified_only_reason"] in [text for _name, text in consultation_material(row.government_id, row.pk).texts]
    assert DEMANDED["verified_only_reason"] in words(client.get(f"/workspace/consultations/{row.pk}/"))
    with refused("no_other_way"):
        actions.submit_review(row.pk, actor=_clerk, now=NOW)
    settings.MINGTANG_OIDC = None
    with refused("no_provider"):
        actions.submit_review(row.pk, actor=_clerk, now=NOW)
    assert "verified_only_reason" in client.get(f"/workspace/consultations/{row.pk}/edit/").content.decode()  # so that it can be cleared


def test_a_demand_outlives_the_service_and_says_so(settings):
    row, _clerk = opened()
    Consultation.objects.filter(pk=row.pk).update(**DEMANDED)
    form = words(page(f"/consultations/{row.pk}/say/"))
    assert "身份认证服务已停用" in form
    assert "来信：行政中心 3 楼" in form


# what is kept, and destroyed


def test_the_mark_is_destroyed_with_the_personal_data_and_the_word_stays():
    row, _clerk = opened()
    mine = opinion(row, verified=proved())
    opinion(row, "又一条", verified=proved(once="2"))
    assert "删除我的个人信息" in words(page(f"/r/{mine.receipt}/"))
    for _twice in range(2):
        actions.erase_personal(mine.receipt, actor=stranger(row.government_id), now=NOW)
    rows = Opinion.objects.order_by("pk")
    assert MARK not in every_text()
    assert len({each.author_key for each in rows}) == 1
    assert all(each.author_key.startswith(ERASED_KEY) and each.is_verified and not each.leads_to_somebody for each in rows)
    assert queries.people(row.pk) == 1
    assert kept(row) == counted(row)
    assert [act.event for act in acts_of(mine)] == ["opinion.receive", "opinion.erase_personal"]
    shown = words(page(f"/r/{mine.receipt}/"))
    assert "已核验" in shown
    assert "删除我的个人信息" not in shown


def test_erasing_the_words_destroys_the_mark_too():
    row, _clerk = opened()
    mine = opinion(row, verified=proved())
    withhold(row, [mine.pk], code="personal_data")
    judge = moderator(row)
    for _twice in range(2):
        erased = actions.erase_opinion(mine.pk, actor=judge, now=NOW, reason="当事人请求")
    assert (erased.is_verified, erased.leads_to_somebody) == (True, False)
    assert [act.event for act in acts_of(mine)].count("opinion.erase") == 1
    assert MARK not in every_text()


def test_the_moderator_sees_the_word_and_no_more():
    row, _clerk = opened()
    said = opinion(row, verified=proved())
    client = Client()
    client.force_login(person(row.government, Role.MODERATOR))
    for url in ("", f"{said.pk}/"):
        answer = client.get(f"/workspace/consultations/{row.pk}/opinions/{url}")
        assert "已核验" in words(answer)
        assert "id.example.gov.cn" not in answer.content.decode()
        assert MARK not in answer.content.decode()


def test_a_host_that_is_another_government_gets_its_own_way_back(idp):
    home = government()
    row, _clerk = opened()
    client = Client(headers={"host": home.host})
    assert leave(client, row).status_code == 404
