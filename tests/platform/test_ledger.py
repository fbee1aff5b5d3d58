"""Receipts in the row's own transaction, the sequencer, keys, proofs, and the guards in the database."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mingtang.engines.ledger.checking import check_inclusion, check_receipt
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.keys import SigningKey, is_signed
from mingtang.engines.ledger.packing import pack, unpack
from mingtang.engines.ledger.proofs import grows
from mingtang.engines.ledger.receipts import leaf_of
from mingtang.engines.ledger.verifying import keys_in
from mingtang.platform.inspections import INSPECTIONS
from mingtang.platform.ledger import inspecting, jobs, keys, published
from mingtang.platform.ledger.models import Ledger, LedgerEntry, LedgerKey, LedgerNode, TreeHead, place_of_node
from mingtang.platform.ledger.sequencing import sequence, sequence_all
from mingtang.platform.ledger.writing import Promise, forget, note, promise
from tests.factories.platform import NOW, government, later

pytestmark = pytest.mark.django_db
KIND = "opinion.receive"


def promised(of, count: int = 1, *, begin: int = 0, now=NOW) -> list[Promise]:
    made = [
        Promise(
            KIND, f"QH-0000-0000-{n:04}", {"text": f"第{n}条", "stance": "for"}, ("consultations.opinion", n), {"about": "consultation:1"}
        )
        for n in range(begin, begin + count)
    ]
    promise(made, government_id=of.pk, now=now)
    return made


def look() -> list[str]:
    return [str(each) for each in INSPECTIONS["log"].look()]


def test_a_receipt_is_signed_at_once_and_holds_without_the_tree():
    home = government()
    (one,) = promised(home)
    kept = published.kept(*one.subject, KIND)
    held = unpack(pack(kept.held(one.code, {"stance": "for"})))
    assert check_receipt(held, text="第0条", trusted=keys_in(published.keys(home.pk))).good
    assert kept.position is None
    assert kept.at == "2026-11-24T01:30:00Z"
    assert kept.signed["log"] == home.host
    assert one.code not in LedgerEntry.objects.get().body


def test_a_receipt_lives_and_dies_with_its_row():
    home = government()
    with transaction.atomic():
        promised(home)
        transaction.set_rollback(True)
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_what_was_promised_is_appended_proved_and_grows(settings, algorithm):
    settings.MINGTANG_LEDGER_ALGORITHM = algorithm
    home = government()
    sizes = []
    for size in (1, 2, 7, 3):
        promised(home, size, begin=sum(sizes))
        assert sequence(home.pk, later(minutes=len(sizes)), most=5) == min(size, 5)
        sequence_all(later(minutes=len(sizes)))
        sizes.append(size)
    view = published.ledger(home.pk)
    assert (view.size, view.waiting, view.algorithm) == (13, 0, algorithm)
    publics = keys_in(view.keys)
    heads = published.heads(home.pk, 0)
    assert [each["size"] for each in heads] == [1, 3, 8, 10, 13]
    assert all(is_signed(each, publics) for each in heads)
    for first, second in pairwise(heads):
        path = [bytes.fromhex(each) for each in published.consistency(home.pk, first["size"], second["size"])]
        roots = bytes.fromhex(first["root"]), bytes.fromhex(second["root"])
        assert grows(algorithm, first["size"], roots[0], second["size"], roots[1], path)
    for row in published.entries(home.pk, 0, 13):
        answer = published.proof(home.pk, leaf_of(row["entry"]).hex())
        assert answer["index"] == row["index"]
        assert check_inclusion(Findings(), row["entry"], answer)
    assert look() == []


def test_nothing_to_append_changes_nothing_but_an_empty_log_gets_a_head():
    home = government()
    assert sequence(home.pk, NOW) == 0
    assert published.ledger(home.pk) is None
    keys.begin(home.pk, NOW)
    assert (sequence(home.pk, NOW), published.ledger(home.pk).head["size"]) == (0, 0)
    promised(home)
    jobs.append_what_waits(NOW)
    jobs.append_what_waits(later(minutes=1))
    assert list(TreeHead.objects.values_list("size", flat=True)) == [0, 1]
    assert published.delay(home.pk) == NOW


def test_a_proof_is_one_query_for_the_tree_at_any_size():
    home = government()
    promised(home, 1)
    sequence_all(NOW)
    counts = []
    for size in (2, 300):
        promised(home, size, begin=LedgerEntry.objects.count())
        sequence_all(NOW)
        with CaptureQueriesContext(connection) as caught:
            published.proof(home.pk, LedgerEntry.objects.filter(position=1).get().leaf)
        counts.append(len(caught))
    assert counts == [4, 4]  # the test's own, the head, the entry, the tree


def test_appending_takes_the_same_number_of_queries_for_any_batch():
    home = government()
    counts = []
    for size in (1, 200):
        promised(home, size, begin=LedgerEntry.objects.count())
        with CaptureQueriesContext(connection) as caught:
            sequence(home.pk, NOW)
        counts.append(len([each for each in caught if not each["sql"].startswith("UPDATE mt_ledger_entry")]))
    assert abs(counts[1] - counts[0]) <= 2
    assert max(counts) <= 16


def test_logs_of_two_governments_are_two_logs():
    ours, theirs = government(), government()
    promised(ours, 2)
    promised(theirs, 1, begin=5)
    sequence_all(NOW)
    assert (published.ledger(ours.pk).size, published.ledger(theirs.pk).size) == (2, 1)
    leaf = published.entries(ours.pk, 0, 1)[0]["entry"]
    assert published.proof(theirs.pk, leaf_of(leaf).hex()) is None


def test_what_is_not_there_has_no_proof():
    home = government()
    assert published.proof(home.pk, "00") is None
    assert published.consistency(home.pk, 0, 0) is None
    promised(home)
    assert published.proof(home.pk, LedgerEntry.objects.get().leaf) is None
    sequence_all(NOW)
    assert published.consistency(home.pk, 2, 1) is None
    assert published.consistency(home.pk, 0, 9) is None
    assert published.kept("consultations.opinion", 99, KIND) is None
    assert published.algorithm_of(home.pk) == "sha256"


def test_the_private_key_lies_in_a_file_only_its_owner_reads(settings):
    home = government()
    promised(home)
    (path,) = Path(settings.MINGTANG_KEYS).rglob("*.key")
    secret = path.read_text().strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert LedgerKey.objects.get().public == SigningKey(bytes.fromhex(secret)).public.hex()
    assert secret not in json.dumps([*LedgerKey.objects.values_list("public", "fingerprint"), *LedgerEntry.objects.values_list("body")])


def test_a_lost_key_is_named_and_a_new_one_goes_on(settings):
    home = government()
    promised(home)
    for path in Path(settings.MINGTANG_KEYS).rglob("*.key"):
        path.unlink()
    keys._secret.cache_clear()
    with pytest.raises(keys.KeyMissingError, match="mingtang keys --new"):
        promised(home, begin=1)
    assert [each for each in look() if "密钥文件不在了" in each]
    made = keys.rotate(home.pk, later(days=1))
    assert look() == []
    promised(home, begin=2, now=later(days=1))
    assert LedgerEntry.objects.order_by("id").last().key == made.fingerprint


def test_keys_change_with_overlap_and_the_old_one_signs_the_change():
    home = government()
    promised(home)
    old = LedgerKey.objects.get()
    new = keys.rotate(home.pk, later(days=100))
    promised(home, begin=1, now=later(days=100))
    change, after = LedgerEntry.objects.order_by("id")[1:]
    assert (change.kind, change.key, after.key) == ("log.key", old.fingerprint, new.fingerprint)
    assert json.loads(change.body)["facts"]["public"] == new.public
    old.refresh_from_db()
    assert old.until_on == later(days=130).date()
    assert [each["key"] for each in published.keys(home.pk)] == [old.fingerprint, new.fingerprint]
    promised(home, begin=2, now=later(days=50))
    assert LedgerEntry.objects.order_by("id").last().key == old.fingerprint
    sequence_all(later(days=100))
    assert look() == []


def test_a_moment_before_the_first_key_is_signed_by_the_first_key():
    home = government()
    promised(home)
    promised(home, begin=1, now=NOW - timedelta(days=400))
    assert len(set(LedgerEntry.objects.values_list("key", flat=True))) == 1


def test_an_act_is_noted_with_its_facts():
    home = government()
    note("meeting.cancel", {"about": "meeting:1"}, government_id=home.pk, now=NOW)
    sequence_all(NOW)
    (row,) = published.entries(home.pk, 0, 10)
    assert (row["index"], row["entry"]["facts"], row["entry"]["kind"]) == (0, {"about": "meeting:1"}, "meeting.cancel")


def test_forgetting_destroys_the_secret_and_keeps_the_leaf():
    home = government()
    (one,) = promised(home)
    sequence_all(NOW)
    forget(*one.subject)
    kept = published.kept(*one.subject, KIND)
    assert (kept.secret, kept.held(one.code, {}), kept.position) == (None, None, 0)
    assert published.proof(home.pk, kept.leaf)["index"] == 0
    assert look() == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM mt_ledger_entry",
        "UPDATE mt_ledger_entry SET position = 7",
        "UPDATE mt_ledger_entry SET body = 'x'",
        "UPDATE mt_ledger_entry SET leaf = 'x'",
        "UPDATE mt_ledger_entry SET secret = 'x'",
        "DELETE FROM mt_ledger_node",
        "UPDATE mt_ledger_node SET hash = 'x'",
        "DELETE FROM mt_tree_head",
        "UPDATE mt_tree_head SET size = 9",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(change):
    home = government()
    promised(home, 2)
    sequence_all(NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert look() == []


def unguarded(cursor, table: str) -> None:
    """What an administrator of the database can do."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def test_whoever_takes_the_guards_away_is_still_found_out():
    home = government()
    promised(home, 4)
    sequence_all(NOW)
    leaf = LedgerEntry.objects.get(position=2).leaf
    with connection.cursor() as cursor:
        unguarded(cursor, "mt_ledger_entry")
        cursor.execute("DELETE FROM mt_ledger_entry WHERE position = 3")
    said = look()
    assert f"总账 {home.host} 第 3 条不见了。" in said
    assert any("mt_ledger_entry_no_delete" in each for each in said)
    with pytest.raises(published.DamagedError):
        published.proof(home.pk, leaf)
    with pytest.raises(published.DamagedError):
        published.consistency(home.pk, 3, 4)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mt_ledger_entry SET leaf = %s WHERE position = 1", ["00" * 32])
        cursor.execute("UPDATE mt_ledger SET size = 3")
    assert any("不符" in each for each in look())


def test_a_node_is_written_once_for_each_complete_subtree():
    home = government()
    promised(home, 13)
    sequence_all(NOW)
    assert LedgerNode.objects.count() == 6 + 3 + 1
    assert Ledger.objects.get().size == 13
    assert inspecting.TRIGGERS[connection.vendor]
    assert str(LedgerNode.objects.get(place=place_of_node(3, 0))) == "3:0"
    assert {str(Ledger.objects.get()), str(TreeHead.objects.get()), str(LedgerKey.objects.get())} >= {home.host, "13"}
    assert str(LedgerEntry.objects.all()[0]).startswith(KIND)


def test_the_key_in_use_is_known_for_a_minute_once_committed(django_capture_on_commit_callbacks, monkeypatch):
    home = government()
    with django_capture_on_commit_callbacks(execute=True):
        promised(home)
    with CaptureQueriesContext(connection) as caught:
        promised(home, begin=1)
    assert [kind for each in caught for kind in ("SELECT", "INSERT") if kind in each["sql"]] == ["INSERT"]
    monkeypatch.setattr(keys, "monotonic", lambda: float("inf"))
    with CaptureQueriesContext(connection) as caught:
        promised(home, begin=2)
    assert [kind for each in caught for kind in ("SELECT", "INSERT") if kind in each["sql"]] == ["SELECT", "INSERT"]


def test_the_head_to_print_is_the_last_before_else_the_first_after():
    home = government()
    assert published.head_at(home.pk, NOW) is None
    for n in range(3):
        promised(home, begin=n)
        sequence_all(later(days=n))
    assert [published.head_at(home.pk, later(days=n))["size"] for n in (-5, 0, 1, 9)] == [1, 1, 2, 3]
