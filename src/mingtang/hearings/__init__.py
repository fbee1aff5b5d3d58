"""Hearings by their statutory procedure, and the other ways of listening."""
