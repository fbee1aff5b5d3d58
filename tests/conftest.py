"""What every test stands on: files in a folder of their own, Chinese spoken, nothing left over."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from mingtang.kernel.text import speaking
from tests.dovecot import Dovecot
from tests.realdata import PRESENT, REAL

# how fast examples are made says something of the machine alone; speed belongs in tests/benchmarks
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")

collect_ignore = [] if PRESENT else ["cases/test_real_data.py", "engines/lottery/test_real_pools.py"]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud when the tests on real data were left out."""
    if not PRESENT:
        terminalreporter.write_line(f"NOT RUN: {', '.join(collect_ignore)}, as there are no data in {REAL} (or set MINGTANG_REAL_DATA)")


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Path:
    """Uploads of this test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MINGTANG_KEYS = tmp_path / "keys"
    settings.WHITENOISE_AUTOREFRESH = True  # no scan of every static file for every test client
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; the real one is Django's
    return tmp_path / "files"


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A real IMAP server, one for each process of the tests."""
    server = Dovecot()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test begins in Chinese."""
    with speaking("zh"), translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A download closed by hand leaves the connection of the test's own transaction open.

    Closing a response ends a request, and the end of a request drops connections that are in the middle of a
    transaction. Django's client holds that back for the responses it closes itself; a file that a test closes
    comes later, and on PostgreSQL the test would go on without its connection.
    """
    closes = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def unless_within(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            closes(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", unless_within)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The semantic extra as if it were installed, its weights those of a small network: gives its tables."""
    from mingtang.engines.grouping import encoder
    from tests.engines.grouping.small_weights import small

    made = small(5)
    made.written(tmp_path / "site" / encoder.PACKAGE / encoder.FILE)
    (tmp_path / "site" / encoder.PACKAGE / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.delitem(sys.modules, encoder.PACKAGE, raising=False)
    importlib.invalidate_caches()
    encoder.encoder.cache_clear()
    yield made
    encoder.encoder.cache_clear()
