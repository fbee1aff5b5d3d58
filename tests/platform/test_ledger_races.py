"""The sequencer dies anywhere and races with others: no gap, no duplicate, no fork."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = "3"


@pytest.fixture
def own_database(tmp_path):
    """The address of a new database of the kind the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'race.sqlite3'}"
        return
    import psycopg

    given = settings.DATABASES["default"]
    name = f"race_{os.getpid()}"
    door = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"], "dbname": "postgres"}
    with psycopg.connect(**door, autocommit=True) as door_to:
        door_to.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{name}"
        door_to.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db
def test_killed_at_every_statement_and_racing_the_log_stays_whole(own_database, tmp_path):
    environment = {
        **os.environ,
        "MINGTANG_DATA": str(tmp_path / "data"),
        "MINGTANG_DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "mingtang.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.platform.ledger_racing", SECONDS],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["deaths"] >= 14
    assert (found["wrong"], found["kills"], found["written"], found["distinct"]) == ([], 6, 120, True)
