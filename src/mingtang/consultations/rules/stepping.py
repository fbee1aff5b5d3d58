"""Steps at the grouping desk: what each did, its inverse, and the desk replayed from the record (2.1e–f). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import NOTHING, Text, t

STEP_LABELS: dict[str, Text] = {
    "before": t("启用记录以前", "before the record began"),
    "group": t("归组", "grouped"),
    "ungroup": t("移出", "taken out"),
    "merge": t("合并", "merged"),
    "rename": t("改名", "renamed"),
    "stance": t("列为只表态", "set down as stance only"),
    "part": t("拆散（不是一种意见）", "taken apart (not one opinion)"),
    "reject": t("不归入这些组", "kept out of these groups"),
    "answer_group": t("答复一组", "answered as a group"),
    "answer": t("单独答复", "answered singly"),
    "own_reply": t("写补充答复", "gave words of its own"),
    "point": t("把其中一点归入另一组", "put one of its points into another group"),
    "unpoint": t("取消其中一点", "took a point back"),
    "withhold": t("依法不显示或撤回", "withheld or withdrawn"),
    "undo": t("撤销", "undone"),
    "redo": t("重做", "done again"),
}
WORKING = frozenset({"open", "closed"})
"""In these states of a consultation its groups and answers may change."""
UNDOABLE = frozenset(STEP_LABELS) - {"before", "withhold", "undo", "redo"}
BACKWARD = frozenset({"undo", "redo"})
AT_ONCE = 2000
"""More opinions than these are moved by a job, this many at a time."""
OFFERED = 3
CARRY = "consultations.carry"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an opinion is: in a group (perhaps with words of its own), answered singly, or nowhere yet."""

    group: int | None = None
    verdict: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One step as the record has it: opinions with the place they came to, groups with the fields they then had (None: gone)."""

    kind: str
    moves: Mapping[int, Place] = field(default_factory=dict)
    groups: Mapping[int, Mapping[str, Any] | None] = field(default_factory=dict)


def replay(changes: Iterable[Change]) -> tuple[dict[int, Place], dict[int, Mapping[str, Any]]]:
    """The places of all opinions that have one, and all groups, from nothing but the record."""
    places: dict[int, Place] = {}
    groups: dict[int, Mapping[str, Any]] = {}
    for each in changes:
        for key, fields in each.groups.items():
            if fields is None:
                groups.pop(key, None)
            else:
                groups[key] = fields
        if each.kind != "reject":
            places.update(each.moves)
    return {key: place for key, place in places.items() if place != Place()}, groups


@dataclass(frozen=True, slots=True)
class Blocker:
    """A later step that stands in the way: who did it, when, what, and to what."""

    who: str
    at: str
    what: Text
    title: str = ""

    @property
    def said(self) -> Text:
        """In one sentence."""
        if self.title:
            return t(
                "{who} {at} {what}：{title}", "{who}, {at}: {what} “{title}”", who=self.who, at=self.at, what=self.what, title=self.title
            )
        return t("{who} {at} {what}", "{who}, {at}: {what}", who=self.who, at=self.at, what=self.what)


def may_step_back(kind: str, *, finished: bool, blocker: Blocker | None, withheld: int = 0) -> Decision:
    """A step is undone or done again only while nothing was built on it."""
    if kind not in UNDOABLE:
        return no(
            t("“{what}”不能在分组台撤销。", "“{what}” cannot be undone at the grouping desk.", what=STEP_LABELS.get(kind, NOTHING)),
            "2.1e",
            t("不显示的由意见审核人恢复；撤销错了的用“重做”。", "Moderators restore what is withheld; an undo is taken back by “redo”."),
            code="not_undoable",
        )
    if not finished:
        return no(
            t("这一步还没有做完。", "This step is still under way."), "2.1e", t("做完以后再撤销。", "Wait for its end."), code="under_way"
        )
    if withheld:
        return no(
            t("其中 {n} 条已依法不显示。", "{n} of these opinions are withheld now.", n=withheld),
            "2.1e",
            t("要移动其余的，请重新勾选。", "Choose the others anew."),
            code="withheld",
        )
    if blocker:
        return no(
            t("后面的一步建立在它上面：{said}。", "A later step builds on it: {said}.", said=blocker.said),
            "2.1e",
            t("先撤销后面那一步，或者另外移动。", "Undo that one first, or move the opinions anew."),
            code="built_on",
        )
    return YES


def overtaken(blocker: Blocker) -> Decision:
    """Somebody changed what was on the page since it was opened; nothing of theirs is overwritten."""
    return no(
        t("您打开本页以后，{said}。", "Since you opened this page: {said}.", said=blocker.said),
        "2.1e",
        t(
            "现在显示的是最新情况，您填的内容还在；看过以后再保存。",
            "The page shows how it stands now and keeps what you typed; look, then save again.",
        ),
        code="overtaken",
    )
