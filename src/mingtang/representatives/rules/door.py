"""3.2f: the door on the day. Codes, who may come in without an invitation, in and out for closed items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import Text, t
from mingtang.representatives.rules.seats import OVER, may_register
from mingtang.topics.rules import AUDIENCE_LABELS

WAYS: dict[str, Text] = {
    "list": t("名单", "List"),
    "code": t("输入签到码", "Code typed"),
    "scan": t("扫码", "Code scanned"),
    "walk_in": t("现场登记", "At the door"),
    "closed": t("不开放的议程项", "Closed item"),
}
CODE = re.compile(r"(?<![0-9A-Z])([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})$")
SKEW = timedelta(minutes=2)
MOST_ENTRIES = 500


def code_in(scanned: str) -> str:
    """The check-in code at the end of what was scanned or typed (``7F3K-20M9``, a link that ends in it); empty when there is none.

    Typed without a dash, in lower case or with look-alikes it is understood as well.
    """
    words = scanned.strip()
    if found := CODE.search(words):
        return found[1]
    plain = re.sub(r"[\s\-－]", "", words).upper().translate(str.maketrans("OIL", "011"))
    dashed = f"{plain[:4]}-{plain[4:]}"
    return dashed if CODE.fullmatch(dashed) else ""


def moment_of(scanned_at: datetime, starts_at: datetime, now: datetime) -> datetime:
    """When somebody came in, by the clock of the device that was without network.

    A clock that runs ahead, or says another day than the meeting's last, is not believed: then it is the moment of arrival here.
    """
    earliest = starts_at - timedelta(hours=12)
    return scanned_at if earliest <= scanned_at <= now + SKEW else now


@carries("3.2f", title=t("现场到会的代表", "Representatives who come without an invitation"))
def may_walk_in(
    audience: str,
    seats: Mapping[str, int],
    present: Iterable[str],
    meeting_state: str,
    attendance: str,
    reason: str,
    *,
    accepted_rules: bool,
) -> Decision:
    """1.3b, 3.2b-c, 3.2f: somebody uninvited takes an approved seat nobody sits on, for a reason, under the same discipline."""
    return all_of(
        may_register(meeting_state),
        _open_item(attendance),
        _free(audience, seats, present),
        YES
        if reason.strip()
        else no(
            t("要写明现场安排的理由。", "Say why this person is let in."),
            "3.2c",
            t("例如代替谁、由谁推荐；理由会公开。", "In whose place, on whose word; it is published."),
            code="reason",
        ),
        YES
        if accepted_rules
        else no(
            t("还没有当场确认责任义务和会议纪律。", "The duties and the discipline were not accepted at the door."),
            "3.2b",
            t("请本人阅读后勾选。", "Let them read, then tick."),
            code="rules",
        ),
    )


def _open_item(attendance: str) -> Decision:
    if attendance != "closed":
        return YES
    return no(
        t("这一项不开放列席。", "This item is not open to representatives."),
        "1.2a",
        t("请选开放的议程项。", "Choose an open item."),
        code="closed",
    )


def _free(audience: str, seats: Mapping[str, int], present: Iterable[str]) -> Decision:
    approved, used = seats.get(audience, 0), Counter(present)[audience]
    if used < approved:
        return YES
    return no(
        t(
            "“{who}”批准 {n} 席，已到会 {used} 人，没有空席。",
            "“{who}” has {n} approved seats and {used} present; none is free.",
            who=AUDIENCE_LABELS.get(audience, audience),
            n=approved,
            used=used,
        ),
        "3.2c",
        t("请其旁听或在以后的会议邀请。", "Invite them to a later meeting."),
        code="no_seat",
    )


def may_return(*, closed_item: bool) -> Decision:
    """1.2a: nobody comes back in while an item is deliberated that is not open to representatives."""
    if not closed_item:
        return YES
    return no(
        t("正在审议不开放的议程项，代表在室外等候。", "A closed item is being deliberated; representatives wait outside."),
        "1.2a",
        t("这一项结束后再请回。", "Call them back once it is over."),
        code="closed_item",
    )


@carries("1.2a", title=t("不开放的议程项，代表不在场", "No representative is present at a closed item"))
def may_begin_closed(inside: int) -> Decision:
    """1.2a: a closed item begins when no representative is in the room any more."""
    if not inside:
        return YES
    return no(
        t(
            "会场里还有 {n} 位列席代表，这一项不开放列席。",
            "{n} representatives are still in the room; this item is closed to them.",
            n=inside,
        ),
        "1.2a",
        t(
            "请代表离场，在签到页按“请全部代表离场”，再开始这一项。",
            "Ask them out, press “Everybody out” on the check-in page, then begin it.",
        ),
        code="inside",
    )


def shows_code(meeting_state: str) -> bool:
    """Whether a personal page still shows the code for the door."""
    return meeting_state not in OVER
