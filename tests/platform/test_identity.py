"""Asking an identity provider, over real HTTP: what is believed, what is not, and what is never asked."""

from __future__ import annotations

import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from mingtang.platform.identity import asking, people
from mingtang.platform.identity.asking import ProviderDownError, discovery, forget_known, keys
from mingtang.platform.identity.flow import Begun, UnverifiedError, begin, finish
from mingtang.platform.identity.people import mark_of
from mingtang.platform.identity.provider import Provider, provider_of
from tests.identity_provider import CLIENT, IdentityProvider

BACK = "http://testserver/identity/"


@pytest.fixture
def idp():
    forget_known()
    with IdentityProvider() as one:
        yield one
    forget_known()


def moment() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def verified(idp: IdentityProvider, *, of: Provider | None = None, brings: dict | None = None, now: datetime | None = None) -> str:
    """The way there and back; gives the subject."""
    of = of or idp.known_as()
    place, begun = begin(of, BACK)
    return finish(of, begun, {**idp.agree(place), **(brings or {})}, BACK, now or moment())


def why(idp: IdentityProvider, **how) -> str:
    with pytest.raises(UnverifiedError) as raised:
        verified(idp, **how)
    return raised.value.code


# what is believed


@pytest.mark.parametrize("methods", [["client_secret_basic"], ["client_secret_post"], ["private_key_jwt", "client_secret_basic"]])
def test_somebody_who_agrees_is_verified_however_the_client_signs_in(idp, methods):
    idp.found["token_endpoint_auth_methods_supported"] = methods
    assert verified(idp) == "330102199001011234"


def test_another_claim_tells_people_apart_when_the_installation_says_so(idp):
    idp.claims["person"] = 77
    assert verified(idp, of=idp.known_as(subject_claim="person")) == "77"
    for nothing in (None, "", " ", ["a"], True):
        idp.claims["person"] = nothing
        assert why(idp, of=idp.known_as(subject_claim="person")) == "wrong"


def test_a_key_that_was_changed_is_asked_for_again_and_unreadable_ones_are_passed_over(idp, monkeypatch):
    monkeypatch.setattr(asking, "REFRESH_SECONDS", -1.0)
    idp.others = [{"kty": "EC", "crv": "SM2", "kid": "sm", "x": "AA", "y": "AA"}, {"kty": "oct", "k": "AA", "kid": "s"}, "nonsense"]
    assert verified(idp)
    idp.key = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
    assert verified(idp)
    assert idp.asked.count("/keys") == 2
    assert [each.kid for each in keys(idp.known_as()).keys] == ["two"]


# what is not believed


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": ["another-client", "third"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 9_000_000_000},
        {"sub": None},
    ],
)
def test_a_token_with_wrong_claims_verifies_nobody(idp, claims):
    idp.claims = claims
    assert why(idp) == "wrong"


def test_a_token_signed_by_somebody_else_verifies_nobody(idp):
    idp.signs_with = ECKey.generate_key("P-256", {"kid": "one"})
    assert why(idp) == "wrong"
    idp.signs_with, idp.algorithm = idp.secret_of_public(), "HS256"
    assert why(idp) == "wrong"


@pytest.mark.parametrize("raw", ["", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", 7, None, {}])
def test_what_is_no_token_verifies_nobody(idp, raw, monkeypatch):
    monkeypatch.setattr(idp, "signed", lambda _claims: raw)
    assert why(idp) in {"wrong", "down"}


def test_time_is_the_moment_of_the_request(idp):
    assert why(idp, now=moment() + timedelta(minutes=7)) == "wrong"
    assert verified(idp, now=moment() + timedelta(minutes=4))
    assert why(idp, now=moment() - timedelta(minutes=7)) == "wrong"


def test_another_state_another_issuer_and_a_refusal_are_told_apart(idp):
    assert why(idp, brings={"state": "another"}) == "stale"
    assert why(idp, brings={"iss": "https://elsewhere.example"}) == "wrong"
    assert why(idp, brings={"code": ""}) == "wrong"
    assert why(idp, brings={"error": "access_denied"}) == "denied"
    assert why(idp, brings={"error": "temporarily_unavailable"}) == "down"


def test_a_code_is_good_once_and_only_with_its_verifier(idp):
    of = idp.known_as()
    place, begun = begin(of, BACK)
    brought = idp.agree(place)
    assert finish(of, begun, brought, BACK, moment())
    with pytest.raises(UnverifiedError, match="stale: 'invalid_grant'"):
        finish(of, begun, brought, BACK, moment())
    with pytest.raises(UnverifiedError, match="stale: 'invalid_grant'"):
        finish(of, Begun(begun.state, begun.nonce, "another" * 9), idp.agree(place), BACK, moment())


# what is never asked


def test_discovery_and_keys_are_known_for_a_while_and_what_is_down_is_left_alone(idp, monkeypatch):
    of = idp.known_as()
    for _ in range(3):
        verified(idp)
    assert [idp.asked.count(path) for path in (asking.WELL_KNOWN, "/keys", "/token")] == [1, 1, 3]
    forget_known()
    idp.answers[asking.WELL_KNOWN] = (500, b"{}")
    for _ in range(3):
        with pytest.raises(UnverifiedError, match="down"):
            begin(of, BACK)
    assert idp.asked.count(asking.WELL_KNOWN) == 2
    idp.answers.clear()
    monkeypatch.setattr(asking, "DOWN_SECONDS", 0.0)
    assert verified(idp)


def test_a_provider_that_is_gone_is_down(idp):
    place, begun = begin(idp.known_as(), BACK)
    idp.close()
    with pytest.raises(UnverifiedError) as raised:
        finish(idp.known_as(), begun, idp.agree(place), BACK, moment())
    assert raised.value.code == "down"
    with pytest.raises(UnverifiedError, match="a moment ago"):
        finish(idp.known_as(), begun, idp.agree(place), BACK, moment())


@pytest.mark.parametrize("body", [b"no json", b"[]", b'{"issuer": "https://elsewhere.example"}', b"{" + b" " * asking.LARGEST + b"}"])
def test_what_is_no_discovery_is_not_believed(idp, body):
    idp.answers[asking.WELL_KNOWN] = (200, body)
    with pytest.raises(ProviderDownError):
        discovery(idp.known_as())


@pytest.mark.parametrize(
    "place",
    [
        "http://intranet.example/token",
        "http://169.254.169.254/latest",
        "ftp://127.0.0.1/token",
        "file:///etc/passwd",
        "https://a:b@elsewhere.example/",
        "//elsewhere.example",
        "https://[::1",
        "https://elsewhere.example:port/",
        7,
        None,
    ],
)
@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_leads_to_no_address_that_is_not_https(idp, name, place):
    idp.found[name] = place
    with pytest.raises(ProviderDownError):
        discovery(idp.known_as())


def test_keys_nobody_can_read_are_no_keys(idp):
    idp.answers["/keys"] = (200, b'{"keys": [{"kty": "oct", "k": "AA"}]}')
    with pytest.raises(ProviderDownError, match="no key"):
        keys(idp.known_as())


def test_no_redirect_is_followed(idp):
    idp.redirects[asking.WELL_KNOWN] = f"{idp.issuer}/elsewhere"
    with pytest.raises(ProviderDownError):
        discovery(idp.known_as())
    assert idp.asked == [asking.WELL_KNOWN]


# configuration


def test_without_an_issuer_there_is_no_provider():
    assert provider_of({}) is None
    assert provider_of({"MINGTANG_OIDC_ISSUER": " ", "MINGTANG_OIDC_CLIENT_ID": "a"}) is None


def test_the_environment_names_the_provider():
    given = {
        "MINGTANG_OIDC_ISSUER": "https://id.example.gov.cn/realm ",
        "MINGTANG_OIDC_CLIENT_ID": "mingtang",
        "MINGTANG_OIDC_CLIENT_SECRET": "s",
        "MINGTANG_OIDC_NAME_ZH": "省统一身份认证",
        "MINGTANG_OIDC_NAME_EN": "Provincial login",
        "MINGTANG_OIDC_SCOPES": "openid real",
        "MINGTANG_OIDC_SUBJECT_CLAIM": "person",
    }
    found = Provider("https://id.example.gov.cn/realm", "mingtang", "s", "省统一身份认证", "Provincial login", "openid real", "person")
    assert provider_of(given) == found
    assert str(found.name) == "省统一身份认证"
    assert "'s'" not in repr(provider_of(given))  # a page of errors shows settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "http://id.example.gov.cn"),
        ("ISSUER", "http://localhost:9"),
        ("ISSUER", "id.example.gov.cn"),
        ("ISSUER", "https://id.example.gov.cn/?a=b"),
        ("ISSUER", "https://a:b@id.example.gov.cn/"),
        ("CLIENT_ID", ""),
        ("SCOPES", "profile"),
    ],
)
def test_a_wrong_configuration_stops_the_start_with_a_sentence(name, value):
    given = {"MINGTANG_OIDC_ISSUER": "https://id.example.gov.cn", "MINGTANG_OIDC_CLIENT_ID": "a", f"MINGTANG_OIDC_{name}": value}
    with pytest.raises(ValueError, match="MINGTANG_OIDC_"):
        provider_of(given)


# marks of people


def test_a_mark_is_the_same_person_in_one_matter_and_nobody_elsewhere(settings):
    mine = mark_of("consultation:1", "https://a", "330102199001011234")
    assert (len(mine), mark_of("consultation:1", "https://a", "330102199001011234")) == (64, mine)
    others = {mark_of("consultation:2", "https://a", "330102199001011234"), mark_of("consultation:1", "https://b", "330102199001011234")}
    assert len({mine, *others, mark_of("consultation:1", "https://a3", "30102199001011234")}) == 4
    key = Path(settings.MINGTANG_KEYS) / people.KEY_NAME
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [each.name for each in key.parent.iterdir()] == [people.KEY_NAME]
    people._key.cache_clear()
    assert mark_of("consultation:1", "https://a", "330102199001011234") == mine
    key.write_text("00" * 32)
    people._key.cache_clear()
    assert mark_of("consultation:1", "https://a", "330102199001011234") != mine
    key.write_text("00")
    people._key.cache_clear()
    with pytest.raises(ValueError, match="32 bytes"):
        mark_of("consultation:1", "https://a", "1")
    people._key.cache_clear()
