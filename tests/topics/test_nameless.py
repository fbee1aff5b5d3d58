"""A matter approved as not public: nothing about it is begun that would have to name it."""

from __future__ import annotations

import pytest

from mingtang.consultations.actions import begin_consultation
from mingtang.hearings.actions import decide_hearing, propose_hearing
from mingtang.platform.actor import Role
from mingtang.representatives.actions import begin_call
from mingtang.topics.models import Topic
from tests.factories.platform import NOW, acting, actor
from tests.factories.refusing import refused
from tests.factories.topics import approved, drafter

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed() -> Topic:
    """Approved, and closed as a trade secret."""
    return approved(disclosure="closed", disclosure_ground="trade")


def test_it_is_neither_consulted_on_nor_called_for_nor_heard(closed: Topic) -> None:
    clerk, head = drafter(closed), actor(closed.government, Role.HEAD, within=closed.department)
    with refused("not_approved"):
        begin_consultation(closed.pk, actor=clerk, now=NOW)
    with refused("not_approved"):
        begin_call(closed.pk, actor=clerk, now=NOW)
    with refused("not_approved"):
        decide_hearing(closed.pk, actor=head, now=NOW, why="切身利益")
    with refused("gone"):
        propose_hearing(closed.pk, actor=acting(closed.drafted_by), now=NOW, words="请听证。")
