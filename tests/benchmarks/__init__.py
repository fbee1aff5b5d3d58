"""What the pages and the writes cost beside named references, at few and at many opinions: docs/performance.md."""
