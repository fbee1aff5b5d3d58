"""Who may change the templates. No queries."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.platform.actor import ROLE_LABELS, Actor, Role


def may_change_templates(actor: Actor) -> Decision:
    """The government office says how its documents look."""
    if actor.holds(Role.OFFICE):
        return YES
    return no(
        t("这一步由{role}办理。", "This is done by: {role}.", role=ROLE_LABELS[Role.OFFICE]),
        "3.4b",
        t("请联系有此岗位的同事。", "Ask a colleague who holds that role."),
        code="role",
    )
