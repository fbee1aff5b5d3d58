"""A draw anyone can repeat: fair chances under quotas, frozen in whole numbers, decided by public randomness."""
