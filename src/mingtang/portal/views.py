"""Home, the matter page, the meeting page, search, and the pages every government site owes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.consultations import published as consultations
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.meetings import published as meetings
from mingtang.minutes import published as minutes
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.identity.provider import provider
from mingtang.platform.web.edges import Request, page, public_page
from mingtang.portal.matter import matter_page
from mingtang.publishing import published as publishing
from mingtang.representatives import published as representatives
from mingtang.topics import published as topics


@public_page("home")
def home(request: Request) -> HttpResponse:
    """What is open now, what comes, what was decided."""
    government, today = request.government.pk, day_of(request.now)
    opened = consultations.open_now(government, today)
    results = publishing.latest_results(government)
    upcoming = meetings.upcoming(government, request.now)
    counts = consultations.adoption_counts([each.topic_id for each in results])
    waiting = consultations.awaiting_report(government, today, 5)
    context = {
        "lede": opened[0] if opened else None,
        "others": opened[1:],
        "open_count": len(opened),
        "waiting": waiting,
        "upcoming": upcoming,
        "last_held": None if upcoming else meetings.last_held(government),
        "year": consultations.year_so_far(government, today.year),
        "year_results": publishing.published_in(government, today.year),
        "results": [(each, counts.get(each.topic_id)) for each in results],
        "overdue": [each for each in waiting if each.report_late > 0],  # the longest overdue wait longest too
        "held": meetings.open_meetings(government, today.year),
        "attended": representatives.attended(government, today.year),
        "least": figures_for(government, today).number("rep.min_invites_per_year"),
    }
    return page(request, "portal/home.html", context)


@page_for("1.3b", "3.1a", "3.2a", "3.4a", title=t("议题页：全过程", "The matter page: the whole chain"), url_name="portal:matters")
@public_page("topic:{topic_id}")
def matter(request: Request, topic_id: int) -> HttpResponse:
    """One matter with every step, date, document and legal period."""
    found = matter_page(request.government.pk, topic_id, request.now)
    if found is None:
        raise Http404
    return page(request, "portal/matter.html", {"page": found, "view": found.view, "suggestions": minutes.suggestions_of_topic(topic_id)})


@page_for("1.1a", "1.3b", "2.2a", "2.2c", "2.2d", "3.2c", "3.2d", title=t("会议页", "The meeting page"), url_name="portal:calendar")
@public_page("meeting:{meeting_id}")
def meeting(request: Request, meeting_id: int) -> HttpResponse:
    """One meeting: agenda, seats and how they were filled, outcomes, minutes, releases."""
    found = meetings.meeting(request.government.pk, meeting_id)
    if found is None:
        raise Http404
    topics_on = [item.topic_id for item in found.items if item.topic_id]
    releases = publishing.of_topics(topics_on)
    context = {
        "view": found,
        "versions": meetings.versions(request.government.pk, meeting_id),
        "seats": representatives.seats(meeting_id),
        "freed": representatives.freed(meeting_id),
        "calls": representatives.calls_of(request.government.pk, topics_on, day_of(request.now)),
        "bulletin": minutes.bulletin(request.government.pk, meeting_id),
        "suggestions": minutes.suggestions(meeting_id),
        "after": minutes.afterwards(request.government.pk, meeting_id, found.ended_at, request.now),
        "releases": releases,
    }
    return page(request, "portal/meeting.html", context)


@public_page("matters", "results", "calendar", "home")
def search(request: Request) -> HttpResponse:
    """Matters, meetings, results and decisions by title or number, at most a page of each."""
    words = request.GET.get("q", "").strip()[:80]
    context: dict[str, Any] = {"search_words": words}
    if words:
        more_matters, context["matters"] = topics.matters(request.government.pk, words=words)
        more_results, context["results"] = publishing.results(request.government.pk, words=words)
        context["meetings"] = meetings.named(request.government.pk, words)
        context |= {"more_matters": more_matters.after, "more_results": more_results.after}
        context["found"] = len(context["matters"]) + len(context["results"]) + len(context["meetings"])
    return page(request, "portal/search.html", context)


def _static(template: str) -> Any:
    @public_page("static")
    def view(request: Request) -> HttpResponse:
        return page(request, f"portal/{template}.html")

    return view


@public_page("static")
def privacy(request: Request) -> HttpResponse:
    """What is kept of whoever takes part, and why; of verification only where somebody can be verified."""
    return page(request, "portal/privacy.html", {"verifies": provider()})


urlpatterns = [
    path("", home, name="home"),
    path("matters/<int:topic_id>/", matter, name="matter"),
    path("meetings/<int:meeting_id>/", meeting, name="meeting"),
    path("search/", search, name="search"),
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", _static("accessibility"), name="accessibility"),
    path("correction/", _static("correction"), name="correction"),
    path("sitemap/", _static("sitemap"), name="sitemap"),
]
