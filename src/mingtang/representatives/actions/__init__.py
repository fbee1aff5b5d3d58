"""Every write on representatives: one function, one transaction per use case."""

from mingtang.representatives.actions.applying import (
    ApplicationIn,
    apply_for_seat,
    forget_applicants,
    leave_out,
    look_at_applicant,
    take_in,
    withdraw_application,
)
from mingtang.representatives.actions.attending import (
    check_in,
    check_in_by_code,
    check_notices,
    check_out,
    item_withdrawn,
    mark_absent,
    meeting_changed,
)
from mingtang.representatives.actions.calling import (
    begin_call,
    cancel_call,
    extend_call,
    publish_call,
    relax_quota,
    remove_quota,
    save_call,
    set_quota,
)
from mingtang.representatives.actions.drawing import (
    annul_draw,
    correct_draw,
    freeze_draw,
    reveal_draw,
)
from mingtang.representatives.actions.filling import (
    fill_seat,
    seat_drawn,
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
from mingtang.representatives.actions.speaking import ask_to_speak, take_back_request
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
    "ApplicationIn",
    "add_representative",
    "annul_draw",
    "answer_invitation",
    "apply_for_seat",
    "ask_to_speak",
    "begin_call",
    "cancel_call",
    "check_in",
    "check_in_by_code",
    "check_notices",
    "check_out",
    "correct_draw",
    "delivered",
    "extend_call",
    "fetch_material",
    "fill_seat",
    "forget_applicants",
    "freeze_draw",
    "invite",
    "invite_all",
    "item_withdrawn",
    "leave_out",
    "leave_pool",
    "look_at_applicant",
    "look_at_contact",
    "mark_absent",
    "meeting_changed",
    "notify",
    "notify_all",
    "open_link",
    "publish_call",
    "publish_house_rules",
    "record_delivery",
    "relax_quota",
    "remind",
    "remove_quota",
    "reveal_draw",
    "revoke",
    "save_call",
    "seat_again",
    "seat_drawn",
    "select_representative",
    "set_quota",
    "take_back_request",
    "take_in",
    "withdraw_application",
]
