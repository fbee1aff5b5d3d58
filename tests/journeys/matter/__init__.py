"""One whole matter, step by step; each step in a file of sentences."""
