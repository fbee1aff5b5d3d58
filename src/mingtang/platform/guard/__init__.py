"""The publish guard: nothing goes public before it was looked through (law 711 Art.15, 17; PIPL Art.25)."""
