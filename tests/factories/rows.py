"""Another row like one there is."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def like(row: M, **changes: Any) -> M:
    """Another row like this one, but for the changes."""
    made = type(row)._default_manager.get(pk=row.pk)
    made.pk, made._state.adding = None, True
    for name, value in changes.items():
        setattr(made, name, value)
    made.save()
    return made
