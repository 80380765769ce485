"""The read-only back office."""
