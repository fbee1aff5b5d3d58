"""The matter page: every capability's part of the chain, put in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.consultations import published as consultations
from mingtang.consultations.published import AdoptionCounts
from mingtang.consultations.published.reporting import GroupView
from mingtang.following.published import chain_of
from mingtang.hearings import published as hearings
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.meetings import published as meetings
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.chain import ChainEntry, Progress, Stage, in_order
from mingtang.publishing import published as publishing
from mingtang.representatives import published as representatives
from mingtang.representatives.published.calls import CallRow
from mingtang.topics import published as topics
from mingtang.topics.published import MatterView

STAGES = (topics.stages, consultations.stages, hearings.stages, representatives.stages, meetings.stages, publishing.stages)


@dataclass(frozen=True, slots=True)
class MatterPage:
    """Everything the matter page shows."""

    view: MatterView
    stages: list[Stage]
    entries: list[ChainEntry]
    counts: AdoptionCounts | None
    groups: list[GroupView]
    consultation_id: int
    now_open: bool
    packed: bool
    steps: int
    documents: int
    state: Text
    state_shape: str
    calls: list[CallRow]


def matter_page(government_id: int, topic_id: int, now: datetime) -> MatterPage | None:
    """Compose the page of one matter, None when it is not public."""
    view = topics.matter(government_id, topic_id)
    if view is None:
        return None
    figures, calendar = figures_for(government_id, day_of(now)), work_calendar()
    stages = in_order(stage for part in STAGES for stage in part(topic_id, figures, calendar, now))
    entries = chain_of(topic_id)
    counts = consultations.adoption_counts([topic_id]).get(topic_id)
    consultation_id, now_open = consultations.of_topic(topic_id, day_of(now))
    state, shape = _state(view, stages)
    return MatterPage(
        view,
        stages,
        entries,
        counts,
        consultations.top_groups(topic_id),
        consultation_id,
        now_open,
        bool(counts) and consultations.archive_of(consultation_id).is_file(),
        len(entries),
        sum(len(each.documents) for each in entries),
        state,
        shape,
        representatives.calls_of(government_id, [topic_id], day_of(now)),
    )


def _state(view: MatterView, stages: list[Stage]) -> tuple[Text, str]:
    if view.state == "withdrawn":
        return t("已撤回", "Withdrawn"), "out"
    late = next((each for each in stages if each.progress is Progress.LATE), None)
    if late:
        return t("{stage}逾期", "{stage} is late", stage=late.label), "late"
    now = next((each for each in stages if each.progress is Progress.NOW), None)
    if now:
        return now.label, "now"
    if stages and stages[-1].progress is Progress.DONE:
        return t("结果已公布", "Result published"), "full"
    following = next((each for each in stages if each.progress is Progress.NEXT), None)
    return (t("下一步：{stage}", "Next: {stage}", stage=following.label), "pass") if following else (NOTHING, "pass")
