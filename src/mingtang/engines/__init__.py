"""Engines: plain Python that stands alone, each with its own command and README."""
