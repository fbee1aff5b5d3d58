"""Rows for tests, by capability."""
