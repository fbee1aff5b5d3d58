"""The trust page, the log as JSON, receipts that carry everything, verifiers to take away."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from mingtang.consultations import actions
from mingtang.engines.ledger.checking import check_inclusion, check_receipt, grouped
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.mirror import follow
from mingtang.engines.ledger.packing import unpack
from mingtang.engines.ledger.proofs import grows
from mingtang.engines.ledger.receipts import leaf_of
from mingtang.engines.ledger.verifying import keys_in, verify
from mingtang.platform.ledger import keys
from mingtang.platform.ledger.models import LedgerEntry, LedgerKey
from mingtang.platform.ledger.sequencing import sequence_all
from tests.factories.consultations import moderator, opened, opinion, withhold
from tests.factories.ledger import reported
from tests.factories.platform import NOW, government, later
from tests.platform.test_ledger import unguarded

pytestmark = pytest.mark.django_db


def get(path: str, **options):
    return Client().get(path, **options)


def words(response) -> str:
    return re.sub(r"<[^>]+>", "", html.unescape(response.content.decode()))


def log(path: str):
    answer = get(path)
    return {"status": answer.status_code} if answer.status_code != 200 else answer.json()


def line_of(receipt: str) -> str:
    return html.unescape(re.search(r'/trust/verify/#([^"]+)"', get(f"/r/{receipt}/").content.decode())[1])


def test_an_opinion_is_followed_from_its_receipt_to_its_place_in_the_log():
    row, _clerk = opened()
    made = opinion(row, "补助太少了")
    before = words(get(f"/r/{made.receipt}/"))
    assert "一分钟之内记入总账" in before
    held = unpack(line_of(made.receipt))
    assert log(f"/log/proof?leaf={leaf_of(held.signed).hex()}") == {"status": 404}
    sequence_all(later(minutes=1))
    assert f"已记入总账第 {LedgerEntry.objects.get(kind='opinion.receive').position} 条" in words(get(f"/r/{made.receipt}/"))
    answer = log(f"/log/proof?leaf={leaf_of(held.signed).hex()}")
    assert check_inclusion(Findings(), held.signed, answer)
    assert check_receipt(held, text="补助太少了", trusted=keys_in(log("/log/keys"))).good


def test_the_printed_receipt_shows_code_and_fingerprint_and_fits_a_qr_code():
    row, _clerk = opened()
    page = get(f"/r/{opinion(row).receipt}/")
    assert "<svg" in page.content.decode()
    assert grouped(LedgerKey.objects.get().fingerprint) in words(page)
    assert "/trust/verify/#" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_an_erased_opinion_keeps_its_page_without_the_code():
    row, _clerk = opened()
    made = opinion(row)
    judge = moderator(row)
    withhold(row, [made.pk], code="personal_data", now=NOW)
    actions.erase_opinion(made.pk, actor=judge, now=NOW, reason="应请求")
    page = get(f"/r/{made.receipt}/")
    assert "已依法清除" in words(page)
    assert "<svg" not in re.search(r'<div class="receipt.*</div></div>', page.content.decode(), re.DOTALL)[0]


def test_the_trust_page_names_head_keys_delay_and_how_to_check():
    row, _clerk = opened()
    opinion(row)
    keys.rotate(row.government_id, later(days=1))
    waiting = words(get("/trust/"))
    assert "一般十秒之内，最多一分钟" in waiting
    sequence_all(NOW)
    shown = words(get("/trust/"))
    head = log("/log/head")["head"]
    assert head["root"] in shown
    for key in LedgerKey.objects.all():
        assert grouped(key.fingerprint) in shown
    with translation.override("en"):
        assert "You need not trust us" in words(get("/en/trust/"))


def test_before_anything_was_promised_the_pages_say_so():
    government()
    assert "还没有记入任何一条" in words(get("/trust/"))
    assert get("/log/head").status_code == 404
    assert log("/log/keys") == {"keys": []}
    assert log("/log/heads?since=0") == {"heads": []}
    assert log("/log/entries?from=0&to=10") == {"entries": []}


@pytest.mark.parametrize("path", ["proof?leaf=x", "proof", "heads", "entries?from=0", "entries?from=-1&to=2", "consistency?first=1"])
def test_a_question_that_is_not_well_formed_is_refused(path):
    government()
    answer = get(f"/log/{path}")
    assert (answer.status_code, answer["Cache-Control"]) == (400, "no-store")
    assert answer.json()["problem"]


def test_the_log_answers_without_cookies_to_any_page_and_is_cached():
    row, _clerk = opened()
    for n in range(3):
        opinion(row, f"第{n}条")
    sequence_all(NOW)
    opinion(row, "第四条")
    sequence_all(later(minutes=1))
    heads = log("/log/heads?since=0")["heads"]
    first, second = heads
    proof = log(f"/log/consistency?first={first['size']}&second={second['size']}")["proof"]
    roots = [bytes.fromhex(each["root"]) for each in heads]
    assert grows("sha256", first["size"], roots[0], second["size"], roots[1], [bytes.fromhex(each) for each in proof])
    assert log("/log/consistency?first=1&second=999") == {"status": 404}
    whole, part = get(f"/log/entries?from=0&to={second['size']}"), get("/log/entries?from=0&to=999")
    assert (whole["Cache-Control"], part["Cache-Control"]) == ("public, max-age=31536000, immutable", "public, max-age=5")
    for path in ("/log/head", "/log/keys", "/log/entries?from=0&to=1", "/trust/", "/trust/verify/"):
        answer = get(path)
        assert (answer.status_code, answer.cookies.output()) == (200, ""), path
    assert get("/log/head")["Access-Control-Allow-Origin"] == "*"


def test_the_verifier_is_one_file_that_runs_alone(tmp_path):
    row, _clerk = opened()
    made = opinion(row)
    sequence_all(NOW)
    answer = get("/trust/mingtang_verify.py")
    assert "attachment" in answer["Content-Disposition"]
    program, receipt, published_keys, said = (tmp_path / name for name in ("mingtang_verify.py", "receipt.txt", "keys.json", "words.txt"))
    program.write_bytes(answer.content)
    receipt.write_text(line_of(made.receipt))
    published_keys.write_bytes(get("/log/keys").content)
    said.write_text("补助太少了\n")

    def run(*options):
        return subprocess.run([sys.executable, "-I", program, "receipt", receipt, *options], capture_output=True, text=True, check=False)

    good = run("--keys", published_keys, "--text", said)
    assert (good.returncode, good.stderr) == (0, "")
    assert "The words are those of the receipt, to the letter." in good.stdout
    said.write_text("补助太多了")
    bad = run("--keys", published_keys, "--text", said)
    assert bad.returncode == 1
    assert "至少改了一个字" in bad.stdout
    receipt.write_text("1~2")
    assert run().returncode == 2


def test_the_bundle_names_everything_once():
    from mingtang.engines.ledger.bundle import bundle

    names = re.findall(r"^(?:def|class) (\w+)|^(\w+)(?:: [^=\n]+)? = ", bundle(), re.MULTILINE)
    flat = [one or other for one, other in names]
    assert len(flat) == len(set(flat)), {each for each in flat if flat.count(each) > 1}
    assert "mingtang.engines" not in re.sub(r"^#.*$", "", bundle(), flags=re.MULTILINE)


def test_the_page_that_stands_alone_needs_nothing_else():
    government()
    page = get("/trust/mingtang-verify.html").content.decode()
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == []
    assert "globalThis.Mingtang" in page
    assert 'lang="zh-CN"' in page
    with translation.override("en"):
        assert 'lang="en"' in get("/en/trust/mingtang-verify.html").content.decode()


def test_an_administrator_who_deletes_row_and_leaf_is_found_out_by_receipt_and_mirror(tmp_path, monkeypatch, capsys):
    row, _clerk = opened()
    made = opinion(row, "我反对")
    opinion(row, "另一条")
    sequence_all(NOW)
    assert follow(log, tmp_path / "mirror").good
    line = line_of(made.receipt)
    with connection.cursor() as cursor:
        unguarded(cursor, "mt_ledger_entry")
        cursor.execute("DELETE FROM mt_ledger_entry WHERE subject_id = %s AND kind = 'opinion.receive'", [made.pk])
        cursor.execute("DELETE FROM mt_opinion WHERE id = %s", [made.pk])
    assert get(f"/r/{made.receipt}/").status_code == 404
    found = follow(log, tmp_path / "mirror")
    assert not found.good
    assert any("of the log is gone" in each.en for each in found.all)
    monkeypatch.setattr("mingtang.engines.ledger.verifying.over_http", lambda _address: _asking)
    assert verify(["receipt", line, "--log", "https://qh.localhost"]) == 1
    said = capsys.readouterr().out
    assert "is signed by key" in said
    assert "The log does not hold this receipt; if it is older than a minute, it was dropped." in said


def _asking(path: str):
    from mingtang.engines.ledger.fetching import UnreachableError

    answer = get(path)
    if answer.status_code != 200:
        raise UnreachableError(path, answer.status_code)
    return answer.json()


def test_the_verifier_asks_the_log_and_says_what_it_proved(monkeypatch, capsys):
    row, _clerk = opened()
    made = opinion(row)
    opinion(row, "另一条")
    sequence_all(NOW)
    line = line_of(made.receipt)
    monkeypatch.setattr("mingtang.engines.ledger.verifying.over_http", lambda _address: _asking)
    assert verify(["receipt", line, "--log", f"http://{row.government.host}"]) == 0
    assert "The log holds it as entry" in capsys.readouterr().out
    assert verify(["receipt", line, "--log", "http://elsewhere.example"]) == 0
    assert f"The receipt names the log {row.government.host}" in capsys.readouterr().out
    with connection.cursor() as cursor:
        unguarded(cursor, "mt_ledger_entry")
        position = LedgerEntry.objects.get(kind="opinion.receive", subject_id=made.pk).position
        cursor.execute("DELETE FROM mt_ledger_entry WHERE position = %s", [position ^ 1])
    assert verify(["receipt", line, "--log", "http://elsewhere.example"]) == 1
    assert "Part of the log is gone" in capsys.readouterr().out

    def down(_path):
        from mingtang.engines.ledger.fetching import UnreachableError

        raise UnreachableError("down", 503)

    monkeypatch.setattr("mingtang.engines.ledger.verifying.over_http", lambda _address: down)
    assert verify(["receipt", line, "--log", "http://elsewhere.example"]) == 2


def test_report_and_minutes_print_the_root_of_the_log():
    row, _clerk, _rows = reported()
    assert "谁也改不了" not in words(get(f"/consultations/{row.pk}/report/"))
    sequence_all(later(days=60))
    assert log("/log/head")["head"]["root"] in words(get(f"/consultations/{row.pk}/report/"))


def test_every_test_named_in_the_description_of_threats_is_there():
    root = Path(__file__).resolve().parents[2]
    described = (root / "docs" / "trust.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|.*\|$", described.partition("## Threats")[2].partition("\nWhat cannot be found out")[0], re.MULTILINE)[2:]
    assert len(rows) > 10
    assert [row for row in rows if "::test_" not in row] == []
    named = set(re.findall(r"::(test_\w+)", described))
    there = {
        name for path in (root / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert named <= there, named - there
