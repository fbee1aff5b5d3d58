"""What a check found, said in Chinese and English: what holds, what does not, what was not looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

HOLDS, BROKEN, OPEN = "holds", "broken", "open"
MARKS = {HOLDS: "OK ", BROKEN: "NOT", OPEN: " · "}
MOST_SAID = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence and whether it is good news."""

    kind: str
    zh: str
    en: str


@dataclass(slots=True)
class Findings:
    """All sentences of one check; sentences beyond `MOST_SAID` broken ones are counted, not kept."""

    all: list[Finding] = field(default_factory=list)
    broken: int = 0

    def holds(self, zh: str, en: str) -> None:
        """Something was proved."""
        self.all.append(Finding(HOLDS, zh, en))

    def breaks(self, zh: str, en: str) -> None:
        """Something is not as promised."""
        self.broken += 1
        if self.broken <= MOST_SAID:
            self.all.append(Finding(BROKEN, zh, en))

    def leaves_open(self, zh: str, en: str) -> None:
        """Something was not looked at, or cannot be known from here."""
        self.all.append(Finding(OPEN, zh, en))

    def either(self, good: bool, holds: tuple[str, str], breaks: tuple[str, str]) -> bool:  # noqa: FBT001 - the question itself
        """Say one or the other; gives `good` back."""
        if good:
            self.holds(*holds)
        else:
            self.breaks(*breaks)
        return good

    @property
    def good(self) -> bool:
        """Whether nothing is broken."""
        return self.broken == 0

    def lines(self) -> list[str]:
        """For people, both languages."""
        said = [f"{MARKS[each.kind]} {each.zh}\n    {each.en}" for each in self.all]
        if self.broken > MOST_SAID:
            said.append(f"NOT …… 共 {self.broken} 处。\n    … {self.broken} places in all.")
        return said
