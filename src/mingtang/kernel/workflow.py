"""A workflow is a table: states, and arrows between them. One function moves rows along it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t


@dataclass(frozen=True, slots=True)
class State:
    """One state: its code in the database and its name for people."""

    code: str
    label: Text
    final: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """One permitted step: from any of `sources` to `target`."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: Text
    clause: str = ""
    reason_required: bool = False


@dataclass(frozen=True)
class Workflow:
    """States and arrows of one kind of row; the first state is where rows begin.

    Raises ValueError on a table that names unknown states, repeats a name or cannot reach a state.
    """

    name: str
    title: Text
    states: tuple[State, ...]
    arrows: tuple[Arrow, ...]
    _by_code: dict[str, State] = field(init=False, repr=False, compare=False)
    _by_name: dict[str, Arrow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {state.code: state for state in self.states})
        object.__setattr__(self, "_by_name", {arrow.name: arrow for arrow in self.arrows})
        self._check()

    @property
    def initial(self) -> str:
        """The state in which a row begins."""
        return self.states[0].code

    @property
    def codes(self) -> list[str]:
        """The codes of all states, in order: what the database may hold."""
        return [state.code for state in self.states]

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """(code, name) pairs, for forms and filters."""
        return [(state.code, state.label) for state in self.states]

    def arrow(self, name: str) -> Arrow:
        """The arrow called `name`; KeyError if the table has none."""
        return self._by_name[name]

    def label(self, code: str) -> Text:
        """The name of a state; KeyError if the table has none."""
        return self._by_code[code].label

    def arrows_from(self, code: str) -> tuple[Arrow, ...]:
        """The arrows that leave a state, in the table's order."""
        return tuple(arrow for arrow in self.arrows if code in arrow.sources)

    def may(self, code: str, name: str, *, reason: str = "") -> Decision:
        """Whether a row in state `code` may take the arrow `name`."""
        arrow = self._by_name[name]
        if code not in arrow.sources:
            return self._refuse_state(code, arrow)
        if arrow.reason_required and not reason.strip():
            return no(
                t("“{what}”要写明理由。", "“{what}” needs a reason.", what=arrow.label),
                arrow.clause,
                t("请在理由一栏写明原因后再提交。", "Write the reason in the field for it, then submit again."),
                code="reason_missing",
            )
        return YES

    def _refuse_state(self, code: str, arrow: Arrow) -> Decision:
        nexts = tuple(each.label for each in self.arrows_from(code))
        remedy = (
            t("现在可以做的是：{nexts}。", "What can be done now: {nexts}.", nexts=nexts)
            if nexts
            else t("这一步已经结束，不再变动。", "This has ended and does not change any more.")
        )
        return no(
            t(
                "{title}现在是“{state}”，不能{what}。",
                "{title} is “{state}” now and cannot {what}.",
                title=self.title,
                state=self.label(code),
                what=arrow.label,
            ),
            arrow.clause,
            remedy,
            code="wrong_state",
        )

    def _check(self) -> None:
        if len(self._by_code) != len(self.states) or len(self._by_name) != len(self.arrows):
            msg = f"workflow {self.name}: a state or an arrow is named twice"
            raise ValueError(msg)
        named = {code for arrow in self.arrows for code in (*arrow.sources, arrow.target)}
        if unknown := named - set(self._by_code):
            msg = f"workflow {self.name}: unknown states {sorted(unknown)}"
            raise ValueError(msg)
        if lost := set(self._by_code) - self.reachable():
            msg = f"workflow {self.name}: states nobody can reach {sorted(lost)}"
            raise ValueError(msg)

    def reachable(self) -> set[str]:
        """The codes of the states that can be reached from the first."""
        seen, waiting = set[str](), [self.initial]
        while waiting:
            code = waiting.pop()
            if code not in seen:
                seen.add(code)
                waiting.extend(arrow.target for arrow in self.arrows_from(code))
        return seen

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, Chinese names."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {state.code} : {state.label.zh}" for state in self.states]
        lines += [f"    {source} --> {arrow.target} : {arrow.label.zh}" for arrow in self.arrows for source in arrow.sources]
        lines += [f"    {state.code} --> [*]" for state in self.states if state.final]
        return "\n".join(lines)


def arrow(
    name: str,
    sources: str | Iterable[str],
    target: str,
    label: Text,
    clause: str = "",
    *,
    reason_required: bool = False,
) -> Arrow:
    """An `Arrow`; `sources` may be one state or several."""
    many = (sources,) if isinstance(sources, str) else tuple(sources)
    return Arrow(name, many, target, label, clause, reason_required)
