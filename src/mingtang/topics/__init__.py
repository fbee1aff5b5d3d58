"""Matters (议题): declared, approved, walked through the five statutory steps."""
