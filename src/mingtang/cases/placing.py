"""A place for every opinion from outside: those of the same words together, the rest one by one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from mingtang.cases.player import Say
from mingtang.consultations import actions, queries
from mingtang.kernel.text import t

CHUNK = 5000
SAME = 3
EVERY = 50
TOGETHER = "相同表述合并答复：意见已计入支持与反对的统计，具体建议随草案修改一并研究。"
SINGLY = "意见已逐条登记并转牵头部门研究，研究结果随报告修订稿公布。"


def place_outside(consultation_id: int, who: dict[str, Any], say: Say) -> None:
    """Give every homeless opinion its place, with a reason."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for pk, words in queries.homeless(consultation_id):
        by_words["".join(each for each in words.lower() if each.isalnum()) or words].append(pk)
    groups = [ids for ids in by_words.values() if len(ids) >= SAME]
    singles = [pk for ids in by_words.values() if len(ids) < SAME for pk in ids]
    for number, ids in enumerate(groups, 1):
        title = f"相同意见：{queries.words_of(ids[0])[:60]}"
        group = actions.group_opinions(consultation_id, ids, **who, title=title)
        actions.answer_group(group.pk, **who, verdict="partly", reason=TOGETHER)
        if number % EVERY == 0:
            say(str(t("已归 {n} 组，共 {all} 组……", "{n} of {all} groups …", n=number, all=len(groups))))
    for start in range(0, len(singles), CHUNK):
        actions.answer_opinions(consultation_id, singles[start : start + CHUNK], **who, verdict="passed_on", reason=SINGLY)
        done = min(start + CHUNK, len(singles))
        say(str(t("已逐条答复 {n} 条，共 {all} 条……", "{n} of {all} answered one by one …", n=done, all=len(singles))))
