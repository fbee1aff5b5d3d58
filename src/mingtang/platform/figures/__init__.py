"""Figures of the law per government, and the calendar of working days."""
