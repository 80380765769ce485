"""Sheets become typed rules, and rules give answers with reasons; needs nothing but Python."""
