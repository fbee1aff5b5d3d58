"""The receipt of an opinion: what became of it, how it is printed, and what its author may still do with it.

The address ``/r/CODE`` is one door for every kind of receipt: `mingtang.portal.receipts` asks each capability.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, published
from mingtang.consultations.published.receipts import Fate
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import stranger
from mingtang.platform.clock import CHINA
from mingtang.platform.codes import as_code
from mingtang.platform.documents.official import Slip
from mingtang.platform.slips import code_on_page, slip_of
from mingtang.platform.web.edges import Request, attempt, form_page, page
from mingtang.platform.web.throttle import may_pass

DONE: dict[str, Text] = {
    "add": t("已补充。补充有自己的回执号，与原意见算同一个人。", "Added. It has a receipt of its own and counts as the same person."),
    "withdraw": t("已撤回。原处留有说明，文字不再显示。", "Withdrawn. A note stands in its place; the words are not shown."),
    "erase": t("个人信息已删除，以后不再往您的邮箱发信。", "Personal data are deleted; no mail will be sent any more."),
    "appeal": t(
        "申诉已收到，由没有经手的人复议；结果写在这里。",
        "The appeal is received; somebody who had no part decides it, and the outcome is written here.",
    ),
    "helped": t("记下了，谢谢。", "Noted, thank you."),
}


def _fate(request: Request, code: str) -> Fate | None:
    return published.fate(request.government.pk, as_code(code), request.now)


@form_page
def receipt(request: Request, code: str) -> HttpResponse:
    """What became of an opinion: received, shown or withheld, group, verdict, where it landed."""
    return _page(request, code, {})


def _page(request: Request, code: str, bound: dict[str, Any]) -> HttpResponse:
    fate = _fate(request, code)
    if fate is None:
        raise Http404
    behind = published.behind(request.government.pk, fate.receipt)
    context = {
        "fate": fate,
        "behind": behind,
        **code_on_page(request, fate.receipt, behind.line if behind else ""),
        "fresh": "new" in request.GET,
        "said": DONE.get(request.GET.get("done", "")),
        "add": forms.SupplementForm(initial={"token": secrets.token_urlsafe(16)}, auto_id="add_%s"),
        "appeal": forms.AppealForm(auto_id="appeal_%s"),
        "helped": forms.HelpedForm(initial={"answer": fate.helped, "why": fate.helped_why}, auto_id="helped_%s"),
        **bound,
    }
    return page(request, "consultations/portal/receipt.html", context)


@form_page
def act(request: Request, code: str, what: str) -> HttpResponse:
    """Add, withdraw, erase or say whether the reply answered: with the receipt's code and nothing else."""
    url = reverse("portal:receipt", args=[code])
    if what not in DONE:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(url)
    form = {"add": forms.SupplementForm, "appeal": forms.AppealForm, "helped": forms.HelpedForm}.get(what)
    bound = form(request.POST, auto_id=f"{what}_%s") if form else None
    if bound is not None and not bound.is_valid():
        return _page(request, code, {what: bound})
    run = _acts(request, as_code(code), bound.cleaned_data if bound else {})[what]
    done = attempt(request, lambda: _within_rate(request, code, run))
    if done is None:
        return _page(request, code, {what: bound} if bound else {})
    return HttpResponseRedirect(f"{url}?done={what}")


def _within_rate(request: Request, code: str, run: Callable[[], Any]) -> Any:
    may_pass(request, "receipt", "opinion.receipt_per_hour", of=f"{request.government.pk}:{as_code(code)}").require()
    return run()


def _acts(request: Request, code: str, data: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    who: dict[str, Any] = {"actor": stranger(request.government.pk), "now": request.now}
    return {
        "add": lambda: actions.add_to_opinion(code, data["text"], token=data["token"], **who),
        "withdraw": lambda: actions.withdraw_opinion(code, **who),
        "erase": lambda: actions.erase_personal(code, **who),
        "appeal": lambda: actions.appeal_withholding(code, words=data["words"], **who),
        "helped": lambda: actions.say_helped(code, data["answer"], why=data["why"], **who),
    }


def slip(request: Request, code: str) -> Slip | None:
    """The receipt as it is printed; None when no opinion has this code."""
    fate = _fate(request, code)
    if fate is None:
        return None
    behind = published.behind(request.government.pk, fate.receipt)
    on = f"{fate.clause or t('整个草案', 'The whole draft')}　{fate.stance}"
    rows = [
        (t("收到", "Received"), f"{fate.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}　{fate.channel}"),
        (t("身份", "Identity"), str(t("已核验", "Verified")) if fate.verified else ""),
        (t("议题", "Matter"), fate.topic.replace("|", "")),
        (t("对象", "On"), on),
        (t("引用", "Quoted"), fate.passage.quote),
        (t("原文", "Text"), fate.words or str(t("不显示", "Not shown"))),
    ]
    foot = t(
        "凭回执号随时可以查看审核、归组和答复，也可以补充、撤回或删除个人信息，不必登录。",
        "With this number you can always see what became of it, add to it, withdraw it or delete personal data; no account is needed.",
    )
    title, said = t("意见回执", "Receipt of an opinion"), [row for row in rows if row[1]]
    line, fingerprint = (behind.line, behind.fingerprint) if behind else ("", "")
    return slip_of(request, fate.receipt, title, said, foot, at=fate.received_at, line=line, fingerprint=fingerprint)


urlpatterns = [
    path("r/<str:code>/<slug:what>/", act, name="receipt-act"),
]
