"""Releases: results, decisions, interpretations, improvements, after three different reviews (2.3)."""
