"""Whether the database itself still refuses to change the record of acts."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from mingtang.kernel.text import Text, t
from mingtang.platform.inspections import inspects

TRIGGERS = {
    "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger'", {"mt_act_no_update", "mt_act_no_delete"}),
    "postgresql": ("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'", {"mt_act_append_only"}),
}


@inspects("audit", t("留痕只增不改，由数据库把守", "The record of acts can only grow, kept so by the database"))
def guarded_record() -> Iterator[Text]:
    """Triggers that are not there any more."""
    query, wanted = TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {str(name) for (name,) in cursor.fetchall()}
    for name in sorted(wanted - found):
        yield t("数据库触发器 {name} 不在了。", "The trigger {name} is gone.", name=name)
