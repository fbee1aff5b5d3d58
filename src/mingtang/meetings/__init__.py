"""Meetings: kinds, agenda, convening, running item by item (1.1, 2.2)."""
