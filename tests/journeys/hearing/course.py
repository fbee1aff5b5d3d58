"""The hearing of the journey, and the people who take part in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.journeys.people import People, Visitor

HOUSEHOLDS = ("顾一鸣", "顾双全", "顾三宝", "顾四海")


@dataclass
class Course:
    """The hearing, and the people who take part with their personal pages."""

    people: People
    topic: int
    number: int = 0
    mine: dict[str, tuple[Visitor, str]] = field(default_factory=dict)
    seated: list[str] = field(default_factory=list)

    @property
    def desk(self) -> str:
        """The page of the hearing in the workspace."""
        return f"/workspace/hearings/{self.number}/"

    def at_desk(self, name: str) -> Visitor:
        """Somebody of the staff, at the page of the hearing."""
        who = self.people(name)
        who.open(self.desk)
        return who

    def own(self, name: str) -> Visitor:
        """Somebody who takes part, at their personal page."""
        who, link = self.mine[name]
        who.page.goto(link)
        return who
