"""Plain Python, standard library only: what a rule needs to be said, tested and refused."""
