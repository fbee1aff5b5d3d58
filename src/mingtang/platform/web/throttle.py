"""A limit per address and hour, generous enough for a whole neighbourhood behind one router."""

from __future__ import annotations

from datetime import datetime
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


def may_pass(request: Request, what: str, figure: str, *, of: str = "") -> Decision:
    """Count one passage of this address (or of `of`, such as a receipt) and say whether it is within the figure's limit per hour."""
    most = figures_for(request.government.pk, day_of(request.now)).number(figure)
    if counted(request, what, of=of) <= most:
        return YES
    return no(
        t("一小时内从这里已提交 {n} 次。", "{n} submissions came from here within an hour.", n=most),
        "",
        t(
            "为防刷屏请稍后再试，写好的文字都还在；也可以打电话或交纸质意见。",
            "To keep out floods please try again later, your text is kept; phone and paper are open too.",
        ),
        code="too_many",
    )


def counted(request: Request, what: str, *, of: str = "", at: datetime | None = None) -> int:
    """Count one passage within this hour, or within the hour of `at`; gives how many there are now."""
    key, hour = _place(request, what, of, at)
    rows = Passage.objects.filter(key=key, hour_at=hour)
    if not rows.update(number=F("number") + 1):
        try:
            with transaction.atomic():
                Passage.objects.create(key=key, hour_at=hour)
        except IntegrityError:
            rows.update(number=F("number") + 1)
    return rows.values_list("number", flat=True)[0]


def passed(request: Request, what: str) -> int:
    """How many passages of this address there were within this hour, counting none."""
    key, hour = _place(request, what, "")
    return Passage.objects.filter(key=key, hour_at=hour).values_list("number", flat=True).first() or 0


def _place(request: Request, what: str, of: str, at: datetime | None = None) -> tuple[str, datetime]:
    hour = (at or request.now).replace(minute=0, second=0, microsecond=0)
    salt = f"{settings.SECRET_KEY}|{hour.date()}|{what}|{of or request.META.get('REMOTE_ADDR', '')}"
    return sha256(salt.encode()).hexdigest(), hour
