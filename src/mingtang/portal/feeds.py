"""News to follow: everything, one focus area, one department, one matter."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from mingtang.following.published import news_in
from mingtang.kernel.text import Text, t
from mingtang.platform.codes import row_id
from mingtang.platform.web.edges import Request, page, public_page
from mingtang.platform.web.feeds import News, atom
from mingtang.portal.matter import matter_page
from mingtang.topics.published import departments, focus_areas


@public_page("consultations", "results", "home")
def everything(request: Request) -> HttpResponse:
    """Consultations, adoption reports and results, of all or of one focus area or department."""
    areas, offices = dict(focus_areas()), dict(departments(request.government.pk))
    area, department = request.GET.get("area", ""), row_id(request.GET.get("department", "")) or 0
    if (area and area not in areas) or (department and department not in offices):
        raise Http404
    of: list[Text] = [*([areas[area]] if area else []), *([offices[department]] if department else [])]
    title = t("{site}：征求意见和结果", "{site}: consultations and results", site=request.government)
    for each in of:
        title = t("{title}，{x}", "{title}, {x}", title=title, x=each)
    found = news_in(request.government.pk, area=area, department=department)
    return atom(request, title, found, home=reverse("portal:home"))


@public_page("topic:{topic_id}")
def matter(request: Request, topic_id: int) -> HttpResponse:
    """Every step of one matter."""
    found = matter_page(request.government.pk, topic_id, request.now)
    if found is None:
        raise Http404
    home = reverse("portal:matter", args=[topic_id])
    steps = [News(each.at, str(each.title), str(each.body), each.url or home) for each in found.entries if each.tomb is None]
    return atom(request, t("{x}：全过程", "{x}: every step", x=found.view.title.replace("|", "")), steps, home=home)


@public_page("matters")
def feeds(request: Request) -> HttpResponse:
    """What can be followed, and how."""
    context = {"areas": focus_areas(), "departments": departments(request.government.pk)}
    return page(request, "portal/feeds.html", context)


urlpatterns = [
    path("feeds/", feeds, name="feeds"),
    path("feed.atom", everything, name="feed"),
    path("matters/<int:topic_id>/feed.atom", matter, name="matter-feed"),
]
