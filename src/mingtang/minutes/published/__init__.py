"""What outsiders may read: the newest issued bulletin and its versions, suggestions and their fate; by link, one's own outcome."""

from mingtang.minutes.published.answers import Afterwards, OwnOutcome, afterwards, own_outcome, versions
from mingtang.minutes.published.bulletin import (
    BulletinView,
    SuggestionView,
    bulletin,
    chain,
    paper_of,
    suggestions,
    suggestions_of_topic,
    view_of,
    without_names,
)

__all__ = [
    "Afterwards",
    "BulletinView",
    "OwnOutcome",
    "SuggestionView",
    "afterwards",
    "bulletin",
    "chain",
    "own_outcome",
    "paper_of",
    "suggestions",
    "suggestions_of_topic",
    "versions",
    "view_of",
    "without_names",
]
