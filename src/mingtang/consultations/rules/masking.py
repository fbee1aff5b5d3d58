"""What names a person, hidden wherever an opinion is shown: its own words stay as they were given.

The patterns are the publish guard's: one set for what is masked here and what stops a publication there.
"""

from __future__ import annotations

from mingtang.platform.guard.core.masking import masked

__all__ = ["masked", "names_a_number"]


def names_a_number(words: str) -> bool:
    """Whether the words hold something that names a person."""
    return masked(words) != words
