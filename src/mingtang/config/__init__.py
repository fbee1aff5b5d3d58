"""Settings, addresses, servers, commands."""
