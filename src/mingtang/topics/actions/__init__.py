"""Every write on matters: one function, one transaction per use case."""

from mingtang.topics.actions.approving import (
    approve_topic,
    change_openness,
    reopen_topic,
    return_topic,
    submit_topic,
    withdraw_topic,
)
from mingtang.topics.actions.declaring import Lists, begin_topic, save_declaration
from mingtang.topics.actions.keeping import (
    attach_document,
    complete_collective_step,
    publish_documents,
    record_step,
    remove_document,
    withhold_document,
)

__all__ = [
    "Lists",
    "approve_topic",
    "attach_document",
    "begin_topic",
    "change_openness",
    "complete_collective_step",
    "publish_documents",
    "record_step",
    "remove_document",
    "reopen_topic",
    "return_topic",
    "save_declaration",
    "submit_topic",
    "withdraw_topic",
    "withhold_document",
]
