"""Asking the provider over HTTP: what it says of itself, its keys, an ID token for a code.

Discovery and keys are known for a while within a process; a provider that does not answer is left alone for some seconds, so
that a form never waits for it twice. No redirect is followed, no answer is read past its limit, no address is asked that
`Provider.may_ask` refuses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, TypeVar, cast
from urllib.parse import quote

import requests
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, import_key

from mingtang.platform.identity.provider import Provider

R = TypeVar("R")
TIMEOUT = (3.05, 6.0)
LARGEST, LONGEST_SECONDS = 256 * 1024, 10.0
DISCOVERY_SECONDS, KEYS_SECONDS, REFRESH_SECONDS, DOWN_SECONDS = 3600.0, 600.0, 30.0, 15.0
WELL_KNOWN = "/.well-known/openid-configuration"
_known: dict[tuple[Provider, str], tuple[float, Any]] = {}
_down: dict[Provider, float] = {}


class ProviderDownError(Exception):
    """The provider does not answer, or not in the way the standard says."""


class CodeRefusedError(Exception):
    """The provider does not take the code: used before, too old, or never given to us."""


def forget_known() -> None:
    """Forget what this process knows of any provider."""
    _known.clear()
    _down.clear()


def discovery(of: Provider) -> Mapping[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 4); ProviderDownError when it does not, or names another issuer."""

    def read() -> Mapping[str, Any]:
        found = _get(of, of.issuer.rstrip("/") + WELL_KNOWN)
        if found.get("issuer") != of.issuer:
            raise ProviderDownError(f"{of.issuer} says it is {found.get('issuer')!r}")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not isinstance(found.get(name), str) or not of.may_ask(found[name]):
                raise ProviderDownError(f"{of.issuer} names no {name} that may be asked")
        return found

    return _remembered(of, "discovery", DISCOVERY_SECONDS, read)


def keys(of: Provider, *, fresh: bool = False) -> KeySet:
    """The provider's public keys; `fresh` asks again unless that was done within half a minute."""

    def read() -> KeySet:
        listed = _get(of, discovery(of)["jwks_uri"]).get("keys")
        found = [key for each in listed if (key := _public(each))] if isinstance(listed, list) else []
        if not found:
            raise ProviderDownError(f"{of.issuer} names no key we can read")
        return KeySet(found)

    return _remembered(of, "keys", REFRESH_SECONDS if fresh else KEYS_SECONDS, read)


def id_token(of: Provider, code: str, verifier: str, redirect_uri: str) -> str:
    """The raw ID token for a code (RFC 6749, 4.1.3; RFC 7636, 4.5). CodeRefusedError, ProviderDownError."""
    found = discovery(of)
    data = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
    data["client_id"] = of.client_id
    basic = of.client_secret and "client_secret_post" not in found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if of.client_secret and not basic:
        data["client_secret"] = of.client_secret
    login = requests.auth.HTTPBasicAuth(_quoted(of.client_id), _quoted(of.client_secret)) if basic else _nobody
    status, answer = _exchange(of, "POST", found["token_endpoint"], data=data, auth=login)
    if 400 <= status < 500:  # noqa: PLR2004 - the classes of HTTP statuses
        raise CodeRefusedError(repr(answer.get("error", status))[:80])
    raw = answer.get("id_token")
    if status != 200 or not isinstance(raw, str):  # noqa: PLR2004 - the HTTP status itself
        raise ProviderDownError(f"{of.issuer} gave no ID token ({status})")
    return raw


def _remembered(of: Provider, what: str, seconds: float, read: Callable[[], R]) -> R:
    known = _known.get((of, what))
    if known and monotonic() - known[0] <= seconds:
        return cast("R", known[1])
    try:
        found = read()
    except ProviderDownError:
        _down[of] = monotonic()
        raise
    _known[of, what] = monotonic(), found
    return found


def _get(of: Provider, url: str) -> dict[str, Any]:
    status, found = _exchange(of, "GET", url, auth=_nobody)
    if status != 200:  # noqa: PLR2004 - the HTTP status itself
        raise ProviderDownError(f"{url} answered {status}")
    return found


def _exchange(of: Provider, method: str, url: str, **how: Any) -> tuple[int, dict[str, Any]]:
    if not of.may_ask(url):
        raise ProviderDownError(f"{url} may not be asked")
    if monotonic() - _down.get(of, -DOWN_SECONDS) < DOWN_SECONDS:
        raise ProviderDownError(f"{of.issuer} did not answer a moment ago")
    try:
        with requests.Session() as session:
            session.trust_env = not of.loopback  # certificates and proxy of the installation; none on the way to oneself
            headers = {"Accept": "application/json"}
            with session.request(method, url, timeout=TIMEOUT, allow_redirects=False, stream=True, headers=headers, **how) as answer:
                body, status = _body(answer), answer.status_code
    except (requests.RequestException, OSError) as problem:
        _down[of] = monotonic()
        raise ProviderDownError(f"{url} does not answer") from problem
    return status, _object(url, body)


def _body(answer: requests.Response) -> bytes:
    """The body, up to its limit in size and time; whatever comes later is not waited for."""
    body, until = b"", monotonic() + LONGEST_SECONDS
    for piece in answer.iter_content(16 * 1024):
        body += piece
        if len(body) > LARGEST or monotonic() > until:
            raise requests.Timeout("too long an answer")
    return body


def _object(url: str, body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as problem:
        raise ProviderDownError(f"{url} answers no JSON") from problem
    if not isinstance(found, dict):
        raise ProviderDownError(f"{url} answers no object")
    return found


def _public(given: Any) -> Key | None:
    """A public key; None for what we cannot read (other curves), for keys of encryption and for shared secrets."""
    if not isinstance(given, dict) or given.get("kty") not in {"RSA", "EC", "OKP"} or given.get("use", "sig") != "sig":
        return None
    try:
        return import_key(given)
    except (JoseError, KeyError, TypeError, ValueError):
        return None


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No login; given so that none is taken from a .netrc file."""
    return request


def _quoted(words: str) -> str:
    return quote(words, safe="")  # RFC 6749, 2.3.1
