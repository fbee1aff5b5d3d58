"""What stood at the grouping desk before its record began; after the tables, as PostgreSQL alters no table with rows waiting to be checked."""

from django.db import migrations, models


def begin_the_record(apps, _schema):
    """What was grouped and answered before the record began is its first step; sizes by clause, stance and channel are counted."""
    Opinion, Group = (apps.get_model("consultations", name) for name in ("Opinion", "OpinionGroup"))
    Step, Move, Changed = (apps.get_model("consultations", name) for name in ("DeskStep", "DeskMove", "DeskGroup"))
    for consultation_id in Group.objects.order_by("consultation").values_list("consultation", flat=True).distinct():
        _spread(Opinion, Group, consultation_id)
    placed = Opinion.objects.exclude(group=None, verdict="")
    for consultation_id in placed.order_by("consultation").values_list("consultation", flat=True).distinct():
        at = placed.filter(consultation=consultation_id).order_by("-received_at").values_list("received_at", flat=True).first()
        step = Step.objects.create(consultation_id=consultation_id, number=1, kind="before", at=at, finished_at=at)
        for group in Group.objects.filter(consultation=consultation_id).values("pk", *FIELDS):
            now = {name: _plain(group[name]) for name in FIELDS}
            Changed.objects.create(step=step, group=group["pk"], was=None, now=now)
        step.opinions = _moves(placed.filter(consultation=consultation_id), step, Move)
        step.save()


def _moves(rows, step, Move):
    made, number = [], 0
    for pk, group, verdict, *words in rows.order_by("pk").values_list("pk", "group_id", "verdict", *ANSWER).iterator(1000):
        now = {name: _plain(value) for name, value in zip(ANSWER, words, strict=True) if value}
        made.append(Move(step=step, opinion_id=pk, now_group=group, now_verdict=verdict, now=now))
        number += 1
        if len(made) == 1000:
            Move.objects.bulk_create(made)
            made = []
    Move.objects.bulk_create(made)
    return number


def _spread(Opinion, Group, consultation_id):
    found = {}
    rows = Opinion.objects.filter(consultation=consultation_id).exclude(group=None).order_by()
    for group, clause, stance, channel, n in rows.values_list("group_id", "clause_id", "stance", "channel").annotate(n=models.Count("pk")):
        spread = found.setdefault(group, {"clause": {}, "stance": {}, "channel": {}})
        for name, key in (("clause", str(clause or 0)), ("stance", stance), ("channel", channel)):
            spread[name][key] = spread[name].get(key, 0) + n
    for group, spread in found.items():
        Group.objects.filter(pk=group).update(spread=spread)


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


ANSWER = ("reason", "reason_code", "legal_ref", "landed_in", "answered_at", "own_reply")
FIELDS = ("title", "stance", "verdict", "reason", "reason_code", "legal_ref", "landed_in", "made_by_id", "made_at", "answered_at")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0021_desk_steps")]

    operations = [migrations.RunPython(begin_the_record, migrations.RunPython.noop)]
