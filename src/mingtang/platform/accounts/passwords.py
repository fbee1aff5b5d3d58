"""The password rule of law.md 6.5 that Django does not ship: three of four kinds of character."""

from __future__ import annotations

import string

from django.core.exceptions import ValidationError

from mingtang.kernel.text import t

KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


class KindsValidator:
    """Refuses passwords of fewer than `least` kinds: lower case, upper case, digits, others."""

    def __init__(self, least: int = 3) -> None:
        self.least = least

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Raise ValidationError when the password has too few kinds."""
        kinds = sum(any(each in kind for each in password) for kind in KINDS)
        kinds += any(each not in "".join(KINDS) for each in password)
        if kinds < self.least:
            raise ValidationError(str(self._sentence()), code="password_kinds")

    def get_help_text(self) -> str:
        """What the rule asks."""
        return str(self._sentence())

    def _sentence(self) -> object:
        return t("密码须含大写、小写、数字、符号中的 {n} 类。", "Use {n} of: upper case, lower case, digits, symbols.", n=self.least)
