"""What follows from what across capabilities: the whole list.

An earlier stage announces an event; the later stage that must do something is named here. Each listener
runs in the transaction of the act that announced it.
"""

from __future__ import annotations

from mingtang.hearings import actions as hearings
from mingtang.platform.events import Reaction
from mingtang.representatives import actions as representatives

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "agenda_item.withdraw": (representatives.item_withdrawn,),
    "consultation.open": (hearings.consultation_opened,),
    "consultation.publish_report": (hearings.outcomes_known,),
    "consultation.submit_report": (hearings.check_points,),
    "meeting.cancel": (representatives.meeting_changed,),
    "meeting.change": (representatives.meeting_changed,),
    "meeting.convene": (representatives.check_notices,),
    "meeting.postpone": (representatives.meeting_changed,),
    "notice.delivered": (representatives.delivered, hearings.delivered),
}
