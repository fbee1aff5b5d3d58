"""Addresses of the public site."""

from mingtang.consultations.portal import urlpatterns as consultations
from mingtang.following.portal import urlpatterns as following
from mingtang.hearings.portal import urlpatterns as hearings
from mingtang.meetings.portal import urlpatterns as meetings
from mingtang.minutes.portal import urlpatterns as minutes
from mingtang.oversight.portal import urlpatterns as oversight
from mingtang.portal.attending import urlpatterns as attending
from mingtang.portal.feeds import urlpatterns as feeds
from mingtang.portal.log import urlpatterns as log
from mingtang.portal.receipts import urlpatterns as receipts
from mingtang.portal.trust import urlpatterns as trust
from mingtang.portal.views import urlpatterns as composed
from mingtang.publishing.portal import urlpatterns as publishing
from mingtang.representatives.portal import urlpatterns as representatives
from mingtang.topics.portal import urlpatterns as topics

app_name = "portal"
urlpatterns = [
    *composed,
    *receipts,
    *feeds,
    *following,
    *topics,
    *consultations,
    *hearings,
    *meetings,
    *representatives,
    *minutes,
    *publishing,
    *oversight,
    *attending,
    *log,
    *trust,
]
