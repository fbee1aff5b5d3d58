"""Whether the log is whole: every entry in its place, the signed root from the entries themselves, the guards in the database."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from mingtang.engines.ledger.covering import covered_root
from mingtang.kernel.text import Text, t
from mingtang.platform.inspections import inspects
from mingtang.platform.ledger.keys import place_of
from mingtang.platform.ledger.models import Ledger, LedgerEntry, TreeHead

TRIGGERS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        {
            "mt_ledger_entry_no_delete",
            "mt_ledger_entry_no_change",
            "mt_ledger_node_no_update",
            "mt_ledger_node_no_delete",
            "mt_tree_head_no_update",
            "mt_tree_head_no_delete",
        },
    ),
    "postgresql": (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
        {"mt_ledger_entry_no_change", "mt_ledger_entry_no_delete", "mt_ledger_node_no_change", "mt_tree_head_no_change"},
    ),
}


@inspects("log", t("总账完整，根与签名一致", "The public log is whole and gives the signed root"))
def whole_log() -> Iterator[Text]:
    """Entries that are gone, roots that differ, guards that were taken away."""
    query, wanted = TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {str(name) for (name,) in cursor.fetchall()}
    for name in sorted(wanted - found):
        yield t("数据库触发器 {name} 不在了。", "The trigger {name} is gone.", name=name)
    for ledger in Ledger.objects.order_by("id"):
        newest = ledger.keys.order_by("since_on", "id").last()
        if newest is None or not place_of(ledger, newest.fingerprint).exists():
            yield t(
                "总账 {log} 的密钥文件不在了，收不了意见。",
                "The key file of the log {log} is gone; no opinion can be received.",
                log=ledger.name,
            )
        yield from _problems(ledger)


def _problems(ledger: Ledger) -> Iterator[Text]:
    rows = LedgerEntry.objects.filter(government_id=ledger.government_id, position__lt=ledger.size)
    leaves = {position: bytes.fromhex(leaf) for position, leaf in rows.values_list("position", "leaf").iterator() if position is not None}
    gone = [index for index in range(ledger.size) if index not in leaves]
    for index in gone:
        yield t("总账 {log} 第 {index} 条不见了。", "Entry {index} of the log {log} is gone.", log=ledger.name, index=index)
    head = TreeHead.objects.filter(government_id=ledger.government_id).order_by("-size").first()
    if gone or (head is None and not ledger.size):
        return
    if head is None or head.size != ledger.size or covered_root(ledger.algorithm, leaves, {}, ledger.size).hex() != head.root:
        yield t("总账 {log} 的各条与签名的根不符。", "The entries of the log {log} do not give the signed root.", log=ledger.name)
