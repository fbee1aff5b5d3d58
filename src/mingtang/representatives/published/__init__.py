"""What outsiders may read: house rules, seats and how they were filled, calls and draws; and, by link or receipt, what is theirs."""

from mingtang.representatives.published.calls import call, calls, open_call
from mingtang.representatives.published.draws import announced, draw_file
from mingtang.representatives.published.exporting import belonging
from mingtang.representatives.published.receipts import application, has_receipt
from mingtang.representatives.published.seats import (
    attended,
    chain,
    house_rules,
    paper,
    personal,
    seats,
    stages,
    withheld_names,
)

__all__ = [
    "announced",
    "application",
    "attended",
    "belonging",
    "call",
    "calls",
    "chain",
    "draw_file",
    "has_receipt",
    "house_rules",
    "open_call",
    "paper",
    "personal",
    "seats",
    "stages",
    "withheld_names",
]
