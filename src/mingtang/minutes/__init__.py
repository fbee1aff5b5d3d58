"""Suggestions of representatives and the minutes: nothing said with reason is lost (3.2e–f)."""
