"""Official documents in the Word template an office made of our standard one; kept in versions."""
