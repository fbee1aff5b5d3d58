"""What somebody who wants to be told fills in."""

from __future__ import annotations

from django import forms as django_forms

from mingtang.following.rules import RHYTHMS
from mingtang.kernel.text import t
from mingtang.platform.web.fields import Form, one_of


class FollowForm(Form):
    """An address and how often."""

    address = django_forms.EmailField(
        label=t("您的邮箱", "Your e-mail address"),  # type: ignore[arg-type]  # rendered by str()
        max_length=254,
        help_text=t(  # type: ignore[arg-type]  # as above
            "只用来发订阅邮件，退订即删除。先收到一封确认信，点开里面的链接才算订上。",
            "For these mails only, deleted when you end it. A mail comes first; nothing is sent until you follow its link.",
        ),
    )
    rhythm = one_of(t("多久告诉您一次", "How often"), list(RHYTHMS.items()), radio=True)
