"""Enterprises worth knowing and the people one meets there."""
