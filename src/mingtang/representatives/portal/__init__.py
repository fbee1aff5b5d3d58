"""Public pages of representatives: house rules, personal links, the pool, calls and draws."""

from mingtang.representatives.portal.applications import urlpatterns as applications
from mingtang.representatives.portal.calls import urlpatterns as calls
from mingtang.representatives.portal.pool import urlpatterns as pool
from mingtang.representatives.portal.seats import urlpatterns as seats

urlpatterns = [*seats, *pool, *calls, *applications]
