"""A log anyone can check: Merkle tree, signed heads, receipts."""
