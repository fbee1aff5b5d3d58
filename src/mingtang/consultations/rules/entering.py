"""Keying in papers one after another: what the fingers type, which paper it is, how long an entry can be undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from mingtang.consultations.rules.opinions import CHANNEL_LABELS, STANCE_LABELS, Channel, Stance
from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t

ENTRY_CHANNELS: dict[str, Text] = {each: CHANNEL_LABELS[each] for each in (Channel.PAPER, Channel.LETTER, Channel.PHONE, Channel.VISIT)}
STANCE_KEYS: dict[str, str] = {"1": Stance.FOR, "2": Stance.AGAINST, "3": Stance.CHANGE, "4": Stance.ASK, "0": Stance.NONE}
MIS_KEYED = "mis_keyed"
UNDO_MINUTES = 15
NOON = 12  # the hour given to what only has a day
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
NUMERALS = "〇一二三四五六七八九"
SHEET = re.compile(r"[A-Z]+-B\d+")


def number_typed(typed: str) -> str:
    """The number of a paper as it is kept: capitals, no spaces, half-width."""
    half = "".join(chr(ord(each) - 0xFEE0) if "！" <= each <= "～" else each for each in typed)
    return re.sub(r"\s+", "", half).upper()


def place_typed(typed: str, labels: Mapping[str, int]) -> int | None:
    """The clause a clerk means by "3", "三" or "第三条": its position among `labels` or its label; None if there is none."""
    said = number_typed(typed)
    if said in labels:
        return labels[said]
    figure = _figure(said.removeprefix("第").removesuffix("条"))
    by_name = {_figure(label.removeprefix("第").removesuffix("条")): pk for label, pk in labels.items()}
    return by_name.get(figure) if figure else None


def _figure(said: str) -> int:
    """A number below a hundred in digits or Chinese numerals; 0 when it is none."""
    if said.isascii() and said.isdigit():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    if any(each not in NUMERALS for each in tens + ones) or len(tens) > 1 or len(ones) > 1 or not said:
        return 0
    return (NUMERALS.index(tens) if tens else 1) * 10 * bool(ten) + (NUMERALS.index(ones) if ones else 0)


def words_of(text: str, stance: str, channel: str) -> str:
    """The words as written; a box ticked without a word is said to be just that."""
    if text.strip() or channel != Channel.PAPER or stance == Stance.NONE:
        return text.strip()
    return f"（表上只勾选：{STANCE_LABELS[stance].zh}）"


def may_enter_number(number: str, channel: str, code: str) -> Decision:
    """A paper has its number, and belongs to this draft."""
    if channel == Channel.PAPER and not number:
        return no(
            t("纸质意见表没有写编号。", "The paper has no number."),
            "2.1",
            t("给这张表写上或打上编号，再照着录。", "Write or stamp a number on the paper, then type it."),
            code="number",
        )
    found = SHEET.match(number)
    if found and found.group() != code:
        return no(
            t(
                "{number} 是另一份草案的意见表，这里的是 {code}。",
                "{number} belongs to another draft; this one is {code}.",
                number=number,
                code=code,
            ),
            "2.1",
            t("请把这张表放到那份草案里录。", "Key this paper in at that draft."),
            code="other_draft",
        )
    return YES


def may_enter_again(number: str, receipt: str) -> Decision:
    """One paper counts once for each clause it speaks about."""
    if not receipt:
        return YES
    return no(
        t(
            "{number} 的这一条已经录过，回执号 {receipt}。",
            "{number} is entered already for this clause; receipt {receipt}.",
            number=number,
            receipt=receipt,
        ),
        "2.1",
        t(
            "换下一张；同一张表还写了别的条，请改条号再录。",
            "Take the next paper; if this one speaks about another clause, type that clause.",
        ),
        code="entered",
    )


def day_typed(typed: str) -> date:
    """A day as exports of hotlines write it, its hour left out; `Refused` when it is none."""
    found = DAY.fullmatch(typed.strip())
    try:
        return date(*map(int, found.groups())) if found else _no_day(typed)
    except ValueError:
        return _no_day(typed)


def _no_day(typed: str) -> date:
    no(
        t("“{typed}”不是日期。", "“{typed}” is not a day.", typed=typed[:30]),
        "2.1",
        t("请写成 2026-11-24 这样。", "Write it like 2026-11-24."),
        code="no_day",
    ).require()
    raise AssertionError(typed)


def may_have_come(on: date, today: date, opened_on: date | None) -> Decision:
    """What is keyed in arrived between the opening and today."""
    if on <= today and (opened_on is None or on >= opened_on):
        return YES
    return no(
        t(
            "收到日期 {on} 不在公布日 {opened} 和今天之间。",
            "The day of receipt {on} is not between the opening {opened} and today.",
            on=on,
            opened=opened_on or today,
        ),
        "713 Art.15",
        t("请照表上的收件章改日期。", "Correct the day from the stamp on the paper."),
        code="day",
    )


def may_undo(entered_at: datetime, now: datetime, reason: str) -> Decision:
    """What was just mistyped is undone with a reason; later it takes a moderator."""
    if now - entered_at > timedelta(minutes=UNDO_MINUTES):
        return no(
            t("录入已超过 {n} 分钟，不能撤销。", "It was entered more than {n} minutes ago.", n=UNDO_MINUTES),
            "2.1",
            t("请由意见审核人按“录入有误”处理。", "A moderator withholds it as keyed in by mistake."),
            code="too_late",
        )
    if not reason.strip():
        return no(
            t("撤销要写明理由。", "Undoing needs a reason."),
            "2.1",
            t("如“看错一行”“条号打错”。", "For instance “wrong line”, “wrong clause”."),
            code="reason",
        )
    return YES
