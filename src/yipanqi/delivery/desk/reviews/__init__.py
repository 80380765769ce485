"""Screens of admission reviews."""
