"""The desk of the minutes: where they stand, and the editor."""

from mingtang.minutes.workspace.editor import urlpatterns as editor
from mingtang.minutes.workspace.minutes import urlpatterns as minutes

urlpatterns = [*minutes, *editor]
