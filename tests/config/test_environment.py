"""What installations differ in: data folder, secret, database."""

from __future__ import annotations

import stat

import pytest

from mingtang.config.environment import data_folder, database, embeds_jobs, link_port, secret_key


def test_the_data_folder_is_the_one_named_and_made_when_absent(monkeypatch, tmp_path):
    monkeypatch.setenv("MINGTANG_DATA", str(tmp_path / "deep" / "data"))
    assert data_folder() == tmp_path / "deep" / "data"
    assert (tmp_path / "deep" / "data").is_dir()


def test_the_process_that_serves_asks_the_environment_whether_it_runs_the_jobs(monkeypatch):
    monkeypatch.setenv("MINGTANG_EMBEDDED_JOBS", "0")
    assert not embeds_jobs()
    monkeypatch.setenv("MINGTANG_EMBEDDED_JOBS", "1")
    assert embeds_jobs()


@pytest.mark.parametrize(
    ("given", "port"),
    [
        ({}, "8000"),
        ({"MINGTANG_PORT": "8123"}, "8123"),
        ({"MINGTANG_PORT": "80"}, ""),
        ({"MINGTANG_PORT": "8123", "MINGTANG_HTTPS": "1"}, ""),
        ({"MINGTANG_PORT": "8123", "MINGTANG_PROXY": "1"}, ""),
        ({"MINGTANG_PORT": "8123", "MINGTANG_HTTPS": "1", "MINGTANG_LINK_PORT": "8443"}, "8443"),
        ({"MINGTANG_HTTPS": "1", "MINGTANG_LINK_PORT": "443"}, ""),
        ({"MINGTANG_PORT": "8123", "MINGTANG_LINK_PORT": ""}, ""),
    ],
)
def test_links_of_mails_name_the_port_people_reach_the_site_at(given, port):
    assert link_port(given) == port


def test_the_secret_comes_from_the_environment_else_is_made_once_and_kept_privately(monkeypatch, tmp_path):
    monkeypatch.delenv("MINGTANG_SECRET_KEY", raising=False)
    made = secret_key(tmp_path)
    assert len(made) >= 50
    assert secret_key(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    monkeypatch.setenv("MINGTANG_SECRET_KEY", "given")
    assert secret_key(tmp_path) == "given"


@pytest.mark.parametrize(
    ("url", "name"), [("", "{data}/mingtang.sqlite3"), ("sqlite:///var/mt.db", "/var/mt.db"), ("sqlite:////var/mt.db", "/var/mt.db")]
)
def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path, url, name):
    settings = database(url, tmp_path)
    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == name.format(data=tmp_path)


def test_a_postgresql_address_is_taken_apart(tmp_path):
    settings = database("postgres://ming:p%40ss@db.example:5433/mingtang", tmp_path)
    assert {key: settings[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "mingtang",
        "USER": "ming",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }
    socket = database("postgresql:///mingtang", tmp_path)
    assert (socket["HOST"], socket["PORT"], socket["NAME"]) == ("", "", "mingtang")


def test_an_unknown_kind_of_database_is_refused_with_what_is_known(tmp_path):
    with pytest.raises(ValueError, match="postgres:// or sqlite://"):
        database("mysql://x/y", tmp_path)
