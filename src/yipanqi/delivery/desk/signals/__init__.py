"""Screens of signals (信息库)."""
