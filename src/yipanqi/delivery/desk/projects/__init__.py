"""Screens of the projects, from their first line to the last gate."""
