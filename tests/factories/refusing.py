"""Saying which refusal is expected: ``with refused("role"): …``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mingtang.kernel.decision import Decision, Refused


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block ends in a `Refused` with this code, alone or among others."""
    with pytest.raises(Refused) as caught:
        yield
    assert code in codes(caught.value.decision)


def codes(decision: Decision) -> list[str]:
    """The codes of everything a decision refuses for; none when it allows."""
    return [] if decision.allowed else [each.code for each in decision.refusals]
