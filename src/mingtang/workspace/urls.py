"""Addresses of the staff site."""

from mingtang.consultations.workspace import urlpatterns as consultations
from mingtang.hearings.workspace import urlpatterns as hearings
from mingtang.meetings.workspace import urlpatterns as meetings
from mingtang.minutes.workspace import urlpatterns as minutes
from mingtang.oversight.workspace import urlpatterns as oversight
from mingtang.publishing.workspace import urlpatterns as publishing
from mingtang.representatives.workspace import urlpatterns as representatives
from mingtang.topics.workspace import urlpatterns as topics
from mingtang.workspace.console import urlpatterns as console
from mingtang.workspace.guard import urlpatterns as guard
from mingtang.workspace.levels import urlpatterns as levels
from mingtang.workspace.papers import urlpatterns as papers
from mingtang.workspace.views import urlpatterns as composed

app_name = "workspace"
urlpatterns = [
    *composed,
    *topics,
    *consultations,
    *hearings,
    *meetings,
    *representatives,
    *minutes,
    *publishing,
    *oversight,
    *guard,
    *papers,
    *console,
    *levels,
]
