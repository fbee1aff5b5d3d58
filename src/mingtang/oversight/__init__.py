"""The obligations matrix: which duty is carried by what, and whether it was kept."""
