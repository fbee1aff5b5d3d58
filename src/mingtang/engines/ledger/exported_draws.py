"""The draws of an export: each recomputed from its documents, each step found in the log, none of the log's draws lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from mingtang.engines.ledger.canonical import canonical
from mingtang.engines.ledger.drawn import check_draw_file, draw_groups, draw_keeps
from mingtang.engines.ledger.findings import BROKEN, OPEN, Findings
from mingtang.engines.ledger.receipts import leaf_of

DRAW_COLUMNS = ("call", "hearing", "draw", "annulled", "number", "said", "chance", "outcome", "replaces")
DRAW_STEPS = ("draw.", "hearing_draw.")
APPLIED = "application.receive"
Entry = Mapping[str, Any]


def draw_names(row: Mapping[str, Any]) -> tuple[str, str, int, str]:
    """How the log names a draw: the first word of its steps, what it gives the seats of (kind and number), itself."""
    if "hearing" in row:
        return "hearing_draw", "hearing", row["hearing"], f"hearingdraw:{row['draw']}"
    return "draw", "call", row["call"], f"draw:{row['draw']}"


def draw_rows(draws: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The draws as a table, a row for each person of each: categories, chance as a fraction, what came out, whose seat they took."""
    for each in draws:
        frozen, told = each["freeze"], each["reveal"] or {"panel": [], "reserves": {}}
        chances = {number: "/".join(map(str, group["chance"])) for group in frozen["classes"] for number in group["numbers"]}
        came = {number: f"reserve {rank}" for numbers in told["reserves"].values() for rank, number in enumerate(numbers, 1)}
        came |= dict.fromkeys(told["panel"], "drawn")
        seats = {pair["comes"]: pair["leaves"] for pair in each["replaced"]}
        common = {"call": each.get("call", ""), "hearing": each.get("hearing", ""), "draw": each["draw"], "annulled": each["annulled"]}
        for person in frozen["people"]:
            number, values = person["number"], person["attributes"]
            said = "；".join(f"{name}：{values[name]}" for name in sorted(values))
            outcome = {"outcome": came.get(number, ""), "replaces": seats.get(number, "")}
            yield {**common, "number": number, "said": said, "chance": chances.get(number, ""), **outcome}
        for gone in frozen["excluded"]:
            yield {**common, "number": gone["number"], "said": "", "chance": "", "outcome": f"excluded: {gone['why']}", "replaces": ""}


def check_draws(found: Findings, draws: Sequence[Mapping[str, Any]], log: Sequence[Entry]) -> None:
    """Each line of draws.jsonl against its entries of the log (in their order), and the other way round."""
    applied = Counter(each["facts"]["about"] for each in log if each["kind"] == APPLIED)
    for number, row in enumerate(draws, 1):
        before, where = found.broken, f"draws.jsonl:{number}"
        kind, of, number_of, _about = draw_names(row)
        own = [each for each in log if each["kind"].startswith(f"{kind}.") and each["facts"][of] == f"{of}:{number_of}"]
        _check_documents(found, where, row, own)
        if of == "call":
            _check_applied(found, where, row, applied)
        _check_replaced(found, where, row, own)
        if found.broken == before:
            seats, moved = len(row["reveal"]["panel"]) if row["reveal"] else 0, len(row["replaced"])
            found.holds(
                f"{where}：抽签重算相同，选出 {seats} 人，递补 {moved} 次；各步都在总账里。",
                f"{where}: the draw comes out the same, {seats} drawn, {moved} moved up; every step is in the log.",
            )
    known = {draw_names(row)[-1] for row in draws}
    for about in sorted({each["facts"]["about"] for each in log if each["kind"].startswith(DRAW_STEPS)} - known):
        found.breaks(f"draws.jsonl：缺总账所记的抽签 {about}。", f"draws.jsonl: {about}, which the log knows, is missing.")


def _check_documents(found: Findings, where: str, row: Mapping[str, Any], own: Sequence[Entry]) -> None:
    """Document, outcome and annulment, each against its entry; then the draw itself."""
    name, (step, *_of, about) = sha256(canonical(row["freeze"])).hexdigest(), draw_names(row)
    frozen = [each for each in own if each["kind"] == f"{step}.frozen" and each["facts"]["digest"] == name]
    if not frozen:
        found.breaks(f"{where}：总账里没有这份冻结的名单。", f"{where}: the log does not hold this frozen document.")
    steps = [(each["kind"], each["facts"].get("outcome", "")) for each in own if each["facts"]["about"] == about]
    outcome = sha256(canonical(row["reveal"])).hexdigest() if row["reveal"] else ""
    if [said for kind, said in steps if kind == f"{step}.revealed"] != ([outcome] if outcome else []):
        found.breaks(f"{where}：结果与总账所记的不同。", f"{where}: the outcome is not the one in the log.")
    if (f"{step}.annulled" in {kind for kind, _said in steps}) != bool(row["annulled"]):
        found.breaks(f"{where}：是否作废与总账所记的不同。", f"{where}: whether it was annulled is not as the log says.")
    told = {"freeze": row["freeze"], "reveal": row["reveal"], "log": [{"leaf": leaf_of(each).hex(), "entry": each} for each in frozen]}
    for each in check_draw_file(told, proved=True).all:
        if each.kind == BROKEN:
            found.breaks(f"{where}：{each.zh}", f"{where}: {each.en}")
        elif each.kind == OPEN and frozen:
            found.leaves_open(f"{where}：{each.zh}", f"{where}: {each.en}")


def _check_applied(found: Findings, where: str, row: Mapping[str, Any], applied: Counter[Any]) -> None:
    """Nobody stands in the list without a receipt; how many receipts are of people who are not in it."""
    listed, receipts = len(row["freeze"]["people"]) + len(row["freeze"]["excluded"]), applied[f"call:{row['call']}"]
    if listed > receipts:
        said = f"{where}: {listed} applicants are listed, the log holds {receipts} receipts."
        found.breaks(f"{where}：名单有 {listed} 人，总账里只有 {receipts} 张报名回执。", said)
    elif listed < receipts:
        said = f"{where}: {receipts - listed} of {receipts} who applied are not listed: withdrawn, or left out; each can prove it by a receipt."
        found.leaves_open(f"{where}：{receipts} 张报名回执中有 {receipts - listed} 张不在名单上：撤回了，或被漏掉；本人凭回执可查。", said)


def _check_replaced(found: Findings, where: str, row: Mapping[str, Any], own: Sequence[Entry]) -> None:
    """Who moved up: as the log says, from the list of whoever left, everything still kept; who was passed over is named."""
    moved = [each["facts"] for each in own if each["kind"] == "draw.replaced" and each["facts"]["about"] == f"draw:{row['draw']}"]
    pairs = [(each["leaves"], each["comes"]) for each in moved]
    if sorted(pairs) != sorted((each["leaves"], each["comes"]) for each in row["replaced"]):
        found.breaks(f"{where}：递补与总账所记的不同。", f"{where}: who moved up is not as the log says.")
    if not pairs or not row["reveal"]:
        return
    frozen, reserves = row["freeze"], row["reveal"]["reserves"]
    values = {each["number"]: each["attributes"].get(frozen["reserve_category"], "") for each in frozen["people"]}
    seated, passed = set(row["reveal"]["panel"]), []
    for leaves, comes in pairs:
        line, rest = reserves.get(values.get(leaves, ""), []), seated - {leaves}
        if leaves not in seated or comes in seated or comes not in line or not _fits_in(frozen, rest, comes):
            said = f"{where}: {comes} may not take the seat of {leaves}."
            found.breaks(f"{where}：{comes} 不能递补 {leaves} 的席位。", said)
            return
        passed += [each for each in line[: line.index(comes)] if each not in seated and _fits_in(frozen, rest, each)]
        seated = rest | {comes}
    if passed:
        who = "、".join(dict.fromkeys(passed))
        found.leaves_open(
            f"{where}：排在前面而没有递补：{who}。请问清原因。", f"{where}: passed over though earlier on the list: {who}; ask why."
        )


def _fits_in(frozen: Mapping[str, Any], rest: set[str], number: str) -> bool:
    """Whether seats, quotas and households hold with this person beside the rest."""
    panel = {place: len({*rest, number}.intersection(numbers)) for place, (_values, _home, numbers) in enumerate(draw_groups(frozen))}
    return draw_keeps(frozen, draw_groups(frozen), panel)
