"""Which links stand in the head of the public site and in the rail of the workspace.

The platform knows no capability, so the portal and the workspace install their lists at start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingtang.kernel.text import NOTHING, Text

if TYPE_CHECKING:
    from mingtang.platform.web.edges import Request


@dataclass(frozen=True, slots=True)
class Link:
    """One link; `count` is what waits there, None when nothing is counted."""

    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links under one heading of the rail."""

    title: Text = NOTHING
    items: list[Link] = field(default_factory=list)


Nav = Callable[["Request"], list[Link]]
Rail = Callable[["Request"], list[LinkGroup]]
_nav: list[Nav] = []
_rail: list[Rail] = []


def install_nav(nav: Nav) -> None:
    """Use `nav` for the public head."""
    _nav[:] = [nav]


def install_rail(rail: Rail) -> None:
    """Use `rail` for the workspace."""
    _rail[:] = [rail]


def nav_for(request: Request) -> list[Link]:
    """The links of the public head."""
    return _nav[0](request) if _nav else []


def rail_for(request: Request) -> list[LinkGroup]:
    """The groups of the workspace rail."""
    return _rail[0](request) if _rail else []
