"""export, verify-export, verify, mirror, keys: as a person types them."""

from __future__ import annotations

from io import StringIO
from urllib.error import URLError

import pytest
from django.core.management import CommandError, call_command

from mingtang.engines.ledger import fetching, verifying
from mingtang.platform.ledger.models import LedgerKey
from tests.consultations.test_exporting import AFTER
from tests.factories.consultations import opened
from tests.factories.ledger import reported
from tests.factories.platform import government
from tests.platform.test_ledger import promised
from tests.portal.test_trust import _asking, line_of

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_a_matter_is_exported_and_verified(tmp_path, capsys):
    row, _clerk, _rows = reported()
    said = run("export", str(row.topic_id), str(tmp_path / "out"))
    assert "received 6, group 4, single 1, withheld 1" in said
    run("verify_export", str(tmp_path / "out"))
    assert "All that was checked holds." in capsys.readouterr().out
    with pytest.raises(CommandError, match="not empty"):
        run("export", str(row.topic_id), str(tmp_path / "out"))
    path = tmp_path / "out" / "opinions.jsonl"
    path.write_text(path.read_text().replace("意见第1条", "意见第一条"))
    with pytest.raises(SystemExit) as stopped:
        run("verify_export", str(tmp_path / "out"))
    assert stopped.value.code == 1
    assert "opinions.jsonl:2" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        run("verify_export", str(tmp_path / "none"), "--keys", str(tmp_path / "none.json"))
    assert stopped.value.code == 2


def test_what_cannot_be_exported_is_refused_with_the_cause(tmp_path):
    row, _clerk = opened()
    with pytest.raises(CommandError, match="No adoption report"):
        run("export", str(row.topic_id), str(tmp_path / "out"), "--language", "en")
    with pytest.raises(CommandError, match="no such government"):
        run("export", "1", str(tmp_path / "out"), "--government", "nowhere.example")
    government()
    with pytest.raises(CommandError, match="--government HOST"):
        run("export", "1", str(tmp_path / "out"))


def test_a_receipt_is_verified_and_a_log_mirrored(tmp_path, monkeypatch, capsys):
    row, _clerk, rows = reported()
    run("export", str(row.topic_id), str(tmp_path / "out"))
    line = line_of(rows[0].receipt)
    words = tmp_path / "words.txt"
    words.write_text(rows[0].text)
    run("verify", line, "--keys", str(tmp_path / "out" / "keys.json"), "--text", str(words))
    assert "to the letter" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        run("verify", "1~2")
    assert stopped.value.code == 2
    monkeypatch.setattr(verifying, "over_http", lambda _address: _asking)
    run("mirror", "http://log.example", str(tmp_path / "mirror"))
    run("mirror", "http://log.example", str(tmp_path / "other"), "--whole", "--compare", str(tmp_path / "mirror"))
    assert "of both copies are the same" in capsys.readouterr().out
    (tmp_path / "mirror" / "entries.jsonl").write_text("")
    with pytest.raises(SystemExit) as stopped:
        run("mirror", "http://log.example", str(tmp_path / "other"), "--compare", str(tmp_path / "mirror"))
    assert stopped.value.code == 1


def test_keys_are_made_listed_changed_and_missed(settings):
    home = government()
    promised(home)
    assert "IS MISSING" not in run("keys")
    said = run("keys", "--new")
    assert len(said.splitlines()) == 3
    assert LedgerKey.objects.count() == 2
    settings.MINGTANG_KEYS = settings.MINGTANG_KEYS / "elsewhere"
    assert run("keys").count("IS MISSING") == 2


def test_an_address_that_is_none_or_does_not_answer_is_said(tmp_path, monkeypatch):
    with pytest.raises(ValueError):
        fetching.over_http("file:///etc")

    def refuse(*_args, **_options):
        raise URLError("refused")

    monkeypatch.setattr(fetching.urllib.request, "urlopen", refuse)
    with pytest.raises(fetching.UnreachableError, match="refused"):
        fetching.over_http("http://log.example/")("/log/head")
    assert AFTER
