"""Opinions by their words: over the tokens of each, the database's own index of words."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE mt_opinion_fts USING fts5(words, open_words, content='mt_opinion_words', content_rowid='opinion_id')",
    """CREATE TRIGGER mt_opinion_words_in AFTER INSERT ON mt_opinion_words BEGIN
    INSERT INTO mt_opinion_fts(rowid, words, open_words) VALUES (new.opinion_id, new.words, new.open_words); END""",
    """CREATE TRIGGER mt_opinion_words_out AFTER DELETE ON mt_opinion_words BEGIN
    INSERT INTO mt_opinion_fts(mt_opinion_fts, rowid, words, open_words)
    VALUES ('delete', old.opinion_id, old.words, old.open_words); END""",
    """CREATE TRIGGER mt_opinion_words_changed AFTER UPDATE ON mt_opinion_words BEGIN
    INSERT INTO mt_opinion_fts(mt_opinion_fts, rowid, words, open_words)
    VALUES ('delete', old.opinion_id, old.words, old.open_words);
    INSERT INTO mt_opinion_fts(rowid, words, open_words) VALUES (new.opinion_id, new.words, new.open_words); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS mt_opinion_words_in",
    "DROP TRIGGER IF EXISTS mt_opinion_words_out",
    "DROP TRIGGER IF EXISTS mt_opinion_words_changed",
    "DROP TABLE IF EXISTS mt_opinion_fts",
]
POSTGRESQL = [
    "CREATE INDEX mt_opinion_words_gin ON mt_opinion_words USING gin (to_tsvector('simple', words))",
    "CREATE INDEX mt_opinion_open_words_gin ON mt_opinion_words USING gin (to_tsvector('simple', open_words))",
]
POSTGRESQL_BACK = ["DROP INDEX IF EXISTS mt_opinion_words_gin", "DROP INDEX IF EXISTS mt_opinion_open_words_gin"]


def _run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
