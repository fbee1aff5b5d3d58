"""Where a mail's own words end and what it quotes or signs begins. Nothing is deleted: the place is remembered, the rest is shown folded."""

from __future__ import annotations

import re

DIVIDED = re.compile(
    r"^-{2,}\s*(?:原始邮件|原邮件|回复的原邮件|转发邮件信息|Original(?: Message)?|Forwarded message)\s*-{2,}", re.IGNORECASE
)
WROTE = re.compile(r"^(?:(?:在|于)?\s*\d{4}\s*[-年/.].{0,120}?(?:写道|来信|wrote)\s*[:：]|On\b.{0,160}\bwrote:)\s*$", re.IGNORECASE)
HEADED = re.compile(r"^(?:发件人\s*[:：]|From:\s)", re.IGNORECASE)
MOST_SIGNED = 12  # lines
HEAD_LINES = re.compile(r"^\*?(?:发送时间|发送日期|日期|收件人|抄送|主题|Sent|Date|To|Cc|Subject)\s*[:：]", re.IGNORECASE)
SIGNED = re.compile(
    r"^(?:-- ?|_{5,}|发自我的.{0,30}|来自我的.{0,30}|从.{1,20}手机.{0,10}发送|Sent from (?:my|Mail).{0,40}|Get Outlook for .{0,20})$",
    re.IGNORECASE,
)


def own_words_end(text: str) -> int:
    """The index in `text` at which a trailing quotation or signature begins; its length when there is none.

    Answers written between quoted lines stay with what they answer. A mail that would be left without a word is not cut.
    """
    lines = text.split("\n")
    own, quoted = _from_behind(lines)
    signed = next((n for n, line in enumerate(lines) if _signs(line) and _is_short(lines, own, n + 1)), len(lines))
    end = next((n for n in range(signed) if _divides(lines, n) or (_wrote(lines[n]) and not _answered(own, quoted, n + 1, signed))), signed)
    end = _before_quotes(lines, end)
    kept = "\n".join(lines[:end]).rstrip()
    return len(kept) if own[0] > own[end] else len(text)


def _from_behind(lines: list[str]) -> tuple[list[int], list[int]]:
    """For each line how many lines of somebody's own begin from it on, and where the next quoted one stands; one pass, for mails of any length."""
    own, quoted = [0] * (len(lines) + 1), [len(lines)] * (len(lines) + 1)
    for n in range(len(lines) - 1, -1, -1):
        is_quoted = lines[n].lstrip().startswith(">")
        own[n] = own[n + 1] + (bool(lines[n].strip()) and not is_quoted)
        quoted[n] = n if is_quoted else quoted[n + 1]
    return own, quoted


def _signs(line: str) -> bool:
    return bool(SIGNED.match(line) or SIGNED.match(line.strip()))


def _is_short(lines: list[str], own: list[int], n: int) -> bool:
    """A signature is short; a longer text after a rule is part of what is said, unless it is what was replied to."""
    if own[n] <= MOST_SIGNED:
        return True
    after = next((k for k in range(n, min(n + 5, len(lines))) if lines[k].strip()), n)
    return after < len(lines) and (_divides(lines, after) or _wrote(lines[after]))


def _divides(lines: list[str], n: int) -> bool:
    """A line under which the whole mail that was answered stands. A "From:" alone is none: a head has further lines."""
    line = lines[n].strip().lstrip("*")
    if HEADED.match(line):
        return any(HEAD_LINES.match(each.strip().lstrip("*")) for each in lines[n + 1 : n + 4])
    return bool(DIVIDED.match(line))


def _wrote(line: str) -> bool:
    return bool(WROTE.match(line.strip()))


def _answered(own: list[int], quoted: list[int], n: int, end: int) -> bool:
    """Whether somebody answers between or below the lines quoted from `n` on, before the signature at `end`."""
    first = quoted[n]
    return first < end and own[n] == own[first] and own[first] > own[end]


def _before_quotes(lines: list[str], end: int) -> int:
    """Quoted and empty lines at the very end belong to the quotation."""
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(">")):
        end -= 1
    return end
