"""Declarations get the chain of `platform.signing`: levels and approvals move there as they stand."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

SHIPPED = (
    (1, "head", "部门负责人", "Department head"),
    (2, "office", "区政府办审核", "Government office"),
    (3, "leader", "分管领导审批", "Leader in charge"),
)
OF_DEPARTMENT = {"clerk", "head"}


def move_levels(apps, schema_editor):
    """The levels a government had set become its first set."""
    levels = apps.get_model("topics", "ApprovalLevel").objects.order_by("government_id", "position")
    sets = {}
    for row in levels:
        if row.government_id not in sets:
            sets[row.government_id] = apps.get_model("signing", "LevelSet").objects.create(
                government_id=row.government_id, kind="declaration", reason="沿用原有审批层级", set_at=_now()
            )
        apps.get_model("signing", "SetLevel").objects.create(
            of=sets[row.government_id], position=row.position, role=row.role, title=row.title, title_en=row.title_en
        )


def _now():
    from django.utils import timezone

    return timezone.now()


def move_approvals(apps, schema_editor):
    """Every declaration in approval or approved keeps who gave which level; levels nobody holds are skipped."""
    topics = apps.get_model("topics", "Topic").objects.filter(submitted_at__isnull=False)
    for topic in topics.iterator():
        given = {each.position: each for each in topic.approvals.filter(round=topic.round)}
        if not given and topic.state != "submitted":
            last = topic.approvals.order_by("-round").first()
            given = {each.position: each for each in topic.approvals.filter(round=last.round)} if last else {}
        if not given and topic.state != "submitted":
            continue
        chain = apps.get_model("signing", "Chain").objects.create(government_id=topic.government_id, begun_at=topic.submitted_at)
        for position, role, title, title_en in _levels(apps, topic.government_id):
            one = given.get(position)
            apps.get_model("signing", "ChainStep").objects.create(
                chain=chain,
                position=position,
                role=role,
                title=title,
                title_en=title_en,
                skipped=one is None and not (topic.state == "submitted" and _is_held(apps, topic, role)),
                person_id=one.person_id if one else None,
                given_at=one.given_at if one else None,
                remark=one.remark if one else "",
            )
        apps.get_model("topics", "Topic").objects.filter(pk=topic.pk).update(chain=chain)


def _levels(apps, government_id):
    rows = apps.get_model("topics", "ApprovalLevel").objects.filter(government_id=government_id).order_by("position")
    return list(rows.values_list("position", "role", "title", "title_en")) or SHIPPED


def _is_held(apps, topic, role):
    rows = apps.get_model("accounts", "Assignment").objects.filter(
        person__government_id=topic.government_id, person__is_active=True, role=role, until_on=None
    )
    return rows.filter(Q(department_id=topic.department_id) | Q(department=None)).exists() if role in OF_DEPARTMENT else rows.exists()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_site_mark'),
        ('signing', '0001_initial'),
        ('topics', '0003_partial_release'),
    ]

    operations = [
        migrations.AddField(
            model_name='topic',
            name='chain',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signing.chain'),
        ),
        migrations.RunPython(move_levels, migrations.RunPython.noop),
        migrations.RunPython(move_approvals, migrations.RunPython.noop),
    ]
