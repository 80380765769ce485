"""一盘棋: one board for a city's investment promotion."""

__version__ = "0.1.0"
