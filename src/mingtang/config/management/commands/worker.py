"""``mingtang worker``: the jobs alone, as many processes as wanted."""

from __future__ import annotations

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from mingtang.platform.jobs.runner import Runner


class Command(BaseCommand):
    """Run what is due until stopped."""

    help = "Run the jobs (outbox, closing of consultations …) until stopped; several may run at once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        runner = Runner(import_string(settings.MINGTANG_CLOCK))
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: runner.ask_to_stop())
        self.stdout.write("worker running; SIGTERM stops it after the work in hand")
        runner.run_here()
