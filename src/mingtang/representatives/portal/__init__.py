"""Public pages of representatives: house rules, personal links, calls and draws."""

from mingtang.representatives.portal.applications import urlpatterns as applications
from mingtang.representatives.portal.calls import urlpatterns as calls
from mingtang.representatives.portal.seats import urlpatterns as seats

urlpatterns = [*seats, *calls, *applications]
