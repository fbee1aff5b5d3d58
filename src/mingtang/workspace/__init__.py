"""The staff site: composition of what the capabilities put on people's desks."""
