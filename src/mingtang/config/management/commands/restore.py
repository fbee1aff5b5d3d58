"""``mingtang restore``: database and files from an archive of ``mingtang backup``."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    """Read one archive back."""

    help = "Restore database and files from FILE; refuses to overwrite an existing database without --replace."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="overwrite what is there")

    def handle(self, *_args: Any, **options: Any) -> None:
        source: Path = options["file"]
        if not source.exists():
            msg = f"{source} does not exist"
            raise CommandError(msg)
        if not options["replace"] and _holds_something():
            msg = "the database is not empty; add --replace to overwrite it"
            raise CommandError(msg)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with tarfile.open(source) as archive:
                _unpack(archive, folder)
            _load(folder)
            if (folder / "files").exists():
                shutil.copytree(folder / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
        self.stdout.write("restored")


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Take out files and folders that stay inside `folder`; with anything else in it, it is no backup of ours."""
    for each in archive.getmembers():
        inside = (folder / each.name).resolve().is_relative_to(folder.resolve())
        if not inside or not (each.isfile() or each.isdir()):
            msg = f"{each.name} in the archive is neither a file nor a folder of a backup"
            raise CommandError(msg)
    safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python before 3.11.4 has no filters
    archive.extractall(folder, **safely)  # noqa: S202 - every member was looked at above


def _holds_something() -> bool:
    tables = connection.introspection.table_names()
    if "mt_government" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mt_government")
        return bool(cursor.fetchone()[0])


def _load(folder: Path) -> None:
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(database["NAME"])
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        shutil.copyfile(folder / "mingtang.sqlite3", target)
        return
    command = [
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        f"--host={database['HOST']}",
        f"--port={database['PORT']}",
        f"--username={database['USER']}",
        f"--dbname={database['NAME']}",
        str(folder / "mingtang.dump"),
    ]
    subprocess.run(command, check=True, env={"PGPASSWORD": database["PASSWORD"], "PATH": "/usr/bin:/usr/local/bin"})  # noqa: S603 - our own arguments
