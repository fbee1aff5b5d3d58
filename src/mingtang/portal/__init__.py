"""The public site: composition of what the capabilities publish."""
