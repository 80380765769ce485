"""The search on every page."""
