"""Notices: rows first, queued in the transaction of the act; sending is a job."""
