"""Screens for those who audit."""
