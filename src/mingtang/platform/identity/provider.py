"""The identity provider of this installation, as the environment names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from mingtang.kernel.text import Text, t

NAME = "MINGTANG_OIDC_"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom we ask. `subject_claim` is the claim of the ID token that tells people apart.

    `loopback` allows plain http on this machine; only tests set it.
    """

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    name_zh: str = "统一身份认证"
    name_en: str = "the identity service"
    scopes: str = "openid"
    subject_claim: str = "sub"
    loopback: bool = False

    @property
    def name(self) -> Text:
        """What people know it by."""
        return t(self.name_zh, self.name_en)

    def may_ask(self, url: str) -> bool:
        """Whether an address may be asked: https without a name or password in it; what a provider writes cannot lead elsewhere."""
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname, parts.port
        except ValueError:
            return False
        if not host or parts.username is not None or parts.fragment:
            return False
        return parts.scheme == "https" or (self.loopback and parts.scheme == "http" and host in LOOPBACK)


def provider_of(environment: Mapping[str, str], *, loopback: bool = False) -> Provider | None:
    """The provider of ``MINGTANG_OIDC_ISSUER`` and its neighbours; None without an issuer.

    ValueError when the issuer is no https address, has a query, or comes without a client.
    """
    given = {
        field: environment[f"{NAME}{key}"].strip()
        for key, field in (
            ("ISSUER", "issuer"),
            ("CLIENT_ID", "client_id"),
            ("CLIENT_SECRET", "client_secret"),
            ("NAME_ZH", "name_zh"),
            ("NAME_EN", "name_en"),
            ("SCOPES", "scopes"),
            ("SUBJECT_CLAIM", "subject_claim"),
        )
        if environment.get(f"{NAME}{key}", "").strip()
    }
    if "issuer" not in given:
        return None
    if "client_id" not in given:
        raise ValueError(f"{NAME}ISSUER is set but {NAME}CLIENT_ID is not")
    found = Provider(**given, loopback=loopback)
    if not found.may_ask(found.issuer) or urlsplit(found.issuer).query:
        raise ValueError(f"{NAME}ISSUER: {found.issuer!r} is no https address of an issuer")
    if "openid" not in found.scopes.split():
        raise ValueError(f"{NAME}SCOPES: without “openid” no identity is proved")
    return found


def provider() -> Provider | None:
    """The provider of this installation; None when there is none."""
    return settings.MINGTANG_OIDC
