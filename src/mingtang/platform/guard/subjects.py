"""What can go public, as its capability describes it; the platform knows no capability, so each registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mingtang.kernel.text import Text
from mingtang.platform.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Material:
    """One thing about to go public: its texts and files, who wrote it, which contacts it gives on purpose."""

    kind: str
    id: int
    government_id: int
    department_id: int | None
    title: str
    url: str
    authors: frozenset[int] = frozenset()
    texts: tuple[tuple[Text, str], ...] = ()
    files: tuple[StoredFile, ...] = ()
    contacts: tuple[str, ...] = field(default=())


Provider = Callable[[int, int], Material]
TitlesOf = Callable[[int], Iterable[str]]
_subjects: dict[str, Provider] = {}
_titles: list[TitlesOf] = []


def subject(kind: str) -> Callable[[Provider], Provider]:
    """Register the function that gives the `Material` of a kind from government and id."""

    def register(provider: Provider) -> Provider:
        _subjects[kind] = provider
        return provider

    return register


def closed_titles(provider: TitlesOf) -> TitlesOf:
    """Register a function that gives titles nobody outside may read."""
    _titles.append(provider)
    return provider


def provider_of(kind: str) -> Provider | None:
    """The provider of a kind, None when nobody registered it."""
    return _subjects.get(kind)


def titles_closed_in(government_id: int, *, but: str = "") -> frozenset[str]:
    """Every title that must not appear in public, `but` the one of the thing itself, whose page bears it anyway."""
    return frozenset(title for provider in _titles for title in provider(government_id) if title and title.replace("|", "") != but)
