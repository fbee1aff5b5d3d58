"""The database itself refuses to change the log: an entry only gains its place and loses its secret, the rest only grows."""

from django.db import migrations

SQLITE = [
    *(
        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table, what in (
            ("mt_ledger_entry", "DELETE"),
            ("mt_ledger_node", "UPDATE"),
            ("mt_ledger_node", "DELETE"),
            ("mt_tree_head", "UPDATE"),
            ("mt_tree_head", "DELETE"),
        )
    ),
    """CREATE TRIGGER mt_ledger_entry_no_change BEFORE UPDATE ON mt_ledger_entry
    WHEN NEW.leaf <> OLD.leaf OR NEW.body <> OLD.body OR NEW.signature <> OLD.signature OR NEW.government_id <> OLD.government_id
    OR (OLD.position IS NOT NULL AND NEW.position IS NOT OLD.position) OR (NEW.secret IS NOT NULL AND NEW.secret IS NOT OLD.secret)
    BEGIN SELECT RAISE(ABORT, 'mt_ledger_entry is append-only'); END""",
]
SQLITE_BACK = [
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "mt_ledger_entry_no_delete",
        "mt_ledger_entry_no_change",
        "mt_ledger_node_no_update",
        "mt_ledger_node_no_delete",
        "mt_tree_head_no_update",
        "mt_tree_head_no_delete",
    )
]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION mt_ledger_entry_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
    IF NEW.leaf <> OLD.leaf OR NEW.body <> OLD.body OR NEW.signature <> OLD.signature OR NEW.government_id <> OLD.government_id
    OR (OLD.position IS NOT NULL AND NEW.position IS DISTINCT FROM OLD.position)
    OR (NEW.secret IS NOT NULL AND NEW.secret IS DISTINCT FROM OLD.secret)
    THEN RAISE EXCEPTION 'mt_ledger_entry is append-only'; END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER mt_ledger_entry_no_change BEFORE UPDATE ON mt_ledger_entry
    FOR EACH ROW EXECUTE FUNCTION mt_ledger_entry_kept()""",
    """CREATE TRIGGER mt_ledger_entry_no_delete BEFORE DELETE ON mt_ledger_entry
    FOR EACH ROW EXECUTE FUNCTION mt_append_only()""",
    """CREATE TRIGGER mt_ledger_node_no_change BEFORE UPDATE OR DELETE ON mt_ledger_node
    FOR EACH ROW EXECUTE FUNCTION mt_append_only()""",
    """CREATE TRIGGER mt_tree_head_no_change BEFORE UPDATE OR DELETE ON mt_tree_head
    FOR EACH ROW EXECUTE FUNCTION mt_append_only()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER IF EXISTS mt_ledger_entry_no_change ON mt_ledger_entry",
    "DROP TRIGGER IF EXISTS mt_ledger_entry_no_delete ON mt_ledger_entry",
    "DROP TRIGGER IF EXISTS mt_ledger_node_no_change ON mt_ledger_node",
    "DROP TRIGGER IF EXISTS mt_tree_head_no_change ON mt_tree_head",
]


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
    """Triggers that keep the log as it was written."""

    dependencies = [("ledger", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
