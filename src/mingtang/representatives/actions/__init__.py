"""Every write on representatives: one function, one transaction per use case."""

from mingtang.representatives.actions.attending import (
    check_in,
    check_in_by_code,
    check_notices,
    check_out,
    item_withdrawn,
    mark_absent,
    meeting_changed,
)
from mingtang.representatives.actions.inviting import (
    answer_invitation,
    invite,
    invite_all,
    revoke,
    seat_again,
    select_representative,
)
from mingtang.representatives.actions.keeping import (
    add_representative,
    leave_pool,
    look_at_contact,
    publish_house_rules,
)
from mingtang.representatives.actions.telling import (
    delivered,
    fetch_material,
    notify,
    notify_all,
    open_link,
    record_delivery,
    remind,
)

__all__ = [
    "add_representative",
    "answer_invitation",
    "check_in",
    "check_in_by_code",
    "check_notices",
    "check_out",
    "delivered",
    "fetch_material",
    "invite",
    "invite_all",
    "item_withdrawn",
    "leave_pool",
    "look_at_contact",
    "mark_absent",
    "meeting_changed",
    "notify",
    "notify_all",
    "open_link",
    "publish_house_rules",
    "record_delivery",
    "remind",
    "revoke",
    "seat_again",
    "select_representative",
]
