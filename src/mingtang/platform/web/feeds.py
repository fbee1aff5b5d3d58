"""News as Atom (RFC 4287): what outsiders may read anyway, for those who would rather be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

from mingtang.kernel.text import Text, spoken_language
from mingtang.platform.clock import day_of, opening_of
from mingtang.platform.web.edges import Request

MOST = 30


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened: when, what, in a few words, and where it stands."""

    at: datetime
    title: str
    words: str
    url: str


def atom(request: Request, title: Text, entries: Iterable[News], *, home: str) -> HttpResponse:
    """The newest entries as an Atom feed; `home` is the page that shows the same."""
    newest = sorted(entries, key=lambda each: each.at, reverse=True)[:MOST]
    feed = Atom1Feed(
        title=str(title),
        link=request.build_absolute_uri(home),
        description=str(request.government),
        language="en" if spoken_language() == "en" else "zh-CN",
        feed_url=request.build_absolute_uri(),
        author_name=str(request.government),
    )
    for each in newest:
        link = request.build_absolute_uri(each.url)
        mark = f"{link}#{each.at:%Y%m%d%H%M%S}"
        feed.add_item(each.title, link, each.words, unique_id=mark, pubdate=each.at, updateddate=each.at)
    if not newest:  # a page is the same all day long; by itself an empty feed would be as old as the second
        feed.latest_post_date = lambda: opening_of(day_of(request.now))  # type: ignore[method-assign]
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
