"""Checking a receipt: that it is genuine, that the words are the ones handed in, that the log holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.keys import fingerprint, is_signed
from mingtang.engines.ledger.packing import Held
from mingtang.engines.ledger.proofs import includes
from mingtang.engines.ledger.receipts import commitment, leaf_of, salt_of

Publics = Mapping[str, bytes]
PROMISED = timedelta(seconds=60)  # within which the log enters what was received


def grouped(name: str) -> str:
    """A fingerprint as it is printed: groups of four."""
    return " ".join(name[at : at + 4] for at in range(0, len(name), 4))


def check_receipt(held: Held, *, text: str | None = None, trusted: Publics | None = None) -> Findings:
    """What the receipt alone proves. `trusted`: the keys known from elsewhere; without, the receipt's own is named to compare."""
    found = Findings()
    name, said = fingerprint(held.public), grouped(fingerprint(held.public))
    signed = is_signed(held.signed, {name: held.public})
    found.either(
        signed,
        (f"回执号 {held.code} 由密钥 {said} 签名，签于 {held.signed['at']}。", f"Receipt {held.code} is signed by key {said}."),
        ("签名不对：这张回执是伪造的，或抄错了。", "The signature is wrong: the receipt is forged or was copied wrongly."),
    )
    if trusted is None:
        found.leaves_open("请与印在纸上或信任页上的指纹比对。", "Compare that fingerprint with the one in print or on the trust page.")
    else:
        found.either(
            trusted.get(name) == held.public,
            ("这个密钥是公布的密钥。", "The key is one of the published keys."),
            ("这个密钥不在公布的密钥之中：回执不是这里发的。", "The key is none of the published keys: the receipt is not from here."),
        )
    if text is None:
        found.leaves_open("没有比对原文。", "The words were not compared.")
    else:
        salt = salt_of(held.secret, "content")
        fits = commitment(held.signed["algorithm"], salt, {**held.content, "text": text.strip()}) == held.signed["facts"]["content"]
        found.either(
            fits,
            ("原文与回执一致，一字未改。", "The words are those of the receipt, to the letter."),
            ("原文与回执不一致：至少改了一个字。", "The words are not those of the receipt: at least one character differs."),
        )
    return found


def check_head(found: Findings, head: Mapping[str, Any], publics: Publics, log: str) -> bool:
    """Whether a head is signed by a known key and speaks of this log."""
    return found.either(
        is_signed(head, publics) and head.get("log") == log,
        (f"总账 {log} 到 {head.get('at')} 共 {head.get('size')} 条，已签名。", f"The log holds {head.get('size')} entries, signed."),
        ("总账的签名不对，或不是这本总账。", "The head of the log is not signed by a known key, or speaks of another log."),
    )


def check_lacking(found: Findings, entry: Mapping[str, Any], now: datetime) -> None:
    """What it means that the log does not hold `entry` at `now`: dropped, unless the time it is promised within is not yet over."""
    if now < datetime.fromisoformat(entry["at"]) + PROMISED:
        found.leaves_open(
            "总账还没有记入：收到不到一分钟，请过一分钟再查。",
            "The log does not hold it yet: it is less than a minute old. Check again in a minute.",
        )
        return
    found.breaks(
        "总账里没有这张回执；收到超过一分钟的，就是被丢掉了。",
        "The log does not hold this receipt; if it is older than a minute, it was dropped.",
    )


def check_inclusion(found: Findings, entry: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """Whether the log's answer (index, head, proof) proves that it holds `entry`."""
    head, proof = answer["head"], answer["proof"]
    try:
        hashes, top = [bytes.fromhex(each) for each in proof], bytes.fromhex(head["root"])
        inside = includes(head["algorithm"], leaf_of(entry), int(answer["index"]), int(head["size"]), hashes, top)
    except (ValueError, TypeError, KeyError):
        inside = False
    return found.either(
        inside,
        (f"已记入总账，第 {answer.get('index')} 条。", f"The log holds it as entry {answer.get('index')}."),
        ("证明不成立：总账里没有它。", "The proof fails: the log does not hold it."),
    )
