"""Following by mail: asking, confirming, changing, ending. No account; the link of a mail is the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from mingtang.following import actions, forms, published
from mingtang.following.rules import RHYTHMS
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import spoken_language, t
from mingtang.platform.actor import stranger
from mingtang.platform.web.edges import Request, attempt, form_page, page
from mingtang.platform.web.throttle import may_pass

SAID = {
    "confirmed": t("订上了。有新消息就发给您。", "Done. You will be told when there is news."),
    "changed": t("改好了。", "Changed."),
    "stopped": t("已退订，这一项不再发信。", "Ended; no more mail about it."),
}


@page_for("2.1c", title=t("邮件订阅", "Following by mail"), url_name="portal:feeds")
@form_page
def follow(request: Request) -> HttpResponse:
    """Ask to be told of everything, an area, a department or one matter."""
    kind, key = request.GET.get("kind", "all"), request.GET.get("key", "")
    what = published.subject(request.government.pk, kind, key)
    if what is None:
        raise Http404
    form = forms.FollowForm(request.POST or None, initial={"rhythm": "daily"})
    asked = False
    if request.method == "POST" and form.is_valid():
        asked = attempt(request, lambda: _follow(request, kind, key, form.cleaned_data)) or False
    return page(request, "following/portal/follow.html", {"what": what, "kind": kind, "key": key, "form": form, "asked": asked})


def _follow(request: Request, kind: str, key: str, data: dict[str, str]) -> bool:
    may_pass(request, "follow", "opinion.rate_per_hour").require()
    actions.follow(kind, key, actor=stranger(request.government.pk), now=request.now, language=spoken_language(), **data)
    return True


@form_page
def mine(request: Request, token: str) -> HttpResponse:
    """What this address follows; where it also confirms, changes and ends."""
    found = published.mine(request.government.pk, token)
    if found is None:
        return page(request, "following/portal/ended.html", status=404)
    context = {"mine": found, "rhythms": RHYTHMS.items(), "said": SAID.get(request.GET.get("said", ""))}
    return page(request, "following/portal/mine.html", context)


@form_page
def confirm(request: Request, token: str) -> HttpResponse:
    """Agree: by pressing, as programs that look through mails follow links too."""
    return _act(request, token, "confirmed", lambda who: actions.confirm(token, **who))


@form_page
def rhythm(request: Request, token: str) -> HttpResponse:
    """Be told more or less often."""
    wanted = request.POST.get("rhythm", "")
    return _act(request, request.POST.get("back", token), "changed", lambda who: actions.change_rhythm(token, rhythm=wanted, **who))


def _act(request: Request, token: str, said: str, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    here = reverse("portal:follow-mine", args=[token])
    if request.method != "POST":
        return HttpResponseRedirect(here)
    done = attempt(request, lambda: act({"actor": stranger(request.government.pk), "now": request.now}))
    return HttpResponseRedirect(f"{here}?said={said}") if done else mine(request, token)


@csrf_exempt
@form_page
def stop(request: Request, token: str) -> HttpResponse:
    """End it. Mail programs end it for their reader with one POST and no page (RFC 8058), so it asks for no form token."""
    if request.method != "POST":
        return mine(request, token)
    back, everything = request.POST.get("back", ""), "everything" in request.POST
    actions.stop(token, actor=stranger(request.government.pk), now=request.now, everything=everything)
    if back and back != token and not everything:
        return HttpResponseRedirect(f"{reverse('portal:follow-mine', args=[back])}?said=stopped")
    return page(request, "following/portal/ended.html")


urlpatterns = [
    path("follow/", follow, name="follow"),
    path("follow/<str:token>/", mine, name="follow-mine"),
    path("follow/<str:token>/confirm/", confirm, name="follow-confirm"),
    path("follow/<str:token>/rhythm/", rhythm, name="follow-rhythm"),
    path("follow/<str:token>/stop/", stop, name="follow-stop"),
]
