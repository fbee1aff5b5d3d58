"""``mingtang serve``: the whole site in one process, with its jobs."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from mingtang.config.environment import data_folder, link_port


class Command(BaseCommand):
    """Migrate, then serve on loopback."""

    help = "Serve the site (and its jobs) in one process; MINGTANG_PORT and MINGTANG_DATA are honoured."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default=os.environ.get("MINGTANG_ADDRESS", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("MINGTANG_PORT", "8000")))
        parser.add_argument("--without-jobs", action="store_true", help="leave the jobs to `mingtang worker`")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # may stay empty; WhiteNoise warns when it is not there
        os.environ["MINGTANG_PORT"] = str(options["port"])  # for a serving process that is no fork and reads its settings anew
        settings.MINGTANG_LINK_PORT = link_port(os.environ)
        os.environ["MINGTANG_EMBEDDED_JOBS"] = "0" if options["without_jobs"] else "1"
        address = f"http://{'localhost' if options['address'] == '127.0.0.1' else options['address']}:{options['port']}/"
        self.stdout.write(f"明堂 Mingtang  {address}\ndata folder  {data_folder()}\nCtrl+C stops it")
        connections.close_all()  # the serving process may be a fork; a connection is not to be shared with it
        Granian(
            "mingtang.config.wsgi:application",
            address=options["address"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=8,
            websockets=False,
            log_access=False,
        ).serve()
