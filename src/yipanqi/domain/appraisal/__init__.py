"""Targets, schemes applied, scores and their working."""
