"""Signals and first registration (首报首谈)."""
