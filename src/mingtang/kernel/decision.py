"""A rule's answer: yes, or no with the reason, the clause and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingtang.kernel.text import NOTHING, Language, Text


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be done; a refusal teaches.

    `reason` says what stands in the way, `clause` names the duty or law ("3.2", "713 Art.15"),
    `remedy` says what to do, `url` leads there, `also` holds further refusals of the same request,
    `warnings` what is allowed but worth saying.
    """

    allowed: bool
    reason: Text = NOTHING
    clause: str = ""
    remedy: Text = NOTHING
    code: str = ""
    url: str = ""
    also: tuple[Decision, ...] = ()
    warnings: tuple[Text, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `Refused` unless allowed."""
        if not self.allowed:
            raise Refused(self)

    def at(self, url: str) -> Decision:
        """The same decision with the place where it can be mended."""
        return replace(self, url=url)

    @property
    def refusals(self) -> tuple[Decision, ...]:
        """Every single refusal in this decision, the most binding first; empty when allowed."""
        return () if self.allowed else (replace(self, also=()), *self.also)

    def as_dict(self, language: Language) -> dict[str, object]:
        """Plain values in one language, for JSON and for the session."""
        return {
            "allowed": self.allowed,
            "reason": self.reason.within(language),
            "clause": self.clause,
            "remedy": self.remedy.within(language),
            "code": self.code,
            "url": self.url,
            "also": [each.as_dict(language) for each in self.also],
            "warnings": [each.within(language) for each in self.warnings],
        }


class Refused(Exception):  # noqa: N818 - the domain's own word: an action was refused, nothing went wrong
    """Raised by `Decision.require`; carries the decision to whoever shows it."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision)
        self.decision = decision

    def __str__(self) -> str:
        return " ".join(f"[{each.clause}] {each.reason} {each.remedy}" for each in self.decision.refusals)


YES = Decision(allowed=True)


def no(reason: Text, clause: str = "", remedy: Text = NOTHING, *, code: str = "", url: str = "") -> Decision:
    """A refusal: what stands in the way, which clause says so, what to do next."""
    return Decision(allowed=False, reason=reason, clause=clause, remedy=remedy, code=code, url=url)


def warn(*warnings: Text) -> Decision:
    """Allowed, with something worth saying."""
    return Decision(allowed=True, warnings=warnings)


def all_of(*decisions: Decision) -> Decision:
    """Yes only if each is yes; otherwise the first refusal with the others in `also`.

    Order the decisions so that the most binding comes first. Warnings of all are kept.
    """
    refusals = tuple(single for decision in decisions for single in decision.refusals)
    warnings = tuple(text for decision in decisions for text in decision.warnings)
    if not refusals:
        return replace(YES, warnings=warnings)
    return replace(refusals[0], also=refusals[1:], warnings=warnings)
