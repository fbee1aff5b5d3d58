"""The WSGI application; starts the job runner too when this process is the only one."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - after Django is set up
from django.utils.module_loading import import_string  # noqa: E402 - after Django is set up

from mingtang.config.environment import embeds_jobs  # noqa: E402 - after Django is set up
from mingtang.platform.jobs.runner import Runner  # noqa: E402 - after Django is set up

if embeds_jobs():
    Runner(import_string(settings.MINGTANG_CLOCK)).start()
