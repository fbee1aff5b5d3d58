"""A closed consultation of the settled government with what people said. `python -m tests.journeys.heard comments.jsonl`.

One opinion a line: `id`, `user`, `text`, `side`, as the platform join.gov.tw gives them. Prints the consultation's id.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django

STANDS = {"support_argument": "for", "other": "none"}
VOICES = (
    "早自习太早，希望八点半以后再上课。",
    "睡眠不足影响学习，应当晚一点上课。",
    "家长上班早，晚到校没有人接送。",
    "放学太晚，交通不安全。",
)

ASIDE = (
    "睡眠不足是一回事，住校生的晚饭几点开也要说清楚。",
    "家长上班早的，学校能不能提前开门，在图书馆里等。",
    "上下学的交通，校车班次要跟着改，末班车不能取消。",
    "早自习取消以后，老师的到岗时间和加班费怎么算？",
    "支持",
    "支持！",
)


def stand_in(path: Path) -> Path:
    """Invented comments of the same shape, for a machine without the real ones."""
    said = [f"{VOICES[n % 4]}{'！' * (n // 4 % 3)}" for n in range(36)]
    said += [f"第 {n} 种想法：{each}" for n, each in enumerate(ASIDE)]
    rows = [{"id": f"M-{n}", "user": f"u_{n}", "text": each, "side": "other", "state": "visible"} for n, each in enumerate(said)]
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in rows), encoding="utf-8")
    return path


def hear(path: Path) -> int:
    """Open a consultation of zhao's department, take what is visible and has words, close it."""
    from mingtang.consultations.actions import OpinionIn, close_consultation, receive_many
    from mingtang.platform.accounts.models import Person
    from mingtang.platform.clock import closing_of
    from tests.factories.consultations import CLOSES, NOW, opened
    from tests.factories.topics import approved

    department = Person.objects.get(username="zhao").assignments.exclude(department=None).get().department
    assert department is not None
    row, clerk = opened(approved(department))
    given: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    rows = (
        OpinionIn(each["text"], stance=STANDS.get(each["side"], "none"), channel="import", outside_id=each["id"], author=each["user"] or "")
        for each in given
        if each["state"] == "visible" and each["text"].strip()
    )
    receive_many(row.pk, rows, actor=clerk, now=NOW)
    close_consultation(row.pk, actor=clerk, now=closing_of(CLOSES))
    return row.pk


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[2]).write_text(str(hear(Path(sys.argv[1]))), encoding="utf-8")
