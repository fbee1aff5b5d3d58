"""Staff pages of matters: the wizard, the dossier, the lists, the planner."""

from mingtang.topics.workspace import dossier, wizard

urlpatterns = [*wizard.urlpatterns, *dossier.urlpatterns]
