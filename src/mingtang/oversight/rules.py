"""START HERE. What state a duty is in, from what registered itself and from what happened."""

from __future__ import annotations

from enum import StrEnum

from mingtang.kernel.obligations import Evidence
from mingtang.kernel.text import Text, t


class DutyState(StrEnum):
    """How a duty stands."""

    NOT_BUILT = "not_built"
    NO_CASE = "no_case"
    KEPT = "kept"
    BROKEN = "broken"


STATE_LABELS: dict[str, Text] = {
    DutyState.NOT_BUILT: t("尚未建成", "Not yet built"),
    DutyState.NO_CASE: t("已建成，尚无事例", "Built, no case yet"),
    DutyState.KEPT: t("已履行", "Kept"),
    DutyState.BROKEN: t("有未履行", "Broken"),
}
STATE_SHAPES: dict[str, str] = {DutyState.NOT_BUILT: "pass", DutyState.NO_CASE: "none", DutyState.KEPT: "full", DutyState.BROKEN: "late"}


def duty_state(*, carriers: int, counts: int, evidence: Evidence) -> DutyState:
    """A duty carried by nothing is not built; one broken case breaks it; one kept case keeps it."""
    if not carriers or not counts:
        return DutyState.NOT_BUILT
    if evidence.broken:
        return DutyState.BROKEN
    return DutyState.KEPT if evidence.kept else DutyState.NO_CASE
