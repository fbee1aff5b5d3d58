"""A small identity provider of OpenID Connect, served over real HTTP on this machine; it can be told to lie, fail and be slow.

`python -m tests.identity_provider PORT` serves one for looking at pages by hand.
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from mingtang.platform.identity.provider import Provider

CLIENT, SECRET = "mingtang-test", "a secret/with signs"


class IdentityProvider:
    """One provider. `claims`, `found` and `header` are laid over what it would say; `moment` is its clock."""

    def __init__(self, moment: Callable[[], float] = time.time, port: int = 0) -> None:
        self.moment = moment
        self.subject = "330102199001011234"
        self.claims: dict[str, Any] = {}
        self.found: dict[str, Any] = {}
        self.signs_with: Any = None
        self.algorithm = "ES256"
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.redirects: dict[str, str] = {}
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.key = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
        self.others: list[dict[str, Any]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self.server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_why: object) -> None:
        self.close()

    def close(self) -> None:
        """Answer nobody any more."""
        self.server.shutdown()
        self.server.server_close()

    def known_as(self, **changes: Any) -> Provider:
        """What an installation is told of it."""
        return Provider(**{"issuer": self.issuer, "client_id": CLIENT, "client_secret": SECRET, "loopback": True, **changes})

    def environment(self) -> dict[str, str]:
        """The same as variables of the environment."""
        given = {"ISSUER": self.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET, "NAME_ZH": "浙里办统一认证", "NAME_EN": "Zheli login"}
        return {f"MINGTANG_OIDC_{name}": value for name, value in given.items()}

    def agree(self, place: str) -> dict[str, str]:
        """Somebody signs in at this address of ours and agrees: what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def discovery(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.found,
        }

    def token(self, form: dict[str, str], login: str) -> tuple[int, dict[str, Any]]:
        """An ID token for a code that was never used before, to whoever knows the secret and the verifier."""
        asked = self.codes.pop(form.get("code", ""), None)
        if not self._knows(form, login):
            return 401, {"error": "invalid_client"}
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        now = int(self.moment())
        said = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": asked["nonce"]}
        claims = {name: value for name, value in {**said, **self.claims}.items() if value is not None}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(claims)}

    def signed(self, claims: dict[str, Any]) -> str:
        """An ID token."""
        key = self.signs_with or self.key
        return jwt.encode({"alg": self.algorithm, "kid": key.kid or "one"}, claims, key, algorithms=[self.algorithm])

    def secret_of_public(self) -> Any:
        """The public key taken as a shared secret, as a forger would."""
        return OctKey.import_key(json.dumps(self.key.as_dict(private=False)))

    def _knows(self, form: dict[str, str], login: str) -> bool:
        if login.startswith("Basic "):
            name, _, word = b64decode(login[6:]).decode().partition(":")
            return (unquote(name), unquote(word)) == (CLIENT, SECRET)
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        of = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_words: Any) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                of.asked.append(urlsplit(self.path).path)
                self._answer(*of._get(self.path))

            def do_POST(self) -> None:
                path = urlsplit(self.path).path
                of.asked.append(path)
                form = {name: values[0] for name, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
                if path == "/authorize":
                    self._answer(302, of._decided(form), "")
                elif path in of.answers:
                    self._answer(of.answers[path][0], of.answers[path][1])
                else:
                    status, said = of.token(form, self.headers.get("Authorization", ""))
                    self._answer(status, json.dumps(said).encode())

            def _answer(self, status: int, body: bytes | str, kind: str = "application/json") -> None:
                self.send_response(status)
                if status in {301, 302}:
                    self.send_header("Location", str(body))
                    body = b""
                self.send_header("Content-Type", kind or "text/html")
                content = body.encode() if isinstance(body, str) else body
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        return Handler

    def _get(self, address: str) -> tuple[int, bytes | str, str]:
        path = urlsplit(address).path
        if path in self.redirects:
            return 302, self.redirects[path], ""
        if path in self.answers:
            return (*self.answers[path], "application/json")
        if path == "/.well-known/openid-configuration":
            return 200, json.dumps(self.discovery()).encode(), "application/json"
        if path == "/keys":
            public = KeySet([self.key]).as_dict(private=False)["keys"]
            return 200, json.dumps({"keys": [*self.others, *public]}).encode(), "application/json"
        if path == "/authorize":
            return 200, _page(urlsplit(address).query), "text/html; charset=utf-8"
        return 404, b"{}", "application/json"

    def _decided(self, form: dict[str, str]) -> str:
        asked = {name: values[0] for name, values in parse_qs(form["asked"]).items()}
        if form["answer"] == "no":
            back = {"error": "access_denied", "state": asked["state"], "iss": self.issuer}
        else:
            back = self.agree(f"?{form['asked']}")
        return f"{asked['redirect_uri']}?{urlencode(back)}"


def _page(query: str) -> str:
    buttons = "".join(f'<button name="answer" value="{value}">{word}</button>' for value, word in (("yes", "同意"), ("no", "拒绝")))
    hidden = f'<input type="hidden" name="asked" value="{escape(query, quote=True)}">'
    return f'<!doctype html><meta charset="utf-8"><title>统一认证</title><form method="post" action="/authorize">{hidden}{buttons}</form>'


if __name__ == "__main__":
    with IdentityProvider(port=int(sys.argv[1])) as one:
        print("\n".join(f"export {name}='{value}'" for name, value in one.environment().items()), flush=True)  # noqa: T201 - for hands
        while True:
            time.sleep(3600)
