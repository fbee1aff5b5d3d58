"""The steps of the journey of a hearing."""
