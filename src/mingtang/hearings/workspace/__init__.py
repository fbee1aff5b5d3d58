"""Staff pages of hearings and the other activities."""

from mingtang.hearings.workspace.day import urlpatterns as day
from mingtang.hearings.workspace.desk import urlpatterns as desk
from mingtang.hearings.workspace.drawing import urlpatterns as drawing
from mingtang.hearings.workspace.listening import urlpatterns as listening
from mingtang.hearings.workspace.needing import urlpatterns as needing
from mingtang.hearings.workspace.proposals import urlpatterns as proposals
from mingtang.hearings.workspace.telling import urlpatterns as telling

urlpatterns = [*desk, *telling, *needing, *drawing, *proposals, *day, *listening]
