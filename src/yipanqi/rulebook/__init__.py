"""Sheets become typed rules; rules give answers with reasons."""
