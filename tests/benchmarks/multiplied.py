"""A consultation of ten thousand opinions made one of a million by the database itself.

The first ones come through the product's own actions; the others are copies of their rows, each with a receipt, an author, an
entry of the log, words in the index and a place of its own, and the counters grow with them: `mingtang check` finds nothing amiss. The entries of
the copies are signed by nobody: pages and exports read them like any other, and the tree holds them; a verifier would refuse them.
"""

from __future__ import annotations

from django.db import connection, models
from django.db.models import F, Max, Min

from mingtang.consultations.models import Consultation, Opinion, OpinionGroup, OpinionWords, Tally
from mingtang.consultations.published.logged import OPINION_ROW
from mingtang.platform.ledger.models import LedgerEntry

COPIES = "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < %s)"


def multiply(row: Consultation, times: int) -> None:
    """Make each opinion of a consultation stand so many times; nothing in it may have been copied before."""
    if times < 2:
        return
    edges = Opinion.objects.filter(consultation=row).aggregate(first=Min("pk"), last=Max("pk"))
    between = [edges["first"], edges["last"]]
    span = (Opinion.objects.aggregate(last=Max("pk"))["last"] or 0) - edges["first"] + 1
    own = {"id": f"id + n * {span}", "receipt": "receipt || '-' || CAST(n AS text)", "author_key": _with_number("author_key")}
    _copy(Opinion, own, "consultation_id = %s AND id BETWEEN %s AND %s", [times - 1, row.pk, *between])
    entry = {"subject_id": f"subject_id + n * {span}", "leaf": _with_number("leaf"), "position": "NULL"}
    wanted = "kind = 'opinion.receive' AND subject_type = %s AND subject_id BETWEEN %s AND %s"
    _copy(LedgerEntry, entry, wanted, [times - 1, OPINION_ROW, *between])
    words = {"opinion_id": f"opinion_id + n * {span}"}
    _copy(OpinionWords, words, "opinion_id BETWEEN %s AND %s", [times - 1, *between])
    Tally.objects.filter(consultation=row).update(number=F("number") * times)
    groups = OpinionGroup.objects.filter(consultation=row)
    groups.update(opinions_count=F("opinions_count") * times, people_count=F("people_count") * times)


def _with_number(column: str) -> str:
    """A hash in hex with its first eight digits replaced by the number of the copy."""
    return f"substr(CAST(100000000 + n AS text), 2) || substr({column}, 9)"


def _copy(model: type[models.Model], own: dict[str, str], wanted: str, given: list[object]) -> None:
    table = model._meta.db_table
    columns = [each.column for each in model._meta.concrete_fields if each.column in own or not each.primary_key]
    names = ", ".join(f'"{each}"' for each in columns)
    values = ", ".join(own.get(each, f'"{each}"') for each in columns)
    statement = f"INSERT INTO {table} ({names}) {COPIES} SELECT {values} FROM {table}, copies WHERE {wanted}"  # noqa: S608 - names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        if connection.vendor == "postgresql" and model is Opinion:  # its numbers were given, not drawn
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608 - the same
