"""Screens of the day: what is waiting, and the figures that lead to their rows."""
