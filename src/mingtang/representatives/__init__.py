"""Representatives: house rules, pool, invitations, notice with proof, check-in (2.2, 3.2)."""
