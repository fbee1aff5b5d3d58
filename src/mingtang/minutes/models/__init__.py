"""Tables of suggestions and the record, and of the minutes in versions."""

from mingtang.minutes.models.minutes import Minutes, MinutesVersion, RecordLine, Suggestion
from mingtang.minutes.models.recording import Record, Wording

__all__ = ["Minutes", "MinutesVersion", "Record", "RecordLine", "Suggestion", "Wording"]
