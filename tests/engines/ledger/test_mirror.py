"""A mirror sees what is taken away, changed, slipped in, back-dated or shown to others differently."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from mingtang.engines.ledger import mirror
from mingtang.engines.ledger.covering import covered_root
from mingtang.engines.ledger.fetching import UnreachableError
from mingtang.engines.ledger.keys import SigningKey
from mingtang.engines.ledger.mirror import compare_copies, follow, open_copy
from mingtang.engines.ledger.receipts import entry, head, leaf_of, receipt

AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


class Log:
    """A log in memory that can be made to lie."""

    def __init__(self, key: SigningKey | None = None) -> None:
        self.key = key or SigningKey.new()
        self.publics = [self.key.public]
        self.entries: dict[int, dict] = {}
        self.asked: list[str] = []

    def add(self, word: str, minutes: int = 0, kind: str = "opinion.receive", **facts: str) -> Log:
        given = entry("log", kind, AT + timedelta(minutes=minutes), "sha256", {"word": word, **facts})
        self.entries[len(self.entries)] = receipt(self.key, given)
        return self

    def head(self, minutes: int = 0) -> dict:
        leaves = {index: leaf_of(each) for index, each in self.entries.items()}
        size = len(leaves)
        return head(self.key, "log", "sha256", size, covered_root("sha256", leaves, {}, size), AT + timedelta(minutes=minutes))

    signed: dict | None = None

    def __call__(self, path: str):
        self.asked.append(path)
        if path == "/log/head":
            return {"head": self.signed or self.head(), "keys": [{"public": each.hex()} for each in self.publics]}
        asked = dict(parse_qsl(urlsplit(path).query))
        span = range(int(asked["from"]), int(asked["to"]))
        return {"entries": [{"index": n, "entry": self.entries[n]} for n in span if n in self.entries]}


def broken(found) -> str:
    return "\n".join(each.en for each in found.all if each.kind == "broken")


def test_an_honest_log_is_copied_and_followed(tmp_path):
    log = Log().add("a").add("b")
    assert follow(log, tmp_path).good
    log.add("c", 1)
    log.signed = log.head(1)
    assert follow(log, tmp_path).good
    assert follow(log, tmp_path).good
    copy = open_copy(tmp_path)
    assert [each["facts"]["word"] for each in copy.entries] == ["a", "b", "c"]
    assert [each["size"] for each in copy.heads] == [2, 3]
    assert not (tmp_path / "ALARM.txt").exists()


def test_an_empty_log_is_a_log(tmp_path):
    assert follow(Log(), tmp_path).good
    assert follow(Log(), tmp_path / "other").good


def test_a_deleted_entry_is_named_and_the_alarm_stays(tmp_path):
    log = Log().add("a").add("b").add("c")
    follow(log, tmp_path)
    log.signed = log.head()
    del log.entries[1]
    assert "Entry 1 of the log is gone." in broken(follow(log, tmp_path))
    assert "第 1 条不见了" in (tmp_path / "ALARM.txt").read_text()
    assert len(open_copy(tmp_path).entries) == 3


def test_a_changed_entry_is_named_even_when_the_tree_was_made_anew(tmp_path):
    log = Log().add("a").add("b")
    follow(log, tmp_path)
    log.entries[0] = receipt(log.key, entry("log", "opinion.receive", AT, "sha256", {"word": "x"}))
    log.add("c")
    said = broken(follow(log, tmp_path))
    assert "Entry 0 of the log was changed." in said
    assert "rewritten or forked" in said


def test_a_log_that_shrank_is_found(tmp_path):
    log = Log().add("a").add("b")
    follow(log, tmp_path)
    del log.entries[1]
    assert "shrunk: 2 entries before, 1 now" in broken(follow(log, tmp_path))


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_hole_in_the_first_copy_is_found(tmp_path, lost):
    log = Log().add("a").add("b").add("c")
    log.signed = log.head()
    del log.entries[lost]
    assert f"lacks entry {lost}" in broken(follow(log, tmp_path))
    assert open_copy(tmp_path).entries == []


def test_an_unsigned_entry_and_an_unsigned_head_are_found(tmp_path):
    log = Log().add("a")
    log.entries[0] = {**log.entries[0], "signature": ""}
    log.signed = SigningKey.new().sign({name: value for name, value in log.head().items() if name not in {"key", "signature"}})
    said = broken(follow(log, tmp_path))
    assert "Entry 0 is not signed by a known key." in said
    assert "head of the log is not signed" in said


def test_a_back_dated_entry_is_named(tmp_path):
    log = Log().add("a")
    log.signed = log.head(60)
    follow(log, tmp_path)
    log.add("late", 1).add("just in time", 59)
    log.signed = log.head(61)
    said = broken(follow(log, tmp_path))
    assert "Entry 1 says 2026-11-24T01:31:00Z but appeared after 2026-11-24T02:30:00Z: back-dated." in said
    assert "Entry 2" not in said


def test_a_new_key_counts_when_the_old_one_signed_it(tmp_path):
    log, new = Log().add("a"), SigningKey.new()
    follow(log, tmp_path)
    log.add("", 1, "log.key", public=new.public.hex())
    log.key = new
    log.add("b", 1)
    log.signed = log.head(1)
    assert follow(log, tmp_path).good
    stranger = Log(SigningKey.new())
    stranger.entries = dict(log.entries)
    stranger.add("c", 2)
    assert "Entry 3 is not signed by a known key." in broken(follow(stranger, tmp_path))


def test_two_copies_of_two_logs_are_told_apart(tmp_path):
    key = SigningKey.new()
    ours, theirs = tmp_path / "a", tmp_path / "b"
    follow(Log(key).add("a").add("b"), ours)
    follow(Log(key).add("a"), theirs)
    assert compare_copies(ours, theirs).good
    follow(Log(key).add("a").add("c"), theirs)
    said = broken(compare_copies(ours, theirs))
    assert said == "They differ from entry 1 on: two people were shown two logs."
    assert not compare_copies(ours, tmp_path / "none").good


def test_a_long_copy_is_sampled_unless_the_whole_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(mirror, "PAGE", 2)
    monkeypatch.setattr(mirror, "READ_AGAIN_WHOLE", 10)
    log = Log()
    for n in range(30):
        log.add(str(n))
    follow(log, tmp_path)
    log.asked.clear()
    follow(log, tmp_path)
    assert len(log.asked) == 1 + mirror.SAMPLES
    log.asked.clear()
    follow(log, tmp_path, whole=True)
    assert len(log.asked) == 1 + 15


def test_a_copy_that_was_changed_at_home_is_found(tmp_path):
    log = Log().add("a").add("b")
    follow(log, tmp_path)
    path = tmp_path / "entries.jsonl"
    path.write_text(path.read_text().replace('"b"', '"x"'))
    said = broken(follow(log, tmp_path))
    assert "Entry 1 of the log was changed." in said
    assert "not contained unchanged" in said


def test_a_log_that_does_not_answer_is_not_an_alarm(tmp_path):
    def ask(path):
        raise UnreachableError(path)

    with pytest.raises(UnreachableError):
        follow(ask, tmp_path)
    assert not (tmp_path / "ALARM.txt").exists()
