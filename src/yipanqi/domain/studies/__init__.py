"""Runs of the engine: their inputs, verdicts and target lists."""
