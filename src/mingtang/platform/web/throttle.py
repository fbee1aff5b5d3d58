"""A limit per address and hour, generous enough for a whole neighbourhood behind one router."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request
from mingtang.platform.web.models import Passage


def may_pass(request: Request, what: str, figure: str) -> Decision:
    """Count one passage of this address and say whether it is within the figure's limit per hour."""
    most = figures_for(request.government.pk, day_of(request.now)).number(figure)
    hour = request.now.replace(minute=0, second=0, microsecond=0)
    salt = f"{settings.SECRET_KEY}|{hour.date()}|{what}|{request.META.get('REMOTE_ADDR', '')}"
    key = sha256(salt.encode()).hexdigest()
    rows = Passage.objects.filter(key=key, hour_at=hour)
    if not rows.update(number=F("number") + 1):
        try:
            with transaction.atomic():
                Passage.objects.create(key=key, hour_at=hour)
        except IntegrityError:
            rows.update(number=F("number") + 1)
    if rows.values_list("number", flat=True)[0] <= most:
        return YES
    return no(
        t("这个网络地址一小时内已提交 {n} 次。", "{n} submissions came from this network address within an hour.", n=most),
        "",
        t(
            "为防刷屏请稍后再试，写好的文字都还在；也可以打电话或交纸质意见。",
            "To keep out floods please try again later, your text is kept; phone and paper are open too.",
        ),
        code="too_many",
    )
