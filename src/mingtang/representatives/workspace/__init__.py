"""Staff pages of representatives: pool, house rules, invitations, the door, calls and draws."""

from mingtang.representatives.workspace.applications import urlpatterns as applications
from mingtang.representatives.workspace.calls import urlpatterns as calls
from mingtang.representatives.workspace.choosing import urlpatterns as choosing
from mingtang.representatives.workspace.door import urlpatterns as door
from mingtang.representatives.workspace.pool import urlpatterns as pool
from mingtang.representatives.workspace.seats import urlpatterns as seats

urlpatterns = [*pool, *seats, *choosing, *door, *calls, *applications]
