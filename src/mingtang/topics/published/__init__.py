"""What outsiders may read of a matter."""

from mingtang.topics.published.following import departments, focus_areas
from mingtang.topics.published.matters import (
    MatterRow,
    MatterView,
    StepView,
    chain,
    document_file,
    document_link,
    documents,
    matter,
    matters,
    months_after,
    plain_title,
    stages,
    title_of,
    titles,
    tombstones,
)

__all__ = [
    "MatterRow",
    "MatterView",
    "StepView",
    "chain",
    "departments",
    "document_file",
    "document_link",
    "documents",
    "focus_areas",
    "matter",
    "matters",
    "months_after",
    "plain_title",
    "stages",
    "title_of",
    "titles",
    "tombstones",
]
