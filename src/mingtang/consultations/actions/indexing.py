"""The engine's index of what was said: by it the desk finds the nearest groups, and whoever types what others said already.

It holds each wording once, by its key; who said it, where it is and whether it may be shown is asked of the database.
It can be lost at any time: without it similar words are found by their sketches, and the next sweep makes it anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable

from django.db.models import Min

from mingtang.consultations.models import Consultation, Opinion, index_folder

UPTO = "upto"
FEW = 300
"""So many new wordings are added one by one; more than these and a tenth of all, and the index is built anew."""
BATCH = 1000


def index_opinions() -> int:
    """Bring the index of each consultation at work up to date; gives how many wordings were taken in."""
    rows = Consultation.objects.filter(state__in=["open", "closed"]).order_by("pk")
    return sum(_bring_up(each) for each in rows.values_list("pk", flat=True))


def _bring_up(consultation_id: int) -> int:
    folder = index_folder(consultation_id)
    upto = _upto(consultation_id)
    said = Opinion.objects.filter(consultation_id=consultation_id).exclude(text_key="")
    newest = said.order_by("-pk").values_list("pk", flat=True).first() or 0
    if newest <= upto:
        return 0
    new = said.filter(pk__gt=upto)
    keys = set(new.values_list("text_key", flat=True)[: 10 * FEW])
    known = set(said.filter(pk__lte=upto, text_key__in=keys).values_list("text_key", flat=True)) if upto else set[str]()
    if not upto or len(keys - known) > FEW:
        taken = _build(consultation_id)
    else:
        taken = _add(consultation_id, {key: words for key, words in new.values_list("text_key", "text") if key not in known}.items())
    (folder / UPTO).write_text(str(newest), encoding="ascii")
    return taken


def _upto(consultation_id: int) -> int:
    try:
        return int((index_folder(consultation_id) / UPTO).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _build(consultation_id: int) -> int:
    from mingtang.engines.grouping.index import Index  # noqa: PLC0415 - only this job needs the numbers
    from mingtang.engines.grouping.model import SINGLE, Point, Result  # noqa: PLC0415 - as above

    firsts = Opinion.objects.filter(consultation_id=consultation_id).exclude(text_key="").order_by().values("text_key")
    rows = Opinion.objects.filter(pk__in=firsts.annotate(first=Min("pk")).values("first")).order_by("pk")
    points = [Point(key, 1, words, key, SINGLE, (key, 1)) for words, key in rows.values_list("text", "text_key").iterator(BATCH)]
    with Index(index_folder(consultation_id)) as index:
        index.rebuild(Result(tuple(points), (), len(points), 0.0, 0.0, {}), is_all=True)
    return len(points)


def _add(consultation_id: int, words: Iterable[tuple[str, str]]) -> int:
    from mingtang.engines.grouping.index import Index  # noqa: PLC0415 - as above

    taken = 0
    with Index(index_folder(consultation_id)) as index:
        for key, text in words:
            index.add((key, 1), text, key)
            taken += 1
    return taken


def drop_index(consultation_id: int) -> None:
    """Take the index away, as when words in it have to be destroyed."""
    shutil.rmtree(index_folder(consultation_id), ignore_errors=True)
