"""Where a mail's own words end and what it quotes or signs begins. Nothing is deleted: the place is remembered, the rest is shown folded."""

from __future__ import annotations

import re

REPLIED = re.compile(
    r"^(?:-{2,}\s*(?:原始邮件|原邮件|回复的原邮件|转发邮件信息|Original(?: Message)?|Forwarded message)\s*-{2,}.*"
    r"|(?:在|于)?\s*\d{4}\s*[-年/.].{0,120}?(?:写道|来信|wrote)\s*[:：]"
    r"|On\b.{0,160}\bwrote:"
    r"|发件人\s*[:：].*|From:\s.*)\s*$",
    re.IGNORECASE,
)
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
    end = next((n for n in range(len(lines)) if _signs(lines, n)), len(lines))
    end = next((n for n in range(end) if _begins_reply(lines[:end], n)), end)
    end = _before_quotes(lines, end)
    kept = "\n".join(lines[:end]).rstrip()
    return len(kept) if kept.strip() and any(not each.lstrip().startswith(">") for each in lines[:end] if each.strip()) else len(text)


def _signs(lines: list[str], n: int) -> bool:
    """A line under which a signature stands: a short one, for a longer text after a rule is part of what is said."""
    if not SIGNED.match(lines[n]) and not SIGNED.match(lines[n].strip()):
        return False
    return sum(bool(each.strip()) and not each.lstrip().startswith(">") for each in lines[n + 1 :]) <= MOST_SIGNED or bool(
        REPLIED.match(next((each.strip() for each in lines[n + 1 :] if each.strip()), ""))
    )


def _begins_reply(lines: list[str], n: int) -> bool:
    """A line that opens a quotation; the sender's own "From:" in the middle of a sentence is none: a head has further lines."""
    line = lines[n].strip().lstrip("*")
    if not REPLIED.match(line):
        return False
    if line.lower().startswith(("发件人", "from:")):
        return any(HEAD_LINES.match(each.strip().lstrip("*")) for each in lines[n + 1 : n + 4])
    return not _own_words_after(lines, n + 1)


def _own_words_after(lines: list[str], n: int) -> bool:
    """Whether somebody answers below what was quoted: quoted lines, then lines that are not."""
    quoted = False
    for line in lines[n:]:
        if line.lstrip().startswith(">"):
            quoted = True
        elif quoted and line.strip() and not SIGNED.match(line.strip()):
            return True
    return False


def _before_quotes(lines: list[str], end: int) -> int:
    """Quoted and empty lines at the very end belong to the quotation."""
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(">")):
        end -= 1
    return end
