"""``mingtang backup``: database and files into one archive, while the site runs."""

from __future__ import annotations

import sqlite3
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    """Write one archive."""

    help = "Write database and files into FILE (.tar.gz); safe while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        target: Path = options["file"]
        if target.exists():
            msg = f"{target} exists already; choose another name"
            raise CommandError(msg)
        with tempfile.TemporaryDirectory() as folder:
            dump = _dump(Path(folder))
            with tarfile.open(target, "w:gz") as archive:
                archive.add(dump, arcname=dump.name)
                if Path(settings.MEDIA_ROOT).exists():
                    archive.add(settings.MEDIA_ROOT, arcname="files")
        self.stdout.write(f"{target}  {target.stat().st_size // 1024} KB")


def _dump(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        copy = folder / "mingtang.sqlite3"
        with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return copy
    copy, database = folder / "mingtang.dump", settings.DATABASES["default"]
    command = [
        "pg_dump",
        "--format=custom",
        f"--file={copy}",
        f"--host={database['HOST']}",
        f"--port={database['PORT']}",
        f"--username={database['USER']}",
        database["NAME"],
    ]
    subprocess.run(command, check=True, env={"PGPASSWORD": database["PASSWORD"], "PATH": "/usr/bin:/usr/local/bin"})  # noqa: S603 - our own arguments
    return copy
