"""Signing in with a second step: the authenticator app, and a passkey without any password; in a house of its own, for a second
step stays with its person."""

from __future__ import annotations

import base64
import hmac
import struct
import time

import pytest

from tests.journeys.people import PASSWORD, Visitor, sign_in

pytestmark = pytest.mark.journey


def _digits(secret: str, at: float) -> str:
    """The six digits an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mark = hmac.new(key, struct.pack(">Q", int(at) // 30), "sha1").digest()
    start = mark[-1] & 15
    return f"{(struct.unpack('>I', mark[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def _confirm(who: Visitor) -> None:
    """The page that asks for the password once more, where it comes."""
    if who.main.locator("input[name=password]").count():
        who.fill(password=PASSWORD)
        who.main.locator("button[type=submit].btn--go").first.click()
        who.page.wait_for_load_state()


def test_an_authenticator_app_is_set_up_and_asked_for_at_the_next_sign_in(people):
    clerk = people("shi")
    clerk.open("/accounts/2fa/totp/activate/")
    _confirm(clerk)
    secret = clerk.main.locator("dd.num").inner_text().strip()
    clerk.fill(code="000000")
    clerk.press("启用", "Set it up")
    assert clerk.main.locator("dd.num").inner_text().strip() == secret
    clerk.fill(code=_digits(secret, time.time()))
    clerk.press("启用", "Set it up")
    clerk.sees("备用码")
    later = people.citizen()
    sign_in(later, "shi")
    later.sees("第二步：确认身份")
    later.fill(code="123456")
    later.press("登录", "Sign in")
    later.sees("第二步：确认身份")
    later.fill(code=_digits(secret, time.time() + 30))
    later.press("登录", "Sign in")
    assert later.page.url.endswith("/workspace/")


def test_a_passkey_is_added_and_signs_in_without_a_password(people):
    head = people("zhang")
    box = head.page.context.new_cdp_session(head.page)
    box.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    box.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    head.open("/accounts/2fa/webauthn/add/")
    _confirm(head)
    head.fill(name="办公室钥匙", passwordless=True)
    with head.page.expect_navigation():
        head.page.locator("#mfa_webauthn_add").click()
    head.open("/accounts/2fa/webauthn/")
    head.sees("办公室钥匙")
    head.sees("通行密钥")
    head.open("/accounts/logout/")
    head.main.get_by_role("button").first.click()
    head.page.wait_for_url("**/")
    head.open("/accounts/login/")
    head.page.locator("#passkey_login").click()
    head.page.wait_for_url("**/workspace/")
    head.sees("等我处理")
