"""Screens about the people who use the desk, and the pages by which they come in."""
