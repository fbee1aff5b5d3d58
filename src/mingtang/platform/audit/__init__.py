"""The record of acts: written in the act's own transaction, never changed."""
