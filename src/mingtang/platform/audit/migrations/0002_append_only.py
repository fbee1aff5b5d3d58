"""Refuse UPDATE and DELETE on the record of acts inside the database itself."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER mt_act_no_update BEFORE UPDATE ON mt_act BEGIN SELECT RAISE(ABORT, 'mt_act is append-only'); END",
    "CREATE TRIGGER mt_act_no_delete BEFORE DELETE ON mt_act BEGIN SELECT RAISE(ABORT, 'mt_act is append-only'); END",
]
SQLITE_BACK = ["DROP TRIGGER IF EXISTS mt_act_no_update", "DROP TRIGGER IF EXISTS mt_act_no_delete"]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION mt_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$""",
    """CREATE TRIGGER mt_act_append_only BEFORE UPDATE OR DELETE ON mt_act
    FOR EACH ROW EXECUTE FUNCTION mt_append_only()""",
]
POSTGRESQL_BACK = ["DROP TRIGGER IF EXISTS mt_act_append_only ON mt_act"]


def _run(schema_editor, statements):  # noqa: ANN001, ANN202 - Django's own signature
    for statement in statements:
        schema_editor.execute(statement, params=None)  # None: the percent sign is the function's own


def forwards(apps, schema_editor):  # noqa: ANN001, ANN201, ARG001 - Django's own signature
    """Create the triggers."""
    _run(schema_editor, SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def backwards(apps, schema_editor):  # noqa: ANN001, ANN201, ARG001 - Django's own signature
    """Drop them again."""
    _run(schema_editor, SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


class Migration(migrations.Migration):
    """Triggers that keep the record as it was written."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
