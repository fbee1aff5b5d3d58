"""Text messages: the one small interface behind which every provider stands.

A provider is a class named in ``MINGTANG_MESSENGER``; nothing here knows any vendor. ADR 0041.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class NotTaken(Exception):  # noqa: N818 - a report, not a fault of ours
    """The provider did not take a message; `final` when trying again cannot help (no such number)."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


class Messenger(Protocol):
    """What a provider does. Its class is called without arguments and reads its own settings from the environment."""

    def send(self, to: str, words: str, reference: str) -> str:
        """Hand over one message; give the provider's own number of it. Raises `NotTaken`.

        `reference` names the message on our side: handed over twice, the provider must send it once.
        """
        ...


class FolderMessenger:
    """Writes each message into ``MINGTANG_MESSENGER_FOLDER`` as one file of JSON: for the demo, tests and trying things out."""

    def send(self, to: str, words: str, reference: str) -> str:
        """Write the file anew, named by the reference; `NotTaken` for a number without figures."""
        if not any(each.isdigit() for each in to):
            raise NotTaken(f"not a number: {to}", final=True)
        folder = Path(settings.MINGTANG_MESSENGER_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{reference}.{os.getpid()}.part"
        part.write_text(json.dumps({"to": to, "words": words, "reference": reference}, ensure_ascii=False), encoding="utf-8")
        part.replace(folder / f"{reference}.json")
        return reference


def messenger() -> Messenger | None:
    """The provider of this installation; None when text messages are not set up."""
    return _made(settings.MINGTANG_MESSENGER) if settings.MINGTANG_MESSENGER else None


@cache
def _made(path: str) -> Messenger:
    made: Messenger = import_string(path)()
    return made
