"""2.2d: the recording of a meeting, and where in it each item begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlsplit

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t

LONGEST = 24 * 3600
PIECES = ".m3u8"
PLAYED = (PIECES, ".mp4", ".webm", ".ogv", ".mov")
HELD = frozenset({"ended", "closed"})
_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


def mark(offset: int, started_at: datetime | None, began_at: datetime | None, own: int | None) -> int | None:
    """Seconds into the recording at which an item begins: as entered, else its real start after the meeting's, which lies at `offset`."""
    if own is not None:
        return own
    if started_at is None or began_at is None:
        return None
    return offset + max(int((began_at - started_at).total_seconds()), 0)


def seconds_of(typed: str) -> int | None:
    """Seconds of ``1:02:03`` or ``12:30``; None when it is no such time."""
    found = _TIME.fullmatch(typed.strip().replace("：", ":"))
    if found is None:
        return None
    hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def as_time(seconds: int) -> str:
    """``1:02:03``."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def is_played(url: str) -> bool:
    """Whether the address is a recording itself (HLS or a file), which a browser plays, and not a page around one."""
    return urlsplit(url).path.lower().endswith(PLAYED)


def is_in_pieces(url: str) -> bool:
    """Whether it is an HLS stream, which not every browser plays by itself."""
    return urlsplit(url).path.lower().endswith(PIECES)


def may_record(state: str, url: str, marks: Sequence[int]) -> Decision:
    """A meeting that was held has a recording; the items, in the order in which they began, begin one after the other in it."""
    if state not in HELD:
        return no(
            t("会议还没有结束，还没有录像。", "The meeting is not over; there is no recording yet."),
            "2.2d",
            t("会议结束以后再登记录像。", "Enter the recording after the meeting."),
            code="wrong_state",
        )
    if url and urlsplit(url).scheme != "https":
        return no(
            t("录像网址要以 https:// 开头。", "The address of the recording must begin with https://."),
            "2.2d",
            t("请改网址。", "Change the address."),
            code="address",
        )
    if any(each > LONGEST for each in marks) or any(a >= b for a, b in pairwise(marks)):
        return no(
            t(
                "各项在录像里的时间要一项比一项晚，不超过 24 小时。",
                "Each item begins later in the recording than the one before, within 24 hours.",
            ),
            "2.2d",
            t("请核对各项的时间。", "Look over the times of the items."),
            code="marks",
        )
    return YES
