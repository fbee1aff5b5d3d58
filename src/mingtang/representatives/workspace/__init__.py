"""Staff pages of representatives: pool, house rules, invitations, the door, calls and draws."""

from mingtang.representatives.workspace.applications import urlpatterns as applications
from mingtang.representatives.workspace.calls import urlpatterns as calls
from mingtang.representatives.workspace.door import urlpatterns as door
from mingtang.representatives.workspace.seats import urlpatterns as seats

urlpatterns = [*seats, *door, *calls, *applications]
