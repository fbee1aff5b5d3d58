"""Drafts, opinions, groups, replies, adoption reports (2.1)."""
