"""Public pages of consultations."""

from mingtang.consultations.portal.analysis import urlpatterns as analysis
from mingtang.consultations.portal.asking import urlpatterns as asking
from mingtang.consultations.portal.consulting import urlpatterns as consulting
from mingtang.consultations.portal.drafting import urlpatterns as drafting
from mingtang.consultations.portal.reaching import urlpatterns as reaching
from mingtang.consultations.portal.receipts import urlpatterns as receipts
from mingtang.consultations.portal.taking import urlpatterns as taking
from mingtang.consultations.portal.verifying import urlpatterns as verifying

urlpatterns = [*consulting, *drafting, *asking, *taking, *verifying, *receipts, *reaching, *analysis]
