"""What outsiders may read: house rules, seats and how they were filled, calls and draws; and, by link or receipt, what is theirs."""

from mingtang.representatives.published.calls import call, calls, calls_of, open_call
from mingtang.representatives.published.draws import draw_file
from mingtang.representatives.published.exporting import belonging
from mingtang.representatives.published.house import confirms_anew, house_rules, rules_for, versions_of
from mingtang.representatives.published.personal import own_copy, paper, personal
from mingtang.representatives.published.pool import CONSENT_WORDS, freed, matters_to_declare, own, own_file, pool_terms, standing
from mingtang.representatives.published.receipts import application, has_receipt
from mingtang.representatives.published.seats import (
    all_seats,
    attended,
    chain,
    empty_seats,
    seats,
    seats_of,
    shown_as,
    stages,
    withheld_names,
)

__all__ = [
    "CONSENT_WORDS",
    "all_seats",
    "application",
    "attended",
    "belonging",
    "call",
    "calls",
    "calls_of",
    "chain",
    "confirms_anew",
    "draw_file",
    "empty_seats",
    "freed",
    "has_receipt",
    "house_rules",
    "matters_to_declare",
    "open_call",
    "own",
    "own_copy",
    "own_file",
    "paper",
    "personal",
    "pool_terms",
    "rules_for",
    "seats",
    "seats_of",
    "shown_as",
    "stages",
    "standing",
    "versions_of",
    "withheld_names",
]
