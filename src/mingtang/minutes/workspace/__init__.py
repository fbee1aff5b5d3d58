"""The desk of the minutes, of suggestions and of the record: where they stand, and the editor."""

from mingtang.minutes.workspace.editor import urlpatterns as editor
from mingtang.minutes.workspace.minutes import urlpatterns as minutes
from mingtang.minutes.workspace.record import urlpatterns as record

urlpatterns = [*minutes, *editor, *record]
