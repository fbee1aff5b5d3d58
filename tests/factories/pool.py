"""People in the pool for tests: who came forward, was verified, is asked to renew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Role, stranger
from mingtang.representatives import actions
from mingtang.representatives.actions import PersonIn
from mingtang.representatives.models import Representative
from tests.factories.platform import NOW, actor


def given(n: int = 1, **fields: Any) -> PersonIn:
    """What somebody writes in the public form."""
    said: dict[str, Any] = {
        "name": f"来人{n}",
        "audience": "public",
        "unit": "向阳小区",
        "area": "柳荫街道",
        "trade": "教育",
        "specialities": "小学教师，懂电梯",
        "phone": f"000-9{n:03d}",
        "email": f"p{n}@example.org",
        "meets_conditions": True,
    }
    return PersonIn(**{**said, **fields})


def joined(home: Government, n: int = 1, *, now: datetime = NOW, **fields: Any) -> Representative:
    """Somebody who came forward."""
    return actions.join_pool(given(n, **fields), actor=stranger(home.pk), now=now, token=f"join-{home.pk}-{n}")


def listed(home: Government, n: int = 1, *, now: datetime = NOW, **fields: Any) -> Representative:
    """Somebody who came forward and was verified by the office."""
    return actions.verify_person(joined(home, n, now=now, **fields).pk, actor=actor(home, Role.OFFICE), now=now)
