"""Governments (tenants), departments, people and the roles they hold."""
