"""Screens: files of many rows coming in."""
