"""Measures of a city's industry: one module each, tables in, a table out."""
