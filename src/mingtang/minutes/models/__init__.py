"""Tables of suggestions and the record, of the minutes in versions, and of the editor."""

from mingtang.minutes.models.editing import MinutesSection, SectionComment, SectionDraft, SectionText, Told
from mingtang.minutes.models.minutes import Minutes, MinutesVersion, RecordLine, Suggestion

__all__ = [
    "Minutes",
    "MinutesSection",
    "MinutesVersion",
    "RecordLine",
    "SectionComment",
    "SectionDraft",
    "SectionText",
    "Suggestion",
    "Told",
]
