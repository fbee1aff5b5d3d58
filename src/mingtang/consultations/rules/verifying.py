"""Verified identity: never needed unless a consultation says so in public and says why; only the fact is kept and shown."""

from __future__ import annotations

from secrets import token_hex

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t

VERIFIED_LABEL = t("已核验", "Verified")
ERASED_KEY = "erased-"  # a key of hexadecimal digits never begins so

UNVERIFIED: dict[str, Decision] = {
    code: no(reason, "", remedy, code=code)
    for code, reason, remedy in (
        (
            "denied",
            t("没有核验：您在身份认证页面取消了，或者对方没有同意。", "Not verified: you cancelled, or the identity service declined."),
            t("文字还在。可以再核验一次，也可以不核验直接提交。", "Your words are kept. Try again, or send without verification."),
        ),
        (
            "down",
            t("身份认证服务现在连不上。", "The identity service cannot be reached now."),
            t("文字还在。可以不核验直接提交，或者过一会儿再试。", "Your words are kept. Send without verification, or try again later."),
        ),
        (
            "stale",
            t("这次核验已经过期或者用过了。", "This verification is too old or was used before."),
            t("文字还在。请重新点“去核验”。", "Your words are kept. Please press “Verify” again."),
        ),
        (
            "wrong",
            t("身份认证服务的答复对不上，没有采用。", "The answer of the identity service did not hold and was not used."),
            t("文字还在。可以再试一次，也可以不核验直接提交。", "Your words are kept. Try again, or send without verification."),
        ),
    )
}


def may_speak_unverified(demanded: str, *, verified: bool) -> Decision:
    """Where a consultation takes verified opinions only, others go another way; `demanded` is its public reason, empty: nothing asked."""
    if verified or not demanded.strip():
        return YES
    return no(
        t(
            "这次网上提意见要先核验身份。理由：{why}",
            "On the web this consultation takes verified opinions only. Reason: {why}",
            why=demanded,
        ),
        "2.1",
        t(
            "请先点“去核验”，文字还在；不想核验的，可以交纸质意见、来电或到现场说，同样计入并答复。",
            "Press “Verify” first, your words are kept; or hand it in on paper, phone or come in person: it counts and is answered the same.",
        ),
        code="unverified",
    )


def may_use_proof(*, there: bool, used: bool) -> Decision:
    """A proof is good for some minutes and for one opinion."""
    if there and not used:
        return YES
    return no(
        t("核验已经用过。", "This verification was used already.")
        if used
        else t("核验已过期（20 分钟内有效）。", "The verification is over; it lasts 20 minutes."),
        "2.1",
        t(
            "文字还在。可以再核验一次；不核验直接提交也行，只是不带“已核验”。",
            "Your words are kept. Verify again, or send without; it then carries no “verified”.",
        ),
        code="proof",
    )


def may_prove_for(behalf: str) -> Decision:
    """Who writes for somebody else proves nothing about that person."""
    if behalf != "helper":
        return YES
    return no(
        t(
            "代别人写的意见不能带“已核验”：核验的是您，不是您帮的人。",
            "What you write for somebody else carries no “verified”: you were verified, not they.",
        ),
        "2.1",
        t(
            "请取消勾选“以已核验提交”，或者请本人来核验；也可以交纸质意见。",
            "Untick “Send as verified”, or let the person verify; paper is open too.",
        ),
        code="proof_helper",
    )


def may_demand(demanded: str, *, provider: bool, ways: str) -> Decision:
    """Verified opinions may be asked for only where people can be verified, and where they can speak without."""
    if not demanded.strip():
        return YES
    if not provider:
        return no(
            t("本站没有接入身份认证服务，不能要求核验身份。", "This site knows no identity service; nobody can be verified."),
            "2.1",
            t("请清空“只收核验过的意见”的理由。", "Clear the reason for verified opinions only."),
            code="no_provider",
        )
    if ways.strip():
        return YES
    return no(
        t("要求核验身份，却没有写不用核验的办法。", "Verified opinions only, and no way is given to speak without."),
        "2.1",
        t(
            "请在“提意见的其他办法”写明交纸质意见或到现场的地址、时间。",
            "Name an address and hours for paper or in person under “Other ways”.",
        ),
        code="no_other_way",
    )


def erased_key() -> str:
    """A key made by chance in the place of one that led to a person."""
    return f"{ERASED_KEY}{token_hex(24)}"
