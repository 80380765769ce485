"""Screens of the engine's runs: how far they are, what they found, and from what."""
