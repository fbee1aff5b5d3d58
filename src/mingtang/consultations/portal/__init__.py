"""Public pages of consultations."""

from mingtang.consultations.portal.asking import urlpatterns as asking
from mingtang.consultations.portal.consulting import urlpatterns as consulting
from mingtang.consultations.portal.drafting import urlpatterns as drafting

urlpatterns = [*consulting, *drafting, *asking]
