"""Reading drafts and tables, writing official documents. Plain functions, no tables of our own."""
