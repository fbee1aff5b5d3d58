"""Work behind the page: rows with a lease, swept by any number of runners (ADR 0013)."""
