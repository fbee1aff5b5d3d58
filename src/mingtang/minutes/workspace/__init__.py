"""The desk of the minutes, of suggestions and of the record."""

from mingtang.minutes.workspace.minutes import urlpatterns as minutes
from mingtang.minutes.workspace.record import urlpatterns as record

urlpatterns = [*minutes, *record]
