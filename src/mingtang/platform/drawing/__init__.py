"""What every draw shares: its row, its rules of days and people, its forms and its public page. The engine is `engines.lottery`."""
