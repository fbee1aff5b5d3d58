"""Staff pages of consultations."""

from mingtang.consultations.workspace.adopting import urlpatterns as adopting
from mingtang.consultations.workspace.asking import urlpatterns as asking
from mingtang.consultations.workspace.correcting import urlpatterns as correcting
from mingtang.consultations.workspace.drafting import urlpatterns as drafting
from mingtang.consultations.workspace.entering import urlpatterns as entering
from mingtang.consultations.workspace.grouping import urlpatterns as grouping
from mingtang.consultations.workspace.mails import urlpatterns as mails
from mingtang.consultations.workspace.moderating import urlpatterns as moderating
from mingtang.consultations.workspace.opinions import urlpatterns as opinions
from mingtang.consultations.workspace.pointing import urlpatterns as pointing
from mingtang.consultations.workspace.preparing import urlpatterns as preparing
from mingtang.consultations.workspace.proposing import urlpatterns as proposing
from mingtang.consultations.workspace.stepping import urlpatterns as stepping

urlpatterns = [
    *preparing,
    *drafting,
    *asking,
    *moderating,
    *entering,
    *mails,
    *opinions,
    *pointing,
    *adopting,
    *correcting,
    *grouping,
    *proposing,
    *stepping,
]
