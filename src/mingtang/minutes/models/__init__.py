"""Tables of suggestions and their wordings, of the record, of the minutes in versions, and of the editor."""

from mingtang.minutes.models.editing import MinutesSection, SectionComment, SectionDraft, SectionText, Told
from mingtang.minutes.models.minutes import Minutes, MinutesVersion, RecordLine, Suggestion
from mingtang.minutes.models.recording import Record, Wording

__all__ = [
    "Minutes",
    "MinutesSection",
    "MinutesVersion",
    "Record",
    "RecordLine",
    "SectionComment",
    "SectionDraft",
    "SectionText",
    "Suggestion",
    "Told",
    "Wording",
]
