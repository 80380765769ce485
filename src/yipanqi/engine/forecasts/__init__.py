"""Forecasts learned from what cities did before, tested on years the model never saw."""
