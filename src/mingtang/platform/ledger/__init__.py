"""The public log: receipts in the transaction of the row, a tree that only grows, keys outside the database."""
