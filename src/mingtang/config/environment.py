"""Reading the environment: data folder, secret, database."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def data_folder() -> Path:
    """The folder for database, files and keys (``MINGTANG_DATA``, else ``.data`` here); made when absent."""
    folder = Path(os.environ.get("MINGTANG_DATA", ".data")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def link_port(given: Mapping[str, str]) -> str:
    """The port in the links of mails (empty: the scheme's own), never taken from a request.

    ``MINGTANG_LINK_PORT`` where it is set; none behind TLS or a proxy, which answers at the scheme's own; else the port this
    site is served on (``MINGTANG_PORT``, 8000).
    """
    hidden = given.get("MINGTANG_HTTPS") == "1" or given.get("MINGTANG_PROXY") == "1"
    port = given.get("MINGTANG_LINK_PORT", "" if hidden else given.get("MINGTANG_PORT", "8000"))
    return "" if port == ("443" if given.get("MINGTANG_HTTPS") == "1" else "80") else port


def embeds_jobs() -> bool:
    """Whether this web process runs the jobs too (``MINGTANG_EMBEDDED_JOBS=1``, set by ``mingtang serve``).

    Read when asked and not a setting: the process that serves may be a fork of the command that decided,
    and that command had read its settings before.
    """
    return os.environ.get("MINGTANG_EMBEDDED_JOBS") == "1"


def secret_key(folder: Path) -> str:
    """``MINGTANG_SECRET_KEY``, else a key made once and kept beside the data, readable by the owner only."""
    if key := os.environ.get("MINGTANG_SECRET_KEY"):
        return key
    kept = folder / "secret.key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for a database address; without one, SQLite in the data folder.

    Accepts ``postgres://person:password@host:port/name`` and ``sqlite:///path``; ValueError otherwise.
    """
    if not url or url.startswith("sqlite://"):
        name = url.removeprefix("sqlite://") or str(folder / "mingtang.sqlite3")
        return _sqlite(name.removeprefix("/") if name.startswith("//") else name)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        msg = f"MINGTANG_DATABASE_URL: unknown kind of database {parts.scheme!r}; use postgres:// or sqlite://"
        raise ValueError(msg)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10},
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 60,  # a report of a million opinions is published in some thirty seconds; others wait rather than fail
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456",
        },
    }
