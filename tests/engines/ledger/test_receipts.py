"""Canonical form, keys, receipts and their one line."""

from __future__ import annotations

import runpy
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.ledger.checking import check_head, check_inclusion, check_lacking, check_receipt, grouped
from mingtang.engines.ledger.findings import MOST_SAID, Findings
from mingtang.engines.ledger.keys import SigningKey, fingerprint, is_signed
from mingtang.engines.ledger.packing import Held, pack, unpack
from mingtang.engines.ledger.receipts import (
    body_of,
    commitment,
    committed,
    entry,
    head,
    issue,
    leaf_of,
    moment,
    new_secret,
    receipt,
    salt_of,
)

AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
KEY = SigningKey(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
SECRET = bytes(range(16))
WORDS = "补助太少了"


def held(algorithm: str = "sha256", secret: bytes = SECRET, key: SigningKey = KEY) -> Held:
    content = {"text": WORDS, "stance": "change", "clause": "3"}
    facts = {"about": "consultation:12", "channel": "web", **committed(algorithm, secret, "QH-7F3K-20M9-4412", content)}
    signed = receipt(key, entry("qinghe.example", "opinion.receive", AT, algorithm, facts))
    return Held(signed, "QH-7F3K-20M9-4412", secret, key.public, {"stance": "change", "clause": "3"})


@pytest.mark.parametrize(("seconds", "kinds"), [(0, ["open"]), (59, ["open"]), (60, ["broken"]), (3600, ["broken"])])
def test_what_the_log_lacks_was_dropped_once_the_promised_minute_is_over(seconds, kinds):
    found = Findings()
    check_lacking(found, held().signed, AT + timedelta(seconds=seconds))
    assert [each.kind for each in found.all] == kinds


def test_one_structure_has_one_form():
    assert canonical({"b": [1, True, None], "a": "中"}) == '{"a":"中","b":[1,true,null]}'.encode()
    for bad in (1.5, {"a": 1.5}, {1: "a"}, [b"x"], object()):
        with pytest.raises(TypeError):
            canonical(bad)


def test_the_key_is_that_of_rfc_8032_and_names_itself():
    assert KEY.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert KEY.id == fingerprint(KEY.public) == "21fe31dfa154a261626bf854046fd227"
    assert SigningKey.new() != SigningKey.new()


def test_a_signature_holds_for_its_body_and_key_only():
    signed = KEY.sign({"a": 1})
    publics = {KEY.id: KEY.public}
    assert is_signed(signed, publics)
    assert not is_signed({**signed, "a": 2}, publics)
    assert not is_signed({**signed, "signature": "!"}, publics)
    assert not is_signed({"a": 1}, publics)
    assert not is_signed(signed, {})
    assert not is_signed(signed, {KEY.id: SigningKey.new().public})
    assert not is_signed({**signed, "a": 1.5}, publics)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(
    facts=st.dictionaries(st.text() | st.just("kind"), PLAIN | st.just({"kind": '"kind":'})),
    log=st.text() | st.just('x","kind":"y'),
    kind=st.text() | st.just('"kind":'),
    algorithm=st.sampled_from(["sha256", "sm3"]),
)
def test_what_is_issued_at_one_stroke_is_what_signing_and_hashing_give(facts, log, kind, algorithm):
    given = entry(log, kind, AT, algorithm, facts)
    assert issue(KEY, given) == (KEY.sign(given), canonical(given), leaf_of(given))


def test_a_commitment_tells_nothing_without_its_salt_and_fits_nothing_else():
    salt = salt_of(SECRET, "content")
    assert commitment("sha256", salt, {"text": "a"}) != commitment("sha256", salt, {"text": "b"})
    assert commitment("sha256", salt, {"text": "a"}) != commitment("sm3", salt, {"text": "a"})
    assert salt != salt_of(SECRET, "code")
    assert new_secret() != new_secret()
    with pytest.raises(ValueError):
        commitment("sha256", b"short", {})


def test_a_receipt_has_the_leaf_of_its_entry():
    one = held()
    assert leaf_of(one.signed) == leaf_of(body_of(one.signed))
    assert "QH-7F3K" not in str(one.signed)
    with pytest.raises(ValueError):
        moment(datetime(2026, 1, 1))


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_the_line_of_a_receipt_carries_all_of_it(algorithm):
    one = held(algorithm)
    line = pack(one)
    assert unpack(f" https://qinghe.example/r/QH-7F3K-20M9-4412/#{line}\n") == one
    assert len(line) < 420
    assert set(line).isdisjoint(' "<>#%{}|\\^`')


@pytest.mark.parametrize("bad", ["", "1~2", "2" + "~" * 11, "1" + "~a" * 10 + "~!"])
def test_what_is_no_receipt_is_said_to_be_none(bad):
    with pytest.raises(ValueError):
        unpack(bad)


def test_a_fact_that_would_break_the_line_is_refused():
    one = held()
    with pytest.raises(ValueError):
        pack(Held(one.signed, one.code, one.secret, one.public, {"clause": "3,4"}))
    with pytest.raises(ValueError):
        pack(Held(one.signed, one.code, one.secret, one.public, {"clause": "3=4"}))


def test_a_genuine_receipt_with_its_words_holds():
    found = check_receipt(held(), text=f" {WORDS}\n", trusted={KEY.id: KEY.public})
    assert found.good
    assert [each.kind for each in found.all] == ["holds"] * 3
    alone = check_receipt(held())
    assert alone.good
    assert [each.kind for each in alone.all] == ["holds", "open", "open"]
    assert grouped(KEY.id) in alone.all[0].zh


def test_a_forged_receipt_an_unknown_key_and_altered_words_are_found():
    one = held()
    forged = Held({**one.signed, "at": "2026-11-01T00:00:00Z"}, one.code, one.secret, one.public, one.content)
    assert next(each.kind for each in check_receipt(forged).all) == "broken"
    assert not check_receipt(held(key=SigningKey.new()), trusted={KEY.id: KEY.public}).good
    assert not check_receipt(one, text=WORDS + "！").good
    other_code = unpack(pack(one).replace("QH-7F3K", "QH-7F3X"))
    assert not check_receipt(other_code).good


def test_a_head_and_a_place_in_the_log_are_checked():
    one, publics = held(), {KEY.id: KEY.public}
    signed = head(KEY, "qinghe.example", "sha256", 1, leaf_of(one.signed), AT)
    found = Findings()
    assert check_head(found, signed, publics, "qinghe.example")
    assert not check_head(found, signed, publics, "elsewhere.example")
    assert not check_head(found, {**signed, "size": 2}, publics, "qinghe.example")
    assert check_inclusion(found, one.signed, {"index": 0, "proof": [], "head": signed})
    assert not check_inclusion(found, one.signed, {"index": 1, "proof": [], "head": signed})
    assert not check_inclusion(found, one.signed, {"index": 0, "proof": ["zz"], "head": signed})
    assert not check_inclusion(found, {**one.signed, "at": "x"}, {"index": 0, "proof": [], "head": signed})


def test_many_broken_places_are_counted_and_the_first_named():
    found = Findings()
    for n in range(MOST_SAID + 5):
        found.breaks(f"第{n}处", f"place {n}")
    assert len(found.all) == MOST_SAID
    assert found.lines()[-1].endswith("25 places in all.")
    assert not found.good


def test_the_engine_is_a_command_of_its_own(monkeypatch, capsys, tmp_path):
    line = tmp_path / "receipt.txt"
    line.write_text(pack(held()), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["mingtang.engines.ledger", "receipt", str(line)])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("mingtang.engines.ledger", run_name="__main__")
    assert left.value.code == 0
    assert KEY.id[:4] in capsys.readouterr().out
