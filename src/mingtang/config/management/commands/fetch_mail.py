"""``mingtang fetch-mail``: read the boxes once, as the jobs do every three minutes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from mingtang.consultations.jobs import fetch_mail


class Command(BaseCommand):
    """Read every box once."""

    help = "Read the boxes of MINGTANG_IMAP_URL once; exits with 1 when one cannot be read."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.MINGTANG_MAILBOXES:
            msg = "no box is configured; set MINGTANG_IMAP_URL=imaps://user:password@host:993/INBOX (docs/operations.md)"
            raise CommandError(msg)
        done = fetch_mail(import_string(settings.MINGTANG_CLOCK)())
        for each in done:
            self.stdout.write(f"{each.box}: {'another process is reading it' if each.held else f'{each.fetched} fetched'}")
        if not done:
            msg = "no government has the host that MINGTANG_IMAP_URL names after #"
            raise CommandError(msg)
        if bad := [f"{each.box}: {each.problem}" for each in done if each.problem]:
            raise CommandError("; ".join(bad))
