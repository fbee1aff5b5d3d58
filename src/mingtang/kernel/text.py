"""Every sentence in its two languages, side by side.

The regulation's rules speak to clerks and citizens in Chinese and in English. The two sentences stand
next to each other in the code, so that whoever changes one sees the other (ADR 0010).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Language = Literal["zh", "en"]

_language: ContextVar[Language] = ContextVar("mingtang_language", default="zh")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in Chinese and English with named places for values.

    ``str()`` gives the sentence in the language being spoken (see `speaking`).
    Values may themselves be `Text`; days are written ``YYYY-MM-DD``, instants ``YYYY-MM-DD HH:MM``.
    """

    zh: str
    en: str
    args: Mapping[str, object] = field(default_factory=dict, hash=False)

    def within(self, language: Language) -> str:
        """The sentence in `language`, whatever is being spoken now."""
        template = self.zh if language == "zh" else self.en
        if not self.args:
            return template
        return template.format_map({name: _written(value, language) for name, value in self.args.items()})

    def filled(self, **args: object) -> Text:
        """The same sentence with further values."""
        return Text(self.zh, self.en, {**self.args, **args})

    def __str__(self) -> str:
        return self.within(_language.get())

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


def _written(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.within(language)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ("、" if language == "zh" else ", ").join(str(_written(each, language)) for each in value)
    return value


def t(zh: str, en: str, **args: object) -> Text:
    """A `Text` of the Chinese and the English sentence, with the values for its named places."""
    return Text(zh, en, args)


def same(words: object) -> Text:
    """A name that is the same in both languages: a title, a person, a number."""
    return Text("{words}", "{words}", {"words": words})


NOTHING = Text("", "")


def spoken_language() -> Language:
    """The language being spoken in this context."""
    return _language.get()


def speak(language: Language) -> None:
    """Speak `language` from here on in this context (one request, one job)."""
    _language.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak `language` inside the ``with`` block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)
